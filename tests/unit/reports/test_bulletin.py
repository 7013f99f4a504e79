"""The statistical bulletin: what a national office publishes, from its inquiry alone."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
from docx import Document as open_word
from pypdf import PdfReader

from socle import coverage, datasets, reports
from socle.errors import InputError
from socle.reports.document import Heading, KeyFigures, words_of
from socle.tables import Book
from socle.vocabulary import number, percent, speaking


@cache
def made(lang="en", year=2025):
    country = datasets.made_up("XUT")
    with speaking(lang):
        return reports.bulletin(report(), country.inquiry, year=year)


@cache
def report():
    country = datasets.made_up("XUT")
    return coverage.report(country.inquiry, economy=country.economy)


def chapters(paper):
    return [block.text.words for block in paper.blocks if isinstance(block, Heading) and block.level == 1]


def table(paper, caption):
    return next(one for one in paper.tables() if one.caption.startswith(caption))


def test_a_complete_inquiry_has_every_chapter_of_a_national_bulletin():
    assert chapters(made()) == [
        "Key figures", "The schemes", "Contributors", "Beneficiaries", "Benefits and their adequacy", "Expenditure", "Income",
        "Effective coverage", "Legal coverage", "Notes on methods", "Annex: quality of the data"]


def test_the_line_for_the_indicator_is_that_of_the_report():
    rows = {row[0].text.words: [cell.text.words for cell in row[1:]] for row in table(made(), "SDG indicator 1.3.1, 2025").rows}
    older = report().figure("SI_COV_PENSN", year=2025)
    assert rows["Older persons receiving an old-age pension"][2:] == [
        percent(older.value / 100, decimals=1), number(round(older.numerator)), number(round(older.denominator))]
    assert len(rows) == 9


def test_a_union_that_is_not_known_exactly_is_printed_as_its_bounds():
    low, high = (report().figure("SI_COV_BENFTS", year=2025, bound=bound) for bound in ("lower", "upper"))
    key = next(block for block in made().blocks if isinstance(block, KeyFigures)).figures[0]
    assert key.value == f"{percent(low.value / 100, decimals=1)} to {percent(high.value / 100, decimals=1)}"
    exact = report().figure("SI_COV_BENFTS", year=2024)
    first = next(block for block in made(year=2024).blocks if isinstance(block, KeyFigures)).figures[0]
    assert first.value == percent(exact.value / 100, decimals=1)


def test_schemes_stand_with_their_kind():
    contributory, others = table(made(), "Contributory schemes"), table(made(), "Non-contributory schemes")
    assert len(contributory.rows) + len(others.rows) == 9
    assert "Old-age Grant" in {row[0].text.words for row in others.rows}


def test_expenditure_adds_up_to_its_total_but_for_transfers():
    found = table(made(), "Expenditure by scheme")
    total = next(one for one in report().spending if (one.scheme, one.function, one.item, one.year) == ("all", "all", "all", 2025))
    assert found.rows[-1][4].text.words == number(total.amount / 1e6, decimals=1)
    assert found.totals == {len(found.rows) - 1}


def test_what_is_not_available_is_never_a_zero():
    trend = next(one for one in made().tables() if one.caption == "Beneficiaries by benefit")
    grant = next(row for row in trend.rows if row[0].text.words == "Child grant")
    assert [cell.is_known for cell in grant] == [True, False, False, False, False, True]
    assert "0" not in {cell.text.words for cell in grant}


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_every_rendering_says_every_word(lang):
    paper = made(lang)
    pages = PdfReader(BytesIO(reports.render(paper, "pdf"))).pages
    assert len(pages) >= 10
    html = reports.render(paper, "html").decode()
    word = open_word(BytesIO(reports.render(paper, "docx")))
    in_word = " ".join(paragraph.text for paragraph in word.paragraphs)
    for heading in chapters(paper):
        assert heading in html.replace("&#x27;", "'"), heading
        assert heading in in_word, heading
    assert html.count("<table") == len(list(paper.tables()))
    assert f'lang="{lang}"' in html


def test_the_bulletin_of_a_made_up_country_says_so_on_every_page():
    assert "invented" in made().notice[0].words
    assert all("invented" in page.extract_text() for page in PdfReader(BytesIO(reports.render(made(), "pdf"))).pages[1:])


def test_words_of_an_inquiry_are_escaped():
    country = datasets.made_up("XUT")
    columns = country.inquiry["schemes"].columns
    named = replace(country.inquiry["schemes"], columns={**columns, "name": ["<script>alert(1)</script>", *columns["name"][1:]]})
    paper = reports.bulletin(report(), Book(country.inquiry.form, {**country.inquiry.tables, "schemes": named}), year=2025)
    assert any("<script>" in words for block in paper.blocks for words in words_of(block))
    html = reports.render(paper, "html").decode()
    assert "<script>alert" not in html
    assert re.search("&lt;script&gt;", html)


def test_an_inquiry_without_money_has_a_bulletin_without_chapters_on_money():
    country = datasets.made_up("XUT")
    tables = {name: one for name, one in country.inquiry.tables.items() if name not in ("expenditure", "receipts", "amounts", "legal")}
    book = Book(country.inquiry.form, tables)
    paper = reports.bulletin(coverage.report(book), book, year=2025)
    assert not {"Expenditure", "Income", "Benefits and their adequacy", "Legal coverage"} & set(chapters(paper))


@pytest.mark.parametrize(("asked", "told"), [({"year": 1999}, "no figures"), ({"country": "KEN"}, "no figures")])
def test_a_bulletin_of_nothing_is_refused(asked, told):
    with pytest.raises(InputError, match=told):
        reports.bulletin(report(), datasets.made_up("XUT").inquiry, **asked)
