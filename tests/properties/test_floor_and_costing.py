"""A benefit of a floor and a scheme file that says the same cost the same, under every convention."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socle import costing, schemes
from socle.costing import Options
from tests.unit.costing.places import money, people

YEARS = (2025, 2026, 2027)
SCHEME = '''id = "xut-pension"
country = "XUT"
name.en = "Pension"
name.fr = "Pension"
name.es = "Pensión"
branch = "old_age"
guarantee = "older_persons"
contributory = false
unit = "person"
institution = "Made up"
currency = "XUD"
[[law]]
title = "Made up"
article = "1"
from = 2020-01-01
source = "Made up"
[[eligibility]]
from = 2020-01-01
rule = "age >= {age}"
source = "Made up"
[[benefit]]
from = 2020-01-01
{level}
per = "month"
index = "{index}"
source = "Made up"
[administration]
share = 0.07
of = "{of}"
source = "Made up"
'''
PRESET = '''id = "own"
name = "Own"
source = "Made up"
administration = {{ share = 0.07, of = "{of}", source = "Made up" }}
[[benefit]]
id = "pension"
guarantee = "older_persons"
name = "Pension"
target = {{ ages = [{age}, 120], source = "Made up" }}
level = {{ {inline}, index = "{index}", source = "Made up" }}
'''
LEVELS = [("amount = 40.0", "amount = 40.0, currency = \"XUD\""), ("share = 0.6\nof = \"poverty_line\"", "share = 0.6, of = \"poverty_line\""),
          ("share = 0.2\nof = \"gdp_per_capita\"", "share = 0.2, of = \"gdp_per_capita\"")]


@given(st.integers(0, 99), st.sampled_from(LEVELS), st.sampled_from(["prices", "wages", "gdp_per_capita"]), st.sampled_from(["benefits", "total"]),
       st.sampled_from(["current", "constant"]), st.sampled_from([None, 2026]), st.sampled_from([None, "none", "wages", 0.04]),
       st.sampled_from([1.0, 0.7]))
@settings(deadline=None, max_examples=30)
def test_the_same_said_in_a_preset_and_in_a_scheme_file_costs_the_same(age, level, index, of, prices, base_year, indexation, take_up):
    read = schemes.parse(SCHEME.format(age=age, level=level[0], index=index, of=of), name="scheme.toml")
    assert read.scheme is not None, read.findings
    preset = costing.read_preset(PRESET.format(age=age, inline=level[1], index=index, of=of), name="own.toml")
    options = Options(prices=prices, base_year=base_year, indexation=indexation, take_up=take_up)
    people_, money_ = people(growth=0.01), money(growth=0.06)
    floor = costing.floor(preset, people_, money_, years=YEARS, options=options).lines[0]
    cost = costing.project(read.scheme, people_, money_, years=YEARS, options=options).lines[0]
    for name in ("target", "beneficiaries", "spending", "administration", "total", "share_of_gdp", "share_of_government"):
        assert getattr(floor, name) == pytest.approx(getattr(cost, name)), name
