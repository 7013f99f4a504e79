"""Every deed of the log is a word of the reference and has words of its own."""

from __future__ import annotations

import re

from socle_web.audit.deeds import WORDS, in_words
from tests.architecture.house import ROOT


def test_every_deed_of_the_reference_is_told_in_words():
    page = (ROOT / "docs" / "reference" / "deeds.md").read_text(encoding="utf-8")
    listed = {deed for line in page.splitlines() if line.startswith("| `") for deed in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert listed == set(WORDS)


def test_a_deed_of_another_time_is_told_by_its_name():
    assert in_words("something_else") == "something_else"
