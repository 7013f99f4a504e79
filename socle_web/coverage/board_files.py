"""What a board shows, as files: one row a figure, the layout of the UN's database, a workbook, JSON; its pictures."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import xlsxwriter
from django.http import Http404, HttpResponse

from socle import datasets, reports
from socle.tables import escaped
from socle_web.coverage import edition_bridge as bridge
from socle_web.coverage.choosing import Choice
from socle_web.coverage.models.editions import Value
from socle_web.coverage.showing import Shown, country_name, series_name
from socle_web.schemes.views.door import file_answer

COLUMNS = ("edition", "country", "country_name", "family", "series", "series_name", "item", "year", "sex", "age_group",
           "disability",
           "area", "value", "unit", "bound", "numerator", "denominator", "weight", "status", "nature", "source", "footnote",
           "definition", "records")
TYPES = {"csv": "text/csv; charset=utf-8", "un": "text/csv; charset=utf-8", "sdmx": "text/csv; charset=utf-8",
         "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "json": "application/json",
         "svg": "image/svg+xml", "png": "image/png"}
_NUMBERS = ("value", "numerator", "denominator", "weight")

Cell = str | int | float | None


def answer(form: str, figures: Iterable[Shown], choice: Choice, *, name: str,
           draw: Callable[[], str] | None = None) -> HttpResponse:
    """``form``: csv, un, sdmx, xlsx, json; svg or png of what ``draw`` gives."""
    if form not in TYPES:
        raise Http404
    if form in ("svg", "png"):
        return _picture(form, draw, name)
    values = [one for figure in figures for one in figure.values]
    suffix = {"un": "-un.csv", "sdmx": "-sdmx.csv"}.get(form, f".{form}")
    return file_answer(_content(form, values, choice), TYPES[form], f"{name}{suffix}")


def rows(values: Iterable[Value], choice: Choice) -> list[dict[str, Cell]]:
    """One row a figure, a bound a row of its own."""
    keys = {one.pk: one.key for one in choice.editions}
    return [{
        "edition": keys[one.edition_id], "country": one.country_id, "country_name": country_name(one.country_id),
        "family": one.family,
        "series": one.series, "series_name": series_name(one.family, one.series), "item": one.item, "year": one.year,
        "sex": one.sex,
        "age_group": one.age_group, "disability": one.disability, "area": one.area, "value": _figure(one, "value"),
        "unit": one.unit,
        "bound": one.bound, "numerator": _figure(one, "numerator"), "denominator": _figure(one, "denominator"),
        "weight": _figure(one, "weight"), "status": one.status, "nature": one.nature, "source": one.source,
        "footnote": one.footnote,
        "definition": one.definition, "records": ";".join(one.records)} for one in values]


def _figure(value: Value, name: str) -> int | float | None:
    number = getattr(value, name)
    if number is None:
        return None
    found = float(number)
    return int(found) if found.is_integer() and name != "value" else found


def _content(form: str, values: Sequence[Value], choice: Choice) -> bytes:
    if form in ("un", "sdmx"):
        return _layout(values, choice, "un" if form == "un" else "sdmx")
    found = rows(values, choice)
    if form == "json":
        told = {"edition": choice.pinned, "title": choice.title, "editions": [_edition(one) for one in choice.editions],
                "values": found}
        return json.dumps(told, ensure_ascii=False, indent=1).encode()
    if form == "xlsx":
        return _workbook(found)
    printed = {id(row): value.printed for row, value in zip(found, values, strict=True)}
    text = StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows([printed[id(row)] if name == "value" and printed[id(row)] else _text(name, row[name]) for name in COLUMNS]
                    for row in found)
    return text.getvalue().encode()


def _edition(one: object) -> Mapping[str, object]:
    return {name: str(getattr(one, name)) for name in ("key", "title", "kind", "released_on", "source", "notice", "digest")}


def _text(name: str, cell: Cell) -> str:
    if cell is None:
        return ""
    return format(cell, ".12g") if isinstance(cell, float) else str(cell) if isinstance(cell, int) else escaped(cell)


def _workbook(found: Sequence[Mapping[str, Cell]]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                   "strings_to_numbers": False}) as workbook:
        page = workbook.add_worksheet("values")
        page.freeze_panes(1, 0)
        page.write_row(0, 0, COLUMNS)
        for place, row in enumerate(found, 1):
            page.write_row(place, 0, [row[name] for name in COLUMNS])
    return out.getvalue()


def _layout(values: Sequence[Value], choice: Choice, to: Literal["un", "sdmx"]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "values.csv")
        datasets.write_values(bridge.to_values(values, {one.pk: one.key for one in choice.editions}), path, to=to)
        return path.read_bytes()


def _picture(form: str, draw: Callable[[], str] | None, name: str) -> HttpResponse:
    svg = draw() if draw is not None else ""
    if not svg:
        raise Http404
    return file_answer(svg if form == "svg" else reports.picture(svg), TYPES[form], f"{name}.{form}")
