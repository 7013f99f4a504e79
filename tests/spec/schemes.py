"""Scheme files for tests: a good one, and the same with something else in it."""

from __future__ import annotations

from socle import schemes

GOOD = """\
id = "utania-grant"
country = "XUT"
name.en = "Utanian grant"
branch = "old_age"
guarantee = "older_persons"
contributory = false
unit = "person"
institution = "Pension office"

[[law]]
title = "Pensions Act"
from = 2020-01-01
source = "Gazette, 1"

[[eligibility]]
part = "age"
from = 2020-01-01
rule = "age >= 70"
article = "article 4"
source = "Gazette, article 4"

[[benefit]]
tier = "basic"
from = 2020-01-01
amount = 100
currency = "USD"
per = "month"
source = "Gazette, article 5"
"""


def changed(*changes: tuple[str, str], text: str = GOOD) -> str:
    """The file with texts in it replaced; each is there."""
    for old, new in changes:
        assert old in text, f"not in the file: {old}"
        text = text.replace(old, new, 1)
    return text


def findings(text: str | bytes):
    return schemes.parse(text).findings


def told(text: str | bytes):
    """(code, line, key path, value) of every error."""
    return [(one.code, one.row, one.column, one.value) for one in findings(text) if one.severity == "error"]


def codes(text: str | bytes):
    return [one.code for one in findings(text)]
