"""How fresh and complete a country is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from socle_web.desk.queries.board import SORTS, board
from socle_web.desk.queries.measures import Measure, measures
from socle_web.results import actions
from tests.people import person
from tests.unit.web_desk.conftest import returned, signed_in, submitted, verified
from tests.unit.web_results.test_loading import load, small

YEAR_2023 = (date(2023, 1, 1), date(2023, 12, 31))
NOW = date(2026, 1, 1)


@given(impacts=st.integers(0, 50), changes=st.integers(0, 50), data=st.data())
def test_the_shares_of_completeness_are_between_0_and_1(impacts, changes, data):
    observed = data.draw(st.none() | st.integers(0, impacts))
    one = Measure("KEN", impacts=impacts, observed=observed, changes=changes, evidenced=data.draw(st.integers(0, changes)))
    for share in (one.observed_share, one.evidenced_share, one.completeness):
        assert share is None or 0 <= share <= 1
    assert one.unobserved is None or 0 <= one.unobserved <= impacts
    assert 0 <= one.unevidenced <= changes


@given(on=st.dates(), last=st.dates())
def test_nothing_was_recorded_in_the_future(on, last):
    assert Measure("KEN", last_change=last).days(on=on) == max((on - last).days, 0)
    assert Measure("KEN").days(on=on) is None


@pytest.mark.django_db
class TestOfAProgramme:
    @pytest.fixture(autouse=True)
    def _loaded(self, db):
        load(small())

    def of_kenya(self, period=YEAR_2023, on=NOW):
        return measures(("KEN",), period=period, on=on)["KEN"]

    def test_an_impact_is_observed_where_an_observation_falls_in_the_period(self):
        assert (self.of_kenya().impacts, self.of_kenya().observed) == (1, 1)
        assert self.of_kenya((date(2024, 1, 1), date(2024, 12, 31))).observed == 0
        assert self.of_kenya(None).observed is None

    def test_what_was_superseded_is_no_observation_of_the_period(self):
        entry = actions.enter("observations", {"impact": "I", "on": "2024-06-30", "measure": "level", "persons": "1600", "source": "x",
                                               "supersedes": "I2", "reason": "Of the year after"}, by=person("owner"))
        actions.submit([entry], by=person("owner"))
        actions.verify([entry], by=person("verifier"))
        actions.publish([entry], by=person("manager"))
        assert self.of_kenya().observed == 0

    def test_a_change_is_borne_out_by_evidence_and_not_by_a_source(self):
        assert (self.of_kenya().changes, self.of_kenya().evidenced) == (1, 0)
        assert not load(small(evidence=[{"evidence": "E", "record": "changes:C", "title": "Gazette", "kind": "law"}])).refused
        assert self.of_kenya().evidenced == 1

    def test_a_publication_makes_a_country_fresh(self):
        assert self.of_kenya().last == date(2023, 12, 31)
        actions.publish([verified()], by=person("manager"))
        assert self.of_kenya(on=timezone.localdate()).days(on=timezone.localdate()) == 0

    def test_open_entries_are_counted_by_state_and_the_oldest_that_waits_is_known(self):
        returned(title="A")
        waiting = submitted(title="B")
        submitted(title="C")
        one = self.of_kenya()
        assert (one.entries, one.open_entries) == ({"draft": 1, "submitted": 2}, 3)
        assert one.waiting_since == waiting.submitted_at

    def test_a_country_without_anything_is_there_and_empty(self):
        one = measures(("TGO",), period=YEAR_2023, on=NOW)["TGO"]
        assert (one.impacts, one.observed, one.completeness, one.last) == (0, 0, None, None)

    def test_every_measure_is_one_question(self):
        with CaptureQueriesContext(connection) as asked:
            measures(None, period=YEAR_2023, on=NOW)
        few = len(asked)
        more = [{"change": f"C{n}", "country": code, "year": "2023", "step": "2", "title": "A law"}
                for n, code in enumerate(("NPL", "TGO", "LAO", "KHM"))]
        said = {"change": "C", "country": "KEN", "year": "2023", "step": "2", "projects": "PR", "partners": "GIZ",
                "branches": "old_age;family", "title": "A law"}
        assert not load(small(changes=[said, *more])).findings
        with CaptureQueriesContext(connection) as asked:
            found = measures(None, period=YEAR_2023, on=NOW)
        assert len(asked) == few == 4
        assert {"KEN", "NPL", "TGO", "LAO", "KHM"} <= set(found)

    @pytest.mark.parametrize("sort", SORTS)
    @pytest.mark.parametrize("down", [True, False])
    def test_the_board_is_sorted_by_what_was_chosen(self, client, sort, down):
        submitted(country="Nepal", by="stranger")
        lines = board(on=timezone.localdate(), sort=sort, down=down).lines
        values = [SORTS[sort](line) for line in lines]
        assert values == sorted(values, reverse=down)
        page = signed_in(client, "manager").get(f"/desk/board/?sort={sort}&down={int(down)}").content.decode()
        assert f'aria-sort="{"descending" if down else "ascending"}"' in page

    @pytest.mark.parametrize("asked", ["sort=rubbish", "sort=days&down=x", "sort=%00", "down="])
    def test_rubbish_is_sorted_as_usual(self, client, asked):
        assert signed_in(client, "manager").get(f"/desk/board/?{asked}").status_code == 200

    def test_days_of_waiting_are_counted_from_the_oldest_submission(self):
        submitted()
        later = timezone.localdate() + timedelta(3)
        assert {line.country.pk: line.waiting for line in board(on=later).lines}["KEN"] == 3
