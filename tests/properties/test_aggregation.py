"""What holds of averages over any countries."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from socle import coverage
from socle.tables import Values

COUNTRIES = ["KEN", "UGA", "TZA", "RWA", "BDI"]
REGION = {"east": COUNTRIES}
SEXES = ["total", "female", "male"]
percents = st.one_of(st.none(), st.decimals(0, 100, places=3))
persons = st.one_of(st.none(), st.integers(0, 10**9))
tables = st.lists(st.tuples(st.sampled_from(COUNTRIES), st.integers(2019, 2022), st.sampled_from(SEXES), percents, persons),
                  min_size=1, max_size=20, unique_by=lambda row: row[:3])
some = settings(max_examples=60, deadline=None)


def values(rows):
    return Values.of([{"series": "SI_COV_CHLD", "country": country, "year": year, "sex": sex, "value": value, "weight": weight}
                      for country, year, sex, value, weight in rows])


def averages(rows, *, by=REGION, threshold=0.0):
    return {(row["region"], row["sex"], row["year"]): row for row in coverage.aggregate(values(rows), by=by, threshold=threshold).rows()}


@some
@given(tables)
def test_a_region_of_one_country_is_that_country(rows):
    own = {code: [code] for code in COUNTRIES}
    found = averages(rows, by=own)
    for country, year, sex, value, weight in rows:
        row = found[country, sex, year]
        expected = float(value) if value is not None and weight else None
        assert row["value"] == expected
        assert row["countries"] == (expected is not None)


@some
@given(tables)
def test_weights_of_zero_drop_out(rows):
    zero = [(country, year, sex, value, 0) for country, year, sex, value, _ in rows]
    others = [("ZMB", year, sex, 99, 0) for _, year, sex, *_ in {row[1:3]: row for row in rows}.values()]
    by = {"east": [*COUNTRIES, "ZMB"]}
    assert all(row["value"] is None for row in averages(zero, by=by).values())
    with_zero, without = averages([*rows, *others], by=by), averages(rows, by=by)
    assert all(with_zero[key][name] == row[name] or with_zero[key][name] == pytest.approx(row[name])
               for key, row in without.items() for name in ("value", "countries", "weight_covered"))


@some
@given(tables, st.data())
def test_splitting_a_country_in_two_changes_nothing(rows, data):
    split, two = data.draw(st.sampled_from(rows)), []
    for country, year, sex, value, weight in rows:
        if country == split[0] and weight is not None:
            part = data.draw(st.integers(0, weight))
            two += [(country, year, sex, value, part), ("ZMB", year, sex, value, weight - part)]
        else:
            two.append((country, year, sex, value, weight))
    assume({row[1] for row in rows if row[0] == split[0]} == {row[1] for row in rows if row[0] == split[0] and row[4] is not None})
    before, after = averages(rows), averages(two, by={"east": [*COUNTRIES, "ZMB"]})
    for key, row in before.items():
        assert after[key]["value"] == (None if row["value"] is None else pytest.approx(row["value"], abs=1e-9))
        assert after[key]["weight_covered"] == (None if row["weight_covered"] is None else pytest.approx(row["weight_covered"]))


@some
@given(tables, st.randoms())
def test_the_order_of_rows_does_not_matter(rows, random):
    shuffled = rows[:]
    random.shuffle(shuffled)
    assert averages(shuffled) == averages(rows)


@some
@given(tables, st.floats(0, 1))
def test_an_average_lies_between_its_least_and_its_greatest_value_and_is_withheld_below_the_threshold(rows, threshold):
    for (_region, sex, year), row in averages(rows, threshold=threshold).items():
        own = [float(one[3]) for one in rows if one[1:3] == (year, sex) and one[3] is not None and one[4]]
        assert row["countries"] == len(own)
        if row["value"] is not None:
            assert min(own) <= row["value"] <= max(own)
            assert row["weight_covered"] >= threshold
        else:
            assert not own or row["withheld"]
        assert row["weight_covered"] is None or 0 <= row["weight_covered"] <= 1


@some
@given(tables)
def test_the_world_is_the_average_of_its_regions(rows):
    both = averages(rows, by={"all": COUNTRIES, "one": COUNTRIES[:2], "other": COUNTRIES[2:]})
    for sex, year in {key[1:] for key in both}:
        parts = [both[name, sex, year] for name in ("one", "other") if (name, sex, year) in both]
        behind = [(row["value"], row["weight"] * row["weight_covered"]) for row in parts if row["value"] is not None]
        whole = both["all", sex, year]["value"]
        assert (whole is None) == (not behind)
        if whole is not None:
            assert whole == pytest.approx(sum(value * weight for value, weight in behind) / sum(weight for _, weight in behind))


@some
@given(st.decimals(0, 100, places=2), st.floats(-20, 20), st.integers(2024, 2060))
def test_what_lies_ahead_stays_between_0_and_100_and_is_straight_until_then(base, points, to):
    points = round(points, 3)
    table = Values.of([{"series": "SI_COV_CHLD", "country": "KEN", "year": 2023, "value": base, "weight": 10}])
    rows = [row for row in coverage.outlook(table, path=f"{points:+.3f}", to=to).rows if row["level"] == "country"]
    assert rows[0]["value"] == float(base)
    assert len(rows) == to - 2022
    assert all(row["value"] == pytest.approx(min(100, max(0, float(base) + points * (row["year"] - 2023))), abs=1e-8) for row in rows)
