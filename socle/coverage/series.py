"""The series of SDG indicator 1.3.1, active contributors and affiliation to health protection, of one country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from socle.coverage.figure import Family, Figure
from socle.coverage.options import Options
from socle.coverage.series_inquiry import (
    ACTIVE,
    AFFILIATED,
    ALL,
    BenefitRow,
    Found,
    Inquiry,
    Member,
    Missing,
    Row,
    SchemeRow,
    ages_of,
)
from socle.coverage.series_made import Basis, made
from socle.coverage.series_older import above_retirement, adults
from socle.coverage.series_people import Groups, Persons, less, united
from socle.coverage.series_said import series_said, with_notes
from socle.vocabulary import COVERAGE_SERIES, say

SEXES = ("total", "female", "male")
#: The branch whose cash benefits a series counts.
BRANCH_OF = {"SI_COV_CHLD": "family", "SI_COV_MATNL": "maternity", "SI_COV_DISAB": "invalidity", "SI_COV_UEMP": "unemployment",
             "SI_COV_PENSN": "old_age"}
ASSISTANCE = ("SI_COV_VULN", "SI_COV_POOR")
CONTRIBUTORS = {"active_contributors_labour_force": "labour_force", "active_contributors_working_age": "working_age"}
HEALTH = "health_affiliation"
HEALTH_ONLY = frozenset({"medical_care"})
Members = dict[Member, Found]
Dimensions = tuple[str, str, str]


@dataclass(frozen=True)
class Country:
    """What the series of one country are computed from."""

    inquiry: Inquiry
    country: str
    schemes: Sequence[SchemeRow]
    benefits: Sequence[BenefitRow]
    groups: Groups
    options: Options
    missing: Missing

    def series(self, years: Iterable[int], wanted: frozenset[str] | None = None) -> Iterator[tuple[Figure, Basis]]:
        """Every figure and what it is based on, by series and year; totals first."""
        for series in (*COVERAGE_SERIES, *CONTRIBUTORS, HEALTH):
            if wanted is None or series in wanted:
                for year in years:
                    yield from self._of_year(series, year)

    def _of_year(self, series: str, year: int) -> Iterator[tuple[Figure, Basis]]:
        family: Family = "contributors" if series in CONTRIBUTORS else "health" if series == HEALTH else "sdg"
        group = CONTRIBUTORS.get(series) or COVERAGE_SERIES[series].group if series != HEALTH else "population"
        if series == "SI_COV_WKINJRY":
            group = self.options.work_injury
        counted = self._counted(series, year)
        if counted is None:
            if family == "sdg":
                yield from self._nobody(series, year, str(group))
            return
        for sex in self._sexes(series, counted, year):
            members = self._members(series, counted, year, sex)
            yield from self._figures(series, family, str(group), year, sex, members, ALL)
        for sex, groups in self._dimensions(series, counted, year):
            members = {one: self.inquiry.received(one[1], year, sex, groups) for one in counted}
            yield from self._figures(series, family, str(group), year, sex, _or_nobody(members, self.inquiry, year, sex), groups)

    # who is counted

    def _counted(self, series: str, year: int) -> list[Member] | None:
        """The sets of persons of a series in a year; None where there is none of its kind."""
        if series in BRANCH_OF:
            found = [one for one in self.benefits if one.form == "cash" and one.function == BRANCH_OF[series]]
            return self._in_force(series, found, year)
        if series in ASSISTANCE:
            found = [one for one in self.benefits if one.form == "cash" and one.function != "medical_care"]
            if any(one.contributory is None for one in found):
                self._not_said(found, series)
                found = [one for one in found if one.contributory is not True]
                return self._in_force(series, found, year)
            return self._in_force(series, [one for one in found if one.contributory is False], year)
        if series == "SI_COV_WKINJRY":
            return self._protecting("employment_injury", year)
        if series == HEALTH:
            schemes = [one for one in self.schemes if "medical_care" in one.functions and _since(one, year)]
            return [(AFFILIATED, one.key) for one in schemes] or None
        contributors = self._contributors(year, pensions=series in CONTRIBUTORS and self.options.contributors == "pension")
        if series in CONTRIBUTORS:
            return contributors or None
        out = {"medical_care"} | ({"sickness"} if self.options.sickness == "out" else set())
        cash = [one for one in self.benefits if one.form == "cash" and one.function not in out and _since(one.scheme, year)]
        return [*(("recipients", one.key) for one in cash), *contributors] or None

    def _in_force(self, series: str, benefits: Sequence[BenefitRow], year: int) -> list[Member] | None:
        if not benefits and not self._assisted_by_nobody(series):
            self.missing.warn("no_benefit", say("The inventory has no cash benefit of series {series}: it cannot be said.",
                                                series=series),
                              say("Enter the benefit; where the country has none, say so where the figure is published."),
                              sheet="benefits", column="function", value=BRANCH_OF.get(series, "contributory"))
        return [("recipients", one.key) for one in benefits if _since(one.scheme, year)] or None

    def _assisted_by_nobody(self, series: str) -> bool:
        """The poor and the vulnerable lack the same benefits: said once."""
        return series == "SI_COV_POOR" and any(one.code == "no_benefit" and one.value == "contributory"
                                               for one in self.missing.findings)

    def _not_said(self, benefits: Sequence[BenefitRow], series: str) -> None:
        for one in benefits:
            if one.contributory is None:
                self.missing.warn("contributory_not_stated",
                                  say("Nobody says whether benefit {benefit} is contributory: the series of social assistance "
                                      "cannot be said.", benefit=one.key),
                                  say("Write yes or no, or the kind of its scheme."), sheet="benefits",
                                  row=self.inquiry.book["benefits"].numbers[one.place], column="contributory", value=one.key)

    def _protecting(self, function: str, year: int) -> list[Member] | None:
        """Active contributors of schemes, or the affiliated where those are not stated."""
        found: list[Member] = []
        for one in self.schemes:
            if function in one.functions and _since(one, year):
                stated = self.inquiry.protects(one.key, year, ACTIVE, "total").value is not None
                also = self.inquiry.protects(one.key, year, AFFILIATED, "total").value is not None
                found.append((AFFILIATED if also and not stated else ACTIVE, one.key))
        if not found and not any(function in one.functions for one in self.schemes):
            self.missing.warn("no_scheme", say("The inventory has no scheme of {function}: {series} cannot be said.",
                                               function=function, series="SI_COV_WKINJRY"),
                              say("Enter the scheme and its functions."), sheet="schemes", column="functions", value=function)
        return found or None

    def _contributors(self, year: int, *, pensions: bool) -> list[Member]:
        """Schemes whose contributors count: never those of health alone."""
        alone = HEALTH_ONLY | ({"sickness"} if self.options.sickness == "out" and not pensions else set())
        found: list[Member] = []
        for one in self.schemes:
            if not one.functions:
                self._without_functions(one)
            if one.functions <= alone or not _since(one, year) or (pensions and "old_age" not in one.functions):
                continue
            if (one.key, year, ACTIVE) in self.inquiry.protected:
                found.append((ACTIVE, one.key))
            elif one.group == "contributory":
                if any((one.key, other, ACTIVE) in self.inquiry.protected for other in self.inquiry.years(self.country)):
                    found.append((ACTIVE, one.key))
                else:
                    self._without_contributors(one)
        return found

    def _without_functions(self, scheme: SchemeRow) -> None:
        self.missing.warn("functions_not_stated", say("Scheme {scheme} has no functions: its contributors are not counted.",
                                                      scheme=scheme.key),
                          say("Write the branches that it covers."), sheet="schemes",
                          row=self.inquiry.book["schemes"].numbers[scheme.place], column="functions", value=scheme.key)

    def _without_contributors(self, scheme: SchemeRow) -> None:
        self.missing.warn("contributors_not_stated",
                          say("Scheme {scheme} is contributory and states active contributors of no year: only the recipients of "
                              "its benefits are counted.", scheme=scheme.key),
                          say("Enter its active contributors in sheet protected."), sheet="schemes",
                          row=self.inquiry.book["schemes"].numbers[scheme.place], column="scheme", value=scheme.key)

    # how many

    def _members(self, series: str, counted: Sequence[Member], year: int, sex: str) -> Members:
        if series == "SI_COV_PENSN":
            return {one: above_retirement(self.inquiry, one[1], year, sex, self.options, self.missing) for one in counted}
        return {one: self._set(one, year, sex, said=series == "SI_COV_WKINJRY") for one in counted}

    def _set(self, member: Member, year: int, sex: str, *, said: bool = False) -> Found:
        kind, key = member
        if kind == "recipients":
            return self.inquiry.received(key, year, sex)
        found = self.inquiry.protects(key, year, kind, sex)
        if said and kind == AFFILIATED:
            return Found(found.value, found.rows, found.missing,
                         say("Of scheme {scheme} the affiliated are counted: active contributors are not stated.", scheme=key))
        return found

    def _sexes(self, series: str, counted: Sequence[Member], year: int) -> list[str]:
        """The sexes that any of the sets speaks of; mothers are women."""
        if series == "SI_COV_MATNL":
            return ["total", "female"]
        told: set[str] = set()
        for kind, key in counted:
            rows = self.inquiry.recipients.get((key, year), {}) if kind == "recipients" else {}
            told |= {sex for sex, *groups in rows if tuple(groups) == ALL}
            told |= set(self.inquiry.protected.get((key, year, kind), {}))
        return ["total", *(sex for sex in SEXES[1:] if sex in told)]

    def _dimensions(self, series: str, counted: Sequence[Member], year: int) -> list[tuple[str, Dimensions]]:
        """One dimension at a time, where every set that has persons is told by it."""
        if series not in BRANCH_OF and series not in ASSISTANCE:
            return []
        told: set[tuple[str, Dimensions]] | None = None
        for _, key in counted:
            rows = self.inquiry.recipients.get((key, year), {})
            if self.inquiry.received(key, year, "total").value == 0:
                continue
            own = {(sex, (age, disability, area)) for sex, age, disability, area in rows
                   if (age, disability, area).count("total") == 2}
            told = own if told is None else told & own
        return sorted(told or (), key=_order)

    def _figures(self, series: str, family: Family, group: str, year: int, sex: str, members: Members,
                 groups: Dimensions) -> Iterator[tuple[Figure, Basis]]:
        against, notes = self._against(series, group, year, sex, groups)
        most = against.upper if groups == ALL else None
        ages = series == "SI_COV_PENSN" and any(self.inquiry.cell(row, "age_group") not in (None, "total")
                                                for one in members.values() for row in one.rows if row[0] == "recipients")
        if series in ASSISTANCE and any(one.contributory is None for one in self.benefits if ("recipients", one.key) in members):
            persons = Persons(None, None)
        else:
            everybody = {one: self._set(one, year, sex) for one in members} if ages or groups != ALL else None
            persons = united(self.inquiry, members, year=year, sex=sex, at_most=most, everybody=everybody)
        if series == "SI_COV_BENFTS":
            notes = (*notes, say("Sickness benefits are not counted.") if self.options.sickness == "out"
                     else say("Sickness benefits are counted."))
        definition = with_notes(series_said(series, group=group), notes)
        yield from made(self.inquiry, self.missing, series=series, country=self.country, sex=sex, year=year, persons=persons,
                        against=against, family=family, definition=definition, groups=groups)

    # of how many

    def _against(self, series: str, group: str, year: int, sex: str, groups: Dimensions) -> tuple[Persons, tuple[str, ...]]:
        age, *others = groups
        if groups != ALL:
            found = self.groups.of_ages(group, age, year, sex) if others == ["total", "total"] else Found(None)
            return Persons.of(found), () if found.value is not None else (
                say("There is no denominator by age, disability or area: only persons are told."),)
        found = self.groups.of(group, year, sex)
        if found.value is None and group == "vulnerable" and not self.inquiry.denominators.get((self.country, year, group)):
            return self._vulnerable(year, sex), ()
        return Persons.of(found), ()

    def _vulnerable(self, year: int, sex: str) -> Persons:
        """Population less active contributors and recipients of contributory benefits of working age and above (SDG metadata
        01-03-01a, series of vulnerable persons); family benefits, which reach children, are left out of what is taken off."""
        said = say("Vulnerable persons: the population less active contributors and adult recipients of contributory benefits.")
        whole = self.groups.of("population", year, sex)
        counted: Members = {one: self._set(one, year, sex) for one in self._contributors(year, pensions=False)}
        for one in self.benefits:
            if one.form == "cash" and one.contributory and one.function not in ("medical_care", "family") and _since(one.scheme,
                                                                                                                    year):
                counted["recipients", one.key] = adults(self.inquiry, one.key, year, sex)
        everybody = {one: self._set(one, year, sex) for one in counted}
        return less(whole, united(self.inquiry, counted, year=year, sex=sex, at_most=whole.value, everybody=everybody), (said,))

    def _nobody(self, series: str, year: int, group: str) -> Iterator[tuple[Figure, Basis]]:
        """A row that says that there is nothing to count: no figure, and not zero."""
        note = say("No benefit or scheme of this kind is in force in the year.")
        yield from made(self.inquiry, self.missing, series=series, country=self.country, sex="total", year=year,
                        persons=Persons(None, None), against=Persons.of(self.groups.of(group, year, "total")), family="sdg",
                        definition=with_notes(series_said(series, group=group), (note,)), groups=ALL, silent=True)


def _since(scheme: SchemeRow, year: int) -> bool:
    return scheme.since is None or scheme.since <= year


def _or_nobody(members: Mapping[Member, Found], inquiry: Inquiry, year: int, sex: str) -> Members:
    """A benefit without recipients has none of any group."""
    found: Members = {}
    for member, one in members.items():
        nobody = one if one.value is not None else inquiry.received(member[1], year, "total")
        found[member] = nobody if nobody.value == 0 else one
    return found


def _order(one: tuple[str, Dimensions]) -> tuple[object, ...]:
    """Ages from the youngest, then disability, then area; totals before women and men."""
    sex, (age, disability, area) = one
    which = 0 if age != "total" else 1 if disability != "total" else 2
    return which, (ages_of(age) or (999, None))[0], age, disability, area, SEXES.index(sex) if sex in SEXES else 3


__all__ = ["CONTRIBUTORS", "HEALTH", "Country", "Row"]
