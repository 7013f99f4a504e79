"""What a chart promises to those who see it, those who hear it, and the page it stands in."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from socle import vocabulary
from socle.reports import charts
from socle.reports.charts import Event, Observed, Progress, drawing
from socle.vocabulary import Period

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [("Legal coverage", {"records": 10, "without_records": 5}), ("Access", {"records": None}), ("Adequacy", {"records": 0})]
SERIES = {"records": "with records", "without_records": "published without records"}
HISTORY = [
    Observed(Period.parse("2017"), "baseline", 100),
    Observed(Period.parse("2018-06-30"), "level", 400),
    Observed(Period.parse("2019"), "increase", 50),
    Observed(Period.parse("2020"), "level", 90, "potential"),
]
EVENTS = [Event(Period.parse("2022"), "1", "Strategy <b>", "/changes/1/"), Event(Period.parse("2024"), "3", "Register")]

ALL = {
    "map": lambda: charts.tile_map({"KEN": 3, "FRA": 0, "NPL": None}, title="Changes & <more>"),
    "linked map": lambda: charts.tile_map({"KEN": 3}, title="Changes", href=lambda code: f'/countries/{code}/?a=1&b="2"'),
    "bars": lambda: charts.bars(ROWS, title="People", series=SERIES),
    "grouped bars": lambda: charts.bars(ROWS, title="People", series=SERIES, stacked=False),
    "columns": lambda: charts.columns({"2021": {"records": 4}, "2022": {}}, title="By year", series=SERIES),
    "progress": lambda: charts.progress([Progress("Step 1", 14, 20, 3, "countries")], title="Ambition"),
    "history": lambda: charts.history(HISTORY, title="History", expected=500, expected_on=Period.parse("2020")),
    "timeline": lambda: charts.timeline(EVENTS, title="Results"),
    "lines": lambda: charts.lines((2025, 2026, 2027), [charts.Curve("Child <grant>", (0.01, None, 0.02)),
                                                       charts.Curve("Old age", (0, 0.01, 0.03), (0, 0.005, 0.02), (0, 0.02, 0.04))],
                                  title="Cost", words=lambda v: f"{v:.1%}", marks={"budget": 0.02}),
    "nothing at all": lambda: charts.history([], title="History") + charts.timeline([], title="x"),
}


def words(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", ALL)
def test_a_chart_needs_no_script_no_style_and_no_identifier(name):
    svg = ALL[name]()
    assert "style=" not in svg
    assert "<script" not in svg
    assert "<style" not in svg
    assert " id=" not in svg


@pytest.mark.parametrize("name", sorted(set(ALL) - {"nothing at all"}))
def test_a_chart_is_well_formed_named_and_scales(name):
    root = ElementTree.fromstring(ALL[name]())
    assert root.tag == f"{SVG}svg"
    assert root.get("aria-label")
    assert root.find(f"{SVG}title") is not None
    assert root.get("width") == "100%"
    assert root.get("viewBox")
    has_links = root.find(f".//{SVG}a") is not None
    assert root.get("role") == ("group" if has_links else "img")


def test_every_country_has_a_tile_and_no_two_share_one():
    places = charts.tiles()
    assert len(set(places.values())) == len(places)
    assert all(0 <= column < 40 and 0 <= row < 20 for column, row in places.values())
    assert set(places) <= set(vocabulary.COUNTRIES)
    with_region = {code for code, country in vocabulary.COUNTRIES.items() if country.region}
    assert with_region <= set(places)


@pytest.mark.parametrize(
    ("west", "east"), [("PRT", "ESP"), ("USA", "GBR"), ("GBR", "POL"), ("SEN", "KEN"), ("IND", "JPN"), ("CHL", "BRA")]
)
def test_tiles_keep_west_and_east(west, east):
    assert charts.tiles()[west][0] <= charts.tiles()[east][0]


@pytest.mark.parametrize(
    ("north", "south"), [("CAN", "USA"), ("NOR", "ITA"), ("ITA", "LBY"), ("EGY", "ZAF"), ("CHN", "IDN"), ("VEN", "ARG")]
)
def test_tiles_keep_north_and_south(north, south):
    assert charts.tiles()[north][1] < charts.tiles()[south][1]


def test_a_tile_is_a_link_that_says_its_country_and_figure():
    svg = charts.tile_map({"KEN": 3, "FRA": 0}, title="Changes", href=lambda code: f"/countries/{code}/")
    labels = {a.get("href"): a.get("aria-label") for a in ElementTree.fromstring(svg).iter(f"{SVG}a")}
    assert labels["/countries/KEN/"] == "Kenya: 3 changes"
    assert labels["/countries/FRA/"] == "France: 0 changes"
    assert labels["/countries/NPL/"] == "Nepal: no result reported"


def test_no_result_reported_looks_different_from_zero():
    root = ElementTree.fromstring(charts.tile_map({"FRA": 0, "NPL": None}, title="x"))
    fills = {g.find(f"{SVG}text").text: g.find(f"{SVG}rect").get("fill") for g in root.iter(f"{SVG}g")}
    assert fills["FRA"] != fills["NPL"] == fills["KEN"]


def test_a_code_without_a_tile_is_drawn_below_the_map():
    assert "XAA" in words(charts.tile_map({"XAA": 2}, title="x"))


def test_the_legend_names_the_bounds_of_each_class():
    values = dict(zip(charts.tiles(), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], strict=False))
    assert {"1 – 2", "3 – 4", "5 – 6", "7 – 8", "9 – 10", "no result reported"} <= set(words(charts.tile_map(values, title="x")))


def test_marked_countries_are_explained_in_the_legend():
    assert "priority country" in words(charts.tile_map({}, title="x", marked={"KEN"}, marked_as="priority country"))


def test_letters_on_tiles_can_be_read():
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    values = dict(zip(sorted(charts.tiles()), [0, *range(1, 60)], strict=False))
    svg = charts.tile_map(values, title="x")
    seen = set(re.findall(r'class="tile"/><text[^>]*fill="(#\w+)"', svg))
    assert seen
    for g in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        tile, letters = luminance(g.find(f"{SVG}rect").get("fill")), luminance(g.find(f"{SVG}text").get("fill"))
        assert (max(tile, letters) + 0.05) / (min(tile, letters) + 0.05) >= 4.5


def test_not_reported_is_a_word_and_zero_is_a_figure():
    written = words(charts.bars(ROWS, title="People", series=SERIES))
    assert "not reported" in written
    assert "0" in written
    assert "15" in written


def test_more_than_the_ambition_is_drawn_past_its_line():
    svg = charts.progress([Progress("Step 3", 30, 20, 0, "countries")], title="x")
    assert "150%" in words(svg)
    line = ElementTree.fromstring(svg).find(f"{SVG}line")
    assert float(line.get("x1")) < drawing.WIDTH * 0.7


def test_an_ambition_without_a_figure_says_not_reported():
    assert "not reported; ambition: 20 countries" in words(
        charts.progress([Progress("Step 3", None, 20, None, "countries")], title="x")
    )


def test_a_level_sets_and_an_increase_adds():
    assert [level for _, level in charts.levels(HISTORY[:3])] == [100, 400, 450]


def test_a_level_closes_its_day_whatever_the_order_of_the_rows():
    day = Period.parse("2020-05-01")
    rows = [Observed(day, "level", 70), Observed(day, "increase", 20), Observed(day, "baseline", 50)]
    assert [level for _, level in charts.levels(rows)] == [50, 70, 70]


def test_what_is_potential_is_a_broken_line_of_its_own():
    svg = charts.history(HISTORY, title="x")
    paths = [p for p in ElementTree.fromstring(svg).iter(f"{SVG}path") if p.get("fill") == "none"]
    assert [bool(p.get("stroke-dasharray")) for p in paths] == [False, True]


def test_a_year_that_is_not_known_is_a_gap_and_never_zero():
    whole = charts.lines((2025, 2026, 2027), [charts.Curve("Cost", (1.0, 2.0, 3.0))], title="Cost")
    broken = charts.lines((2025, 2026, 2027, 2028), [charts.Curve("Cost", (1.0, float("nan"), 2.0, 3.0))], title="Cost")
    assert (whole.count("<path"), whole.count("<circle")) == (1, 0)
    assert (broken.count("<path"), broken.count("<circle")) == (1, 1)
    assert "not reported" in charts.lines((2025,), [charts.Curve("Cost", (None,))], title="Cost")


def test_thousandths_have_marks_of_their_own():
    said = words(charts.lines((2025, 2026), [charts.Curve("Cost", (0.0011, 0.0034))], title="Cost", words=lambda v: f"{v:.1%}"))
    assert said[:5] == ["0.0%", "0.1%", "0.2%", "0.3%", "0.4%"]


def test_those_who_do_not_see_lines_hear_where_they_begin_and_end():
    drawn = charts.lines((2025, 2026, 2027), [charts.Curve("Cost", (None, 2.0, 3.0))], title="Cost")
    assert "Cost: 2 in 2026, 3 in 2027" in drawn


def test_text_is_escaped():
    svg = charts.timeline([Event(Period.parse("2022"), "1", '<script>"&', 'javascript"')], title="<b>\x00")
    assert "<script" not in svg
    ElementTree.fromstring(svg)


def test_labels_speak_the_language():
    with vocabulary.speaking("fr"):
        assert 'aria-label="Namibie' in charts.tile_map({}, title="x", href=lambda c: "/")
