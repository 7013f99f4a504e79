"""What an edition keeps is what its rows give: read as an inquiry again, they report every figure and the digest."""

from __future__ import annotations

from datetime import date

import pytest

from socle import coverage, datasets
from socle.tables import INQUIRY, RawSheet, parse
from socle_web.coverage import edition_bridge as bridge
from socle_web.coverage.actions import releasing
from socle_web.coverage.actions.releasing import Announced
from socle_web.coverage.models import Value

pytestmark = pytest.mark.django_db


def read_again(edition):
    """The inquiry, from the rows that the edition keeps."""
    sheets: dict[str, list] = {}
    for line in edition.lines.all():
        sheets.setdefault(line.sheet, []).append(line)
    raw = [RawSheet(name, list(lines[0].cells), [list(line.cells.values()) for line in lines], [line.place for line in lines])
           for name, lines in sheets.items()]
    parsed = parse(INQUIRY, raw)
    assert not [one for one in parsed.findings if one.severity == "error"]
    return parsed.book


@pytest.mark.parametrize("code", ["XUT", "XWE", "XVA", "XYO"])
def test_an_edition_is_computed_again_from_its_own_rows(code):
    made = datasets.made_up(code)
    report = coverage.report(made.inquiry, country=code, economy=made.economy, population=made.population)
    edition = releasing.release(report, Announced("Made up", "Made up", date(2026, 1, 1)), country=code, book=made.inquiry, by="tester")
    again = coverage.report(read_again(edition), country=code, economy=made.economy, population=made.population)
    assert edition.values.count() > 100
    assert bridge.digest_of(bridge.of_report(again)) == edition.digest
    assert bridge.digest_of(Value.objects.filter(edition=edition)) == edition.digest


def test_every_row_that_a_figure_names_is_among_the_lines():
    made = datasets.made_up("XUT")
    report = coverage.report(made.inquiry, country="XUT", economy=made.economy, population=made.population)
    edition = releasing.release(report, Announced("Made up", "Made up", date(2026, 1, 1)), country="XUT", book=made.inquiry, by="tester")
    there = {str(line) for line in edition.lines.all()}
    named = {record for records in edition.values.values_list("records", flat=True) for record in records
             if not record.startswith("population:")}  # the country's population, which is no sheet of the inquiry
    assert named
    assert named <= there
