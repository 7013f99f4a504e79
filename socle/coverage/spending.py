"""What the schemes spend and from what they are financed: by scheme, by kind of scheme and of the country, without counting twice.

What one scheme passes to another is spent by that one: transfers are rows of their own, and in no total of several schemes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from math import isfinite
from typing import Any

from socle.coverage.adequacy import no_money, no_series
from socle.coverage.series_inquiry import Inquiry, Missing, SchemeRow
from socle.coverage.series_people import united
from socle.tables import Economy
from socle.vocabulary import BRANCHES, EXPENDITURE_ITEMS, RECEIPT_ITEMS, say

ALL, WITHOUT_HEALTH, HEALTH = "all", "without_medical_care", "medical_care"
GROUPS = ("contributory", "non_contributory", "employer")


@dataclass(frozen=True, slots=True)
class Spending:
    """Money of a year in ``currency``. ``scheme``: its key, ``all``, or a kind of schemes; ``function``: a branch, ``all`` or
    ``without_medical_care``; ``item``: a code of EXPENDITURE_ITEMS, or ``all``. Shares 0-1. ``per_recipient``: of benefits, where
    it is known how many persons receive one. ``administration_share``: administration over benefits and administration."""

    country: str
    scheme: str
    function: str
    item: str
    year: int
    amount: float | None
    currency: str | None
    share_of_gdp: float | None
    share_of_government: float | None
    per_recipient: float | None = None
    administration_share: float | None = None
    status: str = "reported"
    records: tuple[str, ...] = ()

    def as_row(self) -> dict[str, Any]:
        return {one.name: list(self.records) if one.name == "records" else getattr(self, one.name) for one in fields(self)}


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money of a year in ``currency``; ``scheme`` as of spending; ``item``: a code of RECEIPT_ITEMS, or ``all``. Shares 0-1."""

    country: str
    scheme: str
    item: str
    year: int
    amount: float | None
    currency: str | None
    share_of_gdp: float | None
    share_of_government: float | None
    share_of_receipts: float | None = None
    status: str = "reported"
    records: tuple[str, ...] = ()

    def as_row(self) -> dict[str, Any]:
        return {one.name: list(self.records) if one.name == "records" else getattr(self, one.name) for one in fields(self)}


SPENDING_COLUMNS = tuple(one.name for one in fields(Spending))
RECEIPT_COLUMNS = tuple(one.name for one in fields(Receipt))
#: Whose, of which function, which item, in which currency.
Key = tuple[str, str, str, str]


@dataclass(slots=True)
class Sum:
    """An amount and the rows it was added up from; unknown as soon as one of them is."""

    amount: Decimal | None
    places: list[int]

    def add(self, amount: Decimal | None, place: int) -> None:
        self.places.append(place)
        self.amount = None if self.amount is None or amount is None else self.amount + amount


