"""Amounts that must agree: what a benefit pays, what it costs, what pays for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from socle.coverage.checks_asked import FIGURES, Asked, Findings, at
from socle.vocabulary import say

MONTHS = 12
Amounts = dict[tuple[str, int], dict[str, int]]


def in_order(asked: Asked) -> Findings:
    """Minimum, average and maximum."""
    table = asked.table("amounts")
    for by_measure in _amounts(asked).values():
        pairs = [("minimum", "average"), ("average", "maximum")] if "average" in by_measure else [("minimum", "maximum")]
        for less, more in pairs:
            if less in by_measure and more in by_measure:
                low, high = by_measure[less], by_measure[more]
                if table["currency"][low] == table["currency"][high] and _a_year(asked, low) > _a_year(asked, high):
                    yield at(table, high, "amount", severity="error", code="amounts_out_of_order",
                             message=say("The {more} is below the {less} of {amount} (row {row}).", more=more, less=less,
                                         amount=table["amount"][low], row=table.numbers[low]),
                             remedy=say("Correct one of the two, or say what they are paid for: a month or a year."))


def totals(asked: Asked) -> Findings:
    """Recipients times the average are the total; the totals of a scheme's benefits are what it spends on them."""
    table, inquiry = asked.table("amounts"), asked.inquiry
    paid: dict[tuple[str, int, str], list[tuple[str, Decimal | None, str]]] = {}
    for (benefit, year), by_measure in _amounts(asked).items():
        total, average = by_measure.get("total"), by_measure.get("average")
        recipients = inquiry.received(benefit, year, "total").value
        product = None if average is None or recipients is None else _a_year(asked, average) * Decimal(str(recipients))
        if total is not None and average is not None and product is not None and (
                table["currency"][total] == table["currency"][average]) and _apart(table["amount"][total], product, asked):
            yield at(table, total, "amount", severity="warning", code="total_differs",
                     message=say("The total is {total}; {recipients} recipients at {average} on average are {product} a year.",
                                 total=table["amount"][total], recipients=f"{recipients:.0f}", average=_said(asked, average),
                                 product=f"{product:.0f}"),
                     remedy=say("Correct the recipients, the average or the total, or say whether the average is of a month."))
        row = inquiry.benefits.get(benefit)
        if row is not None:
            known = total if total is not None else average
            amount = product if total is None else table["amount"][total]
            currency = "" if known is None else table["currency"][known] or ""
            paid.setdefault((row.scheme.key, year, row.function), []).append((benefit, amount, currency))
    yield from _spent(asked, paid)


def _spent(asked: Asked, paid: dict[tuple[str, int, str], list[tuple[str, Decimal | None, str]]]) -> Findings:
    table, figures = asked.table("expenditure"), asked.figures("expenditure")
    of_function: dict[tuple[str, str], set[str]] = {}
    for benefit in asked.inquiry.benefits.values():
        of_function.setdefault((benefit.scheme.key, benefit.function), set()).add(benefit.key)
    rows = zip(table["scheme"], table["year"], table["item"], table["function"], figures, table["currency"], strict=True)
    for place, (scheme, year, item, function, amount, currency) in enumerate(rows):
        if item != "benefits" or amount is None or not function:
            continue
        told = paid.get((scheme, year, function), [])
        unknown = any(one is None or of != currency for _, one, of in told)
        if unknown or {name for name, _, _ in told} != of_function.get((scheme, function)):
            continue
        summed = sum((one for _, one, _ in told if one is not None), Decimal(0))
        if _apart(amount, summed, asked):
            yield at(table, place, "amount", severity="warning", code="expenditure_differs",
                     message=say("The expenditure on benefits is {amount}; the benefits {benefits} paid {paid}.", amount=amount,
                                 benefits=", ".join(name for name, _, _ in told), paid=f"{summed:.0f}"),
                     remedy=say("Correct the amounts of the benefits or the expenditure."))


def functions(asked: Asked) -> Findings:
    """The expenditure by function and its total row."""
    table, figures = asked.table("expenditure"), asked.figures("expenditure")
    found: dict[tuple[Any, ...], dict[str, int]] = {}
    for place, key in enumerate(zip(table["scheme"], table["year"], table["item"], table["currency"], strict=True)):
        if figures[place] is not None:
            found.setdefault(key, {})[table["function"][place] or ""] = place
    for by_function in found.values():
        total = by_function.pop("", None)
        if total is not None and by_function:
            summed = sum(figures[place] for place in by_function.values())
            if _apart(figures[total], summed, asked):
                yield at(table, total, "amount", severity="warning", code="functions_do_not_add_up",
                         message=say("The functions {functions} are {sum} together, the row of all functions {total}.",
                                     functions=", ".join(by_function), sum=summed, total=figures[total]),
                         remedy=say("Correct the figures, or leave out the row of all functions."))


