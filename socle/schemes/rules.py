"""A rule: read from its text and checked, or an error that says everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from socle.errors import InputError
from socle.schemes.language.expressions import Expression, Type
from socle.schemes.language.parser import RESERVED, Parser
from socle.schemes.language.places import Findings, Misunderstood
from socle.schemes.language.types import Checker, Tabled
from socle.schemes.scheme import Rule, Unit
from socle.vocabulary import FACTS, NamedFact

__all__ = ["RESERVED", "derived", "parse_rule"]


def parse_rule(text: str, *, facts: Mapping[str, NamedFact] = FACTS, tables: Sequence[Tabled] = (), expect: Type | None = None,
               unit: Unit | None = None, line: int = 1, sheet: str | None = None, key: str | None = None) -> Rule:
    """The rule, or an ``InputError`` whose findings are everything that is wrong with it, each with its place.

    ``facts`` are the names it may use, ``tables`` those of the scheme; ``expect`` the type it must have. ``unit``: of whom it
    asks; in a rule of a household a fact of a person stands inside ``any``, ``all``, ``count`` or ``sum``. ``sheet``, ``line`` and
    ``key`` say where the text stands in a file: its name, the line of the rule's first character, the path of the key.
    """
    findings = Findings(text, sheet, line, key)
    expression = _read(findings, facts, tables, expect, unit)
    if findings.found or expression is None:
        raise InputError(findings.found[0].message, findings=findings.found)
    return Rule(text, expression, line)


def _read(findings: Findings, facts: Mapping[str, NamedFact], tables: Sequence[Tabled], expect: Type | None,
          unit: str | None) -> Expression | None:
    parser = Parser(findings.text, findings)
    try:
        expression = parser.read()
    except Misunderstood:
        return None
    checker = Checker(findings, parser, facts, tables, whose=unit)
    if expect is None:
        checker.type_of(expression)
    else:
        checker.expect(expression, expect)
    checker.few_factors(expression)
    return expression


@cache
def derived(fact: str) -> Expression | None:
    """How a fact of the vocabulary follows from others where it is not given; None where it does not."""
    rule = FACTS[fact].derived if fact in FACTS else None
    return None if rule is None else parse_rule(rule, expect=FACTS[fact].type).expression
