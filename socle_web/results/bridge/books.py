"""A file that somebody brought, beside what is there: what is new in it, what it would change, what stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from socle import datasets
from socle.errors import Finding
from socle.tables import PROGRAMME, Book, Column, Kind, RawSheet, Table, parse, text_of
from socle_web.results.bridge.context import checked
from socle_web.results.bridge.entries import REFERRING, Texts, few, texts
from socle_web.results.bridge.shape import MOST_ASKED, shape
from socle_web.results.models import BY_SHEET, OPEN, Entry

#: Sheets with few rows, whose every key the checks may ask for.
WHOLE = ("phases", "targets", "partners")
Heard = Callable[[int, int], None]  # rows done, of all


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is new (``before`` is None) or says something else than the fact does. ``number``: as the spreadsheet shows it."""

    sheet: str
    number: int
    key: str
    values: Texts
    before: Texts | None = None

    def differences(self) -> Iterator[tuple[str, str, str]]:
        """column, what the fact says, what the row says"""
        before = self.before or {}
        for name in PROGRAMME[self.sheet].names:
            if before.get(name, "") != self.values.get(name, ""):
                yield name, before.get(name, ""), self.values.get(name, "")


@dataclass(frozen=True)
class Brought:
    """A file that was read. ``counts``: rows of each sheet, the bad ones among them."""

    book: Book
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]


def read_file(content: bytes, *, name: str, heard: Heard | None = None) -> Brought:
    """Read the bytes of a workbook, a zipped folder or a CSV file, whose ``name`` says the sheet. Raises ``Unreadable``.

    Rows may refer to facts, to each other, and to what is on its way.
    """
    sheets, before = datasets.read_raw(content, name=name)
    total = sum(len(sheet.rows) for sheet in sheets)
    tell = heard or (lambda done, of: None)
    tell(0, total)
    known = known_of(sheets)
    parsed = parse(PROGRAMME, sheets, before=before, known=known)
    tell(total // 2, total)
    findings = (*parsed.findings, *checked(parsed.book))
    counts = {t.sheet.name: n for t in parsed.book if (n := len(t) + len(parsed.bad_rows.get(t.sheet.name, ())))}
    return Brought(parsed.book, findings, counts)


def differences(book: Book) -> list[Row]:
    """The rows of a book that would change something, in the order of the form."""
    return [row for table in book if len(table) for row in _different(table)]


def known_of(sheets: Iterable[RawSheet], *, facts_only: bool = False) -> dict[str, set[str]]:
    """Of the keys that a file names or refers to those that are facts already, or (unless ``facts_only``) on their way to be."""
    known = _there(_named(sheets), facts_only=facts_only)
    for sheet in WHOLE:
        known.setdefault(sheet, set()).update(BY_SHEET[sheet].objects.values_list("key", flat=True))  # type: ignore[attr-defined]
    return known


def _there(named: Mapping[str, set[str]], *, facts_only: bool) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for sheet, keys in named.items():
        found[sheet] = set(shape(sheet).ids_there(keys))
        left = [] if facts_only else sorted(keys - found[sheet])
        for start in range(0, len(left), MOST_ASKED):
            found[sheet].update(Entry.objects.filter(
                sheet=sheet, key__in=left[start : start + MOST_ASKED], state__in=OPEN).values_list("key", flat=True))
    return found


def _named(sheets: Iterable[RawSheet]) -> dict[str, set[str]]:
    """By sheet the keys that stand in the cells of a file: its own, and those it refers to."""
    named: dict[str, set[str]] = {}
    names = {sheet.name.casefold(): sheet.name for sheet in PROGRAMME}
    for raw in sheets:
        sheet = names.get(raw.name.strip().casefold())
        if sheet is None:
            continue
        columns = {column.name.casefold(): column for column in PROGRAMME[sheet].columns}
        for place, title in enumerate(raw.header):
            column = columns.get(text_of(title).casefold())
            if column is None:
                continue
            cells = {text_of(row[place]) for row in raw.rows if len(row) > place} - {""}
            if column.name == "record":
                for name in cells:
                    of, _, key = name.partition(":")
                    if of in BY_SHEET:
                        named.setdefault(of, set()).add(key)
            elif of := _leads_to(sheet, column):
                named.setdefault(of, set()).update(part.strip() for cell in cells for part in cell.split(";"))
    return {sheet: keys - {""} for sheet, keys in named.items()}


def _leads_to(sheet: str, column: Column) -> str:
    if column.kind in REFERRING:
        return column.refers or ""
    return sheet if column.kind is Kind.KEY and PROGRAMME[sheet].key == (column.name,) else ""


def _different(table: Table) -> Iterator[Row]:
    """The rows of a sheet that are new, or say something else than the fact does. 16.50 and 16.5 are the same amount."""
    sheet = table.sheet.name
    form = shape(sheet)
    there = few(sheet, table.keys)
    facts = dict(zip(form.identities(there), zip(texts(there), _values(there), strict=True), strict=True))
    names, said = table.sheet.names, [name not in table.absent for name in table.sheet.names]
    rows = zip(form.identities(table), table.keys, table.numbers, texts(table), _values(table), strict=True)
    for identity, key, number, written, given in rows:
        fact = facts.get(identity)
        if fact is None:
            yield Row(sheet, number, key, written)
            continue
        before, known = fact
        values = dict(before)
        for name, new, old, is_said in zip(names, given, known, said, strict=True):
            if is_said and new != old:  # what the file has no column for stays as it is
                values.pop(name, None)
                if name in written:
                    values[name] = written[name]
        if _meant(values) != _meant(before):
            yield Row(sheet, number, key, values, before)


def _values(table: Table) -> Iterable[tuple[Any, ...]]:
    return zip(*(table[name] for name in table.sheet.names), strict=True)


def _meant(values: Texts) -> Mapping[str, Any]:
    """Recorded at the end of its own period is what an empty cell says too."""
    recorded = values.get("recorded_on")
    if recorded and recorded == (values.get("end") or values.get("on") or values.get("year")):
        return {name: text for name, text in values.items() if name != "recorded_on"}
    return values
