"""docs/reference/costing.md lists every option, every code and every key of the economy file, and only those that exist."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from pathlib import Path

from socle.costing import COLUMNS, FIT_COLUMNS, Options
from tests.spec.documented import documented_codes

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/costing.md").read_text(encoding="utf-8")
FILES = ("costing/remarks.py", "costing/options.py", "costing/ramps.py", "costing/scenarios.py", "datasets/economy.py")
PLACE = {"Finding": 5, "_warning": 0, "_finding": 4}


def given():
    for name in FILES:
        for node in ast.walk(ast.parse((ROOT / "socle" / name).read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            place = PLACE.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
            told = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            told += [node.args[place]] if place is not None and len(node.args) > place else []
            for one in told:
                parts = (one.body, one.orelse) if isinstance(one, ast.IfExp) else (one,)
                yield from (part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))


def documented():
    return set(re.findall(r"^\| `(\w+)` \| (?:error|warning) \|", PAGE, re.MULTILINE))


def test_every_code_of_a_costing_is_in_the_reference():
    found = set(given())
    assert len(found) > 25
    assert sorted(found - documented() - documented_codes()) == []


def test_the_reference_of_costing_lists_no_code_that_is_gone():
    assert sorted(documented() - set(given())) == []


def test_every_convention_and_column_is_in_the_reference():
    assert [one.name for one in fields(Options) if f"| `{one.name}` |" not in PAGE] == []
    assert [name for name in (*COLUMNS, *FIT_COLUMNS) if f"`{name}`" not in PAGE] == []


def test_every_key_of_the_economy_file_is_in_the_reference():
    tree = ast.parse((ROOT / "socle/datasets/economy.py").read_text(encoding="utf-8"))
    columns = next(ast.literal_eval(node.value) for node in tree.body
                   if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "COLUMNS")
    assert [name for name in columns if f"`{name}`" not in PAGE] == []
