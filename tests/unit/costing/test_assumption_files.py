"""Files of assumptions: what is wrong is said with its line, and nothing else than InputError comes out of any text."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socle import costing
from socle.errors import InputError

READERS = [costing.read_preset, costing.read_measures, costing.read_crisis, costing.read_assumptions]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(("text", "line"), [("", None), ("# only words", None), ("a = ", 1), ("a = 1\nb = [1, 2\n", 2), ("a = 1\na = 2", 2),
                                             ("[" * 5000, 1), ("a = " + "[" * 50_000, None)])
def test_what_is_no_toml_is_unreadable_and_says_the_line(read, text, line):
    with pytest.raises(InputError) as refusal:
        read(text, name="f.toml")
    (finding,) = refusal.value.findings
    assert finding.code == "unreadable"
    assert finding.sheet == "f.toml"
    assert line is None or finding.row == line


@pytest.mark.parametrize("read", READERS)
def test_a_file_of_something_else_names_what_is_missing_and_what_is_not_known(read):
    with pytest.raises(InputError) as refusal:
        read("colour = \"red\"\n", name="f.toml")
    assert {"unknown_key", "required"} <= {finding.code for finding in refusal.value.findings}


def test_lines_are_found_through_lists_inline_tables_and_long_texts():
    document = costing.opened('''a = 1
note = """
b = 2
[[one]]
"""
[x]
y.z = 3
[[one]]
k = { m = 1 }
[one.two]
v = 1
[[one]]
k = 4
[[one.three]]
w = 1
[[one.three]]
w = 2
''', name="f.toml")
    places = {"a": 1, "note": 2, "x.y.z": 7, "one[1]": 8, "one[1].k": 9, "one[1].k.m": 9, "one[1].two.v": 11, "one[2].k": 13,
              "one[2].three[2].w": 17, "one[2].three[2].missing": 16, "b": None}
    assert {path: document.line(path) for path in places} == places


WORDS = st.sampled_from(["id", "name", "source", "country", "benefit", "option", "group", "assumption", "level", "target", "low", "high", "cost",
                         "start", "probability", "ages", "share", "amount", "2026", "administration", "of", "months"])
VALUES = st.recursive(
    st.one_of(st.sampled_from(["1", "-1", "0.5", "nan", "inf", "true", '"x"', '"children"', "1979-05-27", "9" * 400, '""', "[0, 5]", "[5]"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3).map(lambda them: f"[{', '.join(them)}]"),
                            st.dictionaries(WORDS, inner, max_size=3).map(
                                lambda them: "{" + ", ".join(f"{key} = {value}" for key, value in them.items()) + "}")), max_leaves=6)
FILES = st.lists(st.one_of(st.tuples(WORDS, VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}"), WORDS.map(lambda word: f"[{word}]"),
                           WORDS.map(lambda word: f"[[{word}]]")), max_size=8).map("\n".join)


@given(st.one_of(FILES, st.text(max_size=200)))
@settings(deadline=None, max_examples=80)
def test_nothing_but_an_input_error_comes_out_of_any_text(text):
    for read in READERS:
        with contextlib.suppress(InputError):
            read(text, name="f.toml")


@given(FILES)
@settings(deadline=None, max_examples=40)
def test_every_refusal_says_what_to_do(text):
    for read in READERS:
        with pytest.raises(InputError) as refusal:
            read(f"{text}\nno_such_key = 1" if "[" not in text else f"no_such_key = 1\n{text}", name="f.toml")
        assert all(finding.message and finding.remedy and finding.code for finding in refusal.value.findings)
