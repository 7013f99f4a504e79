"""What the databases themselves refuse."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from socle_web.audit.actions import record
from socle_web.audit.models import Event
from socle_web.results.models import Change, Contribution, Impact, LeftOut, Observation, Phase, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def impact():
    return Impact.objects.create(key="I", country_id="KEN", kind="access")


def refuses(sentence):
    return pytest.raises(IntegrityError, match=sentence)


def observed(impact, key="O", **values):
    return Observation.objects.create(key=key, impact=impact, on=date(2024, 12, 31), **({"measure": "increase"} | values))


def test_persons_are_not_negative(impact):
    with refuses("persons_not_negative"):
        observed(impact, persons=-1)


def test_women_are_no_more_than_all(impact):
    with refuses("women_are_no_more_than_all"):
        observed(impact, persons=10, women=11)


def test_a_correction_says_why(impact):
    first = observed(impact, persons=10)
    with refuses("a_correction_says_why"):
        observed(impact, "P", persons=11, supersedes=first)


def test_a_share_is_between_0_and_1():
    change = Change.objects.create(key="C", country_id="KEN", on=date(2024, 1, 1), step="1")
    with refuses("share_between_0_and_1"):
        Contribution.objects.create(key="C/P", change=change, project=Project.objects.create(key="P"), share=1.1)


def test_a_phase_ends_after_it_starts():
    with refuses("a_phase_ends_after_it_starts"):
        Phase.objects.create(key="1", start=date(2024, 1, 1), end=date(2023, 1, 1))


def test_there_are_three_steps():
    with refuses("a_change_is_at_step_1_2_or_3"):
        Change.objects.create(key="C", country_id="KEN", on=date(2024, 1, 1), step="4")


def test_what_is_left_out_says_why():
    with refuses("what_is_left_out_says_why"):
        LeftOut.objects.create(key="X")


def test_a_key_is_used_once(impact):
    with refuses("key"):
        Impact.objects.create(key="I", country_id="KEN", kind="access")


@pytest.mark.parametrize("values", [{"persons": 12}, {"reason": "x"}, {"on": date(2023, 1, 1)}, {"key": "P"}])
def test_an_observation_is_superseded_never_changed(impact, values):
    observed(impact, persons=10)
    with pytest.raises(IntegrityError, match=r"superseded, never changed"), transaction.atomic():
        Observation.objects.update(**values)
    Observation.objects.update(origin="entered", entered_by="a", verified_by="b")  # not a fact about people


def test_an_event_is_never_changed_or_deleted():
    event = record("load", by="somebody", subject=("programme", "p"))
    for forbidden in (event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(actor="x")):
        with pytest.raises(TypeError, match="never"):
            forbidden()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET actor = 'somebody else'")


def test_an_event_names_who_did_it():
    with refuses("an_event_names_who_did_it"):
        record("load", by="", subject=("programme", "p"))


