"""docs/reference/unit-records.md lists every key of a mapping, every series and every code that unit records give."""

import ast
import re
from dataclasses import fields
from pathlib import Path

from socle.coverage import Mark, RecordsMapping
from socle.coverage.records_counting import what_is_counted
from socle.coverage.records_mapping import _MARK, _TOP
from socle.datasets import made_up
from socle.vocabulary import COVERAGE_GROUPS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/unit-records.md").read_text(encoding="utf-8")
FILES = [*sorted((ROOT / "socle/coverage").glob("records*.py")), ROOT / "socle/datasets/records.py"]
#: Where the code stands among the arguments of what makes a finding.
PLACE = {"Finding": 5, "warn": 2}


def codes():
    for path in FILES:
        for call in (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            place = PLACE.get(name, (2 if isinstance(call.func, ast.Attribute) else 1) if name == "wrong" else None)
            if place is not None and len(call.args) > place and isinstance(call.args[place], ast.Constant):
                yield call.args[place].value


def test_every_code_is_in_the_page_and_none_that_is_gone():
    documented = set(re.findall(r"^\| `([a-z_]+)` \| (?:error|warning) \|", PAGE, re.MULTILINE))
    assert documented == set(codes())


def test_every_key_of_a_mapping_is_in_the_page():
    keys = set(re.findall(r"^\| `\[*([a-z_]+)\]*` \|", PAGE, re.MULTILINE))
    assert {*_TOP, *_MARK} <= keys
    assert {one.name for one in fields(Mark)} == set(_MARK)
    assert {one.name for one in fields(RecordsMapping)} == {*_TOP, "marks"} - {"mark"}


def test_every_series_is_in_the_page():
    marks = tuple(Mark("one", branch, counts, column="c") for branch in ("family", "maternity", "invalidity", "unemployment", "old_age",
                                                                        "employment_injury", "medical_care")
                  for counts in ("recipients", "active_contributors"))
    counted = what_is_counted(RecordsMapping("XUT", 2024, marks), made_up("XUT").schemes, COVERAGE_GROUPS)
    assert len(counted) == 18
    assert [one.series for one in counted if f"`{one.series}`" not in PAGE] == []
