"""Writing values of series: as they were read, in the layout of the UN, as SDMX-CSV, or tidy; to CSV, a workbook or JSON.

What was read in the layout of the UN is written cell by cell as it was: digits, empty cells, notes, codes of unusual areas.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import xlsxwriter

from socle.datasets.values_cells import NUMBER, limit_of
from socle.datasets.whole import appearing_whole, write_file
from socle.datasets.writing import PLAIN
from socle.errors import InputError
from socle.tables import VALUE_TEXTS, Values, escaped, refuse_more_than_a_workbook_holds, text_of, written
from socle.vocabulary import COUNTRIES, COVERAGE_SERIES, made_up_countries, say

To = Literal["un", "tidy", "sdmx", "sdmx-1.0"]
LAYOUTS: tuple[To, ...] = ("un", "tidy", "sdmx", "sdmx-1.0")
#: The dataflow of the SDG database: agency, name, version, as in its SDMX downloads.
DATAFLOW = "IAEG-SDGs:DF_SDG_GLH(1.24)"
#: The dimensions and attributes of that dataflow that are written, in its order.
SDMX_COLUMNS = (
    "FREQ", "REPORTING_TYPE", "SERIES", "REF_AREA", "SEX", "AGE", "URBANISATION", "INCOME_WEALTH_QUANTILE", "EDUCATION_LEV",
    "OCCUPATION", "CUST_BREAKDOWN", "COMPOSITE_BREAKDOWN", "DISABILITY_STATUS", "ACTIVITY", "PRODUCT", "TIME_PERIOD",
    "OBS_VALUE", "OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE", "NATURE", "COMMENT_OBS", "UPPER_BOUND", "LOWER_BOUND",
    "SOURCE_DETAIL")
UN_COLUMNS = (
    "Goal", "Target", "Indicator", "SeriesCode", "SeriesDescription", "GeoAreaCode", "GeoAreaName", "ISO3", "TimePeriod",
    "Value", "Source", "FootNote", "[Age]", "[Location]", "[Disability status]", "[Sex]", "[Nature]", "[Units]", "Weight",
    "Vintage")
TIDY_COLUMNS = (
    "series", "country", "year", "sex", "value", "weight", "age", "location", "disability", "breakdown", "nature", "units",
    "source", "footnote", "vintage")
_UN_SEX = {"total": "BOTHSEX", "female": "FEMALE", "male": "MALE"}
_SDMX_SEX = {"total": "_T", "female": "F", "male": "M"}
_SDMX_AREA = {"urban": "U", "rural": "R"}
#: Where a part that the row is of stands in SDMX.
_SDMX_PART = {"age": "AGE", "location": "URBANISATION", "disability": "DISABILITY_STATUS", "quantile": "INCOME_WEALTH_QUANTILE",
              "incomewealthquantile": "INCOME_WEALTH_QUANTILE", "educationlevel": "EDUCATION_LEV", "occupation": "OCCUPATION",
              "typeofoccupation": "OCCUPATION", "activity": "ACTIVITY", "typeofproduct": "PRODUCT", "product": "PRODUCT",
              "reportingtype": "REPORTING_TYPE"}
_NO_ID = re.compile(r"[^A-Za-z0-9_@$-]+")


def write_values(values: Values, path: Path | str, *, to: To = "un") -> None:
    """Write a table of values to a ``.csv``, ``.xlsx`` or ``.json`` file; it appears whole or not at all.

    ``to``: ``un``, the layout of the UN's SDG database (what was read in it is written as it was); ``tidy``, one column a property;
    ``sdmx`` or ``sdmx-1.0``, SDMX-CSV 2.0 or 1.0 in the structure of that database, which knows no weights.
    """
    path = Path(path)
    titles, rows = columns_of(values, to=to)
    suffix = path.suffix.lower()
    if suffix == ".csv":
        write_file(path, csv_of(titles, rows))
    elif suffix == ".xlsx":
        refuse_more_than_a_workbook_holds("values", len(values))
        with appearing_whole(path) as beside, xlsxwriter.Workbook(beside, {"constant_memory": True, **PLAIN}) as workbook:
            page = workbook.add_worksheet("values")
            page.freeze_panes(1, 0)
            for number, row in enumerate((titles, *rows)):
                for place, text in enumerate(row):
                    _write_cell(page, number, place, text)
    elif suffix == ".json":
        write_file(path, json_of(titles, rows))
    else:
        raise InputError(say("{path} is no CSV, XLSX or JSON file.", path=path.name),
                         where={"column": "output", "value": path.name},
                         remedy=say("End its name in .csv, .xlsx or .json."))


def columns_of(values: Values, *, to: To = "un") -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The header and the rows, as texts."""
    if to not in LAYOUTS:
        raise InputError(say("“{value}” is no layout of values.", value=to), where={"column": "to", "value": to},
                         remedy=say("Use one of: {codes}.", codes=", ".join(LAYOUTS)))
    if to == "un" and values.layout == "un":
        return _as_read(values)
    makers = {"un": _un, "tidy": _tidy, "sdmx": _sdmx, "sdmx-1.0": _sdmx}
    rows = [tuple(row) for row in makers[to](values)]
    if to == "sdmx":
        return ("STRUCTURE", "STRUCTURE_ID", "ACTION", *SDMX_COLUMNS), [("dataflow", DATAFLOW, "I", *row) for row in rows]
    if to == "sdmx-1.0":
        return ("DATAFLOW", *SDMX_COLUMNS), [(DATAFLOW, *row) for row in rows]
    return _without_empty(UN_COLUMNS if to == "un" else TIDY_COLUMNS, rows, values)


