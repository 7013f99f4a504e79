"""Every figure can be asked why, and "not reported" is never zero."""

from __future__ import annotations

import html
import re

import pytest
from django.template import Context, Template
from django.utils import translation

from socle_web.pages.figures import Cell

FIGURE = re.compile(r'<a class="figure" href="([^"]+)">([^<]+)<span class="hidden"> – why\?</span></a>')
ANSWER = re.compile(r'<h1 class="answer">(.*?)</h1>', re.DOTALL)


def shown(value: object) -> str:
    with translation.override("en"):
        return Template("{% load figures %}{% figure cell %}").render(Context({"cell": Cell(value, "/why/?")}))


def test_what_is_not_reported_is_said_and_is_not_a_link():
    assert shown(None) == '<span class="unreported">not reported</span>'


def test_zero_is_a_figure():
    assert re.search(r">0<", shown(0))
    assert "not reported" not in shown(0)


@pytest.mark.parametrize("page", ["/", "/countries/KEN/", "/countries/NPL/", "/partners/A/", "/partners/B/", "/impacts/I1/", "/report/2/",
                                  "/report/2/2024/", "/report/2/?as_of=2024-12-31", "/reconciliation/"])
def test_every_figure_leads_to_the_same_figure_and_the_rule_that_counted_it(read, page):
    figures = dict(FIGURE.findall(read(page)))
    assert figures
    for address, value in figures.items():
        answer = read(html.unescape(address))
        assert ANSWER.search(answer)[1] == value, address
        assert "The rule that counted it" in answer


def test_a_figure_shows_its_rows_their_source_and_their_evidence(read):
    page = read("/why/?table=changes_by_step&row=2&column=changes&phase=2")
    assert '<a href="/changes/C1/">Kenya: A law</a>' in page
    text = re.sub(r"<[^>]+>", "", page)
    assert "reported by R1, Table 4, not verified here" in text
    assert '<a href="https://example.org/law" rel="noopener external">The law itself</a>' in page


def test_a_figure_shows_what_was_left_out_and_why(read):
    text = re.sub(r"<[^>]+>", " ", read("/why/?table=impacts&row=legal_coverage/all&column=persons&phase=2"))
    assert "superseded by a later observation" in text
    assert "a subsidy that ends" in text
    assert "37,500" in text


def test_the_evidence_of_a_change_also_bears_out_what_it_meant_for_people(read):
    assert "The law itself" in read("/why/?table=impacts&row=legal_coverage/all&column=persons&phase=2")


def test_households_are_not_silently_called_persons(read):
    assert "households" in read("/")
    assert "households" in read("/countries/NPL/")
    assert "households" not in read("/countries/KEN/")


def test_what_was_recorded_later_is_not_there_yet(read):
    assert "4,420" in read("/report/2/?as_of=2024-12-31")
    assert "4,398" in read("/report/2/")


def test_an_unreadable_day_is_said_and_the_report_still_read(read):
    assert "Write a day as 2023-12-31." in read("/report/2/?as_of=yesterday")
