"""Reading values of series: the CSV layout of the UN's SDG database, or the plain long form; CSV files or a workbook.

    reading = datasets.read_values("1.3.1.csv", vintage="2024-09")
    reading.values, reading.findings
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np
import numpy.typing as npt

from socle.datasets.reading import read_raw
from socle.datasets.values_cells import Figure, figure, formula, long_country, plain, sex, un_area, weight, year
from socle.datasets.values_layout import Header, header_of, is_whole, looks_like_values
from socle.errors import Finding, Severity
from socle.tables import VALUE_TEXTS, RawSheet, Values, Words, Wrong, numbered, text_of, together
from socle.vocabulary import COVERAGE_SERIES, say

#: Series of the World Bank's under the same indicator, measured otherwise (household surveys).
OTHER_SERIES = frozenset({"SI_COV_SOCAST", "SI_COV_SOCINS", "SI_COV_LMKT", "SI_COV_SOCASTPQ", "SI_COV_SOCINSPQ", "SI_COV_LMKTPQ"})
_MOST_FINDINGS = 10_000
_HUNDRED = Decimal(100)


class ValuesReading(NamedTuple):
    """``values`` is None where there is an error; ``findings`` are all of them."""

    values: Values | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")


@dataclass
class _File:
    """A sheet as it is read: its columns as texts, each different one kept once, and what is wrong so far."""

    name: str
    header: Header
    columns: list[Words]
    numbers: Sequence[int]
    findings: list[Finding] = field(default_factory=list)

    def column(self, role: str) -> Words:
        place = self.header.roles.get(role)
        return self.columns[place].renamed([text.strip() for text in self.columns[place].words]) if place is not None \
            else Words.all("", len(self.numbers))

    def title(self, role: str) -> str:
        place = self.header.roles.get(role)
        return role if place is None else self.header.titles[place]

    def wrong(self, row: int | None, column: str | None, value: str | None, wrong: Wrong, *, severity: Severity = "error") -> None:
        if len(self.findings) < _MOST_FINDINGS:
            number = None if row is None else self.numbers[row]
            self.findings.append(Finding(severity, self.name, number, column, value, wrong.code, wrong.message, wrong.remedy))

    def each(self, role: str, words: Words, found: Iterable[object]) -> None:
        """An error for every row whose text is ``Wrong``."""
        for code, one in enumerate(found):
            if isinstance(one, Wrong):
                for row in np.flatnonzero(words.codes == code).tolist():
                    self.wrong(row, self.title(role), words.words[code] or None, one)

    def once(self, role: str, words: Words, remarks: Mapping[int, Wrong]) -> None:
        """A warning at the first row of each of these texts."""
        for code, remark in remarks.items():
            rows = np.flatnonzero(words.codes == code)
            if len(rows):
                self.wrong(int(rows[0]), self.title(role), words.words[code], remark, severity="warning")


def read_values(source: Path | str | bytes | IO[bytes], *, name: str | None = None, vintage: str | None = None) -> ValuesReading:
    """Read a table of values. ``vintage`` names the edition where the file does not.

    Values are exact as written; a text that is no figure is kept and its value is None. ``Unreadable`` only where there is no file;
    everything else is in the findings, all at once: of the layout of the UN an area that is no country is kept with a warning, in
    the long form it is an error.
    """
    sheets, findings = read_raw(source, name=name)
    titled = [([plain(text_of(title)) for title in sheet.header], sheet) for sheet in sheets]
    chosen = [one for one in titled if looks_like_values(one[0])] or titled[:1]
    parts = []
    for titles, sheet in chosen:
        part, told = _read(titles, sheet, vintage)
        findings += told
        parts += [part] if part is not None else []
    for _titles, sheet in titled:
        if not any(sheet is other for _other, other in chosen):
            findings.append(Finding("warning", sheet.name, None, None, None, "unknown_sheet",
                                    say("Sheet “{sheet}” is no table of values and is not read.", sheet=sheet.name),
                                    say("Name its columns as those of a table of values, or leave it out.")))
    if not sheets and not findings:
        findings.append(_empty(None))
    wrong = any(one.severity == "error" for one in findings) or len(parts) != len(chosen) or not parts
    return ValuesReading(None if wrong else together(parts), tuple(findings))


def _empty(sheet: str | None) -> Finding:
    return Finding("error", sheet, None, None, None, "empty", say("There are no values."),
                   say("Give a header and one row for each series, country, year and sex."))


def _read(titles: list[str], sheet: RawSheet, vintage: str | None) -> tuple[Values | None, list[Finding]]:
    while titles and not titles[-1]:
        titles.pop()
    header, findings = header_of(titles, sheet=sheet.name)
    if header is None:
        return None, findings
    file = _opened(sheet, header)
    if not len(file.numbers):
        return None, [*file.findings, _empty(sheet.name)]
    for place in sorted(_understood_places(header)):  # a note may begin as it likes: it is kept, and marked when it is written
        words = file.columns[place]
        wrongs = {code: wrong for code, text in enumerate(words.words) if (wrong := formula(text.strip())) is not None}
        for code, wrong in wrongs.items():
            for row in np.flatnonzero(words.codes == code).tolist():
                file.wrong(row, header.titles[place], words.words[code], wrong)
        if wrongs:  # told once: not again as a bad number
            file.columns[place] = words.renamed(["" if code in wrongs else text for code, text in enumerate(words.words)])
    values = _understood(file, vintage)
    in_order = sorted(file.findings, key=lambda one: one.row or 0)
    return (None if any(one.severity == "error" for one in in_order) else values), in_order


def _understood_places(header: Header) -> set[int]:
    """The columns that a formula would say something wrong in: all but those of mere words."""
    told = {place for role, place in header.roles.items() if role not in ("source", "footnote")}
    return told | {place for place, _ in header.dimensions}


def _opened(sheet: RawSheet, header: Header) -> _File:
    """The columns verbatim, without rows that are empty; cells beyond the header are errors."""
    width = len(header.titles)
    rows: list[Sequence[object]] = []
    numbers: list[int] = []
    extra: list[tuple[int, str]] = []
    for number, cells in zip(sheet.numbers, sheet.rows, strict=True):
        if not any(cell is not None and cell != "" for cell in cells):
            continue
        if len(cells) > width and (text := next(filter(None, map(text_of, cells[width:])), "")):
            extra.append((len(numbers), text))
        rows.append(cells if len(cells) == width else (*cells[:width], *[None] * (width - len(cells))))
        numbers.append(number)
    columns = [Words.of(cell if isinstance(cell, str) else text_of(cell) for cell in column) for column in zip(*rows, strict=True)]
    file = _File(sheet.name, header, [words.renamed(list(map(plain, words.words))) for words in columns], numbers)
    for row, text in extra:
        file.wrong(row, None, text, Wrong(
            "extra_cells", say("The row has more cells than the header: “{value}”.", value=text),
            say("Name the column, or put a text that holds the separator in quotation marks.")))
    return file


def _understood(file: _File, vintage: str | None) -> Values:
    series, years, texts = file.column("series"), file.column("year"), file.column("value")
    _required(file, "series", series)
    found_years = [year(text) for text in years.words]
    file.each("year", years, found_years)
    in_years = np.array([one if isinstance(one, int) else 0 for one in found_years], dtype=np.int64)[years.codes]
    weights, sexes = file.column("weight"), file.column("sex")
    found_weights = [weight(text) for text in weights.words]
    file.each("weight", weights, found_weights)
    geo = _areas(file)
    figures = _figures(file, texts, series)
    told = file.column("vintage")
    if vintage is not None:
        told = told.renamed([text or vintage for text in told.words])
    values = Values(
        file.header.layout, series, geo, in_years, _sexes(file, sexes), [figures[code].value for code in texts.codes.tolist()],
        texts.renamed([one.bound for one in figures]),
        [None if isinstance(one, Wrong) else one for one in map(found_weights.__getitem__, weights.codes.tolist())],
        {name: file.column(name) for name in VALUE_TEXTS}, _breakdown(file), told,
        file.header.titles, tuple(file.columns), file.header.roles, file.numbers)
    _refuse_duplicates(file, values)
    _remark_series(file, series)
    return values


def _required(file: _File, role: str, words: Words) -> None:
    file.each(role, words, [None if text else Wrong("required", say("The cell is empty."),
                                                    say("Fill in {column}.", column=file.title(role))) for text in words.words])


def _sexes(file: _File, words: Words) -> Words:
    found = [sex(text) for text in words.words]
    unknown = {code: Wrong("unknown_sex", say("“{value}” is neither total, female nor male.", value=words.words[code]),
                           say("Write total, female or male; it is kept as it is.") if file.header.layout == "un"
                           else say("Write total, female or male."))
               for code, one in enumerate(found) if one is None}
    if file.header.layout == "un":
        file.once("sex", words, unknown)
    else:
        file.each("sex", words, [unknown.get(code) for code in range(len(found))])
    return words.renamed([one or text for one, text in zip(found, words.words, strict=True)])


def _areas(file: _File) -> Words:
    """The country of each row, or the area as it is written."""
    if file.header.layout == "long":
        words = file.column("name")
        found = [long_country(text) for text in words.words]
        file.each("name", words, found)
        _remark_areas(file, "name", words, {code for code, one in enumerate(found) if isinstance(one, str) and one.isdigit()})
        return words.renamed([text if isinstance(one, Wrong) else one for one, text in zip(found, words.words, strict=True)])
    parts = [file.column(role) for role in ("geo", "iso3", "name")]
    _keys, first, inverse = np.unique(numbered(*(words.codes for words in parts)), return_index=True, return_inverse=True)
    areas = [un_area(*(words[place] for words in parts)) for place in first.tolist()]
    role = next(role for role in ("geo", "iso3", "name") if role in file.header.roles)
    for number, (area, _known, differs) in enumerate(areas):
        place = int(first[number])
        if area is None:
            for row in np.flatnonzero(inverse == number).tolist():
                file.wrong(row, file.title(role), None, Wrong("required", say("The cell is empty."),
                                                              say("Fill in {column}.", column=file.title(role))))
        elif differs:
            file.wrong(place, file.title("iso3"), parts[1][place], Wrong(
                "differs", say("{one} and {other} are not the same country.", one=parts[0][place], other=parts[1][place]),
                say("The three letters are taken; correct the other.")), severity="warning")
    named = Words(inverse, [area or "" for area, _known, _differs in areas])
    _remark_areas(file, role, named, {n for n, (area, known, _differs) in enumerate(areas) if area and not known})
    return named.renamed(named.words)


def _remark_areas(file: _File, role: str, words: Words, codes: set[int]) -> None:
    """One warning for all the areas that are no countries here."""
    names = list(dict.fromkeys(words.words[code] for code in sorted(codes)))
    if names:
        row = int(np.flatnonzero(np.isin(words.codes, list(codes)))[0])
        listed = ", ".join(names[:12]) + (" ..." if len(names) > 12 else "")
        file.wrong(row, file.title(role), words[row], Wrong(
            "not_a_country", say("{n} areas are no countries that are known here: {names}.", n=len(names), names=listed),
            say("Their rows are kept as they are, and are in no average of countries.")), severity="warning")


def _figures(file: _File, texts: Words, series: Words) -> list[Figure]:
    read = [figure(text) for text in texts.words]
    file.each("value", texts, read)
    figures = [Figure(None) if isinstance(one, Wrong) else one for one in read]
    percent = np.array([file.header.layout == "long" or name.startswith("SI_COV_") for name in series.words])[series.codes]

    def rows_where(test: Callable[[Decimal], bool]) -> list[int]:
        true = np.array([one.value is not None and test(one.value) for one in figures])
        return [row for row in np.flatnonzero(true[texts.codes]).tolist() if percent[row]]

    for row in rows_where(lambda value: value < 0):
        file.wrong(row, file.title("value"), texts[row], Wrong(
            "negative", say("{value} is below zero.", value=texts[row]), say("Write a per cent from 0 upwards.")))
    for row in rows_where(lambda value: value > _HUNDRED):
        file.wrong(row, file.title("value"), texts[row], Wrong(
            "over_100", say("{value} per cent is more than all.", value=texts[row]),
            say("Check numerator and denominator; it is counted as it is.")), severity="warning")
    file.once("value", texts, {
        code: Wrong("not_a_figure", say("“{value}” is no figure: read as missing, kept as it is.", value=texts.words[code]),
                    say("Leave the cell empty where the figure is not known."))
        if one.missing else
        Wrong("limit", say("“{value}” is a limit, not a figure: kept, and in no average.", value=texts.words[code]),
              say("Nothing needs to be done."))
        for code, one in enumerate(figures) if one.missing or one.bound})
    _remark_shares(file, texts, series, figures, percent)
    return figures


def _remark_shares(file: _File, texts: Words, series: Words, figures: Sequence[Figure], percent: npt.NDArray[np.bool_]) -> None:
    """Where every figure of a series lies between 0 and 1, it was hardly meant in per cent."""
    told = np.array([np.nan if one.value is None else float(one.value) for one in figures])[texts.codes]
    there = percent & ~np.isnan(told)
    most = np.full(len(series.words), -np.inf)
    np.maximum.at(most, series.codes[there], told[there])
    count = np.bincount(series.codes[there], minlength=len(series.words))
    parts = np.bincount(series.codes[there & (told > 0) & (told < 1)], minlength=len(series.words))
    for code in np.flatnonzero((count >= 3) & (most <= 1) & (parts > 0)).tolist():
        row = int(np.flatnonzero(there & (series.codes == code))[0])
        file.wrong(row, file.title("value"), texts[row], Wrong(
            "per_cent", say("No figure of {key} is above 1: are they shares?", key=series.words[code]),
            say("Write 25 for 25 per cent; leave it where it is meant.")), severity="warning")


def _breakdown(file: _File) -> Words:
    """What each row is a part of beside sex: ``age=65+;location=urban``; empty for the whole."""
    columns = []
    for place, name in file.header.dimensions:
        words = file.columns[place]
        columns.append((name, words.renamed(["" if is_whole(name, text.strip()) else text.strip() for text in words.words])))
    columns = [(name, words) for name, words in columns if any(words.words)]
    if not columns:
        return Words.all("", len(file.numbers))
    _keys, first, inverse = np.unique(numbered(*(words.codes for _name, words in columns)), return_index=True, return_inverse=True)
    return Words(inverse, [";".join(f"{name}={words[row]}" if name != "breakdown" else words[row] for name, words in columns
                                    if words[row]) for row in first.tolist()])


def _refuse_duplicates(file: _File, values: Values) -> None:
    bad = {finding.row for finding in file.findings if finding.severity == "error"}
    order = np.argsort(values.identity, kind="stable")
    same = np.flatnonzero(np.diff(values.identity[order]) == 0) + 1
    first: dict[int, int] = {}
    for place in same.tolist():
        row, before = int(order[place]), int(order[place - 1])
        first[row] = first.get(before, before)
        if not {file.numbers[row], file.numbers[first[row]]} & bad:
            key = "/".join(filter(None, (values.series[row], values.geo[row], str(values.year[row]), values.sex[row],
                                         values.breakdown[row], values.vintage[row])))
            file.wrong(row, file.title("series"), key, Wrong(
                "duplicate_key", say("“{key}” is already in row {row}.", key=key, row=file.numbers[first[row]]),
                say("Keep one of the two rows.")))


def _remark_series(file: _File, series: Words) -> None:
    unknown = {code: Wrong("unknown_series", say("“{value}” is no series of indicator 1.3.1.", value=name),
                           say("Use one of: {codes}.", codes=", ".join(COVERAGE_SERIES)))
               for code, name in enumerate(series.words) if name and name not in COVERAGE_SERIES and name not in OTHER_SERIES}
    file.once("series", series, unknown)