def csv_of(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as CSV; texts that a spreadsheet would take for a formula are marked, figures are not."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(map(escaped, titles))
    lines.writerows([cell if not cell or cell[0].isalnum() or NUMBER.fullmatch(cell) else escaped(cell) for cell in row]
                    for row in rows)
    return text.getvalue().encode()


def json_of(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """One object a row; figures are numbers where a number says the same digits, texts otherwise; null for an empty cell."""
    found = [{title: _json(cell) for title, cell in zip(titles, row, strict=True)} for row in rows]
    return (json.dumps({"values": found}, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _json(cell: str) -> str | int | float | None:
    number = _number(cell)
    return (cell or None) if number is None else int(number) if number.is_integer() and "." not in cell else number


def _as_read(values: Values) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    titles, columns = values.titles, [list(words) for words in values.cells]
    if "vintage" not in values.roles and any(values.vintage.words):  # told from outside: said in the file from now on
        titles, columns = (*titles, "Vintage"), [*columns, list(values.vintage)]
    return titles, list(zip(*columns, strict=True))


def _without_empty(titles: tuple[str, ...], rows: list[tuple[str, ...]],
                   values: Values) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The columns that say something, and those of the file that have no other place."""
    known = {*values.roles.values()}
    more = [] if values.layout == "un" else [
        place for place in range(len(values.titles)) if place not in known and values.titles[place] not in titles]
    wide = [(*row, *extra) for row, extra in zip(
        rows, zip(*(values.cells[place] for place in more), strict=True) if more else [()] * len(rows), strict=True)]
    named = (*titles, *(values.titles[place] for place in more))
    always = {"series", "country", "year", "sex", "value", "SeriesCode", "GeoAreaCode", "ISO3", "TimePeriod", "Value", "[Sex]"}
    kept = [place for place, title in enumerate(named) if title in always or any(row[place] for row in wide)]
    return tuple(named[place] for place in kept), [tuple(row[place] for place in kept) for row in wide]


def _un(values: Values) -> Iterator[Sequence[str]]:
    names = {entry.alpha3: (entry.m49.lstrip("0"), entry.name("en")) for entry in (*COUNTRIES.values(), *made_up_countries())}
    for row, text in zip(values.rows(), values.written, strict=True):
        series, geo = row["series"], row["geo"]
        label = COVERAGE_SERIES[series].label("en") if series in COVERAGE_SERIES else ""
        m49, name = names.get(geo, (geo, ""))
        yield ("1" if label else "", "1.3" if label else "", "1.3.1" if label else "", series, label, m49, name,
               geo if geo in names else "", str(row["year"]), text, row["source"], row["footnote"], row["age"], row["location"],
               row["disability"], _UN_SEX.get(row["sex"], row["sex"]), row["nature"], row["units"] or ("PERCENT" if label else ""),
               written(row["weight"]), row["vintage"])


def _tidy(values: Values) -> Iterator[Sequence[str]]:
    for row, text in zip(values.rows(), values.written, strict=True):
        others = ";".join(part for part in row["breakdown"].split(";") if part.partition("=")[0] not in VALUE_TEXTS)
        yield (row["series"], row["geo"], str(row["year"]), row["sex"], text, written(row["weight"]), row["age"], row["location"],
               row["disability"], others, row["nature"], row["units"], row["source"], row["footnote"], row["vintage"])


def _sdmx(values: Values) -> Iterator[Sequence[str]]:
    m49 = {entry.alpha3: entry.m49.lstrip("0") or entry.alpha3 for entry in (*COUNTRIES.values(), *made_up_countries())}
    for row, text in zip(values.rows(), values.written, strict=True):
        cells = dict.fromkeys(SDMX_COLUMNS[:15], "_T") | dict.fromkeys(SDMX_COLUMNS[15:], "")
        cells |= {"FREQ": "A", "REPORTING_TYPE": "G", "SERIES": row["series"], "REF_AREA": m49.get(row["geo"], _id(row["geo"])),
                  "SEX": _SDMX_SEX.get(row["sex"], _id(row["sex"])), "TIME_PERIOD": str(row["year"]), "UNIT_MULT": "0",
                  "OBS_VALUE": "" if row["value"] is None else written(row["value"]), "UNIT_MEASURE": "PT",
                  "OBS_STATUS": "O" if row["value"] is None else "A", "NATURE": row["nature"], "COMMENT_OBS": row["footnote"],
                  "SOURCE_DETAIL": row["source"]}
        if row["bound"]:
            cells["UPPER_BOUND" if row["bound"] == "upper" else "LOWER_BOUND"] = limit_of(text)
        for part in filter(None, row["breakdown"].split(";")):
            name, _, word = part.partition("=")
            column = _SDMX_PART.get(name, "CUST_BREAKDOWN")
            cells[column] = _SDMX_AREA.get(word.casefold(), _id(word)) if word else _id(name)
        yield [cells[name] for name in SDMX_COLUMNS]


def _id(text: str) -> str:
    """The text as an identifier of SDMX: letters, digits and ``_@$-``."""
    return _NO_ID.sub("_", text.strip())


def _number(cell: str) -> float | None:
    """The number whose text is this very cell, as a workbook gives it back."""
    if not NUMBER.fullmatch(cell):
        return None
    number = float(f"{float(cell):.16G}")
    return number if text_of(number) == cell else None


def _write_cell(page: xlsxwriter.worksheet.Worksheet, row: int, place: int, text: str) -> None:
    number = _number(text)
    if number is not None and row:
        page.write_number(row, place, number)
    elif text:
        page.write_string(row, place, escaped(text) if text[:1] in ("=", "@", "'") else text)

