"""The scanner of lines finds exactly what the reader of values finds, whatever is written."""

from __future__ import annotations

import json
import string
import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from socle.schemes.lines import layout

BARE = st.text(alphabet=string.ascii_letters + string.digits + "_-", min_size=1, max_size=6)
SAID = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
NAMES = st.one_of(BARE, SAID)
BREAKS = st.sampled_from(["", " ", "\n", "\n# said between\n  ", "\r\n"])


def quoted(text):
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def name(text):
    return text if text and all(c in string.ascii_letters + string.digits + "_-" for c in text) else quoted(text)


SCALARS = st.one_of(
    st.integers(-10**9, 10**9).map(str), st.floats(allow_nan=False, allow_infinity=False, width=32).map(repr).map(
        lambda t: t if "." in t or "e" in t else t + ".0"), st.sampled_from(["true", "inf", "2024-02-29", "1_500", "0x1F", "07:32:00"]),
    SAID.map(quoted), SAID.filter(lambda t: "'" not in t).map(lambda t: f"'{t}'"),
    SAID.filter(lambda t: "'" not in t).map(lambda t: f"'''\n[not.a.header]\nnor = a key # {t}\n'''"),
    SAID.map(lambda t: f'"""\n[[nor]]\n{quoted(t)[1:-1]} "" \\""" text"""'),
)


@st.composite
def values(draw, depth=0):
    kind = draw(st.sampled_from(["scalar"] * 3 + ["array", "inline"] * (depth < 3)))
    if kind == "array":
        parts = [draw(BREAKS) + draw(values(depth + 1)) + draw(BREAKS) for _ in range(draw(st.integers(0, 3)))]
        return f"[{','.join(parts)}{draw(st.sampled_from(['', ','])) if parts else ''}{draw(BREAKS)}]"
    if kind == "inline":
        names = draw(st.lists(NAMES, max_size=3, unique=True))
        return "{" + ", ".join([f"{name(one)} = {draw(values(depth + 1))}" for one in names]) + "}"
    return draw(SCALARS)


@st.composite
def documents(draw):
    def pairs():
        names = draw(st.lists(NAMES, max_size=4, unique=True))
        return "".join(f"{draw(st.sampled_from(['', '  ']))}{name(one)}{draw(st.sampled_from([' = ', '=']))}{draw(values())} # so\n"
                       for one in names)

    text = pairs()
    used = set(tomllib.loads(text))
    for head in draw(st.lists(NAMES, max_size=4, unique=True)):
        if head in used:
            continue
        if draw(st.booleans()):
            text += f"[{name(head)}]\n{pairs()}\n"
        else:
            for _ in range(draw(st.integers(1, 3))):
                text += f"[[{name(head)}]]\n{pairs()}"
                inner = draw(NAMES)
                if inner not in tomllib.loads(text)[head][-1]:
                    text += f"[ {name(head)} . {name(inner)} ]\n{pairs()}"
    return text


def paths(value, at=()):
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        yield (*at, key)
        yield from paths(part, (*at, key))


@settings(max_examples=150, deadline=None)
@given(documents())
def test_every_key_and_value_has_its_place_and_nothing_else_has(text):
    found = layout(text).places

    assert set(found) == set(paths(tomllib.loads(text)))


@settings(max_examples=100, deadline=None)
@given(documents())
def test_what_is_written_at_a_place_reads_as_the_value(text):
    data = tomllib.loads(text)
    for path, place in layout(text).places.items():
        value = data
        for part in path:
            value = value[part]
        if not isinstance(value, dict | list):
            assert place.text == "" or tomllib.loads(f"v = {place.text}")["v"] == value
            assert place.text.splitlines()[0] in text.splitlines()[place.line - 1] or "\r" in place.text or "\x85" in text \
                or "\u2028" in text or "\u2029" in text or "\x1c" in text


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="[]{}='\"#\n ab.,1\\", max_size=80))
def test_any_text_is_gone_through(text):
    for statement in layout(text).statements:
        assert 1 <= statement.first <= statement.last


def test_a_dotted_key_and_a_table_within_an_array_have_their_lines():
    text = "a.b = 1\n\n[[law]]\ntitle = 'T'\n[law.more]\nx = [\n  1,\n  2,\n]\n[[law]]\ntitle = 'U'\n"
    found = layout(text).places

    assert found["a", "b"].line == 1
    assert found["law", 0, "more", "x", 1].line == 8
    assert (found["law", 1].line, found["law", 1, "title"].text) == (10, "'U'")