@dataclass(frozen=True)
class Accounts:
    """The money of one country, added up year by year."""

    inquiry: Inquiry
    country: str
    economy: Economy | None
    missing: Missing

    def spending(self, years: frozenset[int] | None) -> Iterator[Spending]:
        for year, places in self._years("expenditure", years):
            sums = self._spent(year, places)
            for key in sorted(sums, key=_order(tuple(EXPENDITURE_ITEMS))):
                scheme, function, item, currency = key
                found = sums[key]
                gdp, government = self._shares(found.amount, currency, year)
                yield Spending(self.country, scheme, function, item, year, _plain(found.amount), currency or None, gdp, government,
                               self._per_recipient(key, year, found.amount), _administration(sums, key),
                               *self._origin("expenditure", found))

    def receipts(self, years: frozenset[int] | None) -> Iterator[Receipt]:
        table = self.inquiry.book["receipts"]
        for year, places in self._years("receipts", years):
            sums: dict[Key, Sum] = {}
            for place in places:
                item, amount = table["item"][place], self._amount("receipts", place)
                scheme = self.inquiry.schemes[table["scheme"][place]]
                for scope in _scopes(scheme):
                    _add(sums, (scope, ALL, item, table["currency"][place] or ""), amount, place)
                    if item != "transfers" or scope == scheme.key:
                        _add(sums, (scope, ALL, ALL, table["currency"][place] or ""), amount, place)
            for key in sorted(sums, key=_order(tuple(RECEIPT_ITEMS))):
                scope, _, item, currency = key
                found, total = sums[key], sums.get((scope, ALL, ALL, currency))
                gdp, government = self._shares(found.amount, currency, year)
                inside = item != "transfers" or scope in self.inquiry.schemes
                known = inside and found.amount is not None and total is not None and total.amount
                share = float((found.amount or Decimal(0)) / total.amount) if known and total and total.amount else None
                yield Receipt(self.country, scope, item, year, _plain(found.amount), currency or None, gdp, government, share,
                              *self._origin("receipts", found))

    def _years(self, sheet: str, years: frozenset[int] | None) -> Iterator[tuple[int, list[int]]]:
        table = self.inquiry.book[sheet]
        found: dict[int, list[int]] = {}
        for place, (scheme, year) in enumerate(zip(table["scheme"], table["year"], strict=True)):
            one = self.inquiry.schemes.get(scheme)
            if one is not None and one.country == self.country and (years is None or year in years):
                found.setdefault(year, []).append(place)
        for year in sorted(found):
            self._silent(sheet, year, {table["scheme"][place] for place in found[year]})
            yield year, found[year]

    def _silent(self, sheet: str, year: int, told: set[str]) -> None:
        for one in self.inquiry.schemes.values():
            if one.country == self.country and one.key not in told and (one.since is None or one.since <= year):
                self.missing.warn("scheme_without_money",
                                  say("Scheme {scheme} has no rows of {year} in sheet {sheet}: the totals are without it.",
                                      scheme=one.key, year=year, sheet=sheet),
                                  say("Enter them; what nobody knows is not available."), sheet=sheet, column="scheme",
                                  value=f"{one.key}/{year}")

    def _spent(self, year: int, places: list[int]) -> dict[Key, Sum]:
        table = self.inquiry.book["expenditure"]
        by_function = {table["scheme"][place] for place in places
                       if table["item"][place] == "benefits" and table["function"][place]}
        sums: dict[Key, Sum] = {}
        for place in places:
            item, currency = table["item"][place], table["currency"][place] or ""
            scheme = self.inquiry.schemes[table["scheme"][place]]
            function = table["function"][place] or (next(iter(scheme.functions)) if len(scheme.functions) == 1 else "")
            if item == "benefits" and not table["function"][place] and scheme.key in by_function:
                continue  # the total of the functions beside it
            amount = self._amount("expenditure", place)
            for scope in _scopes(scheme):
                _add(sums, (scope, ALL, item, currency), amount, place)
                if item == "benefits" and function:
                    _add(sums, (scope, function, item, currency), amount, place)
                if item == "transfers" and scope != scheme.key:
                    continue
                _add(sums, (scope, ALL, ALL, currency), amount, place)
                if scope != scheme.key:
                    health = _is_health(scheme, item, function)
                    for of in (HEALTH, WITHOUT_HEALTH):
                        if health is None or health == (of == HEALTH):
                            _add(sums, (scope, of, ALL, currency), amount if health is not None else None, place)
            if item == "benefits" and _is_health(scheme, item, function) is None:
                self.missing.warn("function_not_stated",
                                  say("Benefits of scheme {scheme} in {year} have no function: what is spent without health care "
                                      "cannot be said.", scheme=scheme.key, year=year),
                                  say("Write a row for each function."), sheet="expenditure", row=table.numbers[place],
                                  column="function", value=scheme.key)
        return sums

    def _amount(self, sheet: str, place: int) -> Decimal | None:
        table = self.inquiry.book[sheet]
        amount: Decimal | None = None if table["status"][place] == "not_available" else table["amount"][place]
        if amount is None:
            self.missing.cells((self.inquiry.record((sheet, place)),), f"{sheet}/{self.country}/{table['year'][place]}")
        return amount

    def _origin(self, sheet: str, found: Sum) -> tuple[str, tuple[str, ...]]:
        rows = [(sheet, place) for place in dict.fromkeys(found.places)]
        return self.inquiry.status(rows), tuple(self.inquiry.record(row) for row in rows)

    def _shares(self, amount: Decimal | None, currency: str, year: int) -> tuple[float | None, float | None]:
        """Of GDP, and of what the government spends."""
        if self.economy is None or self.economy.currency != currency:
            no_money(self.missing, self.country, self.economy, currency)
            return None, None
        found: list[float | None] = []
        for series in ("gdp", "government_expenditure"):
            whole = self.economy.a_year(series, (year,))[0]
            if not isfinite(whole) or whole <= 0:
                no_series(self.missing, self.country, series, year)
            found.append(float(amount) / whole if amount is not None and isfinite(whole) and whole > 0 else None)
        return found[0], found[1]

    def _per_recipient(self, key: Key, year: int, amount: Decimal | None) -> float | None:
        scope, function, item, _ = key
        if item != "benefits" or amount is None:
            return None
        members = {("recipients", one.key): self.inquiry.received(one.key, year, "total") for one in self.inquiry.benefits.values()
                   if one.scheme.country == self.country and scope in _scopes(one.scheme) and function in (ALL, one.function)
                   and (one.scheme.since is None or one.scheme.since <= year)}
        persons = united(self.inquiry, members, year=year)
        return float(amount) / persons.lower if members and persons.lower and persons.is_exact else None


def _scopes(scheme: SchemeRow) -> tuple[str, ...]:
    return (ALL, *((scheme.group,) if scheme.group else ()), scheme.key)


def _is_health(scheme: SchemeRow, item: str, function: str) -> bool | None:
    """Whether an amount is spent on health care; None where nobody says for what."""
    if scheme.functions == {HEALTH}:
        return True
    if item != "benefits" or HEALTH not in scheme.functions:
        return item == "benefits" and function == HEALTH
    return function == HEALTH if function else None


def _add(sums: dict[Key, Sum], key: Key, amount: Decimal | None, place: int) -> None:
    sums.setdefault(key, Sum(Decimal(0), [])).add(amount, place)


def _administration(sums: Mapping[Key, Sum], key: Key) -> float | None:
    scope, function, item, currency = key
    if function != ALL or item not in (ALL, "administration"):
        return None
    parts = [sums.get((scope, ALL, one, currency)) for one in ("administration", "benefits")]
    known = [one.amount for one in parts if one is not None and one.amount is not None]
    both = sum(known, Decimal(0))
    return float(known[0] / both) if len(known) == 2 and both else None


def _order(items: tuple[str, ...]) -> Any:
    functions = (ALL, WITHOUT_HEALTH, *BRANCHES)

    def place(key: Key) -> tuple[object, ...]:
        scope, function, item, currency = key
        scopes = (ALL, *GROUPS)
        first = scopes.index(scope) if scope in scopes else len(scopes)
        return first, scope, functions.index(function), (ALL, *items).index(item), currency

    return place


def _plain(amount: Decimal | None) -> float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)
