"""Fiscal space: flows, the balance against the cost, and the exact probability of closing the gap."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from socle import costing
from socle.costing import Measure, Measures
from socle.errors import InputError
from socle.vocabulary import FISCAL_SPACE_OPTIONS, Source

MADE_UP = Source("Made up")
YEARS = (2025, 2026, 2027, 2028)


def measure(low, high, probability=1.0, *, start=2025, ramp=1, until=None, option="tax"):
    return Measure(option, option, low, high, start, ramp, probability, MADE_UP, until)


def space(*measures, cost=None):
    return costing.fiscal_space(Measures("XUT", measures, cost or {}), years=YEARS)


def closing(cost, *measures):
    return costing.probability(measures, cost, year=2025)


def test_there_are_eight_options_of_which_six_enlarge_and_two_redirect():
    assert len(FISCAL_SPACE_OPTIONS) == 8
    assert len(FISCAL_SPACE_OPTIONS.group("enlarges")) == 6
    assert set(FISCAL_SPACE_OPTIONS.group("redirects")) == {"reallocation", "reserves"}
    assert next(iter(FISCAL_SPACE_OPTIONS)) == "contributions"


def test_a_flow_begins_in_its_year_rises_over_its_ramp_and_ends():
    rows = [row for row in space(measure(0.01, 0.03, 0.5, start=2026, ramp=2, until=2027)).rows() if row["option"] == "tax"]
    assert [row["low"] for row in rows] == [0, 0.005, 0.01, 0]
    assert [row["high"] for row in rows] == [0, 0.015, 0.03, 0]
    assert [row["expected"] for row in rows] == pytest.approx([0, 0.005, 0.01, 0])


def test_measures_of_one_option_are_one_row_and_all_are_added_up():
    rows = list(space(measure(0.01, 0.01), measure(0.02, 0.02), measure(0.04, 0.04, option="aid")).rows())
    assert [(row["option"], row["low"]) for row in rows if row["year"] == 2025] == [
        ("tax", pytest.approx(0.03)), ("aid", 0.04), ("all", pytest.approx(0.07))]


def test_what_remains_is_the_cost_less_the_expected_space():
    found = list(space(measure(0.01, 0.03, 0.5), cost={2025: 0.02, 2026: 0.005}).balance())
    assert found[0]["remaining"] == pytest.approx(0.01)
    assert found[1]["remaining"] == pytest.approx(-0.005)
    assert found[2]["remaining"] is None
    assert found[2]["probability"] is None


@pytest.mark.parametrize(("cost", "measures", "answer"), [
    (0.0, [], 1.0),
    (0.01, [], 0.0),
    (0.01, [measure(0.01, 0.01)], 1.0),
    (0.1 + 0.2, [measure(0.1, 0.1), measure(0.2, 0.2)], 1.0),
    (0.01, [measure(0.01, 0.01, 0.3)], 0.3),
    (0.01, [measure(0.0, 0.04)], 0.75),
    (0.01, [measure(0.0, 0.01, 0.5), measure(0.0, 0.01, 0.5)], 0.25 * 0.5),
    (0.03, [measure(0.0, 0.02), measure(0.0, 0.02)], 0.125),
    (0.011, [measure(0.01, 0.01, 0.5), measure(0.001, 0.001, 0.5)], 0.25),
])
def test_the_probability_is_that_of_the_sum_reaching_the_cost(cost, measures, answer):
    assert closing(cost, *measures) == pytest.approx(answer, abs=1e-15)


def test_eight_uniform_flows_follow_irwin_and_hall():
    eight = [measure(0.0, 0.001)] * 8
    below = sum((-1) ** k * math.comb(8, k) * (3.5 - k) ** 8 for k in range(4)) / math.factorial(8)
    assert closing(0.0035, *eight) == pytest.approx(1 - below, rel=1e-12)
    assert closing(0.004, *eight) == pytest.approx(0.5, abs=1e-15)


def test_widths_of_very_different_size_lose_nothing():
    wide, narrow = measure(0.0, 0.01), [measure(0.0, 1e-7)] * 7
    assert closing(0.005, wide, *narrow) == pytest.approx(0.5 + 7 * 0.5e-7 / 0.01, abs=1e-12)


def test_the_exact_probability_is_that_of_many_draws():
    measures = [measure(0.001, 0.003, 0.7), measure(0.004, 0.008, 0.8), measure(0.0, 0.002, 0.3), measure(0.003, 0.006, 0.6)]
    rng = np.random.default_rng(7)
    drawn = sum((rng.random(200_000) < m.probability) * rng.uniform(m.low, m.high, 200_000) for m in measures)
    assert closing(0.009, *measures) == pytest.approx((drawn >= 0.009).mean(), abs=0.005)


def test_more_measures_than_can_be_enumerated_are_refused():
    with pytest.raises(InputError, match="11"):
        space(*[measure(0.0, 0.001)] * 11)


def test_years_without_a_cost_are_said():
    (warning,) = space(measure(0.01, 0.03), cost={2025: 0.02, 2027: 0.02}).warnings
    assert warning.code == "cost_missing"
    assert "2026, 2028" in warning.message


def test_the_shipped_made_up_file_holds_all_eight_options():
    found = costing.read_measures(costing.preset_text("fiscal-space-utania", "fiscal-space"), name="fiscal-space-utania.toml")
    assert {one.option for one in found.measures} == set(FISCAL_SPACE_OPTIONS)
    assert found.cost[2030] == 0.021


def test_every_fault_of_a_file_is_told_at_once_with_its_line():
    with pytest.raises(InputError) as refusal:
        costing.read_measures('''country = "Nowhere"
[[option]]
option = "taxes"
low = 0.02
high = 0.01
start = 2026
until = 2025
ramp = 2.5
probability = 1.5
source = "Made up"
[[option]]
option = "aid"
low = -0.1
high = 2
start = 26
probabilty = 0.5
[cost]
2026 = 1.5
soon = 0.1
''', name="space.toml")
    told = {(finding.row, finding.column, finding.code) for finding in refusal.value.findings}
    assert {(1, "country", "unknown_country"), (3, "option[1].option", "unknown_code"), (5, "option[1].high", "low_over_high"),
            (7, "option[1].until", "period_order"), (8, "option[1].ramp", "whole_number"), (9, "option[1].probability", "share_range"),
            (13, "option[2].low", "negative"), (14, "option[2].high", "out_of_range"), (15, "option[2].start", "year"),
            (11, "option[2].probability", "required"), (11, "option[2].source", "required"), (16, "option[2].probabilty", "unknown_key"),
            (18, "cost.2026", "out_of_range"), (19, "cost.soon", "year")} <= told


def rows(*shares, **more):
    return json.dumps({"rows": [{"scheme": scheme, "year": year, "share_of_gdp": share, **more} for scheme, year, share in shares],
                       "options": {}, "warnings": []})


def test_the_cost_is_read_from_the_rows_of_a_costing():
    assert costing.cost_of_rows(rows(("a", 2025, 0.01), ("b", 2025, 0.02), ("", 2025, 0.03)), name="c.json") == {2025: 0.03}
    assert costing.cost_of_rows(rows(("a", 2025, 0.01), ("b", 2025, 0.02)), name="c.json")[2025] == pytest.approx(0.03)
    assert costing.cost_of_rows(rows(("a", 2025, 0.01), ("b", 2025, None), ("a", 2026, 0.02)), name="c.json") == {2026: 0.02}


@pytest.mark.parametrize("text", [
    "", "[]", "{}", '{"rows": 3}', '{"rows": [{"year": 2025}]}', rows(), rows(("a", 2025, None)), rows(("a", 2025, -1)), rows(("a", 2025, "x")),
    rows(("a", 2025, True)), '{"rows": [{"scheme": "", "year": 2025, "share_of_gdp": NaN}]}', "[" * 100_000,
    json.dumps({"rows": [{"scheme": "", "year": 2025, "share_of_gdp": 0.1, "country": one} for one in ("XUT", "XVA")]}),
])
def test_what_is_no_costing_is_refused(text):
    with pytest.raises(InputError):
        costing.cost_of_rows(text, name="c.json")
