"""The annual report of the real programme, in every format and language."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from socle import datasets, reports, results
from socle.vocabulary import speaking
from tests.architecture.house import ROOT

CATALOGUE = ROOT / "catalogue" / "programmes"


@pytest.fixture(scope="module")
def chain():
    return results.Chain.of(datasets.read_book(CATALOGUE / "building-spf-for-all").book)


@pytest.fixture(scope="module")
def made(chain):
    return results.report(chain, phase="2", year=2024)


def text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_the_report_of_2024_says_its_headline_figures(made, chain):
    said = text(reports.render(reports.document(made, chain), "pdf"))
    assert "18,267,500" in said
    assert "41 institutional changes" in said
    assert "7,182,500" in said
    assert "11,085,000" in said
    assert "Annual Report 2024, Geneva: International Labour Office, 2025" in said
    assert "This is an adaptation of a copyrighted work of the International Labour Organization" in said


def test_every_country_with_results_has_its_heading(made, chain):
    word = docx.Document(BytesIO(reports.render(reports.document(made, chain), "docx")))
    countries = {p.text for p in word.paragraphs if p.style.name == "Heading 3"}
    from socle.vocabulary import COUNTRIES

    assert {COUNTRIES[row["country"]].name() for row in made.tables["country_results"]} <= countries


@pytest.mark.parametrize(("lang", "figure"), [("fr", "18\u202f267\u202f500"), ("es", "18.267.500")])
def test_the_report_speaks_the_language(made, chain, lang, figure):
    with speaking(lang):
        paper = reports.document(made, chain)
        page = reports.render(paper, "html").decode()
    assert figure in page
    assert "not reported" not in page
    assert PdfReader(BytesIO(reports.render(paper, "pdf"))).trailer["/Root"]["/Lang"].startswith(lang)


@pytest.mark.parametrize("name", sorted(folder.name for folder in CATALOGUE.iterdir() if folder.is_dir()))
def test_any_programme_of_the_catalogue_prints(name):
    chain = results.Chain.of(datasets.read_book(CATALOGUE / name).book)
    for phase in chain["phases"]["phase"]:
        made = results.report(chain, phase=phase)
        paper = reports.document(made, chain)
        assert {format: len(reports.render(paper, format)) > 1000 for format in reports.FORMATS} == dict.fromkeys(
            reports.FORMATS, True)
        assert reports.workbook(made).startswith(b"PK")
        assert reports.table_text(made)
