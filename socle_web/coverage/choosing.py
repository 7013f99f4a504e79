"""Which edition a board shows: one, or of each country its latest national one; and how that is written in an address for good."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from socle.vocabulary import COUNTRIES
from socle_web.coverage.models.editions import Edition

#: Of each country its latest national edition, as of now; ``national-17``: as it was when edition 17 was the newest.
NATIONAL = "national"
_PINNED = re.compile(rf"{NATIONAL}(?:-(\d{{1,18}}))?")


@dataclass(frozen=True)
class Choice:
    """``key`` is what an address says; ``pinned`` shows the same for good. ``editions``: one, or one a country."""

    key: str
    pinned: str
    editions: tuple[Edition, ...]

    @property
    def is_joined(self) -> bool:
        """Figures of several editions stand beside each other, each country's from one of them."""
        return self.key.startswith(NATIONAL) and _PINNED.fullmatch(self.key) is not None

    @property
    def edition(self) -> Edition | None:
        return None if self.is_joined or not self.editions else self.editions[0]

    @property
    def title(self) -> str:
        if self.is_joined:
            return _("The latest national edition of each country")
        return self.editions[0].title if self.editions else _("No edition")

    @property
    def ids(self) -> list[int]:
        return [one.pk for one in self.editions]

    def of(self, edition: int) -> Edition:
        return next(one for one in self.editions if one.pk == edition)


def editions() -> list[Edition]:
    """All that are public, the latest first."""
    return list(Edition.objects.public().order_by("-released_on", "-pk"))


def choose(asked: str, among: Sequence[Edition]) -> Choice | None:
    """What an address asks for; without a wish the latest international edition, or where there is none the national ones. None:
    there
    is no such edition."""
    joined = _PINNED.fullmatch(asked)
    if joined:
        return _joined(among, int(joined[1]) if joined[1] else None)
    if not asked:
        first = next((one for one in among if not one.is_national and not one.made_up), None)
        return Choice(first.key, first.key, (first,)) if first else _joined(among, None)
    found = next((one for one in among if one.key == asked), None)
    return Choice(found.key, found.key, (found,)) if found else None


def choose_for(country: str, asked: str, among: Sequence[Edition], *, international: Sequence[int] = ()) -> Choice | None:
    """The same for a country's page: without a wish its own latest edition, or else the latest international one that speaks of it
    (``international``: the editions that do)."""
    if asked and not _PINNED.fullmatch(asked):
        return choose(asked, among)
    own = _joined(among, int(asked.rpartition("-")[2]) if asked not in ("", NATIONAL) else None)
    theirs = [one for one in own.editions if one.country_id == country]
    if theirs or asked:
        return Choice(theirs[0].key, theirs[0].key, (theirs[0],)) if theirs else None
    first = next((one for one in among if one.pk in international and not one.is_national), None)
    return Choice(first.key, first.key, (first,)) if first else None


def national_beside(choice: Choice, among: Sequence[Edition]) -> Choice:
    """What a country's edition is compared with: a national one with those of the other countries that were there when it was
    released, each in its latest; an international one with itself."""
    if choice.edition is None or not choice.edition.is_national:
        return choice
    joined = _joined(among, None)
    others = [one for one in joined.editions if one.country_id != choice.edition.country_id]
    return Choice(joined.key, joined.pinned, (choice.edition, *others))


def _joined(among: Sequence[Edition], newest: int | None) -> Choice:
    latest: dict[str, Edition] = {}
    for one in among:  # the latest first
        if one.is_national and one.country_id and (newest is None or one.pk <= newest):
            latest.setdefault(one.country_id, one)
    chosen = tuple(sorted(latest.values(), key=lambda one: COUNTRIES[one.country_id or ""].name()))
    last = max((one.pk for one in chosen), default=0)
    key = NATIONAL if newest is None else f"{NATIONAL}-{newest}"
    return Choice(key, f"{NATIONAL}-{last}", chosen)
