"""Long work is done beside the server; whoever does it may die at any moment."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from socle_web.audit.models import Event
from socle_web.places.models import Mandate
from socle_web.results import jobs, uploads
from socle_web.results.actions import uploading
from socle_web.results.models import Entry, Upload
from tests.people import person
from tests.unit.web_uploads.files import CHANGE, csv_of, environment, many, workbook

LONG_AGO = timedelta(minutes=6)
KILLED = """
import sys, time, django
django.setup()
from socle_web.accounts.models import User
from socle_web.results.actions import uploading
def sleeps(*given, **named):
    print("in the middle", flush=True)
    time.sleep(60)
uploading.record = sleeps
uploading.accept_upload(int(sys.argv[1]), by=User.objects.get(username="owner"))
"""


def brought(content=None, name="observations.csv"):
    return jobs.bring(content or csv_of(many(1_600)), name=name, by=person("owner"))


def left_alone(there):
    Upload.objects.filter(pk=there.pk).update(beat_at=timezone.now() - LONG_AGO)
    there.refresh_from_db()


@pytest.mark.django_db(transaction=True)
def test_a_long_file_waits_for_the_worker_and_a_short_one_does_not(worker, signed_in):
    short = brought(workbook(changes=[CHANGE]), "short.xlsx")
    assert short.stage == "ready"
    long = brought()
    assert long.stage == "waiting"
    owner = signed_in("owner")
    page = owner.get(f"/workbench/uploads/{long.pk}/").content.decode()
    assert "Look again" in page
    assert "You can leave this page" in page
    worker()
    long.refresh_from_db()
    assert (long.stage, long.done, long.total) == ("ready", 1_600, 1_600)
    owner.post(f"/workbench/uploads/{long.pk}/do/", {"deed": "accept"})
    assert Upload.objects.get(pk=long.pk).stage == "taking"
    worker()
    assert (Upload.objects.get(pk=long.pk).stage, Entry.objects.count()) == ("taken", 1_600)


@pytest.mark.django_db(transaction=True)
def test_what_a_dead_worker_was_reading_is_read_by_the_next(worker):
    there = brought()
    Upload.objects.filter(pk=there.pk).update(stage="reading")
    left_alone(there)
    assert uploads.has_died(there)
    worker()
    there.refresh_from_db()
    assert there.stage == "ready"


@pytest.mark.django_db
def test_a_person_takes_a_dead_job_up_again_and_nobody_takes_up_one_that_lives(signed_in):
    there = brought()
    Upload.objects.filter(pk=there.pk).update(stage="reading", beat_at=timezone.now())
    owner = signed_in("owner")
    owner.post(f"/workbench/uploads/{there.pk}/do/", {"deed": "again"})
    assert Upload.objects.get(pk=there.pk).stage == "reading"
    left_alone(there)
    assert "Try again" in owner.get(f"/workbench/uploads/{there.pk}/").content.decode()
    owner.post(f"/workbench/uploads/{there.pk}/do/", {"deed": "again"})
    assert Upload.objects.get(pk=there.pk).stage == "ready"


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_of_taking_rows_over_nothing_is_half_done(tmp_path):
    there = brought()
    uploading.begin_to_accept(there, by=person("owner"))
    events = Event.objects.count()
    child = subprocess.Popen([sys.executable, "-c", KILLED, str(there.pk)], stdout=subprocess.PIPE, text=True, env=environment(tmp_path))
    assert child.stdout.readline().strip() == "in the middle"
    child.kill()
    child.wait()
    assert (Entry.objects.count(), Event.objects.count()) == (0, events)
    left_alone(there)
    assert jobs.look_for_the_dead() == 1
    there.refresh_from_db()
    assert there.stage == "ready"
    jobs.accept(there, by=person("owner"))
    assert Entry.objects.count() == 1_600


@pytest.mark.django_db
def test_taking_over_is_all_or_nothing(monkeypatch):
    there = brought()
    monkeypatch.setattr(uploading, "record", lambda *given, **named: 1 / 0)
    uploading.begin_to_accept(there, by=person("owner"))
    with pytest.raises(ZeroDivisionError):
        uploading.accept_upload(there.pk, by=person("owner"))
    assert not Entry.objects.exists()
    assert Upload.objects.get().stage == "ready"


@pytest.mark.django_db(transaction=True)
def test_what_a_job_refuses_is_told_on_the_page(worker, signed_in):
    there = brought()
    worker()
    owner = signed_in("owner")
    owner.post(f"/workbench/uploads/{there.pk}/do/", {"deed": "accept"})
    Mandate.objects.all().delete()
    worker()
    there.refresh_from_db()
    assert (there.stage, Entry.objects.count()) == ("ready", 0)
    assert "There is no row to take over." in owner.get(f"/workbench/uploads/{there.pk}/").content.decode()


@pytest.mark.django_db
def test_a_file_that_waits_behind_others_has_not_died(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    there = brought()
    Upload.objects.filter(pk=there.pk).update(beat_at=timezone.now() - timedelta(minutes=2))
    assert jobs.look_for_the_dead() == 0
    left_alone(there)
    assert (uploads.has_died(there), jobs.look_for_the_dead()) == (True, 1)


@pytest.mark.django_db
def test_a_defect_while_reading_is_told_and_not_hidden(monkeypatch):
    monkeypatch.setattr(uploading.bridge, "differences", lambda book: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        brought(workbook(changes=[CHANGE]), "short.xlsx")
    assert (Upload.objects.get().stage, Upload.objects.get().refusal != "") == ("failed", True)
