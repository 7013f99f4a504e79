"""What the annual report says, whatever it is printed as."""

from __future__ import annotations

import pytest

from socle import reports
from socle.reports.annual.subject import country_order
from socle.reports.document import Figure, Heading, Items, Paragraph, Result, Table
from socle.results import report
from socle.vocabulary import speaking
from tests.unit.reports.conftest import SHEETS, chain_of


def text(document) -> str:
    return "\n".join(document.words())


def chapters(document) -> list[str]:
    return [heading.text.words for heading in document.headings(deepest=1)]


def table(document, caption) -> Table:
    return next(t for t in document.tables() if t.caption == caption)


def cells(found, row) -> dict[str, str]:
    return {column.title: cell.text.words for column, cell in zip(found.columns, found.rows[row], strict=True)}


def test_every_figure_of_the_report_is_in_the_document(paper, made):
    printed = text(paper)
    for row in made.tables["impacts"]:
        if row["persons"]:
            assert f"{row['persons']:,}" in printed
    assert "USD\u00a01,234,567.50" in printed


def test_what_is_not_reported_is_said_and_never_a_zero(paper):
    found = table(paper, "Impacts on people by kind and branch")
    several = next(row for row in found.rows if row[1].text.words == "Several branches")
    by_title = dict(zip((c.title for c in found.columns), several, strict=True))
    assert by_title["Persons"].text.words == "not reported"
    assert not by_title["Persons"].is_known
    assert by_title["Potential"].text.words == "55"


def test_a_column_of_which_nothing_is_known_becomes_a_note(paper):
    found = table(paper, "Impacts on people by kind and branch")
    assert "Women" not in [c.title for c in found.columns]
    assert "Women, Men: not reported." in found.notes


def test_potential_is_never_added_to_what_is_achieved(paper):
    figures = {f.label: f for block in paper.blocks if hasattr(block, "figures") for f in block.figures}
    reached = figures["people, all kinds of impact"]
    assert reached.value == "4,921"
    assert "55 more are potential" in reached.note


def test_households_are_named_where_they_are_counted(paper):
    warning = next(b for b in paper.blocks if isinstance(b, Paragraph) and b.role == "warning")
    assert "B3" in warning.texts[0].words
    assert "600 households, counted as reported" in text(paper)


def test_a_published_total_without_records_is_told_apart(paper):
    figures = {f.label: f for block in paper.blocks if hasattr(block, "figures") for f in block.figures}
    assert figures["institutional changes"].value == "11"
    assert "of which 9 published without records" in figures["institutional changes"].note


def test_an_ambition_without_results_says_so(paper):
    row = next(row for row in table(paper, "Progress against ambition").rows if row[0].text.words == "Access")
    assert row[2].text.words == "not reported"


def test_a_result_stands_under_its_region_and_country_with_its_source(paper):
    blocks = list(paper.blocks)
    at = next(i for i, b in enumerate(blocks) if isinstance(b, Result) and b.title.words.startswith("Strategy"))
    before = [b.text.words for b in blocks[:at] if isinstance(b, Heading)]
    assert before[-2:] == ["Africa", "Kenya"]
    assert blocks[at].marks == ("Step 1: adopt a national strategy", "2022", "Old age")
    assert blocks[at].source.words == "R1, Table 4"


def test_a_chart_always_has_words_and_its_table(paper):
    for block in paper.blocks:
        if isinstance(block, Figure):
            assert block.alternative
            assert "style=" not in block.svg
    captions = [t.caption for t in paper.tables()]
    assert {"Progress against ambition", "Impacts on people by kind and branch", "Funding by partner"} <= set(captions)


def test_only_an_action_with_a_due_date_can_be_overdue(paper):
    entries = ["".join(t.words for t in entry) for b in paper.blocks if isinstance(b, Items) for entry in b.entries]
    assert sum("overdue" in entry for entry in entries) == 1
    assert any("due date not reported" in entry and "overdue" not in entry for entry in entries)


def test_the_reconciliation_shows_both_figures_and_the_difference(paper):
    found = [t for t in paper.tables() if "Verdict" in [c.title for c in t.columns]]
    rows = [cells(t, i) for t in found for i in range(len(t.rows))]
    differs = next(r for r in rows if r["Verdict"] == "differs")
    assert (differs["Published"], differs["Computed"], differs["Difference"]) == ("5,000", "4,321", "-679")


def test_what_is_left_out_is_listed_with_the_reason(paper):
    assert "A one-time subsidy." in text(paper)


def test_notice_citation_licence_and_disclaimer_are_there(paper):
    foot = "".join(t.words for t in paper.notice)
    assert "Not an ILO publication." in foot
    assert "A report, 2025." in foot
    assert "CC BY 4.0" in foot
    assert "This is an adaptation." in text(paper)


def test_the_day_of_the_report_stands_on_the_title_page(chain):
    from datetime import date

    facts = dict(reports.document(report(chain, as_of=date(2023, 12, 31)), chain).facts)
    assert facts["As reported on"].words == "31 December 2023"


def test_a_chapter_without_records_is_not_there():
    empty = chain_of({"phases": SHEETS["phases"]})
    document = reports.document(report(empty), empty)
    assert chapters(document)[0] == "At a glance"
    assert not {"Funding", "Results by country", "The team", "Warnings", "Impacts on people"} & set(chapters(document))
    assert document.title.words == "Results of the programme"


def test_one_year_against_an_ambition_of_years_says_so(chain):
    document = reports.document(report(chain, year=2023), chain)
    assert "The ambitions are those of the whole phase; the figures are those of 2023 alone." in text(document)
    assert "ambitions reached" not in text(document)


@pytest.mark.parametrize("narrowed", [{"country": "KEN"}, {"partner": "A"}, {"year": 2024}])
def test_a_narrowed_report_is_a_document_too(chain, narrowed):
    document = reports.document(report(chain, **narrowed), chain)
    assert chapters(document)[0] == "At a glance"
    if "country" in narrowed:
        assert "Register opened" not in text(document)


@pytest.mark.parametrize("lang", ["fr", "es"])
def test_words_of_the_records_keep_their_language(made, chain, lang):
    with speaking(lang):
        document = reports.document(made, chain)
    assert document.language == lang
    result = next(b for b in document.blocks if isinstance(b, Result))
    assert result.title.lang == "en"
    assert next(b for b in document.blocks if isinstance(b, Heading)).text.lang is None
    assert "not reported" not in text(document)


def test_countries_are_sorted_with_their_accents_beside_the_plain_letters():
    with speaking("fr"):
        assert sorted(["ZMB", "SLE", "SEN", "EGY", "DJI"], key=country_order) == ["DJI", "EGY", "SEN", "SLE", "ZMB"]
