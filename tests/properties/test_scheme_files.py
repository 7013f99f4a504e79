"""What holds for any scheme file: it is read, written and read again as the same; the checker and the JSON Schema refuse together."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socle import schemes
from tests.properties.scheme_files import AMOUNTS, files

SCHEMA = jsonschema.Draft202012Validator(schemes.json_schema(), format_checker=jsonschema.FormatChecker())


def as_json(tables):
    """The tables as JSON writes them: days as texts."""
    return json.loads(json.dumps(tables, default=date.isoformat))


def same(one, other):
    return replace(one, digest="") == replace(other, digest="")


@settings(max_examples=20, deadline=None)
@given(files())
def test_a_scheme_is_written_and_read_again_as_the_same(tables):
    made = schemes.parse(schemes.toml(tables)).required()
    again = schemes.parse(schemes.canonical(made)).required()

    assert same(made, again)
    assert schemes.canonical(again) == schemes.canonical(made)


@settings(max_examples=20, deadline=None)
@given(files())
def test_what_the_checker_accepts_the_schema_accepts(tables):
    assert schemes.parse(schemes.toml(tables)).errors == ()
    assert list(SCHEMA.iter_errors(as_json(tables))) == []


def places(value, at=()):
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        yield (*at, key)
        yield from places(part, (*at, key))


def parent(tables, place):
    for part in place[:-1]:
        tables = tables[part]
    return tables


#: Keys of which every value of this kind is wrong wherever they stand.
BREAK = {
    "id": ["", "a b", 5], "country": ["Malawi", 12, "XX1"], "branch": ["pension", True], "guarantee": ["old"], "contributory": ["yes", 1],
    "unit": ["family"], "currency": ["usd", 840], "from": ["1/1/2020", True, "2020-13-01"], "rule": [True, ""], "source": ["", 5, {"place": "x"}, ", table 1"],
    "verified": ["no"], "per": ["monthly"], "amount": [-1, "100", 1e18], "share": [-0.1, 45, "half"], "of": ["gdp"], "rate": [-0.7, 1.3, "3%"],
    "months": [0, -1, 1e9], "waiting_days": [1.5, -1], "index": ["cpi", {"prices": -1}, {"cpi": 1}], "floor": [-1, True], "cap": [-5],
    "payer": ["boss"], "subsidy": [1.01], "ceiling": [-1], "year": [24, 2020.5], "coverage": [1.01, -0.1], "count": [-1], "ages": [[5], ["a", 3], 7],
    "bands": [[], [[1]], 3], "name": [{"fr": "sans anglais"}, {"en": ""}, 7], "title": [""], "key": [5], "note": [""], "formula": [7, ""],
    "institution": [""], "value": ["x"],
}


@settings(max_examples=40, deadline=None)
@given(files(), st.data())
def test_what_is_broken_the_checker_and_the_schema_both_refuse(tables, data):
    tables = deepcopy(tables)
    spots = [place for place in places(tables) if place[-1] in BREAK]
    place = data.draw(st.sampled_from(spots))
    holder = parent(tables, place)
    holder[place[-1]] = data.draw(st.sampled_from(BREAK[place[-1]]))
    if isinstance(holder.get("index"), dict) and place[-1] == "rate":
        return

    errors = schemes.parse(schemes.toml(tables)).errors if not _vanishes(holder[place[-1]]) else None
    assert errors is None or errors
    assert list(SCHEMA.iter_errors(as_json(tables)))


def _vanishes(value):
    """What ``toml`` leaves out as absent: the checker never sees it."""
    return value in ("", [], {}) or (isinstance(value, dict) and "" in value.values())


@settings(max_examples=20, deadline=None)
@given(files(), st.data())
def test_a_key_that_is_needed_or_unknown_both_tell(tables, data):
    tables = deepcopy(tables)
    holders = [tables, *tables["eligibility"], *tables["benefit"]]
    holder = data.draw(st.sampled_from(holders))
    if data.draw(st.booleans()):
        needed = ["id", "country", "name", "branch", "contributory", "unit"] if holder is tables else ["from", "source"]
        del holder[data.draw(st.sampled_from(needed))]
    else:
        holder["colour"] = "red"

    assert schemes.parse(schemes.toml(tables)).errors
    assert list(SCHEMA.iter_errors(as_json(tables)))


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(alphabet="[]{}='\"#\n .,\\abc1-", max_size=200).map(str.encode)))
def test_any_bytes_are_refused_and_never_a_defect(content):
    reading = schemes.parse(content)

    assert reading.scheme is None
    assert reading.errors


@settings(max_examples=30, deadline=None)
@given(files(), st.data())
def test_a_file_cut_or_scrambled_anywhere_is_told_and_never_a_defect(tables, data):
    text = schemes.toml(tables)
    at = data.draw(st.integers(0, len(text)))
    piece = data.draw(st.text(alphabet="[]{}='\"#\n ", max_size=5))
    reading = schemes.parse(text[:at] + piece + text[at + data.draw(st.integers(0, 20)):])

    assert (reading.scheme is None) == bool(reading.errors)
    assert all(one.message and one.remedy and (one.row is None or one.row >= 1) for one in reading.findings)


@settings(max_examples=20, deadline=None)
@given(files())
def test_on_a_day_one_entry_of_each_name_is_in_force_and_nothing_that_has_not_begun(tables):
    made = schemes.parse(schemes.toml(tables)).required()
    for day in sorted({benefit.since for benefit in made.benefits} | {date(1980, 1, 1), date(2070, 1, 1)}):
        now = made.on(day)
        assert all(entry.since <= day and (entry.until is None or day <= entry.until) for entry in (*now.benefits, *now.eligibility))
        assert len({benefit.tier for benefit in now.benefits}) == len(now.benefits)
        assert now.on(day) == now


@settings(max_examples=20, deadline=None)
@given(files(), AMOUNTS, st.data())
def test_a_scenario_changes_what_it_names_and_nothing_else(tables, amount, data):
    made = schemes.parse(schemes.toml(tables)).required()
    tier = data.draw(st.sampled_from(made.benefits)).tier
    change = {"amount": amount, "currency": "USD"}
    named = {"benefit": {tier: change} if tier else change}

    reading = schemes.overlay(made, {"scheme": {made.id: named}}, scenario="more")

    changed = reading.required()
    mine = [benefit for benefit in changed.benefits if benefit.tier == tier]
    latest = max(mine, key=lambda benefit: benefit.since)
    assert latest.amount == pytest.approx(amount)
    assert (latest.share, latest.formula, latest.source.verified) == (None, None, False)
    untouched = [benefit for benefit in made.benefits if (benefit.tier, benefit.since) != (tier, latest.since)]
    assert [benefit for benefit in changed.benefits if (benefit.tier, benefit.since) != (tier, latest.since)] == untouched
    assert replace(changed, benefits=(), text="", digest="") == replace(made, benefits=(), text="", digest="")


@settings(max_examples=30, deadline=None)
@given(files())
def test_a_scenario_that_changes_nothing_gives_the_same_scheme(tables):
    made = schemes.parse(schemes.toml(tables)).required()

    assert same(schemes.overlay(made, "[economy.gdp]\ngrowth = 0.02\n").required(), made)
