"""Everything is open to read, nothing can be written, and nothing else is there."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.urls import URLPattern

from socle_web.pages import files, urls

EXAMPLES = {"alpha3": "KEN", "code": "digital", "phase": "2", "year": "2024", "format": "csv"}
KEYS = {"partners": "A", "projects": "P1", "changes": "C1", "impacts": "I1"}
WHY = "?table=impacts&row=all/all&column=persons&phase=2"


def address(pattern: URLPattern) -> str:
    route = str(pattern.pattern)
    named = {**EXAMPLES, "key": KEYS.get(route.partition("/")[0], "")}
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: named[found[1]], route) + (WHY if route == "why/" else "")


ADDRESSES = sorted(address(pattern) for pattern in urls.urlpatterns if pattern.name != "as-it-stood")
PAGES = [one for one in ADDRESSES if one.endswith("/") or one.startswith("/why/")]


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("prefix", ["", "/fr", "/es"])
@pytest.mark.parametrize("one", ADDRESSES)
def test_every_address_answers_those_who_read(client, one, prefix):
    assert client.get(prefix + one).status_code == 200
    assert client.head(prefix + one).status_code == 200


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("one", ADDRESSES)
def test_no_address_answers_those_who_write(client, one, method):
    assert getattr(client, method)(one).status_code == 405


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("one", ["/admin/", "/countries/XXX/", "/countries/ken-y/", "/changes/none/",
                                 "/impacts/none/", "/projects/none/", "/partners/none/", "/themes/none/", "/report/9/",
                                 "/report/2/1999/", "/results.exe", "/report/2/download.exe", "/why/",
                                 "/why/?table=impacts&row=all/all&column=secret", "/why/?table=impacts&row=all/all&column=persons&year=x",
                                 "/why/?table=impacts&row=all/all&column=persons&as_of=yesterday",
                                 "/why/?table=impacts&row=all/all&column=persons&country=Korea"])
def test_what_is_not_there_is_not_found_kindly(client, one):
    response = client.get(one)
    assert response.status_code == 404
    assert "There is no page here" in response.content.decode()


def test_a_country_may_be_asked_for_by_name(client, programme):
    assert client.get("/countries/Kenya/").headers["Location"] == "/countries/KEN/"


@pytest.mark.parametrize("one", PAGES)
def test_no_page_needs_a_script_or_a_style_of_its_own(read, one):
    page = read(one)
    assert not re.findall(r"<script|<style|\sstyle=|\son\w+=|javascript:", page)


@pytest.mark.parametrize("one", PAGES)
def test_every_page_says_where_it_comes_from(read, one):
    page = read(one)
    assert "A report, 2025." in page
    assert "CC BY 4.0" in page
    assert "This is an adaptation." in page
    assert "Not an ILO publication" in page


@pytest.mark.parametrize("one", PAGES)
def test_every_page_has_one_first_heading_and_skips_no_level(read, one):
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", read(one))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), levels


@pytest.mark.parametrize("one", PAGES)
def test_no_page_gives_one_name_to_two_things(read, one):
    names = re.findall(r'\sid="([^"]+)"', read(one))
    assert sorted(set(names)) == sorted(names)


def test_what_people_wrote_is_never_markup(read):
    for one in PAGES:
        assert "<script" not in read(one)
        assert "Agency <b>" not in read(one)


def test_a_site_without_records_says_how_to_begin(client, db):
    assert "socle-web load" in client.get("/").content.decode()
    for one in ("/results/", "/countries/", "/partners/", "/report/", "/team/", "/evaluation/", "/reconciliation/", "/about/"):
        assert client.get(one).status_code == 200


def test_a_page_that_has_not_changed_is_not_sent_again(client, programme):
    first = client.get("/countries/KEN/")
    again = client.get("/countries/KEN/", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/fr/countries/KEN/", headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_a_load_makes_every_page_new(client, programme):
    from socle_web.results import actions
    from tests.spec import books

    first = client.get("/countries/KEN/").headers["ETag"]
    actions.load(books.parsed(changes=[books.change("C9", year="2023", step="1", title="Later")]), by="a tester", source="more")
    again = client.get("/countries/KEN/", headers={"if-none-match": first})
    assert again.status_code == 200
    assert "Later" in again.content.decode()


@pytest.mark.parametrize("language", ["", "/fr", "/es"])
def test_the_first_page_is_light(read, language):
    assert len(read(f"{language}/").encode()) < 60_000


@pytest.mark.parametrize("name", ["400", "403", "500"])
def test_a_page_of_trouble_needs_no_database(name):
    from django.template.loader import render_to_string

    page = render_to_string(f"{name}.html")
    assert "<h1>" in page
    assert 'href="/"' in page


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx"])
def test_a_file_that_takes_seconds_is_made_once_for_all_who_ask(client, form, monkeypatch):
    made = []
    monkeypatch.setattr(files, "_content", lambda form, report: made.append(form) or b"a file")
    for address in (f"/report/2/download.{form}", f"/report/2/download.{form}", f"/fr/report/2/download.{form}"):
        assert client.get(address).content == b"a file"
    assert made == [form, form]  # once in each language


def test_crawlers_are_kept_from_what_is_slow(client):
    said = client.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /why/", "Disallow: /fr/why/", "Disallow: /report/*/download.", "Disallow: /es/results."} <= set(said)
