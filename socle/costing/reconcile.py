"""Published totals against their published components: what adds up, and by how much the rest does not."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from socle.errors import InputError
from socle.vocabulary import number, say

Year = TypeVar("Year", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Difference:
    """A printed total that is not the sum of its printed components. ``rounding``: both may be right, before they were rounded."""

    of: object
    printed: Decimal
    added: Decimal
    rounding: bool

    @property
    def difference(self) -> Decimal:
        """Printed less added."""
        return self.printed - self.added

    def __str__(self) -> str:
        said = say("rounding explains it") if self.rounding else say("rounding does not explain it")
        return say(
            "{of}: the printed total {printed} is {difference} against the {added} of its components; {said}.",
            of=self.of,
            printed=number(self.printed),
            difference=f"{self.difference:+}",
            added=number(self.added),
            said=said,
        )


def reconcile(
    components: Mapping[str, Mapping[Year, float | int | None]], totals: Mapping[Year, float | int], *, decimals: int = 0
) -> tuple[Difference, ...]:
    """The printed totals that are not the sums of their components, in the order of the totals.

    Figures are printed to ``decimals``: each may be off by half a unit of the last place, so a total may differ from the sum of n
    components by (n + 1) halves and still be right. A component that is None or absent was not printed and adds nothing. Raises
    ``InputError`` for a component without a total.
    """
    without = sorted({str(year) for figures in components.values() for year in figures if year not in totals})
    if without:
        raise InputError(
            say("There is no printed total of {years}.", years=", ".join(without)),
            remedy=say("Give the totals of the same years as the components."),
        )
    found = []
    for year, total in totals.items():
        printed = [Decimal(str(figure)) for figures in components.values() if (figure := figures.get(year)) is not None]
        added, whole = sum(printed, Decimal(0)), Decimal(str(total))
        if added != whole:
            half = Decimal(1).scaleb(-decimals) / 2
            found.append(Difference(year, whole, added, abs(whole - added) <= half * (len(printed) + 1)))
    return tuple(found)
