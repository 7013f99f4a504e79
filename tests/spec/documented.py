"""The codes of findings: those the reference lists, and those the library gives."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: Where the code stands among the arguments of what makes a finding.
PLACE = {"Finding": 5, "Wrong": 0, "_of_sheet": 2, "_not_read": 3, "wrong": 1, "note": 3, "_finding": 4}


def documented_codes() -> set[str]:
    page = (ROOT / "docs/reference/findings.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE))


def codes_of_any_page() -> set[str]:
    """The codes of findings.md and of the pages of other files: scheme files, rules, populations, economies, costings."""
    pages = (path.read_text(encoding="utf-8") for path in (ROOT / "docs/reference").glob("*.md"))
    return {code for page in pages for code in re.findall(r"^\| `([a-z0-9_]+)` \|", page, re.MULTILINE)}


def documented_anywhere() -> set[str]:
    """The codes of every reference page that has a table of findings: several may stand in one cell."""
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs/reference").glob("*.md"))
    cells = re.findall(r"^\| (`[^|]+`) \| (?:error|warning)[^|]* \|", pages, re.MULTILINE)
    return documented_codes() | {code for cell in cells for code in re.findall(r"`(\w+)`", cell)}


def codes_given() -> set[str]:
    """Every literal code in the rooms that give findings."""
    rooms = [p for room in ("tables", "datasets", "results", "cli") for p in (ROOT / "socle" / room).glob("*.py")]
    return {code for path in (*rooms, ROOT / "socle/errors.py") for code in _codes(ast.parse(path.read_text(encoding="utf-8")))}


def _codes(tree: ast.AST):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = PLACE.get(name)
            said = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            if place is not None and len(node.args) > place:
                said.append(node.args[place])
            yield from (s.value for s in said if isinstance(s, ast.Constant) and isinstance(s.value, str))
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
            yield from (s.value for s in [node.value] if isinstance(s, ast.Constant))
