"""An inquiry to the library's book and back: what was brought, what is found in it, what is prefilled, what it reports."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from socle import coverage, datasets
from socle.coverage import Report
from socle.errors import Finding, InputError
from socle.schemes import Scheme
from socle.tables import INQUIRY, Book, Parsed, RawSheet, escaped, in_order, parse, text_of
from socle.vocabulary import speaking
from socle_web.coverage.models.rounds import LOCKED, Delivery, Inquiry, Sheet
from socle_web.schemes import bridge as schemes_bridge
from socle_web.schemes import queries as schemes_queries

MOST_ROWS = 50_000  # of one delivery
LONGEST_CELL = 2_000_000  # characters
KNOWN = {sheet.name.casefold(): sheet.name for sheet in INQUIRY}


@dataclass(frozen=True)
class Brought:
    """The sheets of a file, as they are, and what could not be read at all."""

    sheets: tuple[RawSheet, ...]
    unread: tuple[Finding, ...]


@dataclass(frozen=True)
class Checked:
    """What the sheets say as far as they can be read, and all that is to be said about them."""

    parsed: Parsed
    findings: tuple[Finding, ...]

    @property
    def book(self) -> Book:
        return self.parsed.book


def read(content: bytes, *, name: str) -> Brought:
    """A workbook, a zipped folder, or the CSV file of a sheet. Raises ``InputError`` where there is nothing to read."""
    sheets, findings = datasets.read_raw(content, name=name)
    rows = sum(len(sheet.rows) for sheet in sheets)
    if rows > MOST_ROWS:
        raise InputError(_("The file has %(n)s rows; an inquiry has at most %(most)s.") % {"n": rows, "most": MOST_ROWS},
                         remedy=_("Bring the sheets of the form, without the registers they were counted from."))
    named = tuple(RawSheet(KNOWN.get(one.name.strip().casefold(), one.name.strip()[:100]),
                           [text_of(cell) for cell in one.header], [[text_of(cell) for cell in row] for row in one.rows],
                           list(one.numbers)) for one in sheets)
    return Brought(named, tuple(findings))


def written(sheet: RawSheet) -> str:
    """A sheet as CSV, cell by cell as it was brought."""
    text = StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(sheet.header)
    lines.writerows(sheet.rows)
    return text.getvalue()


def raw(sheet: Sheet) -> RawSheet:
    csv.field_size_limit(LONGEST_CELL)
    lines = list(csv.reader(StringIO(sheet.text, newline="")))
    return RawSheet(sheet.name, lines[0] if lines else [], lines[1:], sheet.numbers)


def sheets_now(inquiry: Inquiry) -> dict[str, Sheet]:
    """Of each sheet what was taken over last, in the order of the form. Two questions, however many deliveries."""
    taken = Sheet.objects.filter(delivery__inquiry=inquiry, delivery__save_number__isnull=False)
    last = dict(taken.order_by("delivery__save_number", "pk").values_list("name", "pk"))
    found = {sheet.name: sheet for sheet in Sheet.objects.filter(pk__in=last.values())}
    order = {sheet.name: place for place, sheet in enumerate(INQUIRY)}
    return {name: found[name] for name in sorted(found, key=lambda name: (order.get(name, len(order)), name))}


def digest_of(sheets: Iterable[RawSheet]) -> str:
    told = json.dumps([[sheet.name, list(sheet.header), [list(row) for row in sheet.rows]] for sheet in sheets], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def book_of(inquiry: Inquiry) -> Parsed:
    return parse(INQUIRY, [raw(sheet) for sheet in sheets_now(inquiry).values()])


def check(sheets: Iterable[RawSheet], *, unread: Iterable[Finding] = (), before: Book | None = None,
          schemes: Sequence[Scheme] = ()) -> Checked:
    """Everything that is to be said about the sheets: what cannot be read, what contradicts itself, what jumps."""
    parsed = parse(INQUIRY, list(sheets), before=list(unread))
    incomplete = {*parsed.bad_rows, *(one.sheet for one in parsed.errors if one.sheet is not None)}
    found = coverage.check(parsed.book, before=before, schemes=tuple(schemes), incomplete=incomplete)
    known = {(one.code, one.sheet, one.row, one.column) for one in parsed.findings}
    more = [one for one in found if (one.code, one.sheet, one.row, one.column) not in known]
    return Checked(parsed, tuple(in_order(INQUIRY, [*parsed.findings, *more])))


def schemes_of(country: str) -> list[Scheme]:
    """The published schemes of a country, as far as they can be read."""
    told = (schemes_bridge.read(version.text) for version in schemes_queries.current_schemes().filter(country=country))
    return [one.scheme for one in told if one.scheme is not None]


def before_of(country: str, *, year: int) -> Inquiry | None:
    """The latest validated inquiry of a country about an earlier year."""
    validated = Inquiry.objects.filter(country=country, state__in=LOCKED, round__year__lt=year)
    return validated.select_related("round").order_by("-round__year", "-pk").first()


def kept(delivery: Delivery, sheets: Iterable[RawSheet]) -> list[Sheet]:
    return Sheet.objects.bulk_create(
        Sheet(delivery=delivery, name=one.name, text=written(one), numbers=list(one.numbers)) for one in sheets)


def unread_now(inquiry: Inquiry) -> list[Finding]:
    """What could not be read of the files that were taken over, as long as no later one has that sheet."""
    left: dict[str | None, list[Finding]] = {}
    for delivery in inquiry.deliveries.filter(save_number__isnull=False).order_by("save_number").prefetch_related(
            Prefetch("sheets", Sheet.objects.only("pk", "delivery_id", "name"))):
        left = {name: told for name, told in left.items() if name in INQUIRY}  # of other sheets only the last file speaks
        for sheet in delivery.sheets.all():
            left.pop(sheet.name, None)
        for told in (Finding(*one) for one in delivery.unread):
            left.setdefault(told.sheet, []).append(told)
    return [one for told in left.values() for one in told]


def workbook(inquiry: Inquiry, findings: Sequence[Finding], *, explained: Sequence[str]) -> bytes:
    """The questionnaire as it is now: with comments and lists to choose from; where a row cannot be read, every row as it was
    brought, and what is wrong marked in its cell."""
    sheets = [raw(sheet) for sheet in sheets_now(inquiry).values()]
    parsed = parse(INQUIRY, sheets)
    with TemporaryDirectory() as folder:
        out = Path(folder, "questionnaire.xlsx")
        if parsed.errors:
            within = Path(folder, "sheets")
            within.mkdir()
            for sheet in sheets:
                if sheet.name in INQUIRY:
                    Path(within, f"{sheet.name}.csv").write_text(_safe(sheet), encoding="utf-8")
            datasets.marked_workbook(within, [*findings], out)
        else:
            datasets.write_template(out, INQUIRY, book=parsed.book, explained=explained)
        return out.read_bytes()


def _safe(sheet: RawSheet) -> str:
    lines = [[escaped(str(cell)) for cell in row] for row in sheet.rows]
    return written(RawSheet(sheet.name, sheet.header, lines, sheet.numbers))


def filled_book_of(inquiry: Inquiry) -> Book:
    """The book of an inquiry, with what the published schemes it names say of themselves."""
    return coverage.filled(book_of(inquiry).book, schemes_of(inquiry.country_id))


def report_of(inquiry: Inquiry) -> Report:
    """The report of an inquiry, every year it speaks of: its figures, spending and adequacy. Raises ``InputError``. What it says of
    them is in English, whoever asks: an edition keeps it for good, and its pages mark the language."""
    with speaking("en"):
        return report_on(filled_book_of(inquiry), country=inquiry.country_id)


def report_on(book: Book, *, country: str) -> Report:
    """What the rows of a country report, with what is known of its economy and its people today. Raises ``InputError``."""
    economy = schemes_queries.current_economy(country)
    told = schemes_bridge.read(economy.text, kind=economy.kind).economy if economy else None
    try:
        people = schemes_bridge.people_of(country)
    except InputError:  # nobody counts them: what the inquiry does not state has no figure
        people = None
    return coverage.report(book, country=country, economy=told, population=people)


def mark_of(finding: Finding, rows: Mapping[str, Mapping[int, str]], seen: dict[str, int]) -> str:
    """What a finding is recognised by when the file is brought again: not the number of its row but the key of that row."""
    place = "" if finding.row is None else rows.get(finding.sheet or "", {}).get(finding.row, f"#{finding.row}")
    told = "\x1f".join((finding.code, finding.sheet or "", finding.column or "", place))
    seen[told] = number = seen.get(told, 0) + 1
    return hashlib.sha256(f"{told}\x1f{number}".encode()).hexdigest()


def keys_of(sheets: Iterable[RawSheet]) -> dict[str, dict[int, str]]:
    """By sheet the texts of the key columns of each row, by its number."""
    found: dict[str, dict[int, str]] = {}
    for sheet in sheets:
        if sheet.name not in INQUIRY:
            continue
        header = [str(cell).strip().casefold() for cell in sheet.header]
        places = [header.index(name) for name in INQUIRY[sheet.name].key if name in header]
        found[sheet.name] = {number: "/".join(str(row[place]) if place < len(row) else "" for place in places)
                             for number, row in zip(sheet.numbers, sheet.rows, strict=True)}
    return found
