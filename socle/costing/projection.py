"""What a costing answers: for each scheme and year who is meant, who is reached, what is paid, what it costs, and of what share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from socle.costing.options import Options
from socle.costing.plain import chart_of, table_of
from socle.errors import Finding, InputError
from socle.tables import LAST_AGE, SEXES
from socle.vocabulary import Source, say

Floats = npt.NDArray[np.float64]
#: The columns of a cost row, in order; the same in JSON, CSV, XLSX and on paper.
COLUMNS = (
    "scheme",
    "year",
    "target",
    "beneficiaries",
    "benefit",
    "spending",
    "administration",
    "total",
    "share_of_gdp",
    "share_of_government",
    "currency",
    "prices",
    "scenario",
)
#: Those of them that a line holds by year.
FIGURES = COLUMNS[2:10]


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the multiplication: what it is, how much, in what unit, and who says so."""

    name: str  # a stable word: persons, target_share, coverage, take_up, benefit, payments, administration, gdp ...
    label: str  # for people, in the language spoken
    value: float | None
    unit: str
    source: Source | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TierPaid:
    """A tier in a year: ``members`` of the target group get it, ``payments`` times ``payment``, in the prices of the year."""

    tier: str
    members: float
    payment: float
    payments: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """``factors`` multiply to ``spending``; ``steps`` are sentences in order, ready for a page. Where what is paid can be said of
    each tier, ``tiers`` add up, over the target group, to the average benefit."""

    scheme: str
    year: int
    factors: tuple[Factor, ...]
    spending: float | None
    administration: float | None
    total: float | None
    steps: tuple[str, ...]
    tiers: tuple[TierPaid, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One scheme (or ``""``: all of them together) in one scenario, by year; NaN: cannot be said (a finding says why)."""

    scheme: str
    label: str
    currency: str | None
    target: Floats  # persons (households, births) who are meant
    beneficiaries: Floats
    benefit: Floats  # average paid to a beneficiary a year, in ``currency``
    spending: Floats  # a year, in ``currency``
    administration: Floats
    total: Floats
    share_of_gdp: Floats  # 0-1
    share_of_government: Floats


@dataclass(frozen=True)
class Projection:
    """``rows()`` are the published figures, in the order of ``COLUMNS``, None where something cannot be said."""

    country: str
    scenario: str
    years: tuple[int, ...]
    lines: tuple[Line, ...]
    options: Options
    warnings: tuple[Finding, ...]
    sources: tuple[Source, ...]
    explanations: Mapping[tuple[str, int], Explanation]
    cells: Mapping[str, Floats]  # by scheme: persons entitled [year, sex, age]
    paid: Mapping[str, Floats] = field(default_factory=dict)  # by scheme: what they would be paid, were all of them reached

    def rows(self) -> Iterator[dict[str, Any]]:
        """One row a scheme and year, in the order of ``COLUMNS``; of several schemes, then those of all (scheme is empty)."""
        for line in self.lines:
            for place, year in enumerate(self.years):
                figures = (_said(getattr(line, name)[place]) for name in FIGURES)
                yield dict(
                    zip(COLUMNS, (line.scheme, year, *figures, line.currency, self.options.prices, self.scenario), strict=True)
                )

    def explain(self, scheme: str, year: int) -> Explanation:
        """The multiplication behind one figure; an ``InputError`` names the schemes and years there are."""
        if (scheme, year) not in self.explanations:
            schemes = ", ".join(dict.fromkeys(name for name, _ in self.explanations))
            raise InputError(
                say("Nothing was costed for {scheme} in {year}.", scheme=scheme, year=year),
                where={"value": scheme},
                remedy=say(
                    "There is {schemes}, from {first} to {last}.", schemes=schemes, first=self.years[0], last=self.years[-1]
                ),
            )
        return self.explanations[scheme, year]

    def by_age(self, scheme: str, year: int) -> Iterator[dict[str, Any]]:
        """Of one scheme and year, by sex and single age: target, beneficiaries and spending. Who is reached is taken to be of the
        same ages as who is meant. Raises ``InputError`` as ``explain`` does."""
        self.explain(scheme, year)
        place = self.years.index(year)
        line = next(one for one in self.lines if one.scheme == scheme)
        with np.errstate(divide="ignore", invalid="ignore"):
            reached = line.beneficiaries[place] / line.target[place] if line.target[place] else np.float64(0.0)
        meant, paid = self.cells[scheme][place], self.paid.get(scheme)
        for row, sex in enumerate(SEXES):
            for age in range(LAST_AGE + 1):
                one = meant[row, age]
                yield {
                    "scheme": scheme,
                    "year": year,
                    "sex": sex,
                    "age": age,
                    "target": _said(one),
                    "beneficiaries": _said(one * reached),
                    "spending": None if paid is None else _said(paid[place][row, age] * reached),
                }

    def as_dict(self) -> dict[str, Any]:
        """The rows, the options, and what is to be known, as JSON says them."""
        return {"rows": list(self.rows()), "options": self.options.as_dict(), "warnings": [one.as_dict() for one in self.warnings]}

    def table(self) -> str:
        """Aligned columns for a terminal or a letter: the figures of every scheme and year."""
        return table_of(list(self.rows()), {line.scheme: line.label for line in self.lines})

    def chart(self) -> str:
        """The cost by year as an SVG drawing: its share of GDP where that can be said. ``reports.costing`` draws it for print."""
        rows = list(self.rows())
        return chart_of(rows, {line.scheme: line.label for line in self.lines})


def _said(figure: float) -> float | None:
    """None for what cannot be said."""
    return None if np.isnan(figure) else float(figure)
