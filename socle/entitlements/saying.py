"""A rule and what is known, in words: what a caseworker tells a person.

"You must be 70 or older; you are 68." What cannot be told part by part is said as a whole.
"""

from __future__ import annotations

from datetime import date

from socle.entitlements.meaning import Reading, Value
from socle.entitlements.words import AGE, DENIED, TURNED, capital, in_words, is_plain, required
from socle.schemes import day_text
from socle.schemes import expressions as x
from socle.vocabulary import FACTS, NamedFact, day, number, percent, say


def as_it_stands(e: x.Expression, reading: Reading) -> str:
    """What a condition asks and how it stands: one sentence, or several where it joins several."""
    match e:
        case x.And(parts):
            return " ".join(as_it_stands(part, reading) for part in _deciding(parts, reading.value(e), reading))
        case x.Or(parts):
            told = " ".join(f"({n}) {as_it_stands(part, reading)}" for n, part in enumerate(parts, 1))
            return say("One of these is enough: {conditions}", conditions=told)
        case x.Compare(op, left, right) if is_plain(left) and not is_plain(right):
            return _compared(TURNED[op], right, left, e, reading)
        case x.Compare(op, left, right):
            return _compared(op, left, right, e, reading)
        case x.In(item, options):
            return _among(item, options, e, reading, excluded=False)
        case x.Fact(name):
            return say("{fact}: this is required; the answer is {answer}.", fact=_label(name), answer=_answer(e, reading))
        case x.Not(x.Fact(name) as fact):
            return say("{fact}: this excludes; the answer is {answer}.", fact=_label(name), answer=_answer(fact, reading))
        case x.Not(x.In(item, options)):
            return _among(item, options, e, reading, excluded=True)
        case x.Not(x.Compare(op, left, right)):
            return as_it_stands(x.Compare(DENIED[op], left, right), reading)
        case x.Not(x.Or(parts)):
            return as_it_stands(x.And(tuple(x.Not(part) for part in parts)), reading)
    return _as_a_whole(e, reading)


def _deciding(parts: tuple[x.Expression, ...], answer: Value, reading: Reading) -> list[x.Expression]:
    """Of conditions that must all hold, those that a person is told: where it fails, those that fail; where it is unknown, the
    unknown."""
    return [part for part in parts if reading.value(part) is answer]


def _as_a_whole(e: x.Expression, reading: Reading) -> str:
    answer, rule = reading.value(e), in_words(e, inside=True)
    if answer is None:
        return say("Required: {rule}. It cannot be said ({missing}).", rule=rule, missing=what_is_missing(e, reading))
    return say("Required: {rule}. It holds.", rule=rule) if answer else say("Required: {rule}. It does not hold.", rule=rule)


def _compared(op: x.Comparison, asked: x.Expression, limit: x.Expression, whole: x.Expression, reading: Reading) -> str:
    known = reading.value(whole) is not None
    asked = x.Fact("age") if asked == AGE and known else asked
    fact = FACTS.get(asked.name) if isinstance(asked, x.Fact) else None
    given, wanted = _figure(asked, fact, reading), _limit(limit, fact, reading)
    if fact is not None and fact.name == "age" and isinstance(limit, x.Number) and op not in ("==",
                                                                                              "!=") and reading.number is None:
        return _of_age(op, wanted, given if known else None)
    label = _label(asked.name) if fact is not None and isinstance(asked, x.Fact) else _named(asked)
    asks = wanted if op == "==" and not _is_figure(asked, fact) else required(op, wanted, of_days=_is_day(asked, fact))
    if not known:
        return say("{fact}: {required} is required; it cannot be said ({missing}).", fact=label, required=asks,
                   missing=what_is_missing(whole, reading))
    return say("{fact}: {required} is required; it is {given}.", fact=label, required=asks, given=given)


