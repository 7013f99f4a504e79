"""Mozambique, scenario C.1 (ILO, IMF and OPM 2013, ESS 41): beneficiaries in thousands, cost in millions of meticais.

Given the published beneficiaries, unit costs derived from them and the GDP they imply, every published cost, total and share of GDP comes
out of ``costing.project`` after rounding. This tests arithmetic, rounding and reconciliation; it is no projection.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from socle import costing
from socle.costing import Options
from socle.schemes import Benefit, Eligibility, Ramp, Rule, Scheme, parse_rule
from socle.tables import Economy, Population, Series
from socle.vocabulary import Source

YEARS = tuple(range(2012, 2023))
ESS = Source("ILO, IMF and OPM 2013, ESS 41", "scenario C.1")
REACHED = {
    "social-pension": [289, 298, 322, 329, 337, 440, 484, 563, 578, 593, 643],
    "pasd": [35, 45, 58, *[None] * 8],
    "public-works": [13, 88, 182, 280, 336, 296, 268, 261, 253, 232, 226],
    "child-benefit": [*[None] * 5, 335, 515, 705, 904, 1299, 1522],
}
COST = {
    "social-pension": [1364, 1383, 1534, 1962, 2227, 2815, 3266, 4007, 4337, 4693, 5374],
    "pasd": [259, 313, 396, *[None] * 8],
    "public-works": [63, 392, 800, 1236, 1484, 1309, 1176, 1155, 1133, 1044, 1006],
    "child-benefit": [*[None] * 5, 1867, 2870, 3921, 5018, 7191, 8406],
}
TOTAL = dict(zip(YEARS, [1686, 2088, 2731, 3198, 3711, 5991, 7312, 9084, 10488, 12928, 14787], strict=True))
SHARE_OF_GDP = dict(zip(YEARS, [0.41, 0.46, 0.56, 0.55, 0.57, 0.86, 0.97, 1.09, 1.17, 1.35, 1.41], strict=True))
GDP = [411, 454, 488, 581, 651, 697, 754, 833, 896, 958, 1049]  # billions, derived
PRINTED = {name: dict(zip(YEARS, figures, strict=True)) for name, figures in COST.items()}


def scheme(name: str) -> Scheme:
    """A package of households, as a register counts them, at the unit cost of each year."""
    told = [(year, reached, spent) for year, reached, spent in zip(YEARS, REACHED[name], COST[name], strict=True) if reached]
    rule = parse_rule("age >= 0")
    assert isinstance(rule, Rule)
    after = told[-1][0] + 1
    ramp = [Ramp(year, None, ESS, beneficiaries=reached * 1000) for year, reached, _ in told] + [Ramp(after, 0.0, ESS)]
    benefits = tuple(Benefit("unit", date(year, 1, 1), ESS, "year", amount=spent * 1e6 / (reached * 1000), currency="MZN")
                     for year, reached, spent in told)
    return Scheme(name, "MOZ", {"en": name}, "old_age", None, False, "household", "", "MZN",
                  eligibility=(Eligibility("all", date(2012, 1, 1), rule, ESS),), benefits=benefits, ramp=tuple(ramp))


@pytest.fixture(scope="module")
def projection():
    population = Population("MOZ", YEARS, np.ones((len(YEARS), 2, 101)), Source("no figure of it is used"))
    gdp = Series("gdp", "currency", dict(zip(YEARS, (one * 1e9 for one in GDP), strict=True)), ESS)
    return costing.project([scheme(name) for name in REACHED], population, Economy("MOZ", "MZN", {"gdp": gdp}), years=YEARS,
                           options=Options(administration_of="none"))


def of(projection, name):
    return {row["year"]: row for row in projection.rows() if row["scheme"] == name}


@pytest.mark.parametrize("name", REACHED)
def test_every_published_cost_comes_out_after_rounding(projection, name):
    computed = {year: round(row["total"] / 1e6) for year, row in of(projection, name).items()}
    assert computed == {year: figure or 0 for year, figure in PRINTED[name].items()}


def test_every_published_share_of_gdp_comes_out_after_rounding(projection):
    assert {year: round(row["share_of_gdp"] * 100, 2) for year, row in of(projection, "").items()} == SHARE_OF_GDP


def test_every_published_total_comes_out_but_for_the_three_that_are_one_more_than_their_components(projection):
    computed = {year: round(row["total"] / 1e6) for year, row in of(projection, "").items()}
    assert {year: TOTAL[year] - figure for year, figure in computed.items() if TOTAL[year] != figure} == {2014: 1, 2019: 1, 2022: 1}


def test_the_reconciliation_names_those_three_and_says_that_rounding_explains_them():
    found = costing.reconcile(PRINTED, TOTAL)
    assert [(one.of, int(one.printed), int(one.added), int(one.difference), one.rounding) for one in found] == [
        (2014, 2731, 2730, 1, True), (2019, 9084, 9083, 1, True), (2022, 14787, 14786, 1, True)]
    assert str(found[0]) == ("2014: the printed total 2,731 is +1 against the 2,730 of its components; rounding explains it.")


def test_a_total_that_rounding_cannot_explain_is_said_to_be_so():
    found = costing.reconcile(PRINTED, TOTAL | {2015: 3205})
    assert [(one.of, one.rounding) for one in found] == [(2014, True), (2015, False), (2019, True), (2022, True)]


def test_the_benefit_of_the_published_package_is_not_indexed_by_one_convention(projection):
    """Derived: 4,720 meticais a household in 2012, then +5.5% a year from 2017; child benefit and public works flat."""
    benefit = {name: [row["benefit"] for row in of(projection, name).values()] for name in REACHED}
    assert benefit["social-pension"][0] == pytest.approx(4720, abs=1)
    assert (benefit["social-pension"][-1] / benefit["social-pension"][5]) ** (1 / 5) == pytest.approx(1.055, abs=0.001)
    assert max(benefit["child-benefit"][5:]) / min(benefit["child-benefit"][5:]) < 1.01
