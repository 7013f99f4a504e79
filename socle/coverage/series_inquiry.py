"""The rows of an inquiry, ready to be found: what each row says, and what is missing where one is not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from socle.errors import Finding
from socle.tables import Book
from socle.vocabulary import SCHEME_KINDS, say

ALL = ("total", "total", "total")
ACTIVE, AFFILIATED = "active_contributors", "affiliated"
_AGES = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3})|\s*(\+))?", re.ASCII)
#: A row of the book: its sheet and its place, counted from 0; or a record that is in no sheet, with its text.
Row = tuple[str, int | str]
#: A person of the inquiry belongs to one set for each benefit received and each scheme contributed or affiliated to.
Member = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """``value`` of the ``rows`` it was read from or added up from; None with the keys that are ``missing``, as ``sheet:key``."""

    value: float | None
    rows: tuple[Row, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class SchemeRow:
    key: str
    country: str
    group: str  # contributory, non_contributory, employer; empty: not stated
    functions: frozenset[str]
    since: int | None
    place: int


@dataclass(frozen=True, slots=True)
class BenefitRow:
    key: str
    scheme: SchemeRow
    function: str
    form: str
    payment: str
    contributory: bool | None
    place: int


@dataclass(frozen=True)
class Inquiry:
    """A book of the form ``INQUIRY``, looked up by key. Nothing is computed here but a total from both sexes."""

    book: Book

    @cached_property
    def schemes(self) -> dict[str, SchemeRow]:
        table, benefits = self.book["schemes"], self.book["benefits"]
        of_benefits: dict[str, set[str]] = {}
        for scheme, function in zip(benefits["scheme"], benefits["function"], strict=True):
            of_benefits.setdefault(scheme, set()).add(function)
        found = {}
        for place, key in enumerate(table["scheme"]):
            kind, since = table["kind"][place], table["since"][place]
            functions = table["functions"][place] or of_benefits.get(key, ())
            found[key] = SchemeRow(key, table["country"][place], (SCHEME_KINDS[kind].group or "") if kind in SCHEME_KINDS else "",
                                   frozenset(functions), None if since is None else since.start.year, place)
        return found

    @cached_property
    def benefits(self) -> dict[str, BenefitRow]:
        table, found = self.book["benefits"], {}
        for place, key in enumerate(table["benefit"]):
            scheme = self.schemes.get(table["scheme"][place])
            if scheme is not None:
                told = table["contributory"][place]
                kind = None if not scheme.group else scheme.group == "contributory"
                found[key] = BenefitRow(key, scheme, table["function"][place] or "", table["form"][place] or "",
                                        table["payment"][place] or "periodic", kind if told is None else told, place)
        return found

    @cached_property
    def recipients(self) -> dict[tuple[str, int], dict[tuple[str, str, str, str], int]]:
        """By benefit and year: the place of each row by sex, age group, disability and area."""
        table = self.book["recipients"]
        found: dict[tuple[str, int], dict[tuple[str, str, str, str], int]] = {}
        rows = zip(table["benefit"], table["year"], table["sex"], _total(table["age_group"]), _total(table["disability"]),
                   _total(table["area"]), strict=True)
        for place, (benefit, year, sex, age, disability, area) in enumerate(rows):
            found.setdefault((benefit, year), {})[(sex, age, disability, area)] = place
        return found

    @cached_property
    def protected(self) -> dict[tuple[str, int, str], dict[str, int]]:
        """By scheme, year and measure: the place of each row of all employment statuses, by sex."""
        table = self.book["protected"]
        found: dict[tuple[str, int, str], dict[str, int]] = {}
        rows = zip(table["scheme"], table["year"], table["measure"], table["sex"], _total(table["employment_status"]), strict=True)
        for place, (scheme, year, measure, sex, status) in enumerate(rows):
            if status == "total":
                found.setdefault((scheme, year, measure), {})[sex] = place
        return found

    @cached_property
    def denominators(self) -> dict[tuple[str, int, str], dict[str, int]]:
        table = self.book["denominators"]
        found: dict[tuple[str, int, str], dict[str, int]] = {}
        for place, key in enumerate(zip(table["country"], table["year"], table["group"], strict=True)):
            found.setdefault(key, {})[table["sex"][place]] = place
        return found

    @cached_property
    def overlaps(self) -> dict[tuple[int, str], list[tuple[frozenset[Member], int]]]:
        """By year and sex: the sets that share persons, and the place of the row that says how many."""
        table = self.book["overlaps"]
        found: dict[tuple[int, str], list[tuple[frozenset[Member], int]]] = {}
        rows = zip(table["between"], table["year"], _total(table["sex"]), strict=True)
        for place, (between, year, sex) in enumerate(rows):
            members = [self._member(key.strip(), year) for key in between.split(";") if key.strip()]
            if len(members) > 1 and None not in members and len(set(members)) == len(members):
                found.setdefault((year, sex), []).append((frozenset(one for one in members if one is not None), place))
        return found

    def _member(self, key: str, year: int) -> Member | None:
        """A benefit stands for its recipients; a scheme for its active contributors, or its affiliated where none are stated. A
        key of both is the benefit where it has recipients in the year."""
        if key in self.benefits and (key not in self.schemes or (key, year) in self.recipients):
            return "recipients", key
        if key not in self.schemes:
            return None
        return ACTIVE if (key, year, ACTIVE) in self.protected else AFFILIATED, key

    def years(self, country: str) -> list[int]:
        """The years of which the country says who is protected, receives, or is covered by law."""
        benefits, schemes, legal = self.benefits, self.schemes, self.book["legal"]
        found = {year for benefit, year in self.recipients if benefit in benefits and benefits[benefit].scheme.country == country}
        found |= {year for scheme, year, _ in self.protected if scheme in schemes and schemes[scheme].country == country}
        return sorted(found | {year for of, year in zip(legal["country"], legal["year"], strict=True) if of == country})

    @cached_property
    def countries(self) -> list[str]:
        return list(dict.fromkeys((*self.book["schemes"]["country"], *self.book["legal"]["country"])))

    def of_country(self, country: str) -> tuple[list[SchemeRow], list[BenefitRow]]:
        return ([one for one in self.schemes.values() if one.country == country],
                [one for one in self.benefits.values() if one.scheme.country == country])

    def persons(self, sheet: str, place: int) -> float | None:
        """What the row says; None where it is not available."""
        persons, status = self._cells[sheet]
        return None if persons[place] is None or status[place] == "not_available" else float(persons[place])

    @cached_property
    def _cells(self) -> dict[str, tuple[list[Any], list[Any]]]:
        """Persons and status of every sheet that counts people."""
        return {one.sheet.name: (one["persons"], one["status"]) for one in self.book if "persons" in one.columns}

    def received(self, benefit: str, year: int, sex: str, groups: tuple[str, str, str] = ALL) -> Found:
        """Recipients of a benefit. A total that is not stated is that of both sexes."""
        rows = self.recipients.get((benefit, year), {})
        if (place := rows.get((sex, *groups))) is not None and (value := self.persons("recipients", place)) is not None:
            return Found(value, (("recipients", place),))
        by_sex = {one: rows[(one, *groups)] for one in ("total", "female", "male") if (one, *groups) in rows}
        found = self._of_sex("recipients", by_sex, sex, "/".join((benefit, str(year), sex, *groups)))
        if found.value is None and sex not in by_sex and by_sex and self.benefits[benefit].function == "maternity":
            return self._mothers(by_sex, sex) or found
        return found

    def _mothers(self, by_sex: dict[str, int], sex: str) -> Found | None:
        """Mothers are women: where no men are stated, all are women, and no man is one."""
        stated = [("recipients", by_sex[one]) for one in ("female", "total") if one in by_sex]
        if "male" in by_sex and self.persons("recipients", by_sex["male"]) != 0:
            return None
        value = self.persons(*stated[0]) if stated else None
        return None if value is None else Found(0.0 if sex == "male" else value, (stated[0],))

    def protects(self, scheme: str, year: int, measure: str, sex: str) -> Found:
        by_sex = self.protected.get((scheme, year, measure), {})
        return self._of_sex("protected", by_sex, sex, f"{scheme}/{year}/{measure}/{sex}/total")

    def stated(self, country: str, year: int, group: str, sex: str) -> Found:
        """Persons of a group, as the sheet of denominators says them."""
        by_sex = self.denominators.get((country, year, group), {})
        return self._of_sex("denominators", by_sex, sex, f"{country}/{year}/{group}/{sex}")

    def _of_sex(self, sheet: str, by_sex: dict[str, int], sex: str, key: str) -> Found:
        if sex in by_sex and (value := self.persons(sheet, by_sex[sex])) is not None:
            return Found(value, ((sheet, by_sex[sex]),))
        if sex == "total" and "female" in by_sex and "male" in by_sex:
            both = [self.persons(sheet, by_sex[one]) for one in ("female", "male")]
            if None not in both:
                return Found(sum(one for one in both if one is not None), tuple((sheet, by_sex[one]) for one in ("female", "male")))
        return Found(None, ((sheet, by_sex[sex]),) if sex in by_sex else (), (f"{sheet}:{key}",))

    def record(self, row: Row) -> str:
        sheet, place = row
        return f"{sheet}:{self.book[sheet].keys[place] if isinstance(place, int) else place}"

    def status(self, rows: Iterable[Row]) -> str:
        """Estimated where one of the rows is; what comes from a population is."""
        return "estimated" if any(self.cell(row, "status") == "estimated" for row in rows) else "reported"

    def cell(self, row: Row, column: str) -> Any:
        sheet, place = row
        if isinstance(place, str):
            return "estimated" if column == "status" else None
        return self.book[sheet][column][place]


def ages_of(group: str) -> tuple[int, int | None] | None:
    """``0-17`` is (0, 17), ``65+`` (65, None), ``40`` (40, 40); None for what is no ages."""
    found = _AGES.fullmatch(group.strip())
    if not found:
        return None
    first = int(found[1])
    return first, None if found[3] else int(found[2]) if found[2] else first


def from_age(groups: Iterable[str], first: int) -> tuple[str, ...]:
    """The age groups that together are everybody of ``first`` and over, one after another; empty where they do not."""
    known = {ages[0]: (group, ages[1]) for group in groups if (ages := ages_of(group)) and ages[1] is not None}
    chain: list[str] = []
    opened = {ages[0]: group for group in groups if (ages := ages_of(group)) and ages[1] is None}
    while first not in opened:
        if first not in known or len(chain) > len(known):
            return ()
        group, last = known[first]
        chain.append(group)
        first = (last or first) + 1
    return (*chain, opened[first])


class Missing:
    """What a report could not say for want of a cell: each cell once, with every figure that waits for it."""

    def __init__(self) -> None:
        self._cells: dict[str, dict[str, None]] = {}
        self.findings: list[Finding] = []
        self._lacking: dict[tuple[str, str], dict[int, None]] = {}
        self._between: dict[tuple[str, str], dict[int, tuple[str, str]]] = {}

    def between(self, country: str, series: str, year: int, unstated: tuple[str, str]) -> None:
        """A union lies between bounds: nobody says how many persons these two sets share."""
        self._between.setdefault((country, series), {})[year] = unstated

    def lacks(self, country: str, series: str, year: int) -> None:
        """The economy has no such series in that year."""
        self._lacking.setdefault((country, series), {})[year] = None

    def cells(self, keys: Sequence[str], figure: str) -> None:
        for key in keys:
            self._cells.setdefault(key, {})[figure] = None

    def warn(self, code: str, message: str, remedy: str, *, sheet: str | None = None, row: int | None = None,
             column: str | None = None, value: object = None) -> None:
        one = Finding("warning", sheet, row, column, None if value is None else str(value), code, message, remedy)
        if one not in self.findings:
            self.findings.append(one)

    def told(self, book: Book) -> Iterator[Finding]:
        yield from self.findings
        for (country, series), years in self._lacking.items():
            yield Finding("warning", None, None, series, country, "economy_missing",
                          say("The economy of {country} has no {series} of {years}: what is compared with it cannot be said.",
                              country=country, series=series, years=", ".join(map(str, sorted(years)))),
                          say("Add it to the file of the economy."))
        for (country, series), pairs in self._between.items():
            last = max(pairs)
            yield Finding("warning", "overlaps", None, "between", ";".join(pairs[last]), "overlap_not_stated",
                          say("{series} of {country} lies between bounds in {years}: nobody says how many persons are in both "
                              "{one} and {other} in {year}, for one.", series=series, country=country, one=pairs[last][0],
                              other=pairs[last][1], year=last, years=", ".join(map(str, sorted(pairs)))),
                          say("Enter the overlaps of schemes and benefits; 0 where there is nobody."))
        for record, figures in self._cells.items():
            sheet, _, key = record.partition(":")
            if any(record.replace(f"/{sex}", "/total") in self._cells for sex in ("female", "male") if f"/{sex}" in record):
                continue  # who enters the total will not forget women and men
            table = book[sheet]
            places = table.places.get(key, ())
            column = "amount" if "amount" in table.columns else "persons"
            wanted = ", ".join(list(figures)[:4]) + (" …" if len(figures) > 4 else "")
            if places:
                message = say("{record} has no figure: {figures} cannot be said.", record=record, figures=wanted)
            else:
                message = say("There is no row {record}: {figures} cannot be said.", record=record, figures=wanted)
            yield Finding("warning", sheet, table.numbers[places[0]] if places else None, column, key, "not_stated", message,
                          say("Enter it in sheet {sheet}; what nobody knows stays not available.", sheet=sheet))


def _total(values: Sequence[str | None]) -> list[str]:
    return [value or "total" for value in values]
