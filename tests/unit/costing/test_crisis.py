"""The rapid calculator for a crisis."""

from __future__ import annotations

import numpy as np
import pytest

from socle import costing
from socle.costing import Options
from socle.errors import InputError
from tests.unit.costing.places import money, people

#: Pakistan: 12 million households, one payment of PKR 12,000.
PAKISTAN = """
id = "emergency-cash"
name = "Emergency cash"
country = "PAK"
year = 2020
currency = "PKR"
source = "ILO, Global Flagship Programme, report of the first phase 2016-2020"
[[group]]
id = "households"
unit = "household"
people = 12_000_000
amount = 12_000
once = true
source = "ILO, Global Flagship Programme, report of the first phase 2016-2020"
"""
HEAD = """
id = "own"
name = "Own"
country = "XUT"
year = 2026
currency = "XUD"
source = "Made up"
[[group]]
id = "one"
source = "Made up"
"""


def cost(group, *, population=None, economy=None, options=None):
    response = costing.read_crisis(HEAD + group, name="own.toml")
    found = costing.crisis(response, population, economy, options=options or Options())
    return found.lines[0]


def test_twelve_million_households_at_twelve_thousand_rupees_are_144_billion():
    found = costing.crisis(costing.read_crisis(PAKISTAN, name="pakistan.toml"))
    assert found.lines[0].total[0] == 144e9
    assert found.lines[-1].total[0] == 144e9
    assert found.lines[0].currency == "PKR"
    assert np.isnan(found.lines[0].share_of_gdp[0])
    assert [finding.code for finding in found.warnings] == ["economy_missing"]


def test_people_times_coverage_times_amount_times_months():
    line = cost("people = 1000\ncoverage = 0.5\namount = 20\nmonths = 3")
    assert (line.target[0], line.beneficiaries[0], line.benefit[0], line.total[0]) == (1000, 500, 60, 30_000)


def test_a_top_up_fills_what_is_missing_to_the_line_and_never_takes():
    assert cost("people = 1000\nline = 150\nincome = 95\nmonths = 2").total[0] == pytest.approx(1000 * 55 * 2)
    assert cost("people = 1000\nline = 150\nincome = 195\nmonths = 2").total[0] == 0


def test_the_poverty_gap_of_everyone_is_the_mean_shortfall():
    incomes = np.array([50.0, 90.0, 100.0, 400.0])
    gap = float(np.mean(np.maximum(0, 120 - incomes) / 120))
    line = cost(f"people = 4\nline = 120\npoverty_gap = {gap!r}\nmonths = 1")
    assert line.total[0] == pytest.approx(np.maximum(0, 120 - incomes).sum())


def test_groups_by_age_are_counted_in_the_population():
    line = cost("ages = [0, 1]\nshare = 0.5\namount = 10\nmonths = 6", population=people(), economy=money())
    assert line.total[0] == pytest.approx(2 * 2 * 1000 * 0.5 * 60)
    assert line.share_of_gdp[0] == pytest.approx(line.total[0] / (1e10 * 1.05))
    with pytest.raises(InputError, match="ages"):
        cost("ages = [0, 1]\namount = 10\nmonths = 6")


def test_administration_and_options_apply():
    line = cost("people = 1000\namount = 20\nmonths = 3", options=Options(administration=0.1, administration_of="benefits", coverage=0.5))
    assert line.administration[0] == pytest.approx(3000)
    assert line.total[0] == pytest.approx(33_000)


def test_another_currency_than_the_economy_is_refused():
    with pytest.raises(InputError, match="XUD"):
        cost("people = 1000\namount = 20\nmonths = 3", economy=money(currency="USD"))


def test_the_shipped_made_up_crisis_adds_up():
    response = costing.read_crisis(costing.preset_text("crisis-utania", "crisis"), name="crisis-utania.toml")
    found = costing.crisis(response, people(), money())
    assert found.lines[0].spending[0] == 120_000 * 0.9 * 2_500
    assert found.lines[2].spending[0] == 300_000 * 0.5 * 420 * 3
    assert found.lines[-1].total[0] == pytest.approx(sum(one.total[0] for one in found.lines[:-1]))
    assert found.explanations["top-up", 2026].spending == found.lines[2].spending[0]


@pytest.mark.parametrize(("group", "code"), [
    ("people = 10\nmonths = 3", "one_of"),
    ("people = 10\namount = 3\nline = 3\nincome = 1\nmonths = 3", "one_of"),
    ("people = 10\nline = 3\nmonths = 3", "one_of"),
    ("people = 10\nages = [0, 3]\namount = 3\nmonths = 3", "one_of"),
    ("amount = 3\nmonths = 3", "one_of"),
    ("people = 10\namount = 3", "required"),
    ("people = 10\namount = 3\nmonths = 3\nonce = true", "contradiction"),
    ("people = -10\namount = 3\nmonths = 3", "negative"),
    ("people = 1e30\namount = 3\nmonths = 3", "absurd"),
    ("people = 10\namount = 3\nmonths = 300", "out_of_range"),
    ("people = 10\namount = inf\nmonths = 3", "absurd"),
    ("people = 10\namount = true\nmonths = 3", "number"),
])
def test_a_group_that_cannot_be_multiplied_is_an_error(group, code):
    with pytest.raises(InputError) as refusal:
        cost(group)
    assert code in {finding.code for finding in refusal.value.findings}
    assert all(finding.row and finding.row > 7 for finding in refusal.value.findings)
