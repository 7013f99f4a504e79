"""Somebody narrows the results down and takes away exactly what is shown."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import urlsplit

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.golden import catalogue

pytestmark = pytest.mark.browser

#: A filter, what is chosen in it, and which changes of the catalogue have it.
FILTERS = [
    ("Country", "Zambia", lambda one: one["country"] == "ZMB"),
    ("Region", "Arab States", lambda one: one["country"] in {"LBN", "IRQ", "JOR", "PSE"}),
    ("Year", "2017", lambda one: one["year"] == "2017"),
    ("Step", "Step 2: design and reform schemes", lambda one: one["step"] == "2"),
    ("Branch", "Old age", lambda one: "old_age" in one["branches"].split(";")),
    ("Theme", "Social dialogue", lambda one: "social_dialogue" in one["themes"].split(";")),
    ("Partner", "Belgium", lambda one: bool(paid_by("BEL") & set(one["projects"].split(";")))),
]


def paid_by(partner):
    return {one["project"] for one in catalogue.rows("funding") if one["partner"] == partner and one["project"]}


def choose(page, label, words):
    page.get_by_label(label, exact=True).select_option(label=words)
    page.get_by_role("main").get_by_role("button", name="Show").click()


def listed(page):
    """The keys of the records on all pages of the list."""
    keys = []
    while True:
        keys += [urlsplit(link.get_attribute("href")).path.split("/")[-2] for link in
                 page.get_by_role("heading", level=3).get_by_role("link").all()]
        following = page.get_by_role("navigation", name="Pages").get_by_role("link", name="Next")
        if not following.count():
            return keys
        following.click()


def taken(page, form, tmp_path):
    with page.expect_download() as getting:
        page.get_by_role("link", name=form, exact=True).click()
    path = tmp_path / getting.value.suggested_filename
    getting.value.save_as(path)
    if form == "CSV":
        return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    if form == "JSON":
        return next(iter(json.loads(path.read_text(encoding="utf-8")).values()))
    header, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize(("label", "words", "has"), FILTERS, ids=[label for label, *_ in FILTERS])
def test_what_a_filter_shows_is_what_the_catalogue_has_and_what_is_downloaded(visit, tmp_path, label, words, has):
    page = visit.page()
    page.goto("/results/")
    choose(page, label, words)
    chip = words if words.startswith(label) else f"{label}: {words}"  # “Step 2: …” says already what it is
    expect(page.get_by_role("link", name=f"{chip} – remove this filter")).to_be_visible()
    downloads = {form: sorted(row["change"] for row in taken(page, form, tmp_path)) for form in ("CSV", "JSON", "XLSX")}
    expected = sorted(one["change"] for one in catalogue.rows("changes") if has(one))
    assert expected
    assert sorted(listed(page)) == expected
    assert downloads == dict.fromkeys(("CSV", "JSON", "XLSX"), expected)


def test_impacts_are_found_by_their_kind(visit, tmp_path):
    page = visit.page()
    page.goto("/results/")
    choose(page, "Kind of impact", "Adequacy")
    assert sorted(listed(page)) == sorted({one["change"] for one in catalogue.rows("impacts") if one["kind"] == "adequacy"})
    page.get_by_role("navigation", name="Lists").get_by_role("link", name="2 impacts on people").click()
    expected = sorted(one["impact"] for one in catalogue.rows("impacts") if one["kind"] == "adequacy")
    rows = taken(page, "CSV", tmp_path)
    assert sorted({row["impact"] for row in rows}) == sorted(listed(page)) == expected
    assert sum(int(row["persons"]) for row in rows) == 11_000_000


def test_filters_add_up_and_are_removed_one_by_one(visit):
    page = visit.page()
    page.goto("/results/")
    choose(page, "Country", "Zambia")
    choose(page, "Year", "2024")
    assert sorted(listed(page)) == ["ZMB-2024-1", "ZMB-2024-3"]
    expect(page.get_by_label("Country", exact=True)).to_have_value("ZMB")
    page.get_by_role("link", name="Year: 2024 – remove this filter").click()
    assert sorted(listed(page)) == ["ZMB-2017-1", "ZMB-2024-1", "ZMB-2024-3"]
    page.get_by_role("link", name="Remove all").click()
    assert len(listed(page)) == len(catalogue.rows("changes"))


def test_when_nothing_is_found_the_page_says_what_to_do(visit):
    page = visit.page()
    page.goto("/results/?country=ALB&step=3")
    expect(page.get_by_role("main")).to_contain_text("No record has all of these.")
    expect(page.get_by_role("link", name="CSV", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Remove all").click()
    expect(page.get_by_role("heading", level=3).first).to_be_visible()


def test_a_word_nobody_recorded_is_named_beside_its_field(visit):
    page = visit.page()
    page.goto("/results/?country=ATLANTIS")
    expect(page.get_by_role("main")).to_contain_text("Nothing is recorded under “ATLANTIS”.")
