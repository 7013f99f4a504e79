"""The results browser: filters, chips, and files of exactly what is shown."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO

import openpyxl
import pytest

LINKS = re.compile(r'<h3><a href="/(?:changes|impacts)/([^/]+)/">')


@pytest.mark.parametrize(("query", "changes", "impacts"), [
    ("", ["C2", "C1"], ["I3", "I2", "I1"]),
    ("country=KEN", ["C1"], ["I3", "I1"]),
    ("region=asia_pacific", ["C2"], ["I2"]),
    ("year=2024", ["C2"], ["I3", "I2", "I1"]),
    ("step=2", ["C1"], ["I3", "I1"]),
    ("kind=access", ["C1"], ["I3"]),
    ("branch=old_age", ["C1"], ["I3", "I2", "I1"]),
    ("theme=digital", ["C1"], ["I3", "I1"]),
    ("partner=B", ["C2", "C1"], ["I3", "I2", "I1"]),
    ("country=KEN&partner=A&step=2&year=2022", ["C1"], []),
])
def test_every_filter_filters_both_lists(read, query, changes, impacts):
    assert LINKS.findall(read(f"/results/?{query}&list=changes")) == changes
    assert LINKS.findall(read(f"/results/?{query}&list=impacts")) == impacts


@pytest.mark.parametrize("query", ["country=KEN&list=changes", "kind=access&list=impacts", "partner=B&list=changes", "list=impacts"])
def test_a_file_holds_exactly_what_is_shown(client, read, query):
    listed = LINKS.findall(read(f"/results/?{query}"))
    column = query.rpartition("list=")[2].removesuffix("s")
    table = list(csv.DictReader(StringIO(b"".join(client.get(f"/results.csv?{query}")).decode("utf-8-sig"))))
    assert list(dict.fromkeys(row[column] for row in table)) == listed
    records = json.loads(b"".join(client.get(f"/results.json?{query}")))
    assert list(dict.fromkeys(row[column] for row in next(iter(records.values())))) == listed
    sheet = openpyxl.load_workbook(BytesIO(client.get(f"/results.xlsx?{query}").content)).active
    assert list(dict.fromkeys(row[0].value for row in sheet.iter_rows(min_row=2))) == listed


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_file_runs_a_formula(client, programme, formula):
    from socle_web.results.models import Change

    Change.objects.filter(key="C2").update(title=formula)  # a load refuses it; whoever enters records by hand may write it
    text = b"".join(client.get("/results.csv")).decode("utf-8-sig")
    assert f"'{formula}" in [row["title"] for row in csv.DictReader(StringIO(text))]
    sheet = openpyxl.load_workbook(BytesIO(client.get("/results.xlsx").content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_what_is_not_reported_is_empty_in_a_file(client, programme):
    rows = json.loads(b"".join(client.get("/results.json?list=impacts")))["impacts"]
    assert {row["women"] for row in rows} == {None}


def test_a_filter_that_is_set_is_a_chip_that_removes_it(read):
    page = read("/results/?country=KEN&step=2")
    assert re.search(r'<a href="\?step=2&amp;list=changes">Country: Kenya', page)
    assert re.search(r'<a href="\?country=KEN&amp;list=changes">Step 2: design', page)


def test_a_value_nothing_is_recorded_under_is_said_so(read):
    assert "Nothing is recorded under “Atlantis”." in read("/results/?country=Atlantis")


def test_an_empty_list_says_what_to_try(read):
    assert "Remove one of the filters above" in read("/results/?country=KEN&step=3")
    assert "The other list has some" in read("/results/?country=NPL&kind=effective_coverage&year=2024&branch=old_age&list=changes")


@pytest.mark.parametrize("page", ["0", "-1", "99", "many"])
def test_a_page_that_is_not_there_is_the_nearest_one(read, page):
    assert LINKS.findall(read(f"/results/?page={page}")) == ["C2", "C1"]


@pytest.mark.parametrize("odd", ["%00", "%27%3B--", "%F0%9F%92%A9", "x" * 3000])
def test_odd_words_do_no_harm(read, odd):
    read(f"/search/?q={odd}")
    read(f"/results/?partner={odd}")


def test_search_finds_countries_in_any_language_and_records_by_their_words(read):
    assert 'href="/countries/KEN/"' in read("/search/?q=kenia")
    assert 'href="/changes/C1/"' in read("/search/?q=law+plan")
    assert 'href="/partners/B/"' in read("/search/?q=bank")
    assert "Nothing has these words" in read("/search/?q=zzz")
    assert "Nothing has these words" in read("/search/?q=%E2%80%94")
