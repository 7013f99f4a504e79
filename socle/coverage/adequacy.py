"""Adequacy: what a benefit pays on average, against the poverty line, the minimum wage and the average wage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from math import isfinite
from typing import Any, Literal

from socle.coverage.series_inquiry import BenefitRow, Inquiry, Missing, Row
from socle.tables import Economy
from socle.vocabulary import say

MONTHS = 12
_SHARE_OF = {"poverty_line": "share_of_poverty_line", "minimum_wage": "share_of_minimum_wage",
             "average_wage": "share_of_average_wage"}


@dataclass(frozen=True, slots=True)
class Adequacy:
    """Amounts in ``currency``, shares of a month's line or wage (0-1, or more). A lump sum has no month: what it pays is in
    ``average_per_year``, and it is compared with nothing. ``origin``: the average is ``stated``, or ``computed`` from the total
    and the recipients."""

    country: str
    benefit: str
    scheme: str
    function: str
    year: int
    average_per_month: float | None
    average_per_year: float | None
    currency: str | None
    share_of_poverty_line: float | None
    share_of_minimum_wage: float | None
    share_of_average_wage: float | None
    minimum_per_month: float | None
    maximum_per_month: float | None
    origin: Literal["stated", "computed", ""] = ""
    status: str = "reported"
    records: tuple[str, ...] = ()

    def as_row(self) -> dict[str, Any]:
        return {one.name: list(self.records) if one.name == "records" else getattr(self, one.name) for one in fields(self)}


ADEQUACY_COLUMNS = tuple(one.name for one in fields(Adequacy))


def adequacy(inquiry: Inquiry, country: str, years: frozenset[int] | None, economy: Economy | None,
             missing: Missing) -> Iterator[Adequacy]:
    """A row for each benefit and year of the sheet ``amounts``."""
    table = inquiry.book["amounts"]
    stated: dict[tuple[str, int], dict[str, int]] = {}
    for place, (benefit, year, measure) in enumerate(zip(table["benefit"], table["year"], table["measure"], strict=True)):
        one = inquiry.benefits.get(benefit)
        if one is not None and one.scheme.country == country and (years is None or year in years):
            stated.setdefault((benefit, year), {})[measure] = place
    for (benefit, year), places in stated.items():
        yield _row(inquiry, inquiry.benefits[benefit], year, places, economy, missing)


def _row(inquiry: Inquiry, benefit: BenefitRow, year: int, places: dict[str, int], economy: Economy | None,
         missing: Missing) -> Adequacy:
    once = benefit.payment == "lump_sum"
    rows: list[Row] = [("amounts", place) for place in places.values()]
    of_year = {measure: _per_year(inquiry, place, once or measure == "total") for measure, place in places.items()}
    average, origin = of_year.get("average"), "stated"
    used = places.get("average")
    if average is None:
        origin, used = "computed", places.get("total")
        total, received = of_year.get("total"), inquiry.received(benefit.key, year, "total")
        rows += received.rows
        average = total / received.value if total is not None and received.value else None
        if average is None:
            origin = ""
            missing.cells((f"amounts:{benefit.key}/{year}/average",), f"{benefit.key}/{year}")
    currency = inquiry.book["amounts"]["currency"][used if used is not None else next(iter(places.values()))]
    country = benefit.scheme.country
    shares = {} if once or average is None else _shares(average / MONTHS, str(currency or ""), country, year, economy, missing)
    lowest, highest = (None if once or (amount := of_year.get(one)) is None else amount / MONTHS for one in ("minimum", "maximum"))
    said: Any = origin
    return Adequacy(
        country, benefit.key, benefit.scheme.key, benefit.function, year,
        None if once or average is None else average / MONTHS, average, currency, shares.get("share_of_poverty_line"),
        shares.get("share_of_minimum_wage"), shares.get("share_of_average_wage"),
        lowest, highest, said, inquiry.status(rows), tuple(inquiry.record(row) for row in dict.fromkeys(rows)))


def _per_year(inquiry: Inquiry, place: int, whole: bool) -> float | None:
    """The amount of a year; of a total and of a lump sum what is written."""
    table = inquiry.book["amounts"]
    amount = None if table["status"][place] == "not_available" else table["amount"][place]
    if amount is None:
        return None
    return float(amount) * (MONTHS if table["per"][place] == "month" and not whole else 1)


def _shares(per_month: float, currency: str, country: str, year: int, economy: Economy | None,
            missing: Missing) -> dict[str, float]:
    found: dict[str, float] = {}
    if economy is None or economy.currency != currency:
        no_money(missing, country, economy, currency)
        return found
    for series, column in _SHARE_OF.items():
        line = economy.a_year(series, (year,))[0] / MONTHS
        if isfinite(line) and line > 0:
            found[column] = per_month / line
        else:
            no_series(missing, country, series, year)
    return found


def no_money(missing: Missing, country: str, economy: Economy | None, currency: str) -> None:
    """There is no economy to compare with, or it is in another currency."""
    if economy is None:
        missing.warn("economy_missing", say("There is no economy of {country}: nothing is said as a share of GDP, of the budget or "
                                            "of wages.", country=country),
                     say("Name the file of the country's economy."), value=country)
    else:
        missing.warn("currency_differs", say("Amounts in {currency} are not compared with an economy in {other}.",
                                             currency=currency, other=economy.currency),
                     say("Write both in one currency."), column="currency", value=currency)


def no_series(missing: Missing, country: str, series: str, year: int) -> None:
    """The economy lacks a series or a year."""
    missing.lacks(country, series, year)
