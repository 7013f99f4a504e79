"""Figures that stand in a record, and numbers of records, say why they are what they are."""

from __future__ import annotations

import html
import re
from contextlib import contextmanager

import pytest

from socle_web.pages import downloads
from socle_web.results import actions, queries
from socle_web.results.models import BudgetLine, Observation, Published
from tests.spec import books
from tests.unit.web_pages.conftest import SHEETS


def text(page: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


def section(page: str, name: str) -> str:
    return text(re.search(rf'<section aria-labelledby="{name}">.*?</section>', page, re.DOTALL)[0])


def answer(page: str) -> str:
    return text(re.search(r'<h1 class="answer">(.*?)</h1>', page, re.DOTALL)[1])


def load(**sheets) -> None:
    """The programme of these tests, with more rows."""
    more = {name: [*SHEETS.get(name, []), *rows] for name, rows in sheets.items()}
    outcome = actions.load(books.parsed(**{**SHEETS, **more}), by="a tester", source="more")
    assert not outcome.refused, outcome.findings


def test_an_observation_says_what_it_adds_and_where(read):
    page = read("/why/?record=observations:V1&column=persons")
    assert answer(page) == "4,321"
    assert "Adds 4,321 to the total of its country and kind" in section(page, "counts")
    assert "Persons: Legal coverage, Old age Impacts on people by kind and branch" in section(page, "counts")
    assert "4,398" in section(page, "counts")
    record = section(page, "record")
    assert "Impact on people Kenya: A grant" in record or "Impact on people A grant" in record
    assert "Measure Increase" in record
    assert "Women not reported" in record
    assert "Reported by R1 , not verified here" in record
    assert "The law itself" in record


def test_what_was_superseded_says_by_what_and_why_and_counts_nowhere(read):
    counts = section(read("/why/?record=observations:V2&column=persons"), "counts")
    assert "superseded A later observation corrects this one: 77" in counts
    assert "counted twice" in counts
    assert "Left out of the total of its country and kind: superseded by a later observation" in counts
    assert "Impacts on people by kind and branch" not in counts
    assert "It corrects an earlier observation: 99" in section(read("/why/?record=observations:V3&column=persons"), "counts")


def test_what_is_potential_counts_only_as_potential(read):
    counts = section(read("/why/?record=observations:V5&column=persons"), "counts")
    assert "Potential: Access" in counts
    assert "Persons: Access" not in counts


@pytest.mark.parametrize(("record", "column", "figure", "said"), [
    ("impacts:I1", "expected", "9,000", "No table of the report counts it."),
    ("contributions:C1/P1", "share", "40%", "No table of the report counts it."),
    ("staff:HQ", "posts", "27", "No table of the report counts it."),
    ("left_out:L1", "persons", "37,500", "In no total, because: a subsidy that ends"),
    ("outputs:O1", "persons", "40", "Participants in outputs"),
    ("funding:P1/A/2023", "amount", "USD 1,234,567.50", "Funding by partner"),
    ("targets:2/steps/changes", "target", "4", "Progress against ambition"),
    ("changes:C1", "", "1", "Institutional changes"),
])
def test_each_figure_of_a_record_says_where_it_counts(read, record, column, figure, said):
    page = read(f"/why/?record={record}&column={column}")
    assert answer(page).replace("\xa0", " ") == figure
    assert said in section(page, "counts")


def test_a_published_figure_is_told_beside_the_computed_one(read):
    one = Published.objects.get(column="persons")
    page = read(f"/why/?record={one.name_of_record}&column=difference&phase=2&identity={one.identity}")
    assert answer(page) == "-602"
    assert "5,000 – why? 4,398 – why? -602 – why? Differs" in section(page, "counts")


def test_a_published_figure_of_several_years_names_the_rows_it_is_held_against(read):
    load(published=[{"table": "changes_by_year", "row": "all/2022-2024", "column": "changes", "value": "7", "source": "R1, Table 3"}])
    page = read("/reconciliation/")
    address = next(html.unescape(one) for one in re.findall(r'href="(/why/\?record=[^"]*)"', page) if "column=computed" in one)
    told = read(address)
    assert answer(told) == "2"
    assert "Institutional changes: 2022" in section(told, "counts")
    assert "Institutional changes: 2024" in section(told, "counts")


def test_what_is_stated_twice_under_one_key_is_told_apart(read):
    """A published figure of two sources, and a budget line in two currencies."""
    same = {"table": "changes_by_step", "row": "all", "column": "changes"}
    load(published=[{**same, "value": "105", "source": "S1"}, {**same, "value": "108", "source": "S2"}],
         budget=[{"phase": "2", "on": "2024", "line": "Staff", "kind": "required", "amount": amount, "currency": currency, "source": source}
                 for amount, currency, source in (("85", "USD", "dollars"), ("75", "CHF", "francs"))])
    page = read("/reconciliation/")
    for value, source in (("105", "S1"), ("108", "S2")):
        one = Published.objects.get(source=source)
        assert f'column=value&amp;identity={one.identity}">{value}<' in page
        told = read(f"/why/?record={one.name_of_record}&column=value&identity={one.identity}")
        assert answer(told) == value
        assert f"Reported by {source}" in section(told, "record")
    for currency, source, other in (("USD", "dollars", "francs"), ("CHF", "francs", "dollars")):
        told = read(f"/why/?table=funding_gap&row=2024/{currency}&column=required&phase=2")
        assert f"reported by {source}" in section(told, "counted")
        assert other not in section(told, "counted")
        assert f"identity={BudgetLine.objects.get(currency=currency).identity}" in told


def test_without_saying_which_of_two_statements_nothing_is_guessed(client, programme):
    same = {"table": "changes_by_step", "row": "all", "column": "changes"}
    load(published=[{**same, "value": "105", "source": "S1"}])
    assert client.get("/why/?record=published:changes_by_step/all/changes&column=value").status_code == 404


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("asked", ["record=observations:none", "record=secrets:1", "record=V1", "record=observations:V1&column=id",
                                   "record=observations:V1&column=verified_by", "list=everything", "list=changes&year=x",
                                   "list=changes&as_of=x", "record=%00", "list=%00"])
def test_what_no_page_shows_is_not_explained(client, asked):
    assert client.get(f"/why/?{asked}").status_code == 404


@pytest.mark.parametrize(("asked", "figure", "named"), [
    ("list=changes&country=KEN", "1", "Kenya: A law"),
    ("list=changes&theme=digital", "1", "Kenya: A law"),
    ("list=changes&phase=2&year=2024", "1", "Nepal: A register opened"),
    ("list=changes&phase=2&as_of=2022-12-31", "1", "Kenya: A law"),
    ("list=impacts&country=KEN", "2", "A grant"),
    ("list=projects&partner=A", "1", "A project"),
    ("list=countries", "2", "Nepal"),
    ("list=staff&place=headquarters", "27", "Headquarters"),
    ("list=actions&due=unknown", "1", "An undated one"),
    ("list=published&verdict=differs", "1", "Persons: Legal coverage published 5,000, computed 4,398"),
])
def test_a_number_of_records_names_them(read, asked, figure, named):
    page = read(f"/why/?{asked}")
    assert answer(page) == figure
    assert named in section(page, "counted")


def test_how_many_persons_overlap_can_be_asked(read):
    load(impacts=[books.impact("I8", change="C1", kind="access", title="One", population="same"),
                  books.impact("I9", change="C1", kind="access", title="Other", population="same")],
         observations=[*books.observed(("2024", "increase", 30), key="I8"), *books.observed(("2024", "increase", 20), key="I9")])
    page = read("/report/2/")
    address = html.unescape(re.search(r'href="(/why/\?[^"]*row=access/all&amp;column=overlap[^"]*)">20<', page)[1])
    told = read(address)
    assert answer(told) == "20"
    assert "the same people are counted under another impact" in section(told, "counted")


def test_who_verified_a_record_is_said(read):
    one = Observation.objects.get(key="V1")
    Observation(pk=None, key="V9", impact=one.impact, on=one.on, measure="increase", persons=5, origin="entered", entered_by="amina",
                verified_by="bela", source="R1").save(force_insert=True)
    queries.forget()
    record = section(read("/why/?record=observations:V9&column=persons"), "record")
    assert "Verified by bela" in record
    assert "recorded here; verified by bela" in text(read("/why/?table=impacts&row=legal_coverage/all&column=persons&phase=2"))


@pytest.mark.parametrize("address", ["/results.csv", "/results.json?list=impacts", "/results.xlsx"])
def test_a_file_is_read_at_one_moment(client, programme, address, monkeypatch):
    """Every row, also one that is read long after the first, is as it was when the first was read."""
    seen = []

    @contextmanager
    def moment():
        seen.append("begins")
        yield
        seen.append("ends")

    monkeypatch.setattr(downloads, "one_moment", moment)
    as_text = downloads._text
    monkeypatch.setattr(downloads, "_text", lambda *given: (seen.append("row"), as_text(*given))[1])
    response = client.get(address)
    b"".join(response)
    assert seen[0] == "begins"
    assert seen[-1] == "ends"
    assert seen.count("row") > 1
