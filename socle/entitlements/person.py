"""The first reading: one person or household, three-valued, with reasons and sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from socle.entitlements.given import read_facts
from socle.entitlements.meaning import Reading, Value
from socle.entitlements.promise import minor_units, promise, tier_amount
from socle.entitlements.saying import as_it_stands, what_is_missing
from socle.entitlements.words import exact_money, tier_called
from socle.schemes import Benefit, Per, Scheme
from socle.schemes import expressions as x
from socle.vocabulary import Source, money, number, say

#: Beyond those of the currency: an amount with more decimals than these does not end.
_MORE_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence for the person. ``holds``: whether the condition is met, None where that is unknown or nothing is asked of the
    person."""

    text: str
    article: str
    source: Source | None
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Answer:
    """``entitled`` None: it cannot be said. ``amount`` is in ``currency``, ``per`` payment: None of who is refused, and where it
    cannot be said. ``missing``: the facts that would settle it."""

    entitled: bool | None
    amount: float | None
    currency: str | None
    per: Per | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]


def judge(scheme: Scheme, facts: object, *, on: date, sheet: str | None = None, currency: str | None = None) -> Answer:
    """Whether a person (or a household, where the scheme is for households) is entitled on a day, to how much, and why.

    ``facts`` as in ``read_facts``; raises ``InputError`` with everything that is wrong with them. Unknown is not false: without a
    fact that matters the answer is None, and says which. A scheme that does not say who is entitled entitles nobody that one could
    name: None. ``currency`` is that of the country: of a scheme that names none, as a costing takes that of the economy.
    """
    scheme = replace(scheme, currency=scheme.currency or currency)
    reading = Reading(read_facts(facts, unit=scheme.unit, on=on, sheet=sheet), on=on, tables=scheme.tables)
    now, promised = scheme.on(on), promise(scheme, on=on)
    entitled = _truth(None if promised.entitled is None else reading.value(promised.entitled))
    reasons = [Reason(as_it_stands(entry.rule.expression, reading), entry.article, entry.source,
                      _truth(reading.value(entry.rule.expression)))
               for entry in now.eligibility]
    reasons += [Reason(note, "", None, None) for note in promised.notes]
    reasons += [Reason(gap.note, "", gap.source, None) for gap in scheme.missing if gap.note and _concerns(gap.key, promised.notes)]
    amount = None
    if entitled and promised.amount is not None:
        paid = reading.value(promised.amount)
        amount = None if paid is None else float(paid)
        reasons += [_of_tier(benefit, reading, promised.currency) for benefit in now.benefits
                    if _pays(benefit, reading) is not False]
    if entitled is not False and now.benefits and not any(benefit.currency or scheme.currency for benefit in now.benefits):
        text = say("The scheme names no currency: amounts are in that of the facts given. It is said with currency in the scheme "
                   "file, or by the economy of {country}.", country=scheme.country)
        reasons.append(Reason(text, "", None, None))
    asked = [promised.entitled, *([promised.amount] if entitled is not False else [])]
    missing = [name for rule in asked if rule is not None for name in reading.missing(rule)]
    return Answer(entitled, amount, promised.currency, promised.per, tuple(reasons), tuple(dict.fromkeys(missing)))


def _of_tier(benefit: Benefit, reading: Reading, currency: str | None) -> Reason:
    paid, pays, called = tier_amount(benefit), _pays(benefit, reading), tier_called(benefit, currency=currency or "")
    value = None if paid is None else reading.value(paid)
    if pays is None and benefit.rule is not None:
        text = say("{tier}: whether it is paid cannot be said. {condition}", tier=called,
                   condition=as_it_stands(benefit.rule.expression, reading))
    elif paid is None or value is None:
        missing = say("the scheme does not say") if paid is None else what_is_missing(paid, reading)
        text = say("{tier}: how much it is cannot be said ({missing}).", tier=called, missing=missing)
    else:
        amount = exact_money(paid.value, currency or "") if isinstance(paid, x.Number) else _money(float(value), currency)
        per = _per(benefit.per)
        text = (say("{tier}: {amount} {per}.", tier=called, amount=amount, per=per) if benefit.months is None else
                say("{tier}: {amount} {per}, for {months} months at most.", tier=called, amount=amount, per=per,
                    months=number(benefit.months)))
        if benefit.waiting_days:
            text += " " + say("It is paid from day {day} on.", day=benefit.waiting_days + 1)
    return Reason(text, benefit.article, benefit.source, pays)


def _pays(benefit: Benefit, reading: Reading) -> bool | None:
    rule: x.Expression | None = None if benefit.rule is None else benefit.rule.expression
    return True if rule is None else _truth(reading.value(rule))


def _truth(value: Value) -> bool | None:
    return None if value is None else bool(value)


def _money(value: float, currency: str | None) -> str:
    """What came out of a formula: with every decimal of an amount that ends, of any other those of the currency."""
    least = minor_units(currency)
    found = Decimal(f"{value:.12g}")
    ends = max(least, -int(found.normalize().as_tuple().exponent))
    decimals = ends if ends <= least + _MORE_DECIMALS else least
    return money(found.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), currency or "", decimals=decimals)


def _per(per: Per) -> str:
    match per:
        case "month":
            return say("a month")
        case "year":
            return say("a year")
        case "week":
            return say("a week")
        case "day":
            return say("a day of payment")
    return say("once")


def _concerns(key: str, notes: tuple[str, ...]) -> bool:
    """Whether what a source does not state is why the answer is unknown."""
    return bool(notes) and key.startswith(("eligibility", "benefit"))
