"""The statistical bulletin: of an edition for everybody, of an inquiry for who works on it, with the figures that are published."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from socle import coverage, datasets
from socle_web.audit.models import Event
from socle_web.coverage import bulletins
from socle_web.coverage.actions import releasing
from socle_web.coverage.actions.releasing import Announced
from socle_web.coverage.models.editions import Value
from tests.people import person
from tests.unit.web_coverage import editions
from tests.unit.web_coverage.inquiries import asked, bring, submitted

pytestmark = pytest.mark.django_db


def signed(client, who):
    client.force_login(person(who), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def words(content):
    text = re.sub(r"<style.*?</style>|<svg.*?</svg>", "", content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def released(code="XWE", **otherwise):
    """``otherwise``: what the edition says of old-age pensions that the rows do not, as if it had been counted differently then."""
    made = datasets.made_up(code)
    report = coverage.report(made.inquiry, country=code, economy=made.economy, population=made.population)
    figures = tuple(replace(one, **otherwise) if one.series == "SI_COV_PENSN" else one for one in report.figures)
    report = replace(report, figures=figures)
    announced = Announced("The inquiry of 2025", "Made up", date(2026, 6, 30), f"inquiry-{code.lower()}")
    return releasing.release(report, announced, country=code, book=made.inquiry, by="tester"), made.inquiry


def test_the_rows_of_an_edition_are_the_inquiry_they_were():
    edition, book = released()
    assert {table.sheet.name: list(table.rows()) for table in bulletins.book_of(edition) if len(table)} == {
        table.sheet.name: list(table.rows()) for table in book if len(table)}


def test_everybody_gets_the_bulletin_of_a_published_inquiry_in_three_formats(client):
    edition, _book = released()
    for form, start in (("html", b"<!doctype html>"), ("docx", b"PK"), ("pdf", b"%PDF")):
        answer = client.get(f"/coverage/XWE/bulletin/2025/download.{form}")
        assert answer.status_code == 200
        assert answer.content.startswith(start), form
        assert answer.headers["Content-Disposition"] == f'attachment; filename="bulletin-XWE-2025.{form}"'
    told = words(client.get("/coverage/XWE/bulletin/2025/download.html").content)
    figure = edition.values.get(series="SI_COV_PENSN", year=2025, sex="total", age_group="total", disability="total", area="total")
    assert f"{figure.value:.1f}%" in told
    assert edition.key in told
    assert not Event.objects.filter(deed="export").exists()


def test_a_bulletin_speaks_the_language_of_the_page(client):
    released()
    answer = client.get("/fr/coverage/XWE/bulletin/2025/download.html")
    assert '<html lang="fr"' in answer.content.decode()


def test_what_is_not_there_is_not_made(client):
    released()
    editions.international()
    missing = ["XWE/bulletin/2031/download.pdf", "XWE/bulletin/2025/download.exe", "KEN/bulletin/2025/download.pdf",
               "ZZZ/bulletin/2025/download.pdf", "xwe/bulletin/2025/download.pdf", "XWE/bulletin/99999999999999999999/download.pdf",
               "XWE/bulletin/2025/download.pdf?edition=none", "KEN/bulletin/2020/download.pdf?edition=un-2025",
               "XUT/bulletin/2025/download.pdf?edition=inquiry-xwe", "XWE/bulletin/-1/download.pdf"]
    assert {address: client.get(f"/coverage/{address}").status_code for address in missing} == dict.fromkeys(missing, 404)
    assert client.get("/coverage/XWE/bulletin/2025/download.html?edition=%00").status_code == 200, "as if none had been asked for"


def test_a_bulletin_says_the_figures_of_its_edition_whatever_is_known_today(client):
    released(value=12.34)
    told = words(client.get("/coverage/XWE/bulletin/2025/download.html").content)
    assert "12.3%" in told
    assert "what is known of the economy today" in told  # the tests have no economy of Welkara


def test_the_page_of_a_country_offers_a_bulletin_of_every_year_of_a_national_edition_only(client):
    released()
    editions.international()
    told = client.get("/coverage/XWE/").content.decode()
    years = sorted({int(year) for year in re.findall(r"/coverage/XWE/bulletin/(\d+)/download\.docx\?edition=inquiry-xwe", told)})
    assert years == sorted({one.year for one in Value.objects.filter(country="XWE", family="sdg", value__isnull=False)})
    assert "/bulletin/" not in client.get("/coverage/KEN/").content.decode()


def test_who_works_on_an_inquiry_reads_its_bulletin_before_it_is_published(client):
    inquiry = submitted()
    address = f"/coverage/work/inquiries/{inquiry.pk}/bulletin/2025/download.html"
    assert address in signed(client, "verifier").get(f"/coverage/work/inquiries/{inquiry.pk}/").content.decode()
    for who, status in (("owner", 200), ("colleague", 200), ("verifier", 200), ("manager", 200), ("stranger", 404), ("reader", 403)):
        assert signed(client, who).get(address).status_code == status, who
    told = words(signed(client, "owner").get(address).content)
    assert "25.0%" in told  # 1,000 of 4,000 older persons
    assert "Draft" in told
    client.logout()
    assert client.get(address).status_code == 302
    first = Event.objects.filter(deed="export").order_by("pk")[0]
    assert (first.actor, first.subject_key, first.summary) == ("owner", f"inquiry-{inquiry.pk}", {"format": "html", "year": 2025})
    assert client.post(address).status_code == 405


def test_an_inquiry_without_figures_has_no_bulletin_and_says_why(client):
    inquiry = asked()
    signed(client, "owner")
    assert "/bulletin/" not in client.get(f"/coverage/work/inquiries/{inquiry.pk}/").content.decode()
    address = f"/coverage/work/inquiries/{inquiry.pk}/bulletin"
    assert "no figures of 2025 yet" in client.get(f"{address}/2025/download.pdf", follow=True).content.decode()
    bring(inquiry)
    assert client.get(f"{address}/2025/download.pdf").status_code == 200
    assert client.get(f"{address}/2019/download.pdf").status_code == 404
    assert client.get(f"{address}/2025/download.xlsx").status_code == 404


def test_a_bulletin_asks_the_database_as_often_whatever_its_length(client):
    counts = {}
    for code in ("XWE", "XUT"):
        released(code)
        with CaptureQueriesContext(connection) as asked_for:
            assert client.get(f"/coverage/{code}/bulletin/2025/download.html").status_code == 200
        counts[code] = len(asked_for)
    assert len(set(counts.values())) == 1, counts
