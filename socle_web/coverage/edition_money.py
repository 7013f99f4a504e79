"""Spending, receipts and adequacy as values of an edition: a figure a row, its unit per cent or a currency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Protocol

from socle_web.coverage.models.editions import Family, Value

#: What a row says, column by column: the series it becomes, and whether it is money or a share (0-1 there, per cent here).
SPENDING = {"amount": ("expenditure", "money"), "share_of_gdp": ("expenditure_of_gdp", "share"),
            "share_of_government": ("expenditure_of_government", "share"), "per_recipient": ("expenditure_per_recipient", "money"),
            "administration_share": ("administration_share", "share")}
RECEIPTS = {"amount": ("receipts", "money"), "share_of_gdp": ("receipts_of_gdp", "share"),
            "share_of_government": ("receipts_of_government", "share"), "share_of_receipts": ("receipts_of_receipts", "share")}
ADEQUACY = {"average_per_month": ("average_per_month", "money"), "average_per_year": ("average_per_year", "money"),
            "share_of_poverty_line": ("average_of_poverty_line", "share"),
            "share_of_minimum_wage": ("average_of_minimum_wage", "share"),
            "share_of_average_wage": ("average_of_average_wage", "share"), "minimum_per_month": ("minimum_per_month", "money"),
            "maximum_per_month": ("maximum_per_month", "money")}
ALL = "all"


class Row(Protocol):
    """A row of spending, receipts or adequacy: what it says, by column."""

    def as_row(self) -> Mapping[str, Any]: ...


def of_money(report: Any) -> list[Value]:
    """Whatever a report says in money. What is not known (None) of a row is not a figure; an amount that is not known is one."""
    return [*_values(report.spending, SPENDING, Family.SPENDING, ("scheme", "function", "item")),
            *_values(getattr(report, "receipts", ()), RECEIPTS, Family.SPENDING, ("scheme", "item")),
            *_values(report.adequacy, ADEQUACY, Family.ADEQUACY, ("benefit",))]


def _values(rows: Iterable[Row], columns: Mapping[str, tuple[str, str]], family: Family, of: tuple[str, ...]) -> list[Value]:
    found = []
    first: dict[tuple[object, ...], str] = {}
    for row in (one.as_row() for one in rows):
        currency, parts = row["currency"] or "", [row[name] for name in of]
        if first.setdefault((row["year"], *parts), currency) != currency:
            parts.append(currency)  # the same in another currency
        for column, (series, kind) in columns.items():
            number = row[column]
            if number is None and (column != "amount" or not currency):
                continue
            found.append(Value(
                country_id=row["country"], family=family, series=series, item=item_of(*parts), year=row["year"],
                value=_exact(number, kind), unit=currency if kind == "money" else "percent", status=row["status"],
                records=list(row["records"])))
    return found


def item_of(*parts: str) -> str:
    """What money is of, in one text: scheme, function and item."""
    return "/".join(parts)[:100]


def _exact(number: float | None, kind: str) -> Decimal | None:
    """Money to the hundredth, shares in per cent."""
    if number is None:
        return None
    text = Decimal(repr(float(number)))
    return text.quantize(Decimal("0.01")) if kind == "money" else (text * 100).quantize(Decimal(1).scaleb(-10))
