"""Lists of results as files. Text that a spreadsheet could take for a formula is kept text."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from xlsxwriter import Workbook

from socle_web.results.bridge import one_moment
from socle_web.results.models import Change, Impact, Observation, Record

FORMATS = ("csv", "json", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 2000

CHANGE = ("change", "country", "year", "step", "branches", "themes", "principles", "partners", "projects", "title", "summary",
          "origin", "source")
IMPACT = ("impact", "country", "change", "kind", "branch", "scheme", "title", "expected", "expected_on", "population",
          "observation", "on", "measure", "persons", "women", "men", "unit", "status", "supersedes", "reason", "recorded_on",
          "origin", "source")

Rows = Iterator[Sequence[Any]]


def changes(found: QuerySet[Change], form: str) -> HttpResponseBase:
    """One row a change, in the columns of the exchange form."""
    with_names = found.prefetch_related("partners", "projects")

    def rows() -> Rows:
        for one in with_names.iterator(chunk_size=AT_ONCE):
            lists = (one.branches, one.themes, one.principles, _keys(one.partners.all()), _keys(one.projects.all()))
            yield (one.key, one.country_id, _text(one, "on"), one.step, *map(";".join, lists), one.title, one.summary, one.origin,
                   one.source)

    return WRITERS[form]("changes", CHANGE, _as_at_the_first(rows()))


def impacts(found: QuerySet[Impact], form: str) -> HttpResponseBase:
    """One row an observation; an impact nobody observed has a row without one."""
    with_history = found.select_related("change").prefetch_related(
        Prefetch("observations", Observation.objects.select_related("supersedes").order_by("on", "id")))

    def rows() -> Rows:
        for one in with_history.iterator(chunk_size=AT_ONCE):
            about = (one.key, one.country_id, one.change.key if one.change else None, one.kind, one.branch, one.scheme, one.title,
                     one.expected, _text(one, "expected_on"), one.population)
            for seen in one.observations.all():
                yield (*about, seen.key, _text(seen, "on"), seen.measure, seen.persons, seen.women, seen.men, seen.unit,
                       seen.status, seen.supersedes.key if seen.supersedes else None, seen.reason, _text(seen, "recorded_on"),
                       seen.origin, seen.source)
            if not one.observations.all():
                yield (*about, *[None] * 11, one.origin, one.source)

    return WRITERS[form]("impacts", IMPACT, _as_at_the_first(rows()))


def _as_at_the_first(rows: Rows) -> Rows:
    """A load that ends while a file is being sent changes nothing in it."""
    with one_moment():
        yield from rows


def _keys(records: Iterable[Record]) -> list[str]:
    return [record.key for record in records]


def _text(record: Any, column: str) -> str | None:
    found = record.period(column)
    return found.text if found else None


class _Line:
    """What ``csv`` writes to; it hands the line back."""

    def write(self, line: str) -> str:
        return line


def _csv(name: str, header: Sequence[str], rows: Rows) -> HttpResponseBase:
    writer = csv.writer(_Line())

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow(header)
        for row in rows:
            yield writer.writerow([_harmless(value) for value in row])

    return _named(StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8"), f"{name}.csv")


def _harmless(value: Any) -> Any:
    """Text that begins like a formula gets an apostrophe in front: spreadsheets then show it and do not run it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _json(name: str, header: Sequence[str], rows: Rows) -> HttpResponseBase:
    def parts() -> Iterator[str]:
        yield f'{{"{name}": ['
        for place, row in enumerate(rows):
            record = {column: None if value == "" else value for column, value in zip(header, row, strict=True)}
            yield (",\n" if place else "\n") + json.dumps(record, ensure_ascii=False)
        yield "\n]}\n"

    return _named(StreamingHttpResponse(parts(), content_type="application/json"), f"{name}.json")


def _xlsx(name: str, header: Sequence[str], rows: Rows) -> HttpResponseBase:
    file = BytesIO()
    with Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                         "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, header, book.add_format({"bold": True}))
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
    return _named(HttpResponse(file.getvalue(), content_type=XLSX), f"{name}.xlsx")


def _named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


WRITERS: dict[str, Callable[[str, Sequence[str], Rows], HttpResponseBase]] = {"csv": _csv, "json": _json, "xlsx": _xlsx}
