"""What holds for every floor, gap, fiscal space, tornado and band."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socle import costing
from socle.costing import Assumption, Covered, Inputs, Measure, Options
from tests.unit.costing.places import MADE_UP, money, people

YEARS = (2025, 2026, 2027)
PRESET = costing.preset("floor-utania")
CODES = ("XUT", "XVA", "XWE", "XYO")
SHARES = st.floats(0, 1)
COUNTRIES = st.fixed_dictionaries({"gdp": st.floats(1e9, 1e13), "line": st.floats(1, 1000), "rate": st.floats(0.1, 1000), "coverage": SHARES})
FIGURES = st.floats(0, 0.2).map(lambda share: round(share, 6))


def floor(economy, *, options=None):
    return costing.floor(PRESET, people(), economy, years=YEARS, options=options or Options())


def found_gap(drawn):
    places = [Inputs(people(code), money(code, gdp=one["gdp"], line=one["line"], rate=one["rate"])) for code, one in zip(CODES, drawn, strict=False)]
    stated = [Covered(code, guarantee, one["coverage"], 2024, "Made up") for code, one in zip(CODES, drawn, strict=False)
              for guarantee in ("health", "children", "working_age", "older_persons")]
    return costing.gap(PRESET, places, stated, years=YEARS[:1])


@given(st.floats(1e-3, 0.5))
@settings(deadline=None, max_examples=25)
def test_a_share_of_gdp_per_head_for_everyone_costs_that_share_whatever_the_money(share):
    preset = costing.read_preset(f'''id = "own"
name = "Own"
source = "Made up"
administration = {{ share = 0.1, of = "benefits", source = "Made up" }}
[[benefit]]
id = "all"
guarantee = "health"
name = "All"
target = {{ source = "Made up" }}
level = {{ share = {share!r}, of = "gdp_per_capita", per = "year", index = "gdp_per_capita", source = "Made up" }}
'''.replace('id = "all"', 'id = "everyone"'), name="own.toml")
    for options in (Options(), Options(prices="constant"), Options(base_year=2026)):
        found = costing.floor(preset, people(growth=0.02), money(), years=YEARS, options=options)
        first = YEARS.index(options.base_year or 2025)
        assert found.lines[-1].share_of_gdp[first:] == pytest.approx(share * 1.1, rel=1e-9)


@given(st.floats(1, 1000))
@settings(deadline=None, max_examples=25)
def test_double_the_line_doubles_what_hangs_on_it(line):
    one, two = (floor(money(line=line * times)) for times in (1, 2))
    for before, after in zip(one.lines, two.lines, strict=True):
        if before.scheme not in ("", "health"):
            assert after.total == pytest.approx(2 * before.total)


@given(st.integers(0, 99))
@settings(deadline=None, max_examples=25)
def test_a_cost_is_additive_over_ages(age):
    def of(first, last):
        preset = costing.read_preset(f'''id = "own"
name = "Own"
source = "Made up"
[[benefit]]
id = "one"
guarantee = "children"
name = "One"
target = {{ ages = [{first}, {last}], source = "Made up" }}
level = {{ share = 0.3, of = "poverty_line", source = "Made up" }}
''', name="own.toml")
        return costing.floor(preset, people(), money(), years=YEARS).lines[-1].total

    assert of(0, age) + of(age + 1, 120) == pytest.approx(of(0, 120))


@given(st.lists(COUNTRIES, min_size=2, max_size=4))
@settings(deadline=None, max_examples=25)
def test_the_weighted_average_is_all_gaps_over_all_gdps(drawn):
    found = found_gap(drawn)
    gaps = sum(one.gap["all"][0] / each["rate"] for one, each in zip(found.countries, drawn, strict=True))
    gdps = sum(each["gdp"] / each["rate"] for each in drawn)
    (row,) = [row for row in found.rows() if row["average"] == "weighted" and row["guarantee"] == "all"]
    assert row["share_of_gdp"] == pytest.approx(gaps / gdps)
    assert row["gap"] == pytest.approx(gaps)


@given(st.lists(COUNTRIES, min_size=2, max_size=4))
@settings(deadline=None, max_examples=25)
def test_leaving_each_country_out_reconciles_with_the_average(drawn):
    found = found_gap(drawn)
    shares = {one.country: one.share_of_gdp["all"][0] for one in found.countries}
    weights = {one.country: one.gdp_usd[0] for one in found.countries}
    n = len(drawn)
    without = {(one.country, one.kind): one.without[0] for one in found.influence()}
    whole = {one.kind: one.with_it[0] for one in found.influence()}
    assert np.mean([without[code, "unweighted"] for code in shares]) == pytest.approx(whole["unweighted"])
    for code in shares:
        assert without[code, "unweighted"] * (n - 1) + shares[code] == pytest.approx(whole["unweighted"] * n)
        rest = sum(weights.values()) - weights[code]
        assert without[code, "weighted"] * rest + shares[code] * weights[code] == pytest.approx(whole["weighted"] * sum(weights.values()))


@given(COUNTRIES)
@settings(deadline=None, max_examples=25)
def test_nothing_is_missing_where_everyone_is_covered_and_everything_where_no_one_is(drawn):
    full, none = (found_gap([{**drawn, "coverage": share}]) for share in (1.0, 0.0))
    needed = costing.needs(PRESET, people(), money(gdp=drawn["gdp"], line=drawn["line"], rate=drawn["rate"]), years=YEARS[:1])
    assert {row["gap"] for row in full.rows()} == {0.0}
    assert [row["gap"] for row in none.rows() if row["guarantee"] == "all"] == pytest.approx(list(needed.lines[-1].total))


VALUES = st.one_of(SHARES, st.just(float("nan")))


@given(st.lists(st.tuples(VALUES, st.floats(0.1, 100)), min_size=1, max_size=9))
@settings(deadline=None, max_examples=100)
def test_averages_are_those_of_a_plain_loop_over_what_is_known(pairs):
    shares, weights = (np.array([[one[place]] for one in pairs]) for place in (0, 1))
    found = costing.averages(shares, weights)
    known = [(share, weight) for share, weight in pairs if not np.isnan(share)]
    if not known:
        assert all(np.isnan(one[0]) for one in found.values())
        return
    assert found["unweighted"][0] == pytest.approx(sum(share for share, _ in known) / len(known))
    assert found["weighted"][0] == pytest.approx(sum(s * w for s, w in known) / sum(w for _, w in known))
    assert found["median"][0] == pytest.approx(np.median([share for share, _ in known]))
    for one in found.values():
        assert min(share for share, _ in known) - 1e-12 <= one[0] <= max(share for share, _ in known) + 1e-12


@st.composite
def measures(draw, most=4):
    found = []
    for _ in range(draw(st.integers(0, most))):
        low = draw(FIGURES)
        found.append(Measure("tax", "tax", low, round(low + draw(FIGURES), 6), 2025, draw(st.integers(1, 4)),
                             round(draw(SHARES), 3), MADE_UP))
    return tuple(found)


@given(measures(), FIGURES, FIGURES)
@settings(deadline=None, max_examples=100)
def test_a_higher_cost_is_never_closed_more_probably(drawn, one, other):
    low, high = sorted((one, other))
    assert costing.probability(drawn, low, year=2026) >= costing.probability(drawn, high, year=2026) - 1e-15
    assert 0 <= costing.probability(drawn, high, year=2026) <= 1


@given(measures())
@settings(deadline=None, max_examples=50)
def test_the_expected_space_is_the_area_under_the_probability_of_reaching_it(drawn):
    rows = [row for row in costing.fiscal_space(costing.Measures("XUT", drawn, {}), years=(2026,)).rows() if row["option"] == "all"]
    high, expected = rows[0]["high"], rows[0]["expected"]
    grid = np.linspace(0, high, 41)
    reached = np.array([costing.probability(drawn, (a + b) / 2, year=2026) for a, b in pairwise(grid)])
    assert reached.sum() * high / 40 == pytest.approx(expected, abs=high / 40 + 1e-12)


@given(measures(3))
@settings(deadline=None, max_examples=50)
def test_fixed_flows_close_the_gap_as_the_sets_that_reach_it(drawn):
    fixed = [Measure(m.option, m.label, m.low, m.low, m.start, 1, m.probability, MADE_UP) for m in drawn]
    cost = 0.15
    reached = 0.0
    for size in range(len(fixed) + 1):
        for chosen in combinations(range(len(fixed)), size):
            if round(sum(fixed[place].low for place in chosen), 9) >= cost:
                reached += np.prod([m.probability if place in chosen else 1 - m.probability for place, m in enumerate(fixed)])
    assert costing.probability(fixed, cost, year=2026) == pytest.approx(reached, abs=1e-12)


ASSUMPTIONS = st.lists(st.tuples(st.sampled_from(["benefit", "beneficiaries", "old-age.benefit", "gdp"]), st.floats(0.5, 1), st.floats(1, 2)),
                       max_size=4, unique_by=lambda one: one[0])


@given(ASSUMPTIONS, st.sampled_from(costing.MEASURES))
@settings(deadline=None, max_examples=40)
def test_the_base_of_a_tornado_is_the_projection_and_lies_between_its_ends(drawn, measure):
    projection = floor(money())
    found = costing.sensitivity(costing.of_projection(projection), [Assumption(*one) for one in drawn], measure=measure)
    assert found.base == pytest.approx(getattr(projection.lines[-1], measure)[-1])
    swings = [one.swing for one in found.swings]
    assert swings == sorted(swings, reverse=True)
    for one in found.swings:
        low, high = sorted((one.at_low, one.at_high))
        assert low <= found.base * (1 + 1e-12)
        assert found.base <= high * (1 + 1e-12)


@given(ASSUMPTIONS, st.integers(0, 2**31))
@settings(deadline=None, max_examples=25)
def test_bands_are_ordered_repeatable_and_within_what_the_ends_allow(drawn, seed):
    model = costing.of_projection(floor(money()))
    assumptions = [Assumption(*one) for one in drawn]
    found, again = (costing.uncertainty(model, assumptions, draws=60, seed=seed, measure="share_of_gdp") for _ in range(2))
    assert found.values.tobytes() == again.values.tobytes()
    assert (np.diff(found.values, axis=0) >= 0).all()
    least, most = (model({one.name: np.array([one.high if (one.name == "gdp") != top else one.low]) for one in assumptions}, "share_of_gdp")[0]
                   if assumptions else found.base for top in (True, False))
    low, high = np.minimum(least, most), np.maximum(least, most)
    assert (low * (1 - 1e-12) <= found.values).all()
    assert (found.values <= high * (1 + 1e-12)).all()


@given(st.integers(0, 1000))
@settings(deadline=None, max_examples=10)
def test_the_mean_of_many_draws_comes_to_the_base_where_the_assumption_is_centred(seed):
    model = costing.of_projection(floor(money()))
    found = costing.uncertainty(model, [Assumption("benefit", 0.8, 1.2)], draws=20_000, seed=seed)
    spread = 0.4 / 12 ** 0.5 / 20_000 ** 0.5
    assert (np.abs(found.mean / found.base - 1) < 6 * spread).all()
