"""Reading the sheets of a form: every error and warning at once, and the good rows as a book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import compress

from socle.errors import Finding, Severity
from socle.tables.cells import text_of
from socle.tables.columns import Form
from socle.tables.reading import SheetRead, read_sheet
from socle.tables.references import NOTHING_KNOWN, Known, refuse_unknown_references, set_aside_dependents
from socle.tables.table import Book, RawSheet, Table
from socle.tables.uncounted import set_aside_uncounted
from socle.vocabulary import say


@dataclass(frozen=True, slots=True)
class Parsed:
    """``bad_rows``: by sheet, the numbers of rows that are not in the book: in error, not to be counted, or leaning on such."""

    book: Book
    findings: tuple[Finding, ...]
    bad_rows: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity == "warning")


def parse(form: Form, raw_sheets: Iterable[RawSheet], *, before: Iterable[Finding] = (), known: Known = NOTHING_KNOWN) -> Parsed:
    """Read the sheets. ``before`` are findings of whoever opened the file; a sheet with an error there is unread.

    ``known`` are the keys, by sheet, that are elsewhere already (in a database): a partial file may refer to them.
    """
    findings = list(before)
    unreadable = {f.sheet for f in findings if f.severity == "error" and f.sheet is not None and f.sheet in form}
    names = {sheet.name.casefold(): sheet.name for sheet in form}
    reads: dict[str, SheetRead] = {}
    for raw in raw_sheets:
        name = names.get(raw.name.strip().casefold())
        if name is None:
            findings.append(_unknown_sheet(raw.name, tuple(names.values())))
        elif name in reads:
            findings.append(_of_sheet("error", name, "duplicate_sheet",
                                      say("Sheet {sheet} is there twice.", sheet=name),
                                      say("Put the rows into one sheet.")))
        elif not any(map(text_of, raw.header)):
            findings.append(_of_sheet("error", name, "empty", say("Sheet {sheet} has no header.", sheet=name),
                                      say("Write the names of the columns in the first row, or remove the sheet.")))
            unreadable.add(name)
        else:
            reads[name] = read_sheet(form[name], raw)
    if not reads and not unreadable:
        findings.append(_of_sheet("error", None, "empty", say("There is no sheet of the form."),
                                  say("Name the sheets (or the CSV files) {names}.", names=", ".join(names.values()))))
    set_aside_uncounted(reads, known=known)
    refuse_unknown_references(reads, unreadable=unreadable, known=known)
    set_aside_dependents(reads, unreadable=unreadable, known=known)
    findings += (finding for read in reads.values() for finding in read.findings)
    return Parsed(
        Book(form, {name: _good(read) for name, read in reads.items()}),
        tuple(in_order(form, findings)),
        {name: frozenset(read.numbers[i] for i in read.bad) for name, read in reads.items() if read.bad},
    )


def _good(read: SheetRead) -> Table:
    if not read.bad:
        return Table(read.sheet, read.values, read.numbers, frozenset(read.absent))
    good = [i not in read.bad for i in range(len(read.numbers))]
    return Table(read.sheet, {name: list(compress(values, good)) for name, values in read.values.items()},
                 list(compress(read.numbers, good)), frozenset(read.absent))


def in_order(form: Form, findings: Iterable[Finding]) -> list[Finding]:
    """By sheet of the form, row and column; what concerns the whole file first, other sheets last."""
    sheets = {None: -1} | {sheet.name: i for i, sheet in enumerate(form)}
    columns = {(sheet.name, name): i for sheet in form for i, name in enumerate(sheet.names)}
    last = len(sheets)

    def place(finding: Finding) -> tuple[int, str, int, int]:
        sheet = finding.sheet
        return (sheets.get(sheet, last), sheet or "", finding.row or 0,
                columns.get((sheet or "", finding.column or ""), -1 if finding.column is None else last))

    return sorted(findings, key=place)


def _unknown_sheet(name: str, known: tuple[str, ...]) -> Finding:
    near = get_close_matches(name.strip().casefold(), known, n=1, cutoff=0.75)
    return _of_sheet("warning", name, "unknown_sheet",
                     say("Sheet “{sheet}” is not in the form and is not read.", sheet=name),
                     say("Did you mean {near}?", near=near[0]) if near else say("Rename the sheet, or leave it out."))


def _of_sheet(severity: Severity, sheet: str | None, code: str, message: str, remedy: str) -> Finding:
    return Finding(severity, sheet, None, None, None, code, message, remedy)
