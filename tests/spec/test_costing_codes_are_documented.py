"""Every code that the calculators give is in their reference pages, and those pages list no code that is gone."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILES = (*(f"costing/{name}" for name in ("assumption_files", "assumptions", "crisis", "fiscal_space", "floor", "floor_presets", "floor_remarks",
                                          "gap", "uncertainty")), "datasets/country_folders")
PAGES = ("floor", "gap", "fiscal-space")
#: Where the code stands among the arguments.
PLACE = {"Finding": 5, "wrong": 1, "_warning": 2, "_error": 1, "_assume": 2}


def given():
    for name in FILES:
        tree = ast.parse((ROOT / f"socle/{name}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                place = PLACE.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
                if place is not None and len(node.args) > place:
                    yield from literals(node.args[place])
            elif isinstance(node, ast.Tuple) and len(node.elts) == 4 and isinstance(node.elts[2], ast.Call):
                yield from literals(node.elts[1])  # (key, code, say(...), say(...))


def literals(node):
    parts = (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,)
    yield from (one.value for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str))


def documented():
    for page in PAGES:
        for cell in re.findall(r"^\| (`[^|]+`) \| (?:error|warning) \|", (ROOT / f"docs/reference/{page}.md").read_text("utf-8"), re.MULTILINE):
            yield from re.findall(r"`(\w+)`", cell)


def test_every_code_of_the_calculators_is_documented():
    found = set(given())
    assert len(found) > 30
    assert sorted(found - set(documented())) == []


def test_the_pages_of_the_calculators_list_no_code_that_is_gone():
    assert sorted(set(documented()) - set(given()) - {"empty"}) == []
