"""The name of the file after -o says the format; an ending that is none is refused by every command, before anything is made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.spec.command import MADE_UP, socle

SCHEME = Path(__file__).parents[2] / "catalogue/schemes/mwi/older-persons-grant/scheme.toml"
COMMANDS = {
    "results check": ("results", "check", MADE_UP),
    "results report": ("results", "report", MADE_UP),
    "scheme check": ("scheme", "check", SCHEME),
    "cost": ("cost", SCHEME, "--years", "2025"),
    "floor": ("floor", "--country", "XUT", "--years", "2025"),
    "gap": ("gap", "--country", "XUT", "--years", "2025"),
    "fiscal-space": ("fiscal-space", "fiscal-space-utania", "--years", "2025"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_an_ending_that_is_no_format_is_refused_with_those_that_are(command, tmp_path):
    ended = socle(*COMMANDS[command], "-o", tmp_path / "x.foo")

    assert (ended.code, ended.out) == (2, "")
    assert "x.foo" in ended.err
    assert ".json, .csv" in ended.err
    assert not (tmp_path / "x.foo").exists()


@pytest.mark.parametrize("command", ["results check", "scheme check", "cost"])
def test_the_ending_says_the_format_and_a_format_that_is_said_goes_before(command, tmp_path):
    named, told, text = (tmp_path / name for name in ("x.json", "x.foo", "x.txt"))
    assert socle(*COMMANDS[command], "-o", named).code < 2
    assert socle(*COMMANDS[command], "--format", "json", "-o", told).code < 2
    assert socle(*COMMANDS[command], "-o", text).code < 2

    assert json.loads(named.read_text(encoding="utf-8")) == json.loads(told.read_text(encoding="utf-8"))
    assert text.read_text(encoding="utf-8")[:1] not in ("{", "[")
