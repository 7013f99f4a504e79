"""One meaning, on PostgreSQL: its driver comes with the platform (the extra of socle_web), so the library alone does without this."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.postgresql import NoServer, server
from tests.properties.rules import days, households, persons
from tests.properties.tabled import hold_equal, of_households, of_persons
from tests.properties.test_readings_agree import several


@pytest.fixture(scope="module")
def postgresql():
    try:
        with server() as url:
            engine = ibis.postgres.connect(host=parse_qs(urlsplit(url).query)["host"][0], user="socle", database="socle")
            yield engine
            engine.disconnect()
    except NoServer as none:
        pytest.skip(str(none))


@settings(max_examples=30)
@given(st.lists(persons(), min_size=1, max_size=20), several("person"), days())
def test_a_row_says_what_the_person_is_told(postgresql, people, drawn, on):
    hold_equal([postgresql], drawn, people, of_persons(people), on)


@settings(max_examples=30)
@given(st.lists(households(), min_size=1, max_size=8), several("household"), days())
def test_the_rows_of_a_household_say_what_the_household_is_told(postgresql, homes, drawn, on):
    if any(home.get("members") != [] for home in homes):
        hold_equal([postgresql], drawn, homes, of_households(homes), on)
