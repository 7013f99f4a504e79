"""Published figures beside what the records give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from socle.results.records import Records, of_rows
from socle.results.scope import Scope
from socle.results.specification import TABLES, why_not_an_address

Row = dict[str, Any]

#: Published figures are compared to this many decimals: a share of 0.41 printed is 0.41 exactly.
DECIMALS = Decimal("1e-9")

#: Columns whose figures of several years add up.
ADDITIVE = frozenset({"changes", "persons", "amount", "without_records", "total"})


def reconcile(about: Scope, tables_of: Callable[[str, int | None], Mapping[str, list[Row]]]) -> list[Row]:
    """Key: table, row, column; difference = computed - published.

    A published figure speaks of the report's phase and period unless its row says otherwise: with a phase, of that whole phase;
    with a year, of that year. One of another phase, or in a year's report one of another year, is not this report's. A report on
    one country or partner takes up only the figures that name it.
    """
    published = about.chain["published"]
    out = []
    for row in range(len(published)):
        phase, year = published["phase"][row], published["year"][row]
        table, address, column = (published[name][row] for name in ("table", "row", "column"))
        if phase not in (None, about.phase) or (year and about.year is not None and int(year) != about.year):
            continue
        if not about.is_whole and address.split("/")[0] not in (about.country, about.partner):
            continue
        figure, computed = published["value"][row], None
        if why_not_an_address(table, address, column) is None:
            tables = tables_of(about.phase, _year_meant(about, phase, year))
            computed = _cell(tables[table], TABLES[table].keys, address, column)
        known = figure is not None and computed is not None
        difference = (computed - figure).quantize(DECIMALS).normalize() + 0 if known else None
        out.append({
            "table": table, "row": address, "column": column, "published": figure, "computed": computed,
            "difference": difference,
            "verdict": "not_computed" if difference is None else "equal" if difference == 0 else "differs",
            "source": published["source"][row],
            "records": Records(of_rows(published, [row])),
        })
    return out


def _year_meant(about: Scope, phase: str | None, year: str | None) -> int | None:
    if not about.is_whole:
        return about.year
    return int(year) if year else None if phase else about.year


def _cell(rows: list[Row], keys: tuple[str, ...], address: str, column: str) -> Decimal | None:
    """The cell's figure. Several years that have no row of their own are the sum of the rows within them."""
    wanted = dict(zip(keys, address.split("/"), strict=True))
    found = [row for row in rows if all((row[key] or "") == word for key, word in wanted.items())]
    if not found and "-" in wanted.get("year", "") and column in ADDITIVE:
        years = wanted.pop("year")
        found = [row for row in rows if all((row[key] or "") == word for key, word in wanted.items())
                 and _within(row["year"], years)]
    known = [Decimal(str(row[column])) for row in found if row[column] is not None]
    return sum(known, Decimal(0)) if known else None


def _within(years: str, others: str) -> bool:
    return others[:4] <= years[:4] and years[-4:] <= others[-4:]
