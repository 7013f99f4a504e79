"""docs/reference/scheme-file.md and the JSON Schema beside it are what the code says; every finding of a scheme file is in it."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from datetime import date

import jsonschema
import pytest

from scripts import scheme_reference
from socle import schemes
from tests.spec.documented import ROOT
from tests.spec.schemes import GOOD

ROOM = [*(ROOT / "socle/schemes").glob("*.py"), ROOT / "socle/cli/scheme.py"]
PAGE = (ROOT / "docs/reference/scheme-file.md").read_text(encoding="utf-8")
#: Where the code stands among the arguments of what tells a finding.
PLACE = {"tell": 0, "refuse": 0, "_tell": 3, "Wrong": 0, "Finding": 5, "_of_file": 1}


def given():
    for path in ROOM:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                place = PLACE.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
                if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                    yield node.args[place].value
            elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and isinstance(node.value.elts[0], ast.Constant):
                yield node.value.elts[0].value


@pytest.mark.parametrize("name", scheme_reference.PAGES)
def test_the_committed_page_is_what_the_script_writes(name):
    assert (ROOT / name).read_text(encoding="utf-8") == scheme_reference.PAGES[name](), "run: python scripts/scheme_reference.py"


def test_every_finding_of_a_scheme_file_is_in_the_reference():
    codes = {code for code in given() if isinstance(code, str) and re.fullmatch(r"[a-z_]+", code)}
    documented = set(re.findall(r"^\| `([a-z_]+)` \|", PAGE[PAGE.index("## Findings"):], re.MULTILINE))

    assert {"never_everyone", "toml", "ramp_order", "unknown_key", "too_large", "case_fails"} <= codes
    assert codes - documented == set()
    assert documented - codes == set()


def test_the_examples_of_the_reference_are_read():
    blocks = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    grant = schemes.parse(GOOD).required()
    assumptions, scenario, cases = blocks

    assert schemes.parse(schemes.canonical(grant) + assumptions).findings == ()
    assert schemes.overlay(grant, scenario).findings == ()
    assert len(schemes.parse_cases(cases).cases) == 1


def test_the_schema_is_one_and_every_file_of_the_catalogue_validates():
    schema = json.loads((ROOT / "docs/reference/scheme.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    files = schemes.found(ROOT / "catalogue" / "schemes")

    assert len(files) >= 12
    for path in files:
        tables = json.loads(json.dumps(tomllib.loads(path.read_text(encoding="utf-8")), default=date.isoformat))
        assert [error.message for error in validator.iter_errors(tables)] == [], path
