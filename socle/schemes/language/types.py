"""What every part of a rule is: a number, a truth, a day or a code. Every mismatch is told with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Protocol

from socle.schemes.language.expressions import (
    And,
    Arithmetic,
    Call,
    Choice,
    Compare,
    Day,
    Expression,
    Fact,
    Household,
    In,
    Lookup,
    Negative,
    Not,
    Number,
    Or,
    Today,
    Truth,
    Type,
    Word,
)
from socle.schemes.language.parser import AGGREGATES, FUNCTIONS, KEYWORDS, Parser
from socle.schemes.language.places import Findings
from socle.vocabulary import NamedFact, say

MOST_FACTORS = 16
MOST_DECIMALS = 6

#: Of a function: the types of its arguments, and how few and how many it takes.
_TAKES: Mapping[str, tuple[Type, int, int]] = {
    "min": ("number", 2, 50), "max": ("number", 2, 50), "clip": ("number", 3, 3), "round": ("number", 1, 2),
    "abs": ("number", 1, 1), "floor": ("number", 1, 1), "years": ("day", 2, 2), "months": ("day", 2, 2), "days": ("day", 2, 2)}
_WRITE = {"min": "min(a, b)", "max": "max(a, b)", "clip": "clip(x, low, high)", "round": "round(x, 2)", "abs": "abs(x)",
          "floor": "floor(x)",
          "years": "years(born, today)", "months": "months(delivered_on, today)", "days": "days(unemployed_since, today)"}


class Tabled(Protocol):
    """A table of the scheme, as far as a rule must know it: of ``bands`` the key is a number, of ``codes`` a code."""

    @property
    def name(self) -> str: ...
    @property
    def bands(self) -> Sequence[object]: ...
    @property
    def codes(self) -> Mapping[str, float]: ...


class Checker:
    """Checks one rule. ``whose``: of whom the question is asked; in a rule of a household, a fact of a person stands inside an
    aggregate."""

    def __init__(self, findings: Findings, parser: Parser, facts: Mapping[str, NamedFact], tables: Sequence[Tabled], *,
                 whose: str | None = None) -> None:
        self.findings = findings
        self.places = parser.places
        self.facts = facts
        self.tables: dict[str, list[Tabled]] = {}
        for table in tables:
            self.tables.setdefault(table.name, []).append(table)
        self.whose = whose
        self._inside = False

    def expect(self, e: Expression, wanted: Type, remedy: str = "") -> None:
        """Tell where ``e`` is not of this type. What is told already is not told twice."""
        found = self.type_of(e)
        if found is not None and found != wanted:
            self._tell(e, "rule_type", say("{found} stands where {wanted} is needed: “{value}”.", found=_a(found).capitalize(),
                                           wanted=_a(wanted), value=self._text(e)), remedy or _remedy(found, wanted))

    def type_of(self, e: Expression) -> Type | None:
        """The type; None where it cannot be said, which is told already."""
        match e:
            case Number():
                return "number"
            case Truth():
                return "truth"
            case Day() | Today():
                return "day"
            case Word():
                return "code"
            case Fact(name):
                return self._fact(e, name)
            case Compare() | In():
                return self._comparison(e)
            case And(parts) | Or(parts):
                for part in parts:
                    self.expect(part, "truth")
                return "truth"
            case Not(part):
                self.expect(part, "truth")
                return "truth"
            case Arithmetic() | Negative():
                return self._arithmetic(e)
            case Choice(condition, then, otherwise):
                self.expect(condition, "truth")
                return self._both(e, then, otherwise)
        return self._named(e)

    # -- the parts

    def _fact(self, e: Fact, name: str) -> Type | None:
        fact = self.facts.get(name)
        if fact is None:
            if not self.findings.full:  # looking for what may have been meant takes time
                self._unknown(e, name)
            return None
        if fact.of == "person" and self.whose == "household" and not self._inside:
            self._tell(e, "rule_scope", say("“{value}” is a fact of a person, and the rule asks about a household.", value=name),
                       say("Say of which members: any(members, ...), all(members, ...), count(members, ...) or sum(members, ...)."))
        return fact.type

    def _unknown(self, e: Fact, name: str) -> None:
        if name in FUNCTIONS | AGGREGATES:
            self._tell(e, "rule_arguments", say("“{value}” needs its parts in parentheses.", value=name),
                       say("Write {example}.", example=_WRITE.get(name, f"{name}(members, ...)")))
        elif name in KEYWORDS:
            self._tell(e, "rule_unknown_word", say("“{value}” stands alone.", value=name),
                       say("Write count(members, ...), sum(members, ...), any(members, ...) or all(members, ...)."))
        elif name in self.tables:
            self._tell(e, "rule_arguments", say("“{value}” is a table of the scheme.", value=name),
                       say("Say which row: {example}.", example=f"{name}[...]"))
        else:
            self._tell(e, "rule_unknown_word", say("“{value}” is no fact that the vocabulary knows.", value=name),
                       self._nearest(name))

    def _nearest(self, name: str) -> str:
        near = get_close_matches(name.casefold(), self.facts, n=3, cutoff=0.6)
        if near:
            return say("Did you mean {near}?", near=", ".join(near))
        owners = [f'{fact.name} == "{name}"' for fact in self.facts.values() if name in fact.codes]
        if owners:
            return say("A code stands in quotes: {example}.", example=owners[0])
        return say("The facts that a rule may name are in docs/reference/facts.md.")

    def _comparison(self, e: Compare | In) -> Type:
        if isinstance(e, In):
            item = self.type_of(e.item)
            for option in e.options:
                found = self.type_of(option)
                if item is not None and found != item:
                    self._tell(option, "rule_type", say("“{value}” is not of the kind that stands before “in”: {wanted} is needed.",
                                                        value=self._text(option), wanted=_a(item)), _remedy(found, item))
                else:
                    self._code(e.item, option)
            return "truth"
        left, right = self.type_of(e.left), self.type_of(e.right)
        if left is None or right is None:
            return "truth"
        if left != right:
            self._tell(e, "rule_type",
                       say("{left} is compared with {right}: “{value}”.", left=_a(left).capitalize(), right=_a(right),
                                           value=self._text(e)), _compared(left, right))
        elif e.op not in ("==", "!=") and left in ("truth", "code"):
            self._tell(e, "rule_type", say("{left} has no order: “{value}”.", left=_a(left).capitalize(), value=self._text(e)),
                       say("Compare it with == or !=, or with in."))
        else:
            self._code(e.left, e.right)
            self._code(e.right, e.left)
        return "truth"

    def _code(self, asked: Expression, word: Expression) -> None:
        fact = self.facts.get(asked.name) if isinstance(asked, Fact) else None
        if fact is None or not isinstance(word, Word) or not fact.codes or word.value in fact.codes or self.findings.full:
            return
        near = get_close_matches(word.value.casefold(), fact.codes, n=2, cutoff=0.5)
        self._tell(word, "rule_unknown_code", say("“{value}” is no code of {fact}.", value=word.value, fact=fact.name),
                   say("Did you mean {near}?", near=", ".join(near)) if near
                   else say("Use one of: {codes}.", codes=", ".join(fact.codes)))

    def _arithmetic(self, e: Arithmetic | Negative) -> Type:
        parts = (e.part,) if isinstance(e, Negative) else (e.left, e.right)
        for part in parts:
            found = self.type_of(part)
            if found == "day":
                self._tell(part, "rule_type", say("Days are not added or subtracted: “{value}”.", value=self._text(part)),
                           say("Count between two days: years(from, to), months(from, to) or days(from, to)."))
            elif found not in (None, "number"):
                self._tell(part, "rule_type", say("{found} stands in a calculation: “{value}”.", found=_a(found).capitalize(),
                                                  value=self._text(part)), _remedy(found, "number"))
        return "number"

    def _both(self, e: Expression, one: Expression, other: Expression) -> Type | None:
        left, right = self.type_of(one), self.type_of(other)
        if left is not None and right is not None and left != right:
            self._tell(e, "rule_type", say("One answer is {left}, the other {right}: “{value}”.", left=_a(left), right=_a(right),
                                           value=self._text(e)), say("Make both of one kind."))
            return None
        return left or right

    def _named(self, e: Call | Lookup | Household) -> Type | None:
        if isinstance(e, Household):
            return self._household(e)
        if isinstance(e, Lookup):
            return self._lookup(e)
        takes = _TAKES.get(e.function)
        if takes is None:
            near = get_close_matches(str(e.function).casefold(), [*FUNCTIONS, *AGGREGATES], n=2, cutoff=0.6)
            self._tell(e, "rule_unknown_word", say("“{value}” is no function of the language.", value=e.function),
                       say("Did you mean {near}?", near=", ".join(near)) if near
                       else say("Use one of: {codes}.", codes=", ".join(sorted(FUNCTIONS | AGGREGATES))))
            for argument in e.arguments:
                self.type_of(argument)
            return None
        wanted, fewest, most = takes
        if not fewest <= len(e.arguments) <= most:
            self._tell(e, "rule_arguments", say("{name} takes {n} parts, and {found} stand there.", name=e.function,
                                                n=fewest if fewest == most else f"{fewest}–{most}", found=len(e.arguments)),
                       say("Write {example}.", example=_WRITE[e.function]))
        for argument in e.arguments:
            self.expect(argument, wanted)
        if e.function == "round" and len(e.arguments) == 2 and not _whole(e.arguments[1]):
            self._tell(e.arguments[1], "rule_arguments",
                       say("How many decimals is written out, from 0 to {most}.", most=MOST_DECIMALS),
                       say("Write {example}.", example=_WRITE["round"]))
        return "number"

    def _lookup(self, e: Lookup) -> Type:
        key = self.type_of(e.key)
        dated = self.tables.get(e.table)
        if dated is None:
            near = get_close_matches(e.table.casefold(), self.tables, n=2, cutoff=0.5)
            self._tell(e, "rule_unknown_table", say("The scheme has no table “{value}”.", value=e.table),
                       say("Did you mean {near}?", near=", ".join(near)) if near
                       else say("Add it as [[table]] with its rows, date and source."))
        for table in dated or ():
            wanted: Type = "code" if table.codes else "number"
            if key is not None and key != wanted:
                self._tell(e.key, "rule_type",
                           say("The table {table} is read by {wanted}, and “{value}” is {found}.", table=e.table,
                                                   wanted=_a(wanted), value=self._text(e.key), found=_a(key)), _remedy(key, wanted))
        return "number"

    def _household(self, e: Household) -> Type:
        if self._inside:
            self._tell(e, "rule_scope", say("A count over the members stands inside another: “{value}”.", value=self._text(e)),
                       say("Members are gone through once; join the conditions with and."))
            return "number" if e.over in ("count", "sum") else "truth"
        self._inside = True
        self.expect(e.each, "number" if e.over == "sum" else "truth")
        if e.where is not None:
            self.expect(e.where, "truth")
        self._inside = False
        return "number" if e.over in ("count", "sum") else "truth"

    # -- bounds

    def few_factors(self, e: Expression) -> int:
        """How many figures are multiplied in one another at most; told where they are more than a double can hold."""
        children = children_of(e)
        counts = [self.few_factors(child) for child in children]
        if not (isinstance(e, Arithmetic) and e.op in "*/"):
            return max(counts, default=1)
        if sum(counts) > MOST_FACTORS:
            self._tell(e, "rule_factors", say("More than {most} figures are multiplied or divided in a row.", most=MOST_FACTORS),
                       say("Multiply the constants out, or use fewer factors."))
            return 1
        return sum(counts)

    def _text(self, e: Expression) -> str:
        start, end = self.places.get(id(e), (0, 0))
        text = " ".join(self.findings.text[start:end].split())
        return text if len(text) <= 60 else text[:59] + "…"

    def _tell(self, e: Expression, code: str, message: str, remedy: str) -> None:
        start, end = self.places.get(id(e), (0, 0))
        self.findings.tell(code, start, end, message, remedy)


def children_of(e: Expression) -> tuple[Expression, ...]:
    """The parts that a part is made of."""
    match e:
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return left, right
        case In(item, options):
            return item, *options
        case And(parts) | Or(parts):
            return parts
        case Not(part) | Negative(part):
            return (part,)
        case Call(_, arguments):
            return arguments
        case Choice(condition, then, otherwise):
            return condition, then, otherwise
        case Lookup(_, key):
            return (key,)
        case Household(_, each, where):
            return (each,) if where is None else (each, where)
    return ()


def _whole(e: Expression) -> bool:
    return isinstance(e, Number) and e.value in range(MOST_DECIMALS + 1)


def _a(kind: Type | None) -> str:
    return {"number": say("a number"), "truth": say("a condition (true or false)"), "day": say("a day"),
            "code": say("a code")}[kind or "number"]


def _remedy(found: Type | None, wanted: Type) -> str:
    if wanted == "truth":
        return {"number": say("Compare it with something, such as age >= 70."),
                "day": say("Compare it with a day, such as born < 1960-01-01."),
                "code": say("Compare it, such as area == \"rural\".")}.get(found or "", "")
    if wanted == "number":
        return {"truth": say("Choose a number: if the condition then 1 else 0."),
                "day": say("Count from it: years(from, to), months(from, to) or days(from, to)."),
                "code": say("Choose a number: if area == \"rural\" then 1 else 0; numbers stand without quotes."),
                }.get(found or "", "")
    if wanted == "day":
        return say("Write a day such as 2024-02-28, today, or a fact that is a day.")
    return say("A code stands in quotes: \"rural\".")


def _compared(left: Type, right: Type) -> str:
    kinds = {left, right}
    if kinds == {"number", "code"}:
        return say("Numbers stand without quotes, codes in quotes.")
    if kinds == {"number", "day"}:
        return say("Count from a day: years(from, to), months(from, to) or days(from, to); or write a day such as 2024-02-28.")
    if "truth" in kinds:
        return say("A condition stands alone: write disabled, or not disabled; join conditions with and, or.")
    return say("Compare a day with a day, a code with a code.")
