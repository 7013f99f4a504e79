"""A rule's text, read into its tree. Nothing is executed; what is not understood is told, with its place.

From the loosest: ``if .. then .. else``, ``or``, ``and``, ``not``, comparison and ``in``, ``+ -``, ``* /``, minus, and what stands
alone.
"""

from __future__ import annotations

from typing import NoReturn, cast, get_args

from socle.schemes.language.expressions import (
    And,
    Arithmetic,
    Call,
    Choice,
    Compare,
    Comparison,
    Day,
    Expression,
    Fact,
    Function,
    Household,
    In,
    Lookup,
    Negative,
    Not,
    Number,
    Operator,
    Or,
    Over,
    Today,
    Truth,
    Word,
)
from socle.schemes.language.places import Findings, Misunderstood
from socle.schemes.language.tokens import Token, cut
from socle.vocabulary import say

LONGEST = 10_000
DEEPEST = 50

FUNCTIONS = frozenset(get_args(Function))
AGGREGATES = frozenset(get_args(Over))
KEYWORDS = frozenset({"and", "or", "not", "in", "if", "then", "else", "true", "false", "today", "members"})
#: No fact and no table has one of these names.
RESERVED = FUNCTIONS | AGGREGATES | KEYWORDS

_COMPARISONS = frozenset(get_args(Comparison))
_OR, _AND, _COMPARE, _SUM, _PRODUCT = 1, 2, 4, 5, 6
_LEVELS = {"or": _OR, "and": _AND, "in": _COMPARE, "not": _COMPARE, "+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}
_LEVELS |= dict.fromkeys(_COMPARISONS, _COMPARE)

Places = dict[int, tuple[int, int]]


class Parser:
    """Reads one rule. ``places`` says of each part of the tree (by identity) from where to where it stands in the text."""

    def __init__(self, text: str, findings: Findings) -> None:
        self.text = text
        self.findings = findings
        self.places: Places = {}
        self._depths: dict[int, int] = {}
        self._at = 0
        self._open = 0
        self._tokens: list[Token] = []

    def read(self) -> Expression:
        """The tree; ``Misunderstood`` where the text ends or turns before it is one (told in ``findings``)."""
        if len(self.text) > LONGEST:
            self._refuse("rule_too_long", 0, 40,
                         say("The rule has {n} characters; at most {most} are read.", n=len(self.text), most=LONGEST),
                         say("Split it: every article of the law may be an entry of its own."))
        if not self.text.strip():
            self._refuse("rule_empty", 0, 0, say("The rule is empty."),
                         say("Write a condition, such as age >= 70. Nothing is never “everyone”."))
        self._tokens = cut(self.text, self.findings.tell)
        expression = self._expression()
        rest = self._now
        if rest.kind != "end":
            self._refuse_rest(rest)
        return expression

    # -- the tokens

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def _is(self, *texts: str) -> bool:
        token = self._now
        return token.kind in ("word", "sign") and token.text in texts

    def _need(self, text: str, after: Token, what: str) -> Token:
        if self._is(text):
            return self._take()
        token = self._now
        told = say("The rule ends here, and “{sign}” is missing.", sign=text) if token.kind == "end" else (
            say("“{value}” stands where “{sign}” is needed.", value=self._written(token), sign=text))
        start = token.start if token.kind != "end" else after.start
        return self._refuse("rule_unfinished", start, token.end, told, what)

    def _refuse(self, code: str, start: int, end: int, message: str, remedy: str) -> NoReturn:
        self.findings.tell(code, start, end, message, remedy)
        raise Misunderstood

    def _written(self, token: Token) -> str:
        return self.text[token.start:token.end]

    def _refuse_rest(self, token: Token) -> NoReturn:
        written = self._written(token)
        if written == ")":
            self._refuse("rule_unfinished", token.start, token.end, say("A parenthesis is closed that was never opened."),
                         say("Take it out, or open it earlier."))
        if written == ",":
            self._refuse("rule_unfinished", token.start, token.end, say("A comma stands between two conditions."),
                         say("Join conditions with and, or with or; write large numbers as 1_500."))
        self._refuse("rule_unfinished", token.start, token.end,
                     say("“{value}” stands where the rule should end or be continued.", value=written),
                     say("Join it to what stands before: with and, or, a comparison or a sign of arithmetic."))

    # -- the tree

    def _made(self, node: Expression, start: int, *children: Expression) -> Expression:
        end = self._tokens[self._at - 1].end if self._at else start
        depth = 1 + max((self._depths[id(child)] for child in children), default=0)
        if depth > DEEPEST:
            self._too_deep(start, end)
        self.places[id(node)] = (start, end)
        self._depths[id(node)] = depth
        return node

    def _too_deep(self, start: int, end: int) -> NoReturn:
        self._refuse("rule_too_deep", start, end, say("The rule is nested more than {most} deep.", most=DEEPEST),
                     say("Split it into several entries; a long sum is grouped in parentheses: (a + b + c) + (d + e + f)."))

    def _expression(self) -> Expression:
        self._open += 1
        if self._open > DEEPEST:
            self._too_deep(self._now.start, self._now.end)
        found = self._choice() if self._is("if") else self._binary(_OR)
        self._open -= 1
        return found

    def _choice(self) -> Expression:
        begin = self._take()
        how = say("Write: if a condition then this else that.")
        condition = self._expression()
        self._need("then", begin, how)
        then = self._expression()
        self._need("else", begin, how)
        otherwise = self._expression()
        return self._made(Choice(condition, then, otherwise), begin.start, condition, then, otherwise)

    def _binary(self, least: int) -> Expression:
        start = self._now.start
        left = self._unary()
        while True:
            token = self._now
            level = _LEVELS.get(token.text, 0) if token.kind in ("word", "sign") else 0
            if level < least or (token.text == "not" and self._tokens[self._at + 1].text != "in"):
                return left
            if token.text in ("and", "or"):
                parts = [left]
                while self._is(token.text):
                    self._take()
                    parts.append(self._binary(level + 1 if token.text == "or" else 3))
                made = And(tuple(parts)) if token.text == "and" else Or(tuple(parts))
                left = self._made(made, start, *parts)
            elif level == _COMPARE:
                left = self._comparison(left, start)
                while self._is(*_COMPARISONS, "in"):
                    left = self._chained(left, start)
            else:
                self._take()
                right = self._binary(level + 1)
                left = self._made(Arithmetic(cast(Operator, token.text), left, right), start, left, right)

    def _comparison(self, left: Expression, start: int) -> Expression:
        token = self._take()
        negated = token.text == "not" and self._take()
        if token.text == "in" or negated:
            options = self._options(token)
            made = self._made(In(left, options), start, left)
            return self._made(Not(made), start, made) if negated else made
        right = self._binary(_SUM)
        return self._made(Compare(cast(Comparison, token.text), left, right), start, left, right)

    def _chained(self, left: Expression, start: int) -> Expression:
        """Tell of ``70 < age < 80``, and go on as if it had been written out."""
        begin = self._now.start
        last = left.parts[-1] if isinstance(left, And) else left
        middle = last.right if isinstance(last, Compare) else last
        second = self._comparison(middle, begin)
        end = self._tokens[self._at - 1].end
        written_out = f"{self.text[start:begin].strip()} and {self.text[slice(*self.places[id(middle)])]} {self.text[begin:end]}"
        self.findings.tell("rule_chain", start, end, say("Two comparisons stand in a row."),
                           say("Write both out and join them: {example}.", example=" ".join(written_out.split())))
        return self._made(And((left, second)), start, left, second)

    def _options(self, token: Token) -> tuple[Number | Day | Word, ...]:
        how = say("Write the values in parentheses: region in (\"north\", \"south\").")
        opened = self._need("(", token, how)
        options = [self._option(how)]
        while self._is(","):
            self._take()
            options.append(self._option(how))
        self._need(")", opened, how)
        return tuple(options)

    def _option(self, how: str) -> Number | Day | Word:
        start = self._now.start
        negative = self._is("-") and self._take()
        token = self._take()
        if negative and token.kind != "number":
            self._refuse_value(token, how)
        if token.kind == "number" and isinstance(token.value, float):
            made: Number | Day | Word = Number(-token.value if negative else token.value)
        elif token.kind == "day" and isinstance(token.value, int):
            made = Day(token.value)
        elif token.kind == "quoted":
            made = Word(str(token.value))
        else:
            self._refuse_value(token, how)
        self._made(made, start)
        return made

    def _refuse_value(self, token: Token, how: str) -> NoReturn:
        self._refuse("rule_unfinished", token.start, token.end, say("A number, a day or a quoted code is needed here."), how)

    def _unary(self) -> Expression:
        token = self._now
        if not self._is("-", "not"):
            return self._primary()
        self._take()
        if token.text == "-" and self._now.kind == "number":
            number = self._take()
            return self._made(Number(-cast(float, number.value) or 0.0), token.start)
        self._open += 1
        if self._open > DEEPEST:
            self._too_deep(token.start, self._now.end)
        part = self._unary() if token.text == "-" else self._binary(_COMPARE)
        self._open -= 1
        return self._made(Negative(part) if token.text == "-" else Not(part), token.start, part)

    def _primary(self) -> Expression:
        token = self._now
        if token.kind == "end" or (token.kind == "sign" and token.text != "("):
            self._refuse_operand(token)
        if token.kind == "word" and token.text in ("and", "or", "in", "then", "else"):
            self._refuse_operand(token)
        if self._is("if"):
            self.findings.tell("rule_unfinished", token.start, token.end,
                               say("An “if” inside a calculation stands in parentheses."),
                               say("Write (if a condition then this else that)."))
            return self._expression()
        self._take()
        if token.kind == "number":
            return self._made(Number(cast(float, token.value)), token.start)
        if token.kind == "day":
            return self._made(Day(cast(int, token.value)), token.start)
        if token.kind == "quoted":
            return self._made(Word(str(token.value)), token.start)
        if token.text == "(":
            inside = self._expression()
            self._need(")", token, say("Close the parenthesis."))
            return inside
        return self._named(token)

    def _refuse_operand(self, token: Token) -> NoReturn:
        before = self._tokens[self._at - 1] if self._at else None
        if token.kind == "end" and before is not None:
            self._refuse("rule_unfinished", before.start, before.end,
                         say("The rule ends after “{value}”.", value=self._written(before)),
                         say("Write what follows, or take it out."))
        told = (say("Nothing stands before “{value}”.", value=self._written(token)) if before is None else
                say("Nothing stands between “{before}” and “{value}”.", before=self._written(before), value=self._written(token)))
        self._refuse("rule_unfinished", token.start, token.end, told,
                     say("Write a fact, a number, a day, a quoted code or a condition there."))

    def _named(self, token: Token) -> Expression:
        name = token.text
        if self._is("("):
            return self._called(token)
        if self._is("["):
            self._take()
            key = self._expression()
            self._need("]", token, say("Close the bracket: table[key]."))
            return self._made(Lookup(name, key), token.start, key)
        if name in ("true", "false"):
            return self._made(Truth(name == "true"), token.start)
        if name == "today":
            return self._made(Today(), token.start)
        return self._made(Fact(name), token.start)

    def _called(self, token: Token) -> Expression:
        opened = self._take()
        name = token.text
        if name in AGGREGATES:
            if not self._is("members"):
                self._refuse("rule_arguments", token.start, self._now.end,
                             say("{name} goes over the members of a household.", name=name),
                             say("Write {example}.", example=_EXAMPLES[name]))
            self._take()
            arguments = self._arguments_after(self._need(",", token, say("Write {example}.", example=_EXAMPLES[name])), opened)
            most = 2 if name == "sum" else 1
            if len(arguments) > most:
                self._refuse("rule_arguments", token.start, self._tokens[self._at - 1].end,
                             say("{name} has too many parts.", name=name), say("Write {example}.", example=_EXAMPLES[name]))
            where = arguments[1] if len(arguments) > 1 else None
            return self._made(Household(cast(Over, name), arguments[0], where), token.start, *arguments)
        arguments = [] if self._is(")") else self._arguments_after(opened, opened)
        if not arguments:
            self._need(")", opened, say("Close the parenthesis."))
        made = Call(cast(Function, name), tuple(arguments))
        return self._made(made, token.start, *arguments)

    def _arguments_after(self, _before: Token, opened: Token) -> list[Expression]:
        arguments = [self._expression()]
        while self._is(","):
            self._take()
            arguments.append(self._expression())
        self._need(")", opened, say("Close the parenthesis."))
        return arguments


_EXAMPLES = {"count": "count(members, age < 18)", "sum": "sum(members, monthly_earnings)", "any": "any(members, disabled)",
             "all": "all(members, age >= 18)"}
