"""A programme adds up the same straight from its file and through the database, on both databases."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socle import datasets, results
from socle.errors import InputError
from socle_web.results import actions, bridge, queries
from tests.properties.programmes import programmes
from tests.spec import books

CATALOGUE = Path(__file__).parents[3] / "catalogue" / "programmes"
pytestmark = pytest.mark.django_db


def plain(report):
    """A report without row numbers, which a database does not have."""
    told = report.as_dict()
    return told | {"warnings": [finding | {"row": None} for finding in told["warnings"]]}


def assert_same(from_file, from_database):
    assert plain(from_database) == plain(from_file)
    for name, rows in from_file.tables.items():
        assert [list(row["records"]) for row in from_database.tables[name]] == [list(row["records"]) for row in rows]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets=programmes(), year=st.sampled_from([None, 2022]), country=st.sampled_from([None, "KEN"]),
       partner=st.sampled_from([None, "A"]), as_of=st.sampled_from([None, date(2024, 1, 1)]))
def test_two_routes_give_one_report(sheets, **asked):
    parsed = books.parsed(**sheets)
    with transaction.atomic():
        if not actions.load(parsed, by="a tester", source="random").refused:
            assert bridge.book() == parsed.book
            try:
                expected = results.report(results.Chain.of(parsed.book), **asked)
            except InputError as refusal:
                with pytest.raises(InputError, match=re.escape(str(refusal))):
                    queries.report(**asked)
            else:
                assert_same(expected, queries.report(**asked))
            assert not actions.load(parsed, by="a tester", source="random").changes_something
        transaction.set_rollback(True)


@pytest.mark.parametrize("folder", sorted(p.name for p in CATALOGUE.iterdir() if p.is_dir()))
def test_real_programmes_add_up_the_same(folder):
    parsed = datasets.read_book(CATALOGUE / folder)
    outcome = actions.load(parsed, by="a tester", source=folder)
    assert not outcome.refused, outcome.findings
    assert bridge.book() == parsed.book
    chain = results.Chain.of(parsed.book)
    for phase in parsed.book["phases"]["phase"]:
        assert_same(results.report(chain, phase=phase), queries.report(phase=phase))
    assert not actions.load(parsed, by="a tester", source=folder).changes_something