def _of_age(op: x.Comparison, wanted: str, given: str | None) -> str:
    if given is None:
        match op:
            case ">=":
                return say("You must be {age} or older; your age is not known.", age=wanted)
            case ">":
                return say("You must be older than {age}; your age is not known.", age=wanted)
            case "<=":
                return say("You must be {age} or younger; your age is not known.", age=wanted)
        return say("You must be younger than {age}; your age is not known.", age=wanted)
    match op:
        case ">=":
            return say("You must be {age} or older; you are {given}.", age=wanted, given=given)
        case ">":
            return say("You must be older than {age}; you are {given}.", age=wanted, given=given)
        case "<=":
            return say("You must be {age} or younger; you are {given}.", age=wanted, given=given)
    return say("You must be younger than {age}; you are {given}.", age=wanted, given=given)


def _among(item: x.Expression, options: tuple[x.Number | x.Day | x.Word, ...], whole: x.Expression, reading: Reading, *,
           excluded: bool) -> str:
    fact = FACTS.get(item.name) if isinstance(item, x.Fact) else None
    label = _label(fact.name) if fact is not None else _named(item)
    values = ", ".join(_limit(option, fact, reading) for option in options)
    if reading.value(whole) is None:
        missing = what_is_missing(whole, reading)
        if excluded:
            return say("{fact}: none of {values} is allowed; it cannot be said ({missing}).", fact=label, values=values,
                       missing=missing)
        return say("{fact}: one of {values} is required; it cannot be said ({missing}).", fact=label, values=values,
                   missing=missing)
    given = _figure(item, fact, reading)
    return (say("{fact}: none of {values} is allowed; it is {given}.", fact=label, values=values, given=given) if excluded
            else say("{fact}: one of {values} is required; it is {given}.", fact=label, values=values, given=given))


# -- the parts of a sentence

def _label(name: str) -> str:
    return FACTS[name].label() if name in FACTS else name


def _named(e: x.Expression) -> str:
    return capital(in_words(e, inside=True))


def what_is_missing(e: x.Expression, reading: Reading) -> str:
    """What is not known, as a list. A rule is also unknown where something is divided by nothing, or no row of a table fits."""
    absent = dict.fromkeys(reading.absent(e))
    if not absent:
        return say("no figure comes out")
    told = [say("{fact} of member {n}", fact=_label(one.fact), n=one.member) if one.member is not None
            else say("who the members of the household are") if one.fact == "members" else _label(one.fact) for one in absent]
    return say("not known: {facts}", facts="; ".join(told))


def _answer(e: x.Fact, reading: Reading) -> str:
    answer = reading.value(e)
    return say("not known") if answer is None else say("yes") if answer else say("no")


def _is_figure(e: x.Expression, fact: NamedFact | None) -> bool:
    return not isinstance(e, x.Word) and (fact is None or fact.type == "number")


def _is_day(e: x.Expression, fact: NamedFact | None) -> bool:
    return isinstance(e, x.Today | x.Day) or (fact is not None and fact.type == "day")


def _figure(e: x.Expression, fact: NamedFact | None, reading: Reading) -> str:
    return value_in_words(fact, reading.value(e))


def _limit(e: x.Expression, fact: NamedFact | None, reading: Reading) -> str:
    value = value_in_words(fact, reading.value(e))
    return value if is_plain(e) else say("{rule} ({value})", rule=in_words(e, inside=True), value=value)


def value_in_words(fact: NamedFact | None, value: object) -> str:
    """A value of a fact (None: of no fact) as people write it."""
    if value is None:
        return say("not known")
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, str):
        return fact.code_label(value) if fact is not None else value
    if not isinstance(value, int | float):
        return str(value)
    if isinstance(value, int) and value >= 10_000_000 and (fact is None or fact.type == "day"):
        return day(date.fromisoformat(day_text(value)))
    if fact is not None and fact.type == "day":
        return day(date.fromisoformat(day_text(int(value))))
    if fact is not None and fact.unit == "share":
        return percent(value, decimals=0 if float(value * 100).is_integer() else 1)
    return number(value)
