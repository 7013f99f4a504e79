"""The economy file: TOML and CSV are one meaning, nothing is invented, every fault is told at once."""

from __future__ import annotations

import pytest

from socle import datasets
from socle.errors import Unreadable
from socle.tables import Economy, Series, extended
from socle.vocabulary import Source

TOML = '''
country = "XUT"
currency = "XUD"
source = "Statistics office of Utania, table 3"
vintage = "2025-04"

[gdp]
unit = "currency"
scale = 1_000_000
extrapolate = "growth"
values = { 2024 = 1000, 2025 = 1100 }

[gdp_growth]
unit = "growth"
extrapolate = "hold"
values = { 2025 = 0.05, 2026 = 0.04 }

[deflator]
unit = "growth"
values = { 2026 = 0.03, 2027 = 0.03 }

[poverty_line]
unit = "currency_per_day"
prices_of = 2024
[poverty_line.values]
2024 = 2.5
'''
CSV = '''country,currency,series,year,value,unit,source,vintage,scale,extrapolate,prices_of
XUT,XUD,gdp,2024,1000,currency,"Statistics office of Utania, table 3",2025-04,1000000,growth,
XUT,XUD,gdp,2025,1100,currency,"Statistics office of Utania, table 3",2025-04,1000000,growth,
XUT,XUD,gdp_growth,2025,0.05,growth,"Statistics office of Utania, table 3",2025-04,,hold,
XUT,XUD,gdp_growth,2026,0.04,growth,"Statistics office of Utania, table 3",2025-04,,hold,
XUT,XUD,deflator,2026,0.03,growth,"Statistics office of Utania, table 3",2025-04,,,
XUT,XUD,deflator,2027,0.03,growth,"Statistics office of Utania, table 3",2025-04,,,
XUT,XUD,poverty_line,2024,2.5,currency_per_day,"Statistics office of Utania, table 3",2025-04,,,2024
'''


def read(text, name="economy.toml"):
    return datasets.read_economy(text.encode(), name=name)


def told(reading):
    return {(one.row, one.column, one.code) for one in reading.findings}


def test_the_two_forms_have_one_meaning():
    toml, csv = read(TOML), read(CSV, "economy.csv")
    assert toml.findings == csv.findings == ()
    assert toml.economy == csv.economy
    assert toml.economy.at("gdp", 2025) == 1.1e9


def test_nothing_is_carried_on_that_nobody_asked_for():
    economy = extended(read(TOML).economy, until=2028)
    assert economy.at("gdp", 2026) == pytest.approx(1.1e9 * 1.04 * 1.03)
    assert economy.at("gdp", 2027) == pytest.approx(1.1e9 * 1.04**2 * 1.03**2)
    assert economy.at("gdp", 2028) is None  # the deflator ends in 2027 and does not ask to be carried on
    assert economy.at("deflator", 2028) is None
    assert economy.series["gdp"].extrapolated == {2026, 2027}
    assert (economy.series["gdp"].method, economy.series["gdp"].last) == ("growth", 2025)


def test_what_does_not_say_how_it_goes_on_follows_the_option():
    economy = extended(read(TOML).economy, until=2028, method="hold")
    assert economy.at("deflator", 2028) == 0.03
    assert economy.at("poverty_line", 2028) == 2.5
    assert economy.at("gdp", 2028) is not None


def test_a_line_in_the_prices_of_one_year_moves_with_prices_and_an_amount_a_day_is_paid_365_times():
    source = Source("Made up")
    line = Series("poverty_line", "currency_per_day", {2024: 2.0, 2025: 2.0}, source, prices_of=2024)
    prices = Series("prices", "index", {2024: 100.0, 2025: 110.0}, source)
    economy = Economy("XUT", "XUD", {"poverty_line": line, "prices": prices})
    assert economy.a_year("poverty_line", (2024, 2025)) == pytest.approx((730.0, 803.0))
    assert str(Economy("XUT", "XUD", {"poverty_line": line}).a_year("poverty_line", (2025,))[0]) == "nan"


