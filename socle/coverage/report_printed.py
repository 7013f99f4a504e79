"""Figures as printed elsewhere beside what the inquiry gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Literal

from socle.tables import Book

Verdict = Literal["equal", "rounding", "differs", "within_bounds", "outside_bounds", "not_computed"]
#: The columns whose values, joined by ``/``, say which row of a table is meant.
KEYS: Mapping[str, tuple[str, ...]] = {
    "figures": ("series", "country", "sex", "year"),
    "spending": ("country", "scheme", "function", "item", "year"),
    "receipts": ("country", "scheme", "item", "year"),
    "adequacy": ("benefit", "year"),
}
DIMENSIONS = ("age_group", "disability", "area")


@dataclass(frozen=True, slots=True)
class Reconciled:
    """``difference``: computed less printed. ``rounding``: it is at most half a unit of the last place that is printed."""

    table: str
    row: str
    column: str
    printed: float | None
    computed: float | None
    difference: float | None
    verdict: Verdict
    source: str
    records: tuple[str, ...]

    def as_row(self) -> dict[str, Any]:
        return {one.name: list(self.records) if one.name == "records" else getattr(self, one.name) for one in fields(self)}


RECONCILIATION_COLUMNS = tuple(one.name for one in fields(Reconciled))


def reconcile(book: Book, tables: Mapping[str, Iterable[Any]]) -> list[Reconciled]:
    """``tables``: rows with ``KEYS`` as attributes. A figure between bounds is found without its bound, or with ``/lower`` or
    ``/upper`` after its key."""
    sheet = book["published"]
    if not len(sheet):
        return []
    found: dict[tuple[str, str], list[Any]] = {}
    for table, rows in tables.items():
        for one in rows:
            if table != "figures" or all(getattr(one, name) == "total" for name in DIMENSIONS):
                key = "/".join(str(getattr(one, name)) for name in KEYS[table])
                found.setdefault((table, key), []).append(one)
                if table == "figures":
                    found.setdefault((table, f"{key}/{one.bound}"), []).append(one)
    return [_one(sheet["table"][place], sheet["row"][place], sheet["column"][place], sheet["value"][place],
                 sheet["source"][place] or "", f"published:{sheet.keys[place]}",
                 found.get((sheet["table"][place], sheet["row"][place]), ())) for place in range(len(sheet))]


def _one(table: str, row: str, column: str, printed: Decimal | None, source: str, record: str, found: Sequence[Any]) -> Reconciled:
    values = _figures(found, column)
    figure = None if printed is None else float(printed)
    if len(values) > 1 and printed is not None:
        half = _half(printed)
        inside = min(values) - half <= float(printed) <= max(values) + half
        said: Verdict = "within_bounds" if inside else "outside_bounds"
        return Reconciled(table, row, column, figure, None, None, said, source, (record,))
    if not values or printed is None:
        return Reconciled(table, row, column, figure, values[0] if values else None, None, "not_computed", source, (record,))
    exact = Decimal(str(values[0])) - printed
    difference = float(exact)
    verdict: Verdict = "equal" if difference == 0 else "rounding" if abs(difference) <= _half(printed) else "differs"
    return Reconciled(table, row, column, figure, values[0], difference, verdict, source, (record,))


def _half(printed: Decimal) -> float:
    """Half a unit of the last place that is printed."""
    exponent = printed.as_tuple().exponent
    return 0.5 * 10.0 ** (exponent if isinstance(exponent, int) else 0) + 1e-12


def _figures(rows: Sequence[Any], column: str) -> list[float]:
    found = (getattr(one, column, None) for one in rows)
    return [value for value in found if isinstance(value, int | float) and not isinstance(value, bool)]
