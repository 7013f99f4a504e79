"""docs/reference/coverage.md lists every series, option, column and code of a report on coverage."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from pathlib import Path

from socle import coverage
from socle.coverage import report_printed, series
from socle.coverage.options import WORDS
from socle.vocabulary import COVERAGE_SERIES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/coverage.md").read_text(encoding="utf-8")
MINE = ("report", "series", "union", "spending", "adequacy", "legal", "why", "options")
FILES = [path for path in sorted((ROOT / "socle/coverage").glob("*.py")) if path.stem.startswith(MINE)]
FILES += [ROOT / "socle/cli/coverage_report.py", ROOT / "socle/cli/coverage_check.py"]
#: Where the code stands among the arguments of what makes a finding.
PLACE = {"Finding": 5, "warn": 0, "_finding": 4}


def codes():
    for path in FILES:
        for call in (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)):
            place = PLACE.get(getattr(call.func, "id", getattr(call.func, "attr", "")))
            if place is not None and len(call.args) > place and isinstance(call.args[place], ast.Constant):
                yield call.args[place].value


def test_every_code_is_in_the_page_and_none_that_is_gone():
    cells = re.findall(r"^\| (`[^|]+`) \| (?:error|warning) \|", PAGE, re.MULTILINE)
    assert {code for cell in cells for code in re.findall(r"`(\w+)`", cell)} == set(codes())


def test_every_series_is_in_the_page():
    known = [*COVERAGE_SERIES, *series.CONTRIBUTORS, series.HEALTH]
    assert [one for one in known if not re.search(rf"^\| `{one}` \|", PAGE, re.MULTILINE)] == []
    assert set(series.BRANCH_OF) | set(series.ASSISTANCE) | {"SI_COV_BENFTS", "SI_COV_WKINJRY"} == set(COVERAGE_SERIES)


def test_every_option_and_its_words_are_in_the_page():
    lines = {one.name: re.search(rf"^\| `{one.name}` \|.*$", PAGE, re.MULTILINE) for one in fields(coverage.Options)}
    assert [name for name, line in lines.items() if line is None] == []
    assert [(name, word) for name, words in WORDS.items() for word in words if f"`{word}`" not in lines[name].group()] == []


def test_every_column_and_verdict_is_in_the_page():
    columns = {*coverage.COLUMNS, *coverage.SPENDING_COLUMNS, *coverage.RECEIPT_COLUMNS, *coverage.ADEQUACY_COLUMNS,
               *coverage.RECONCILIATION_COLUMNS}
    verdicts = set(re.findall(r'"(\w+)"', str(report_printed.Verdict)) or re.findall(r"'(\w+)'", str(report_printed.Verdict)))
    assert len(verdicts) == 6
    assert sorted(word for word in columns | verdicts if f"`{word}`" not in PAGE) == []


def test_the_keys_of_printed_figures_are_in_the_page():
    assert [table for table, keys in coverage.KEYS.items() if f"| `{table}` | `{'/'.join(keys)}`" not in PAGE] == []
