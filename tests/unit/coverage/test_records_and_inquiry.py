"""The same persons counted twice: one by one, and by an inquiry that adds up schemes and takes off their overlaps."""

from dataclasses import replace
from functools import cache

import pytest

from scripts.made_up_registers import ALL, BENEFITS, INJURY, MATERNITY, PENSION, UNEMPLOYMENT
from socle import coverage, datasets
from socle.coverage import Mark, RecordsMapping

FUNCTION = {PENSION: "old_age", INJURY: "employment_injury", MATERNITY: "maternity", UNEMPLOYMENT: "unemployment"}
CONTRIBUTES = tuple(Mark(scheme, function, "active_contributors", column=scheme) for scheme, function in FUNCTION.items())
RECEIVES = tuple(Mark(scheme, function, contributory=contributory == "yes", column=benefit)
                 for benefit, (scheme, function, form, _, contributory, _) in BENEFITS.items() if form == "cash")
MAPPING = RecordsMapping("XUT", 2024, (*CONTRIBUTES, *RECEIVES), weight="weight", suppress_below=None)


def population(year):
    """A record for each part of the population and sex, weighted with its persons; the last ones are in no scheme."""
    one = ALL[year]
    rows = [(dict.fromkeys(part, 1), sex, persons) for part, sexes in one.parts.items() for sex, persons in sexes.items()]
    rows += [({}, sex, one.aged(0)[sex] - sum(sexes[sex] for sexes in one.parts.values())) for sex in ("female", "male")]
    columns = {name: [told.get(name, 0) for told, _, _ in rows] for name in (*FUNCTION, *(mark.column for mark in RECEIVES))}
    return columns | {"sex": [sex for _, sex, _ in rows], "weight": [float(persons) for _, _, persons in rows]}


@cache
def reported():
    return coverage.report(datasets.made_up("XUT").inquiry).figures


@pytest.mark.parametrize("year", ALL)
def test_records_give_what_an_inquiry_of_the_same_persons_gives_or_bounds(year):
    counted = coverage.of_records(datasets.read_records(population(year)), replace(MAPPING, year=year)).figures
    told = reported()
    compared = 0
    for one in counted:
        same = {other.bound: other for other in told if (other.series, other.sex, other.year) == (one.series, one.sex, year)
                and other.age_group == other.disability == other.area == "total"}
        if one.series not in ("SI_COV_BENFTS", "SI_COV_VULN") or not same:
            continue
        compared += 1
        lower, upper = same.get("lower", same.get("exact")), same.get("upper", same.get("exact"))
        assert lower.numerator <= one.numerator <= upper.numerator
        assert one.denominator == lower.denominator == upper.denominator
        if year == 2024:
            assert set(same) == {"exact"}
    assert compared == 6
