"""A rule and what is known, in words: what a caseworker tells a person.

"You must be 70 or older; you are 68." Where a rule has no words of its own, its text is said.
"""

from __future__ import annotations

from datetime import date

from socle.entitlements.meaning import Reading, Value
from socle.schemes import day_text, written
from socle.schemes import expressions as x
from socle.vocabulary import FACTS, NamedFact, day, number, percent, say

_TURNED: dict[x.Comparison, x.Comparison] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_DENIED: dict[x.Comparison, x.Comparison] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


_AGE = x.Call("years", (x.Fact("born"), x.Today()))


def in_words(e: x.Expression, reading: Reading) -> str:
    """What a condition asks and how it stands: one sentence, or several where it joins several."""
    match e:
        case x.And(parts):
            return " ".join(in_words(part, reading) for part in _deciding(parts, reading.value(e), reading))
        case x.Or(parts):
            told = " ".join(f"({n}) {in_words(part, reading)}" for n, part in enumerate(parts, 1))
            return say("One of these is enough: {conditions}", conditions=told)
        case x.Compare(op, left, right) if _is_plain(left) and not _is_plain(right):
            return _compared(_TURNED[op], right, left, e, reading)
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
            return in_words(x.Compare(_DENIED[op], left, right), reading)
        case x.Not(x.Or(parts)):
            return in_words(x.And(tuple(x.Not(part) for part in parts)), reading)
        case x.Household("any" | "all"):
            return _of_members(e, reading)
    return _by_its_text(e, reading)


def _deciding(parts: tuple[x.Expression, ...], answer: Value, reading: Reading) -> list[x.Expression]:
    """Of conditions that must all hold, those that a person is told: where it fails, those that fail; where it is unknown, the
    unknown."""
    return [part for part in parts if reading.value(part) is answer]


def _by_its_text(e: x.Expression, reading: Reading) -> str:
    answer = reading.value(e)
    if answer is None:
        return say("Required: “{rule}”. It cannot be said ({missing}).", rule=written(e), missing=what_is_missing(e, reading))
    text = written(e)
    return say("Required: “{rule}”. It holds.", rule=text) if answer else say("Required: “{rule}”. It does not hold.", rule=text)


def _of_members(e: x.Household, reading: Reading) -> str:
    rule, answer = written(e.each), reading.value(e)
    if answer is None:
        missing = what_is_missing(e, reading)
        return (say("A member of the household with “{rule}” is required; it cannot be said ({missing}).", rule=rule,
                    missing=missing)
                if e.over == "any" else
                say("“{rule}” is required of every member of the household; it cannot be said ({missing}).", rule=rule,
                    missing=missing))
    if e.over == "any":
        return (say("A member of the household with “{rule}” is required; there is one.", rule=rule) if answer
                else say("A member of the household with “{rule}” is required; there is none.", rule=rule))
    return (say("“{rule}” is required of every member of the household; it holds of all.", rule=rule) if answer
            else say("“{rule}” is required of every member of the household; it does not hold of all.", rule=rule))


def _compared(op: x.Comparison, asked: x.Expression, limit: x.Expression, whole: x.Expression, reading: Reading) -> str:
    known = reading.value(whole) is not None
    asked = x.Fact("age") if asked == _AGE and known else asked
    fact = FACTS.get(asked.name) if isinstance(asked, x.Fact) else None
    given, wanted = _figure(asked, fact, reading), _limit(limit, fact, reading)
    if fact is not None and fact.name == "age" and isinstance(limit, x.Number) and op not in ("==",
                                                                                              "!=") and reading.number is None:
        return _of_age(op, wanted, given if known else None)
    label = _label(asked.name) if fact is not None and isinstance(asked, x.Fact) else _named(asked)
    required = wanted if op == "==" and not _is_figure(asked, fact) else _required(op, wanted, _is_day(asked, fact))
    if not known:
        return say("{fact}: {required} is required; it cannot be said ({missing}).", fact=label, required=required,
                   missing=what_is_missing(whole, reading))
    return say("{fact}: {required} is required; it is {given}.", fact=label, required=required, given=given)


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


def _required(op: x.Comparison, value: str, of_days: bool) -> str:
    match op:
        case ">=":
            return say("{value} or later", value=value) if of_days else say("at least {value}", value=value)
        case ">":
            return say("later than {value}", value=value) if of_days else say("more than {value}", value=value)
        case "<=":
            return say("{value} or earlier", value=value) if of_days else say("at most {value}", value=value)
        case "<":
            return say("earlier than {value}", value=value) if of_days else say("less than {value}", value=value)
        case "==":
            return say("exactly {value}", value=value)
    return say("anything but {value}", value=value)


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
    if isinstance(e, x.Household) and e.over == "count":
        return say("Members of the household for whom “{rule}”", rule=written(e.each))
    return f"“{written(e)}”"


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


def _is_plain(e: x.Expression) -> bool:
    return isinstance(e, x.Number | x.Day | x.Word | x.Truth | x.Today)


def _is_figure(e: x.Expression, fact: NamedFact | None) -> bool:
    return not isinstance(e, x.Word) and (fact is None or fact.type == "number")


def _is_day(e: x.Expression, fact: NamedFact | None) -> bool:
    return isinstance(e, x.Today | x.Day) or (fact is not None and fact.type == "day")


def _figure(e: x.Expression, fact: NamedFact | None, reading: Reading) -> str:
    return value_in_words(fact, reading.value(e))


def _limit(e: x.Expression, fact: NamedFact | None, reading: Reading) -> str:
    value = value_in_words(fact, reading.value(e))
    return value if _is_plain(e) else say("“{rule}” ({value})", rule=written(e), value=value)


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