def currencies(asked: Asked) -> Findings:
    first: dict[tuple[str, int], tuple[str, str, int]] = {}
    told = set()
    for sheet, column in FIGURES.items():
        if column != "amount":
            continue
        table, figures = asked.table(sheet), asked.figures(sheet)
        for place, (year, currency, amount) in enumerate(zip(table["year"], table["currency"], figures, strict=True)):
            key = asked.scheme_of(sheet, place), year
            if amount is None or currency is None or not key[0]:
                continue
            other, of, row = first.setdefault(key, (currency, sheet, table.numbers[place]))
            if other != currency and (key, sheet, currency) not in told:
                told.add((key, sheet, currency))
                yield at(table, place, "currency", severity="warning", code="mixed_currencies",
                         message=say("Scheme {scheme} has amounts of {year} in {currency} and in {other} ({sheet}, row {row}).",
                                     scheme=key[0], year=year, currency=currency, other=other, sheet=of, row=row),
                         remedy=say("Write all amounts of a scheme and year in one currency."))


def balance(asked: Asked) -> Findings:
    """What a scheme receives and spends; how much of it its administration takes."""
    spent, received = _of_schemes(asked, "expenditure"), _of_schemes(asked, "receipts")
    table, figures = asked.table("expenditure"), asked.figures("expenditure")
    limits = asked.limits
    for key, (_, out, currency) in spent.items():
        scheme, year = key
        come = received.get(key)
        if come and come[2] == currency and abs(out - come[1]) > Decimal(str(limits.balance)) * max(out, come[1]):
            receipts = asked.table("receipts")
            yield at(receipts, come[0], "amount", severity="warning", code="receipts_apart",
                     message=say("Scheme {scheme} receives {receipts} in {year} and spends {expenditure}.", scheme=scheme,
                                 year=year, receipts=come[1], expenditure=out),
                     remedy=say("Check whether an item is missing, or a figure in another unit."))
    rows = zip(table["scheme"], table["year"], table["item"], strict=True)
    for place, (scheme, year, item) in enumerate(rows):
        whole = spent.get((scheme, year))
        if item == "administration" and figures[place] and whole and whole[1] > figures[place] and (
                figures[place] > Decimal(str(limits.administration)) * whole[1]):
            yield at(table, place, "amount", severity="warning", code="administration_share",
                     message=say("Administration is {percent} per cent of what scheme {scheme} spends in {year}.",
                                 percent=f"{100 * figures[place] / whole[1]:.0f}", scheme=scheme, year=year),
                     remedy=say("Check the figures of administration and of benefits."))


def _of_schemes(asked: Asked, sheet: str) -> dict[tuple[str, int], tuple[int, Decimal, str | None]]:
    """By scheme and year: the first row, everything together, and the currency; without those of several currencies."""
    table, figures = asked.table(sheet), asked.figures(sheet)
    items: dict[tuple[str, int], dict[str, list[int]]] = {}
    for place, (scheme, year, item) in enumerate(zip(table["scheme"], table["year"], table["item"], strict=True)):
        if figures[place] is not None:
            items.setdefault((scheme, year), {}).setdefault(item, []).append(place)
    found = {}
    for key, by_item in items.items():
        counted = [place for places in by_item.values() for place in _without_parts(table, places)]
        of = {table["currency"][place] for place in counted}
        if len(of) == 1:
            found[key] = counted[0], sum((figures[place] for place in counted), Decimal(0)), of.pop()
    return found


def _without_parts(table: Any, places: list[int]) -> list[int]:
    """The row of all functions where there is one, else its parts."""
    if "function" in table.columns and (whole := [place for place in places if not table["function"][place]]):
        return whole
    return places


def _amounts(asked: Asked) -> Amounts:
    table, figures = asked.table("amounts"), asked.figures("amounts")
    found: Amounts = {}
    for place, (benefit, year, measure) in enumerate(zip(table["benefit"], table["year"], table["measure"], strict=True)):
        if figures[place] is not None:
            found.setdefault((benefit, year), {})[measure] = place
    return found


def _a_year(asked: Asked, place: int) -> Decimal:
    table = asked.table("amounts")
    amount: Decimal = table["amount"][place]
    return amount * MONTHS if table["per"][place] == "month" else amount


def _said(asked: Asked, place: int) -> str:
    table = asked.table("amounts")
    return say("{amount} a month", amount=table["amount"][place]) if table["per"][place] == "month" else (
        say("{amount} a year", amount=table["amount"][place]))


def _apart(one: Decimal, other: Decimal, asked: Asked) -> bool:
    return abs(one - other) > Decimal(str(asked.limits.tolerance)) * max(one, other)


RULES = (in_order, totals, functions, currencies, balance)
