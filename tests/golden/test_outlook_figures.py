"""World figures that were published: 42.8 % covered in 2015, 52.4 % in 2023 (World Social Protection Report 2024-26)."""

from __future__ import annotations

import pytest

from socle import coverage
from socle.tables import Values

WORLD = Values.of([{"series": "SI_COV_BENFTS", "country": "1", "year": year, "value": value, "vintage": "WSPR 2024-26"}
                   for year, value in ((2015, "42.8"), (2023, "52.4"))])


def test_two_points_a_year_lead_from_52_4_in_2023_to_66_4_in_2030():
    found = coverage.outlook(WORLD, path="+2")
    assert [row["value"] for row in found.rows if row["area"] == "1"] == pytest.approx([52.4 + 2 * n for n in range(8)], abs=1e-12)
    assert (found.targets[0]["base_year"], found.targets[0]["value"], found.targets[0]["distance"]) == (2023, 66.4, 33.6)


def test_the_years_since_2015_were_1_2_points_a_year():
    assert coverage.trend(WORLD)[0]["points_a_year"] == pytest.approx(1.2)
    assert coverage.outlook(WORLD, path="as_last:8").targets[0]["value"] == pytest.approx(60.8)
