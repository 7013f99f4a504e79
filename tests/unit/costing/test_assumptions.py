"""Tornadoes, bands, and the files of assumptions behind them."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from socle import costing
from socle.costing import Assumption
from socle.errors import InputError
from tests.unit.costing.places import YEARS, money, people

FLOOR = costing.floor(costing.preset("floor-utania"), people(), money(), years=YEARS)
MODEL = costing.of_projection(FLOOR)


def values(**named):
    return {name.replace("__", ".").replace("old_age", "old-age"): np.array([value]) for name, value in named.items()}


def test_the_model_as_costed_is_the_projection():
    assert MODEL({})[0] == pytest.approx(FLOOR.lines[-1].total, rel=1e-14)
    assert MODEL({}, "share_of_gdp")[0] == pytest.approx(FLOOR.lines[-1].share_of_gdp, rel=1e-14)


@pytest.mark.parametrize(("named", "factor"), [
    (values(benefit=2.0), 2.0),
    (values(beneficiaries=0.5), 0.5),
    (values(benefit=2.0, beneficiaries=0.5), 1.0),
    (values(administration=0.26), 1.26 / 1.05),
])
def test_what_multiplies_multiplies(named, factor):
    assert MODEL(named)[0] == pytest.approx(FLOOR.lines[-1].total * factor)


def test_an_assumption_of_one_scheme_changes_that_scheme():
    pension = next(line for line in FLOOR.lines if line.scheme == "old-age")
    assert MODEL(values(old_age__benefit=1.5))[0] == pytest.approx(FLOOR.lines[-1].total + 0.5 * pension.total)
    assert MODEL(values(administration=0.0, old_age__administration=0.1))[0] == pytest.approx(
        FLOOR.lines[-1].spending + 0.1 * pension.spending)


def test_growth_comes_on_top_from_the_second_year_on():
    assert MODEL(values(benefit_growth=0.02))[0] == pytest.approx(FLOOR.lines[-1].total * 1.02 ** np.arange(6))
    assert MODEL(values(gdp_growth=0.02), "share_of_gdp")[0] == pytest.approx(FLOOR.lines[-1].share_of_gdp / 1.02 ** np.arange(6))
    assert MODEL(values(gdp=2.0), "share_of_gdp")[0] == pytest.approx(FLOOR.lines[-1].share_of_gdp / 2)
    assert MODEL(values(gdp=2.0))[0] == pytest.approx(FLOOR.lines[-1].total)


def test_a_tornado_has_the_widest_swing_first_and_moves_one_thing_at_a_time():
    found = costing.sensitivity(MODEL, [Assumption("administration", 0.0, 0.06), Assumption("benefit", 0.9, 1.1, "Level")], year=2026)
    assert [one.name for one in found.swings] == ["benefit", "administration"]
    assert found.base == pytest.approx(FLOOR.lines[-1].total[1])
    assert found.swings[0].at_low == pytest.approx(0.9 * found.base)
    assert found.swings[1].base == pytest.approx(0.05)
    assert found.swings[1].at_high == pytest.approx(FLOOR.lines[-1].spending[1] * 1.06)
    assert [row["assumption"] for row in found.rows()] == ["benefit", "administration"]


def test_what_the_costing_does_not_know_cannot_be_varied():
    with pytest.raises(InputError) as refusal:
        costing.sensitivity(MODEL, [Assumption("wages", 0, 1), Assumption("pension.benefit", 0, 1)])
    assert [finding.code for finding in refusal.value.findings] == ["unknown_assumption"] * 2
    with pytest.raises(InputError):
        costing.sensitivity(MODEL, [], year=1999)
    with pytest.raises(InputError):
        costing.sensitivity(MODEL, [Assumption("benefit", 0, 1)], measure="beauty")


def test_one_seed_gives_one_answer_and_another_assumption_leaves_the_draws_as_they_are():
    one, other = Assumption("benefit", 0.9, 1.1), Assumption("administration", 0.0, 0.1)
    first, again = (costing.uncertainty(MODEL, [one], draws=200, seed=5) for _ in range(2))
    assert first.values.tobytes() == again.values.tobytes()
    assert costing.uncertainty(MODEL, [one], draws=200, seed=6).values.tobytes() != first.values.tobytes()
    assert (costing.draw(one, draws=50, seed=5) == costing.draw(one, draws=50, seed=5, stream="")).all()
    assert (costing.draw(one, draws=50, seed=5) != costing.draw(one, draws=50, seed=5, stream="XUT")).any()
    both = costing.uncertainty(MODEL, [other, one], draws=200, seed=5)
    assert both.draws == 200
    assert (both.mean != first.mean).any()


def test_bands_do_not_depend_on_the_size_of_the_blocks(monkeypatch):
    assumptions = [Assumption("benefit", 0.9, 1.1), Assumption("gdp_growth", -0.01, 0.01)]
    whole = costing.uncertainty(MODEL, assumptions, measure="share_of_gdp", draws=137)
    monkeypatch.setattr(sys.modules["socle.costing.uncertainty"], "_BLOCK", 20)
    assert costing.uncertainty(MODEL, assumptions, measure="share_of_gdp", draws=137).values == pytest.approx(whole.values, rel=1e-13)


def test_quantiles_are_those_of_numpy():
    assumptions = [Assumption("benefit", 0.9, 1.1)]
    found = costing.uncertainty(MODEL, assumptions, draws=333, seed=2)
    drawn = MODEL({"benefit": costing.draw(assumptions[0], draws=333, seed=2)})
    assert found.values == pytest.approx(np.quantile(drawn, costing.QUANTILES, axis=0), rel=1e-12)
    assert found.mean == pytest.approx(drawn.mean(axis=0))
    assert [row["year"] for row in found.rows()] == list(YEARS)
    assert found.columns == ("year", "base", "mean", "q05", "q25", "q50", "q75", "q95", "measure")


@pytest.mark.parametrize(("one", "mean", "deviation", "least", "most"), [
    (Assumption("benefit", 0.8, 1.4), 1.1, 0.6 / 12 ** 0.5, 0.8, 1.4),
    (Assumption("benefit", 0.0, 1.0, distribution="triangular", mode=0.25), 1.25 / 3, ((1 + 0.0625 - 0.25) / 18) ** 0.5, 0.0, 1.0),
    (Assumption("benefit", 0.0, 1.0, distribution="triangular"), 0.5, (1 / 24) ** 0.5, 0.0, 1.0),
    (Assumption("benefit", 0.0, 2.0, distribution="normal", mean=1.0, deviation=0.1), 1.0, 0.1, 0.0, 2.0),
    (Assumption("benefit", 0.0, 2.0, distribution="normal", mean=0.0, deviation=1.0, least=0.0), (2 / np.pi) ** 0.5,
     (1 - 2 / np.pi) ** 0.5, 0.0, 9.0),
    (Assumption("benefit", 0.0, 2.0, distribution="lognormal", mean=1.0, deviation=0.2), np.exp(0.02),
     ((np.exp(0.04) - 1) * np.exp(0.04)) ** 0.5, 0.0, 9.0),
])
def test_draws_have_the_moments_of_their_distribution(one, mean, deviation, least, most):
    drawn = costing.draw(one, draws=100_000, seed=1)
    assert drawn.mean() == pytest.approx(mean, abs=5 * deviation / 316)
    assert drawn.std() == pytest.approx(deviation, rel=0.02)
    assert least <= drawn.min()
    assert drawn.max() <= most


@pytest.mark.parametrize("shape", ["normal", "lognormal"])
def test_what_is_cut_off_is_not_drawn(shape):
    one = Assumption("administration", 0.0, 0.2, distribution=shape, mean=0.1, deviation=0.5, least=0.05, most=0.15)
    drawn = costing.draw(one, draws=5000, seed=1)
    assert 0.05 <= drawn.min() < 0.052
    assert 0.148 < drawn.max() <= 0.15


def test_a_truncation_that_leaves_nothing_is_refused():
    one = Assumption("benefit", 0.0, 2.0, distribution="normal", mean=1.0, deviation=0.01, least=1.5)
    with pytest.raises(InputError) as refusal:
        costing.uncertainty(MODEL, [one])
    assert refusal.value.findings[0].code == "truncation"


@pytest.mark.parametrize(("draws", "seed"), [(0, 0), (-1, 0), (10_000_000, 0), (10, -1)])
def test_draws_and_seed_have_bounds(draws, seed):
    with pytest.raises(InputError):
        costing.uncertainty(MODEL, [Assumption("benefit", 0, 1)], draws=draws, seed=seed)


def test_without_gdp_a_share_is_not_known_and_the_total_is():
    model = costing.of_projection(costing.floor(costing.preset("floor-utania"), people(), money(without=("gdp",)), years=YEARS))
    pension = [Assumption("old-age.benefit", 0.9, 1.1)]
    assert costing.sensitivity(model, pension, measure="share_of_gdp").swings[0].swing is None
    assert all(row["mean"] is None and row["q50"] is None for row in costing.uncertainty(model, pension, measure="share_of_gdp").rows())


def test_the_shipped_made_up_file_fits_the_shipped_made_up_floor():
    found = costing.read_assumptions(costing.preset_text("assumptions-utania", "assumptions"), name="assumptions-utania.toml")
    assert costing.sensitivity(MODEL, found).swings[0].swing > 0
    assert costing.uncertainty(MODEL, found, draws=1000).draws == 1000


def test_every_fault_of_a_file_is_told_at_once_with_its_line():
    with pytest.raises(InputError) as refusal:
        costing.read_assumptions('''
[[assumption]]
name = "wages"
low = 1
high = 2
source = "Made up"
[[assumption]]
name = "benefit"
low = 2
high = 1
distribution = "gauss"
source = "Made up"
[[assumption]]
name = "benefit"
low = -1
high = 1e9
distribution = "normal"
source = "Made up"
[[assumption]]
name = "administration"
low = 0.1
high = 0.2
distribution = "triangular"
mode = 0.3
least = 0.2
most = 0.1
''', name="a.toml")
    told = {(finding.row, finding.code) for finding in refusal.value.findings}
    assert {(3, "unknown_assumption"), (10, "low_over_high"), (11, "unknown_code"), (14, "duplicate_key"), (15, "negative"),
            (16, "out_of_range"), (24, "out_of_range"), (26, "low_over_high"), (19, "required")} <= told
