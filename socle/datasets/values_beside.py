"""Reading what stands beside values: weights of countries, regions of one's own, a path of coverage."""

from __future__ import annotations

from pathlib import Path

from socle import coverage
from socle.datasets.reading import read_raw
from socle.errors import Finding, InputError
from socle.tables import Form, RawSheet, Table, parse
from socle.vocabulary import say


def read_weights(source: Path | str) -> tuple[coverage.Weights, tuple[Finding, ...]]:
    """Persons by country and year (columns country, year, persons; where there are series and sex), and warnings. Raises
    ``InputError`` with every error."""
    table, told = _read(source, coverage.WEIGHTS)
    return coverage.Weights.of(table.rows(), name=Path(source).name), told


def read_regions(source: Path | str) -> tuple[dict[str, tuple[str, ...]], tuple[Finding, ...]]:
    """Countries by region (columns region, country), and warnings. Raises ``InputError`` with every error."""
    table, told = _read(source, coverage.REGIONS_FORM)
    found: dict[str, list[str]] = {}
    for region, code in zip(table["region"], table["country"], strict=True):
        found.setdefault(region, []).append(code)
    return {region: tuple(codes) for region, codes in found.items()}, told


def read_path(source: Path | str) -> tuple[coverage.Path, tuple[Finding, ...]]:
    """Per cent by country and year (columns country, year, value; where there are series and sex), and warnings. Raises
    ``InputError`` with every error."""
    table, told = _read(source, coverage.PATHS)
    return coverage.Path.of(table.rows(), name=Path(source).name), told


def _read(source: Path | str, form: Form) -> tuple[Table, tuple[Finding, ...]]:
    sheets, before = read_raw(source)
    name = form.sheets[0].name
    if len(sheets) == 1:
        sheets = [RawSheet(name, sheet.header, sheet.rows, sheet.numbers) for sheet in sheets]
    parsed = parse(form, sheets, before=before)
    if parsed.errors:
        raise InputError(say("{name} has errors.", name=Path(source).name), findings=parsed.findings)
    if not len(parsed.book[name]):
        what, remedy = say("{name} has no rows.", name=Path(source).name), say("Name the columns {columns}.",
                                                                            columns=", ".join(form.sheets[0].names))
        raise InputError(what, findings=[Finding("error", name, None, None, None, "empty", what, remedy)])
    return parsed.book[name], parsed.warnings