@pytest.mark.parametrize("unit", ["growth", "index"])
def test_a_level_is_the_same_from_growth_and_from_an_index(unit):
    values = {2024: 0.1, 2025: 0.1, 2026: -0.5} if unit == "growth" else {2023: 100.0, 2024: 110.0, 2025: 121.0, 2026: 60.5}
    economy = Economy("XUT", "XUD", {"prices": Series("prices", unit, values, Source("Made up"))})
    assert economy.level("prices", (2023, 2024, 2025, 2026), base=2024) == pytest.approx((1 / 1.1, 1.0, 1.1, 0.55))


def test_every_fault_of_a_toml_file_is_told_with_its_line_and_key():
    reading = read('''country = "Utopia"
currency = "dollars"

[gdp]
unit = "share"
[gdp.values]
2024 = "a lot"
20x5 = 3
2026 = -1

[inflation]
unit = "growth"

[prices]
unit = "growth"
source = "Made up"
vintage = "2025"
extrapolate = "helt"
values = { 2025 = -1.5, 2026 = 3 }

[government_expenditure]
source = "Made up"
vintage = "2025"
unit = "share"
level = "federal"
scale = 2
colour = 1
values = { 2025 = 25 }
''')
    assert reading.economy is None
    assert {(1, "country", "unknown_country"), (2, "currency", "currency"), (4, "gdp.source", "required"), (5, "gdp.unit", "unit"),
            (7, "gdp.values.2024", "number"), (8, "gdp.values.20x5", "year"), (9, "gdp.values.2026", "negative"),
            (11, "inflation", "unknown_code"), (18, "prices.extrapolate", "unknown_code"), (19, "prices.values.2025", "out_of_range"),
            (19, "prices.values.2026", "per_cent"), (25, "government_expenditure.level", "unknown_code"),
            (27, "government_expenditure.colour", "unknown_code"),
            (28, "government_expenditure.values.2025", "share_range")} <= told(reading)
    assert all(one.remedy for one in reading.findings)


def test_every_fault_of_a_csv_file_is_told_with_its_row_and_column():
    reading = read('''country,currency,series,year,value,unit,source,colour
XUT,XUD,gdp,2024,ten,currency,Made up,
XUT,XUD,gdp,2024x,10,currency,Made up,
XVA,XUD,gdp,2025,10,currency,Other,
XUT,XUD,wage,2025,10,index,Made up,
''', "economy.csv")
    assert reading.economy is None
    assert {(1, "colour", "unknown_code"), (2, "value", "number"), (3, "year", "year"), (4, "country", "differs"), (4, "source", "differs"),
            (5, "series", "unknown_code")} <= told(reading)


def test_a_year_is_told_twice_only_by_mistake():
    reading = read(CSV + 'XUT,XUD,gdp,2025,1200,currency,"Statistics office of Utania, table 3",2025-04,1000000,growth,\n', "economy.csv")
    assert (9, "value", "duplicate_key") in told(reading)


def test_central_and_general_government_are_not_mixed_in_silence():
    public = '''
[government_revenue]
unit = "share"
level = "general"
values = { 2025 = 0.2 }
[government_expenditure]
unit = "share"
level = "central"
values = { 2025 = 0.2 }
'''
    reading = read(TOML + public)
    assert reading.economy is not None
    assert [one.code for one in reading.findings] == ["government_mixed"]


@pytest.mark.parametrize(("text", "name"), [("", "e.toml"), ("= 3", "e.toml"), ("", "e.csv"), ("a;b;c\n", "e.csv"), ("[gdp\n", "e.toml"),
                                            ('country = "XUT"\ncurrency = "XUD"\n', "e.toml")])
def test_what_is_no_economy_is_told_and_never_read(text, name):
    reading = read(text, name)
    assert reading.economy is None
    assert any(one.severity == "error" for one in reading.findings)


def test_a_file_that_is_not_there_is_unreadable(tmp_path):
    with pytest.raises(Unreadable, match="There is no"):
        datasets.read_economy(tmp_path / "economy.toml")
