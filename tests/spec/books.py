"""Small books written in a test, as a person would fill in the sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from socle import results, tables

Rows = Sequence[Mapping[str, object]]
PHASES: Rows = [{"phase": "P", "title": "Phase", "start": "2021", "end": "2025"}]


def parsed(**sheets: Rows) -> tables.Parsed:
    raw = []
    for name, rows in sheets.items():
        if not rows:
            continue
        header = list(dict.fromkeys(column for row in rows for column in row))
        raw.append(tables.RawSheet(name, header, [[row.get(c) for c in header] for row in rows], range(2, len(rows) + 2)))
    return tables.parse(tables.PROGRAMME, raw)


def book(**sheets: Rows) -> tables.Book:
    found = parsed(**({"phases": PHASES} | sheets))
    assert not found.errors, found.errors
    return found.book


def chain(**sheets: Rows) -> results.Chain:
    return results.Chain.of(book(**sheets))


def impact(key: str = "I", **columns: object) -> dict[str, object]:
    return {"impact": key, "country": "KEN", "kind": "effective_coverage", "branch": "old_age", **columns}


def observed(*rows: tuple[object, ...], key: str = "I", **columns: object) -> list[dict[str, object]]:
    """Observations of one impact as (on, measure, persons)."""
    return [{"observation": f"{key}{n}", "impact": key, "on": on, "measure": measure, "persons": persons, **columns}
            for n, (on, measure, persons) in enumerate(rows, 1)]


def change(key: str, country: str = "KEN", year: object = 2022, step: object = 2, **columns: object) -> dict[str, object]:
    return {"change": key, "country": country, "year": year, "step": step, **columns}
