"""The report of an inquiry: the series of SDG 1.3.1 and beside it, spending, receipts, adequacy, and what was printed elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from socle.coverage.adequacy import Adequacy, adequacy
from socle.coverage.figure import Figure
from socle.coverage.legal import legal, legal_series
from socle.coverage.options import Options
from socle.coverage.report_printed import Reconciled, reconcile
from socle.coverage.series import CONTRIBUTORS, HEALTH, Country
from socle.coverage.series_inquiry import Inquiry, Missing
from socle.coverage.series_made import Basis
from socle.coverage.series_people import Groups
from socle.coverage.spending import Accounts, Receipt, Spending
from socle.coverage.why import Why, why
from socle.errors import Finding, InputError
from socle.tables import Book, Economy, Population, extended
from socle.vocabulary import BRANCHES, COVERAGE_SERIES, say
from socle.vocabulary import country as country_of

COMPARED = ("gdp", "government_expenditure", "poverty_line", "minimum_wage", "average_wage")


@dataclass(frozen=True)
class Report:
    """Figures in per cent, shares 0-1, amounts each with its currency. None: cannot be said; a warning says for want of what."""

    figures: tuple[Figure, ...]
    inquiry: Inquiry = field(repr=False, compare=False)
    basis: tuple[Basis, ...] = field(repr=False, compare=False)
    spending: tuple[Spending, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    adequacy: tuple[Adequacy, ...] = ()
    reconciliation: tuple[Reconciled, ...] = ()
    warnings: tuple[Finding, ...] = ()
    options: Options = field(default_factory=Options)

    def rows(self) -> list[dict[str, Any]]:
        """The figures, in the shape of ``COLUMNS``."""
        return [one.as_row() for one in self.figures]

    def lists(self) -> dict[str, list[dict[str, Any]]]:
        """What stands beside the figures, by name."""
        return {name: [one.as_row() for one in getattr(self, name)]
                for name in ("spending", "receipts", "adequacy", "reconciliation")}

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {"rows": self.rows(), **self.lists(), "options": self.options.as_dict(),
                "warnings": [finding.as_dict() for finding in self.warnings]}

    def figure(self, series: str, *, sex: str = "total", year: int | None = None, country: str | None = None,
               bound: str = "exact") -> Figure | None:
        """One figure of all ages and areas; without a year the latest. None where the report has none."""
        found = [one for one in self.figures if (one.series, one.sex, one.bound) == (series, sex, bound)
                 and (one.age_group, one.disability, one.area) == ("total", "total", "total")
                 and year in (None, one.year) and country in (None, one.country)]
        return max(found, key=lambda one: one.year, default=None)

    def why(self, series: str, sex: str = "total", year: int | None = None, *, country: str | None = None, age_group: str = "total",
            disability: str = "total", area: str = "total") -> Why:
        """Take one figure apart, set by set; without a year the latest. ``InputError`` for a figure that is not in the report."""
        return why(self.inquiry, zip(self.figures, self.basis, strict=True), series=series, sex=sex, year=year, country=country,
                   age_group=age_group, disability=disability, area=area)


def report(book: Book, *, country: str | None = None, year: int | None = None, economy: Economy | None = None,
           population: Population | None = None, options: Options | Mapping[str, object] | None = None,
           series: Iterable[str] | None = None) -> Report:
    """Everything an inquiry says, as figures.

    ``country`` (ISO3, name or alias) and ``year`` narrow it to one; ``series`` to these codes. ``economy`` and ``population`` serve
    the country they are of: without an economy nothing is said as a share, without a population a group that the inquiry does not
    state has no figure. Raises ``InputError`` for a country, year, series or option that is not there.
    """
    inquiry = Inquiry(book)
    conventions = Options.of(options)
    wanted = None if series is None else known_series(series)
    countries = _countries(inquiry, country)
    figures: list[Figure] = []
    basis: list[Basis] = []
    spending: list[Spending] = []
    receipts: list[Receipt] = []
    paid: list[Adequacy] = []
    warnings: list[Finding] = []
    any_year = False
    for one in countries:
        missing = Missing()
        years = [each for each in inquiry.years(one) if year in (None, each)]
        only = None if year is None else frozenset({year})
        groups = Groups(inquiry, one, conventions, population)
        schemes, benefits = inquiry.of_country(one)
        about = Country(inquiry, one, schemes, benefits, groups, conventions, missing)
        for figure, behind in (*about.series(years, wanted), *legal(inquiry, groups, missing, years, wanted)):
            figures.append(figure)
            basis.append(behind)
        money = _economy(economy, one, inquiry)
        accounts = Accounts(inquiry, one, money, missing)
        spent, received = list(accounts.spending(only)), list(accounts.receipts(only))
        pays = list(adequacy(inquiry, one, only, money, missing))
        any_year = any_year or bool(years or spent or received or pays)
        _carried_on(missing, money, {row.year for row in spent} | {row.year for row in received} | {row.year for row in pays})
        spending, receipts, paid = [*spending, *spent], [*receipts, *received], [*paid, *pays]
        warnings += missing.told(book)
    if year is not None and not any_year:
        raise InputError(say("The inquiry has nothing of {year}.", year=year), where={"column": "year", "value": year},
                         remedy=say("It has the years {years}.",
                                    years=", ".join(map(str, sorted({each for one in countries for each in inquiry.years(one)})))))
    printed = reconcile(book, {"figures": figures, "spending": spending, "receipts": receipts, "adequacy": paid})
    if country is not None or year is not None or wanted is not None:
        printed = [one for one in printed if one.verdict != "not_computed"]
    return Report(tuple(figures), inquiry, tuple(basis), tuple(spending), tuple(receipts), tuple(paid), tuple(printed),
                  tuple(dict.fromkeys(warnings)), conventions)


def known_series(series: Iterable[str]) -> frozenset[str]:
    """The codes, or an ``InputError`` with every one that is none."""
    known = (*COVERAGE_SERIES, *CONTRIBUTORS, HEALTH)
    legal_start = tuple(legal_series(branch) for branch in BRANCHES)
    wrong = []
    asked = tuple(dict.fromkeys(series))
    for one in asked:
        if one not in known and not one.startswith(legal_start):
            near = get_close_matches(one, (*known, *legal_start), n=1, cutoff=0.5)
            wrong.append(Finding("error", None, None, "series", one, "unknown_series", say("“{value}” is no series.", value=one),
                                 say("Did you mean {near}?", near=near[0]) if near
                                 else say("Use one of: {codes}.", codes=", ".join(known))))
    if wrong:
        raise InputError(wrong[0].message, findings=wrong)
    return frozenset(asked)


def _countries(inquiry: Inquiry, country: str | None) -> Sequence[str]:
    if country is None:
        return inquiry.countries
    found = country_of(country).alpha3
    if found not in inquiry.countries:
        raise InputError(say("The inquiry has no country {country}.", country=found), where={"column": "country", "value": country},
                         remedy=say("It has: {countries}.", countries=", ".join(inquiry.countries)))
    return [found]


def _economy(economy: Economy | None, country: str, inquiry: Inquiry) -> Economy | None:
    """The economy, its series carried on as its file asks; None for another country."""
    if economy is None or (economy.country and economy.country != country):
        return None
    years = [year for sheet in ("expenditure", "receipts", "amounts") for year in inquiry.book[sheet]["year"]]
    return extended(economy, until=max(years)) if years else economy


def _carried_on(missing: Missing, economy: Economy | None, years: set[int]) -> None:
    for name in COMPARED:
        series = None if economy is None else economy.series.get(name)
        if economy is not None and series is not None and (made := sorted(series.extrapolated & years)):
            missing.warn("extrapolated",
                         say("{series} of {country} in {years} is carried on from {last} ({method}), not the source's.",
                             series=name, country=economy.country, years=", ".join(map(str, made)), last=series.last or "",
                             method=series.method),
                         say("Add the years to the file of the economy when its source states them."), column=name,
                         value=economy.country)
