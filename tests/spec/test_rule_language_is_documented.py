"""docs/reference/rule-language.md: its examples are rules, and it lists every function, word and error, and none that is gone."""

from __future__ import annotations

import ast
import re

import pytest

from socle import schemes
from tests.architecture import house
from tests.properties.rules import TABLES

PAGE = (house.ROOT / "docs" / "reference" / "rule-language.md").read_text(encoding="utf-8")
CONDITIONS, AMOUNTS = (block.splitlines() for block in re.findall(r"^```rules\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
GIVING = ["socle/schemes/rules.py", "socle/entitlements/given.py", *(f"socle/schemes/language/{name}.py" for name in ("tokens", "parser", "types"))]


@pytest.mark.parametrize("text", CONDITIONS)
def test_an_example_of_a_condition_is_one(text):
    rule = schemes.parse_rule(text, tables=TABLES, expect="truth")
    assert schemes.parse_rule(schemes.written(rule.expression)).expression == rule.expression


@pytest.mark.parametrize("text", AMOUNTS)
def test_an_example_of_an_amount_is_one(text):
    assert schemes.parse_rule(text, tables=TABLES, expect="number")


@pytest.mark.parametrize("word", sorted(schemes.RESERVED))
def test_every_word_of_the_language_is_explained(word):
    table = PAGE.partition("| write |")[2].partition("## What it means")[0]
    assert re.search(rf"`[^`]*\b{word}\b[^`]*`", table)


def codes_given():
    """Every code that the language and the reading of facts give."""
    for file in GIVING:
        for node in ast.walk(ast.parse((house.ROOT / file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"(rule|facts?)_[a-z_]+", node.value):
                yield node.value


def test_every_error_is_listed_and_none_that_is_gone():
    documented = set(re.findall(r"^\| `((?:rule|facts?)_[a-z_]+)` \|", PAGE, re.MULTILINE))
    assert documented == set(codes_given())
