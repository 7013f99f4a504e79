"""A rule in words, of nobody in particular: what a law asks, as a citizen or a caseworker reads it.

"Aged 18 or older and under 68." "At least one member of the household is under 18." Facts and codes stand by their labels in the
language spoken; parentheses keep what belongs together. Whatever a rule asks is said: nothing is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import reduce

from socle.schemes import Benefit, Rule, day_text, written
from socle.schemes import expressions as x
from socle.vocabulary import FACTS, NamedFact, day, money, number, percent, say

AGE = x.Call("years", (x.Fact("born"), x.Today()))
TURNED: dict[x.Comparison, x.Comparison] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
DENIED: dict[x.Comparison, x.Comparison] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}

#: How closely a phrase holds together: a choice least, then "or", "and", "x: at least 3", "the number of ...", sums, products,
#: a word; what stands in the middle of a sentence is always enclosed.
_CHOICE, _OR, _AND, _ASKED, _SAID, _SUM, _PRODUCT, _ALONE, _ENCLOSED = range(9)
#: A label with a comma, a parenthesis or an "or" of its own stands in quotes: where it ends must be seen.
_LONG = re.compile(r"[,(]| (?:or|and|ou|et|o|u|y|e) ")
_UNITS_SAID = ("years", "months", "weeks", "days", "hours", "hectares")
_Phrase = tuple[int, str]


def in_words(rule: Rule | x.Expression, *, currency: str = "", inside: bool = False) -> str:
    """The rule as a sentence (a condition) or a formula (an amount), in the language spoken.

    ``currency`` is that of amounts of money. ``inside`` another sentence it has no capital and no full stop.
    """
    e = rule.expression if isinstance(rule, Rule) else rule
    if isinstance(e, x.Number) and currency:
        return exact_money(e.value, currency)
    text = _Speaker(currency).phrase(e)[1]
    if inside:
        return text
    if isinstance(e, x.Fact) and e.name in FACTS:
        text = FACTS[e.name].label()  # alone it needs no quotes
    return capital(text) + ("." if _is_truth(e) else "")


def tier_called(benefit: Benefit, *, currency: str = "") -> str:
    """The tier by its name; without one (a number is none: nobody wrote it) by whom it is for. A benefit for all needs none."""
    if benefit.tier and not benefit.tier.isdecimal():
        return benefit.tier
    return say("Benefit") if benefit.rule is None else capital(in_words(benefit.rule, currency=currency, inside=True))


def of_label(name: str) -> str:
    """What a fact is called, inside a sentence."""
    return _inside(FACTS[name].label()) if name in FACTS else name


def capital(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def is_plain(e: x.Expression) -> bool:
    """Whether a part is a value that stands in the rule."""
    return isinstance(e, x.Number | x.Day | x.Word | x.Truth | x.Today)


def required(op: x.Comparison, value: str, *, of_days: bool) -> str:
    """What a comparison asks: "at least 3", "1 January 1960 or earlier"."""
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


class _Speaker:
    """Says the parts of one rule."""

    def __init__(self, currency: str) -> None:
        self.currency = currency

    def at(self, e: x.Expression, least: int) -> str:
        """The part, in parentheses where it does not hold together closely enough."""
        level, text = self.phrase(e)
        return text if level >= least else f"({text})"

    def phrase(self, e: x.Expression) -> _Phrase:
        match e:
            case x.Fact(name):
                return _ALONE, of_label(name)
            case x.Truth(value):
                return _ALONE, say("always") if value else say("never")
            case x.And(parts):
                return _AND, _joined((self.at(part, _ASKED) for part in parts), all_of=True)
            case x.Or(parts):
                return _OR, _joined((self.at(part, _ASKED) for part in parts), all_of=False)
            case x.Not(part):
                return self.denied(part)
            case x.Compare(op, left, right):
                return self.compared(op, left, right)
            case x.In(item, options):
                return _ASKED, say("{fact}: one of ({values})", fact=self.at(item, _SAID), values=self.values(item, options))
            case x.Choice(condition, then, otherwise):
                return _CHOICE, say("if {condition}, then {one}; otherwise {other}", condition=self.at(condition, _AND),
                                    one=self.at(then, _AND), other=self.at(otherwise, _CHOICE))
            case x.Household():
                return self.of_members(e)
        return self.figure(e)

    # -- conditions

    def denied(self, part: x.Expression) -> _Phrase:
        match part:
            case x.Compare(op, left, right):
                return self.compared(DENIED[op], left, right)
            case x.In(item, options):
                return _ASKED, say("{fact}: none of ({values})", fact=self.at(item, _SAID), values=self.values(item, options))
            case x.Household("any", each):
                age = self.age(each)
                return _ASKED, (say("no member of the household is {age}", age=age) if age else
                                say("no member of the household meets this: {condition}", condition=self.at(each, _ALONE)))
        return _ASKED, say("not: {condition}", condition=self.at(part, _ALONE))

    def compared(self, op: x.Comparison, left: x.Expression, right: x.Expression) -> _Phrase:
        if is_plain(left) and not is_plain(right):
            op, left, right = TURNED[op], right, left
        age = self.age(x.Compare(op, left, right))
        if age:
            return _ASKED, age
        fact = FACTS.get(left.name) if isinstance(left, x.Fact) else None
        asked = self.at(left, _SAID)
        if op in ("==", "!=") and not _is_number(left) and not _is_number(right):
            value = self.value(right, fact)
            wanted = value if op == "==" else required(op, value, of_days=False)
        else:
            wanted = required(op, self.value(right, fact), of_days=_is_day(left))
        if isinstance(left, x.Fact):
            return _ASKED, say("{fact}: {required}", fact=asked, required=wanted)
        return _ASKED, say("{figure} is {required}", figure=asked, required=wanted)

    def age(self, e: x.Expression) -> str:
        """What a rule asks of somebody's age, as it is said of a person; empty where it asks something else."""
        match e:
            case x.Compare(op, left, x.Number(value)) if left in (x.Fact("age"), AGE):
                age = exact(value)
            case _:
                return ""
        match op:
            case ">=":
                return say("aged {age} or older", age=age)
            case ">":
                return say("older than {age}", age=age)
            case "<=":
                return say("aged {age} or younger", age=age)
            case "<":
                return say("under {age}", age=age)
            case "==":
                return say("aged exactly {age}", age=age)
        return say("of any age but {age}", age=age)

    def of_members(self, e: x.Household) -> _Phrase:
        match e.over:
            case "any":
                age = self.age(e.each)
                return _ASKED, (say("at least one member of the household is {age}", age=age) if age else
                                say("at least one member of the household meets this: {condition}",
                                    condition=self.at(e.each, _ALONE)))
            case "all":
                age = self.age(e.each)
                return _ASKED, (say("every member of the household is {age}", age=age) if age else
                                say("every member of the household meets this: {condition}", condition=self.at(e.each, _ALONE)))
            case "count":
                return _SAID, say("the number of {members}", members=self.members(e.each))
        return _SAID, say("the sum of {figure} over {members}", figure=self.at(e.each, _ALONE),
                             members=say("all members of the household") if e.where is None else self.members(e.where))

    def members(self, who: x.Expression) -> str:
        age = self.age(who)
        return (say("members {age}", age=age) if age else
                say("members who meet this: {condition}", condition=self.at(who, _ENCLOSED)))

    # -- values and figures

    def values(self, item: x.Expression, options: Iterable[x.Expression]) -> str:
        fact = FACTS.get(item.name) if isinstance(item, x.Fact) else None
        return ", ".join(self.value(option, fact) for option in options)

    def value(self, e: x.Expression, fact: NamedFact | None) -> str:
        """What something is compared with, as values of the fact are written."""
        match e:
            case x.Word(code):
                return _inside(fact.code_label(code)) if fact is not None and code in fact.codes else _quoted(code)
            case x.Number(value) if fact is not None and fact.unit == "share":
                return _percent(value)
            case x.Number(value) if fact is not None and fact.unit.startswith("currency") and self.currency:
                return exact_money(value, self.currency)
            case x.Number(value) if fact is not None and fact.unit in _UNITS_SAID:
                return _with_unit(exact(value), fact, alone=value == 1)
        return self.at(e, _SAID)

    def figure(self, e: x.Expression) -> _Phrase:
        match e:
            case x.Number(value) if 0 < value < 1:
                return _ALONE, _percent(value)
            case x.Number(value):
                return (_ALONE if value >= 0 else _SUM), exact(value)
            case x.Day(value):
                return _ALONE, day(date.fromisoformat(day_text(value)))
            case x.Word(code):
                return _ALONE, _quoted(code)
            case x.Today():
                return _ALONE, say("the day of the question")
            case x.Arithmetic("*", x.Number(share), other) if 0 < share < 1:
                return _PRODUCT, say("{share} of {figure}", share=_percent(share), figure=self.at(other, _ALONE))
            case x.Arithmetic(op, left, right):
                level = _SUM if op in "+-" else _PRODUCT
                sign = {"+": "+", "-": "−", "*": "×", "/": "÷"}[op]
                return level, f"{self.at(left, level)} {sign} {self.at(right, level + 1)}"
            case x.Negative(part):
                return _SUM, f"−{self.at(part, _ALONE)}"
            case x.Call(function, arguments):
                return self.called(function, arguments)
            case x.Lookup(table, key):
                return _SAID, say("the value of the table “{table}” for {key}", table=table.replace("_", " "),
                                     key=self.at(key, _ALONE))
        return _ALONE, f"“{written(e)}”"

    def called(self, function: x.Function, arguments: tuple[x.Expression, ...]) -> _Phrase:
        told = [self.at(part, _CHOICE) for part in arguments]
        closed = [self.at(part, _PRODUCT) for part in arguments]
        match function, closed:
            case "min", _:
                return _ALONE, say("the lowest of ({values})", values="; ".join(told))
            case "max", _:
                return _ALONE, say("the highest of ({values})", values="; ".join(told))
            case "clip", [figure, low, high]:
                return _CHOICE, say("{figure}, but at least {low} and at most {high}", figure=figure, low=low, high=high)
            case "round", [figure]:
                return _CHOICE, say("{figure}, rounded to a whole number", figure=figure)
            case "round", [figure, decimals]:
                return _CHOICE, say("{figure}, rounded to {decimals} decimals", figure=figure, decimals=decimals)
            case "floor", [figure]:
                return _CHOICE, say("{figure}, rounded down to a whole number", figure=figure)
            case "abs", [figure]:
                return _CHOICE, say("{figure}, without its sign", figure=figure)
            case "years", [start, end]:
                return _SAID, say("the completed years from {start} to {end}", start=start, end=end)
            case "months", [start, end]:
                return _SAID, say("the completed months from {start} to {end}", start=start, end=end)
            case "days", [start, end]:
                return _SAID, say("the days from {start} to {end}", start=start, end=end)
        return _ALONE, f"“{written(x.Call(function, arguments))}”"


