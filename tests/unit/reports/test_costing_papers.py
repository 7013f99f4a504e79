"""A costing on paper and in a workbook: it says what the rows say, its cells calculate, nothing is shown that cannot be said."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from socle import costing, datasets, reports
from socle.vocabulary import speaking

YEARS = range(2026, 2031)
REFERENCE = re.compile(r"(?:'([^']+)'!)?\$?([A-Z]+)\$?(\d+)")


@pytest.fixture(scope="module")
def utania():
    return datasets.made_up("XUT")


@pytest.fixture(scope="module")
def projection(utania):
    return costing.project(utania.schemes, utania.population, utania.economy, years=YEARS)


@pytest.fixture(scope="module")
def sheets(projection):
    content = reports.costing.cost_workbook([projection])
    return load_workbook(BytesIO(content)), load_workbook(BytesIO(content), data_only=True)


def calculated(book, values, sheet: str, address: str) -> float:
    """What a formula gives: products, quotients, sums and links, worked out from the cells that are given."""
    content = book[sheet][address].value
    if not isinstance(content, str) or not content.startswith("="):
        return values[sheet][address].value or 0.0
    formula = content[1:]
    if summed := re.fullmatch(r"SUM\(([A-Z]+)(\d+):([A-Z]+)\2\)", formula):
        row = values[sheet][int(summed[2])]
        return sum(calculated(book, values, sheet, cell.coordinate) for cell in row
                   if summed[1] <= cell.column_letter <= summed[3] and cell.value is not None)
    def value(part: str) -> float:
        found = REFERENCE.fullmatch(part)
        return calculated(book, values, found[1] or sheet, f"{found[2]}{found[3]}")

    def product(part: str) -> float:
        first, *rest = re.split(r"([*/])", part)
        result = value(first)
        for sign, factor in zip(rest[::2], rest[1::2], strict=True):
            result = result * value(factor) if sign == "*" else result / value(factor)
        return result

    if grouped := re.fullmatch(r"\((.+)\)/(.+)", formula):
        return sum(map(product, grouped[1].split("+"))) / value(grouped[2])
    return sum(map(product, formula.split("+")))


def test_every_formula_of_the_workbook_gives_the_figure_that_it_shows(sheets):
    book, values = sheets
    formulas = [(sheet.title, cell.coordinate) for sheet in book for row in sheet.iter_rows() for cell in row
                if isinstance(cell.value, str) and cell.value.startswith("=")]
    assert len(formulas) > 5 * 6 * 5
    for sheet, address in formulas:
        assert calculated(book, values, sheet, address) == pytest.approx(values[sheet][address].value, rel=1e-9), (sheet, address)


def test_a_payment_follows_from_the_one_before_and_its_growth(sheets, utania):
    book, _ = sheets
    grant = book["xut-child-grant"]
    heads = [cell.value for cell in grant[4]]
    assert "infant: of the target group" in heads
    payment = heads.index("Payment") + 1
    assert isinstance(grant.cell(6, payment).value, int | float)
    assert str(grant.cell(7, payment).value).startswith("=")
    benefit = heads.index("Benefit a year, on average") + 1
    assert str(grant.cell(6, benefit).value).startswith("=(")


def test_the_totals_of_the_workbook_are_those_of_the_rows(sheets, projection):
    _, values = sheets
    told = {row["year"]: row["total"] for row in projection.rows() if row["scheme"] == ""}
    last = values["total"].max_column
    assert {values["total"].cell(row, 1).value: values["total"].cell(row, last).value for row in range(2, 2 + len(YEARS))} == \
        {year: pytest.approx(total) for year, total in told.items()}


def test_figures_of_the_workbook_are_the_published_rows(sheets, projection):
    _, values = sheets
    head, *rows = values["figures"].iter_rows(values_only=True)
    assert head == costing.COLUMNS
    for found, told in zip(rows, projection.rows(), strict=True):
        assert [found[at] or None for at in (0, 1, 10)] == [told[name] or None for name in ("scheme", "year", "currency")]
        assert found[7] == pytest.approx(told["total"])


def test_constant_prices_are_a_factor_of_their_own(utania):
    made = costing.project(utania.schemes[:1], utania.population, utania.economy, years=YEARS,
                           options=costing.Options(prices="constant"))
    content = reports.costing.cost_workbook([made])
    book, values = load_workbook(BytesIO(content)), load_workbook(BytesIO(content), data_only=True)
    sheet = made.lines[0].scheme
    heads = [cell.value for cell in values[sheet][4]]
    total, prices = heads.index("Total") + 1, 1 + next(i for i, head in enumerate(heads) if "price" in str(head).lower())
    shown = [values[sheet].cell(row, total).value for row in range(6, 6 + len(YEARS))]
    assert shown == pytest.approx([row["total"] for row in made.rows()][: len(YEARS)])
    assert calculated(book, values, sheet, values[sheet].cell(9, total).coordinate) == pytest.approx(shown[3])
    assert values[sheet].cell(9, prices).value < values[sheet].cell(6, prices).value == pytest.approx(1)


def test_the_document_explains_a_figure_and_names_its_sources(projection):
    words = " ".join(reports.costing.cost_document([projection]).words())
    for line in projection.lines:
        assert line.label in words
    for factor in projection.explain(projection.lines[0].scheme, YEARS[0]).factors:
        assert factor.label in words
    assert all(str(source) in words for source in projection.sources)


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_it_opens_in_every_format_and_language(projection, lang):
    with speaking(lang):
        paper = reports.costing.cost_document([projection])
    assert paper.language == lang
    assert b"<main>" in reports.render(paper, "html")
    assert docx.Document(BytesIO(reports.render(paper, "docx"))).tables
    assert len(PdfReader(BytesIO(reports.render(paper, "pdf"))).pages) > 3


def test_what_cannot_be_said_is_words_and_never_zero(utania):
    made = costing.project(utania.schemes[:1], utania.population, None, years=YEARS)
    paper = reports.costing.cost_document([made])
    assert not any(cell.text.words.startswith("0") and "%" in cell.text.words for table in paper.tables() for row in table.rows
                   for cell in row)
    assert any("cannot be said" in note for table in paper.tables() for note in table.notes)
    assert "Cost by year" in reports.costing.cost_chart([made])


def test_scenarios_stand_side_by_side(projection):
    other = replace(projection, scenario="dearer")
    paper = reports.costing.cost_document([projection, other])
    first = next(iter(paper.tables()))
    assert [column.title for column in first.columns][1:] == ["as the files say", "dearer"]
    assert len({str(row[1]) == str(row[2]) for row in first.rows}) == 1
    values = load_workbook(BytesIO(reports.costing.cost_workbook([projection, other])), data_only=True)
    assert len(set(values.sheetnames)) == len(values.sheetnames)


def test_any_listing_is_a_document_and_a_workbook():
    listing = reports.costing.Listing("Gap", "2026", [reports.costing.Part("By country", ("country", "gap", "share_of_gdp"), [
        {"country": "KEN", "gap": 1234567.0, "share_of_gdp": 0.0123}, {"country": "=1+1", "gap": None, "share_of_gdp": None}])], {"average": "median"})
    words = " ".join(reports.costing.document(listing).words())
    assert "Kenya" in words
    assert "1.23%" in words
    assert "cannot be said" in words
    book = load_workbook(BytesIO(reports.costing.workbook(listing)))
    assert book["By country"]["A3"].value == "=1+1"
    assert book["By country"]["A3"].data_type == "s"


def test_figures_that_would_not_fit_on_a_page_are_in_millions_and_say_so():
    rows = [{"year": 2026, "benefit": 12_000.0, "spending": 9_176_586_823.0, "administration": 0.0, "total": 9_176_586_823.0}]
    listing = reports.costing.Listing("Cost", "", [reports.costing.Part("Grant", tuple(rows[0]), rows)], {})
    table = next(iter(reports.costing.document(listing).tables()))
    assert [cell.text.words for cell in table.rows[0]] == ["2026", "12,000", "9,176.6", "0.0", "9,176.6"]
    assert table.notes == ("In millions: Spending, Administration, Total.",)
    small = reports.costing.Listing("Cost", "", [reports.costing.Part("Grant", ("year", "total"), [{"year": 2026, "total": 9_000.0}])], {})
    assert next(iter(reports.costing.document(small).tables())).notes == ()


def test_a_long_path_is_thinned_on_paper_and_whole_in_the_workbook(utania):
    made = costing.project(utania.schemes[:1], utania.population, utania.economy, years=range(2026, 2046))
    table = next(iter(reports.costing.cost_document([made]).tables()))
    assert [row[0].text.words for row in table.rows] == ["2026", "2030", "2035", "2040", "2045"]
    values = load_workbook(BytesIO(reports.costing.cost_workbook([made])), data_only=True)
    assert values["figures"].max_row == 1 + len(list(made.rows()))
