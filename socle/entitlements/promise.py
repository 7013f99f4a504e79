"""What a scheme promises on a day, as two rules of its own language: who is entitled, and to how much.

Every reading (one person, a table, cells of age and sex) reads these two, so that none can add up a benefit in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce

from babel.core import get_global

from socle.schemes import Benefit, Per, Scheme
from socle.schemes import expressions as x
from socle.vocabulary import say

#: How many months a payment is for, where a benefit is a share of a monthly amount; a month has 365/12 days, and a case is worth
#: one month.
MONTHS_OF: dict[Per, float] = {"month": 1.0, "year": 12.0, "week": 84 / 365, "day": 12 / 365, "case": 1.0}


@dataclass(frozen=True, slots=True)
class Promise:
    """``entitled`` and ``amount`` are rules, None where the scheme does not say; then ``notes`` tell why. ``amount`` is what an
    entitled person (or household) gets ``per`` payment, in ``currency``, rounded to its minor units."""

    entitled: x.Expression | None
    amount: x.Expression | None
    currency: str | None
    per: Per | None
    notes: tuple[str, ...] = ()


def promise(scheme: Scheme, *, on: date) -> Promise:
    """What the scheme promises on this day: its eligibility entries together, and its tiers added up, each between its floor and
    cap."""
    now = scheme.on(on)
    entries = tuple(entry.rule.expression for entry in now.eligibility)
    entitled = None if not entries else entries[0] if len(entries) == 1 else x.And(entries)
    notes = [] if entries else [say("The scheme does not say who is entitled on this day.")]
    currencies = {benefit.currency or scheme.currency for benefit in now.benefits} or {scheme.currency}
    units = {benefit.per for benefit in now.benefits}
    amounts = [_of_tier(benefit) for benefit in now.benefits]
    if not now.benefits:
        notes.append(say("The scheme does not say what is paid on this day."))
    elif len(units) > 1 or len(currencies) > 1:
        notes.append(say("The benefits are paid at different intervals or in different currencies: they are no single amount."))
    elif None in amounts:
        notes.append(say("The scheme does not say how much is paid."))
    currency = next(iter(currencies)) if len(currencies) == 1 else None
    known = [amount for amount in amounts if amount is not None]
    clear = known and len(known) == len(amounts) and len(units) == len(currencies) == 1
    amount = x.Call("round", (_sum(known, now.benefits), x.Number(float(minor_units(currency))))) if clear else None
    return Promise(entitled, amount, currency, next(iter(units)) if len(units) == 1 else None, tuple(notes))


def tier_amount(benefit: Benefit) -> x.Expression | None:
    """What one tier pays to whom it pays, between its floor and cap; None where the scheme does not say."""
    if benefit.amount is not None:
        paid: x.Expression = x.Number(benefit.amount)
    elif benefit.formula is not None:
        paid = benefit.formula.expression
    elif benefit.share is not None and benefit.of is not None:
        months = MONTHS_OF[benefit.per]
        reference: x.Expression = x.Fact(benefit.of)
        paid = x.Arithmetic("*", x.Number(benefit.share), reference if months == 1
                            else x.Arithmetic("*", reference, x.Number(months)))
    else:
        return None
    if benefit.floor is not None:
        paid = x.Call("max", (paid, benefit.floor.expression))
    return paid if benefit.cap is None else x.Call("min", (paid, benefit.cap.expression))


def minor_units(currency: str | None) -> int:
    """The decimals that amounts of a currency have (ISO 4217, as CLDR keeps it): 2 where it is not known."""
    fractions = get_global("currency_fractions")
    return int(fractions.get(currency or "", fractions["DEFAULT"])[0])


def _of_tier(benefit: Benefit) -> x.Expression | None:
    paid = tier_amount(benefit)
    return paid if paid is None or benefit.rule is None else x.Choice(benefit.rule.expression, paid, x.Number(0.0))


def _sum(amounts: list[x.Expression], benefits: tuple[Benefit, ...]) -> x.Expression:
    """The tiers together. A benefit takes nothing away: where a formula could fall below nothing, nothing is paid."""
    total = reduce(lambda left, right: x.Arithmetic("+", left, right), amounts)
    return x.Call("max", (total, x.Number(0.0))) if any(benefit.formula is not None for benefit in benefits) else total