# -- words

def _joined(parts: Iterable[str], *, all_of: bool) -> str:
    def pair(one: str, other: str) -> str:
        return say("{one}, and {other}", one=one, other=other) if all_of else say("{one}, or {other}", one=one, other=other)
    return reduce(pair, parts)


def _inside(label: str) -> str:
    """A label inside a sentence: small, as long as it is no abbreviation; in quotes where one could not see its end."""
    if _LONG.search(label):
        return say("“{label}”", label=label)
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _quoted(code: str) -> str:
    return say("“{label}”", label=code) if re.search(r"[\s,()]", code) or not code else code


def _with_unit(value: str, fact: NamedFact, *, alone: bool) -> str:
    """The number with its unit, unless what it is called says the unit already."""
    unit = fact.unit_label()
    if unit.split()[0].lower() in fact.label().lower():
        return value
    return f"{value} ({unit})" if alone else f"{value} {unit}"


def exact(value: float) -> str:
    """A number of a rule with all its decimals."""
    decimal = _decimal(value)
    return number(decimal, decimals=max(0, -int(decimal.normalize().as_tuple().exponent)))


def exact_money(value: float, currency: str) -> str:
    """An amount of a file with all its decimals, two at least where it has any."""
    decimal = _decimal(value)
    return money(decimal, currency, decimals=max(2, -int(decimal.normalize().as_tuple().exponent)))


def _percent(share: float) -> str:
    decimal = _decimal(share) * 100
    return percent(_decimal(share), decimals=max(0, -int(decimal.normalize().as_tuple().exponent)))


def _decimal(value: float) -> Decimal:
    return Decimal(repr(value))


# -- kinds

def _is_truth(e: x.Expression) -> bool:
    match e:
        case x.Compare() | x.In() | x.And() | x.Or() | x.Not() | x.Truth() | x.Household("any" | "all"):
            return True
        case x.Fact(name):
            return name in FACTS and FACTS[name].type == "truth"
        case x.Choice(_, then, _):
            return _is_truth(then)
    return False


def _is_day(e: x.Expression) -> bool:
    match e:
        case x.Day() | x.Today():
            return True
        case x.Fact(name):
            return name in FACTS and FACTS[name].type == "day"
        case x.Choice(_, then, _):
            return _is_day(then)
    return False


def _is_number(e: x.Expression) -> bool:
    match e:
        case x.Word():
            return False
        case x.Fact(name):
            return name not in FACTS or FACTS[name].type == "number"
        case x.Choice(_, then, _):
            return _is_number(then)
    return not _is_truth(e) and not _is_day(e)
