"""Rows that a file has no column for are set aside: the load brings the others and says so."""

from __future__ import annotations

import pytest

from socle_web.results import actions
from socle_web.results.models import BY_SHEET, Change
from tests.spec import books

pytestmark = pytest.mark.django_db


def test_a_file_without_a_column_is_loaded_without_the_rows_that_need_it():
    parsed = books.parsed(
        programme=[{"programme": "small"}], phases=books.PHASES, changes=[books.change("C"), books.change("D")],
        impacts=[{"impact": "I", "country": "KEN", "change": "C"}], observations=books.observed(("2022", "increase", 5)),
        published=[{"table": "changes_by_step", "row": "all", "column": "changes", "value": "2", "year": "2022"}],
    )
    outcome = actions.load(parsed, by="a tester", source="small")

    assert [(f.severity, f.code) for f in outcome.findings] == [("warning", "not_counted")]
    assert (outcome.refused, Change.objects.count(), BY_SHEET["impacts"].objects.count()) == (False, 2, 0)


def test_a_file_whose_phases_have_no_dates_is_loaded_without_them():
    parsed = books.parsed(
        programme=[{"programme": "small"}], phases=[{"phase": "P"}], changes=[books.change("C")],
        published=[{"table": "changes_by_step", "row": "all", "column": "changes", "value": "2", "year": "2022"}],
    )
    outcome = actions.load(parsed, by="a tester", source="small")

    assert not outcome.refused
    assert {f.code for f in outcome.findings} == {"not_counted", "no_phase"}
    assert Change.objects.count() == 1
