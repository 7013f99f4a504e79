"""A deed to all entries of a file: at once where they are few, as a job where they are many; whole or not at all."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import threading
import time
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from socle_web.audit.models import Event
from socle_web.audit.refusals import Refused
from socle_web.audit.verification import verify
from socle_web.results import actions, errands, jobs, pulse
from socle_web.results.actions import workflow
from socle_web.results.models import Entry, Errand, Observation, Upload
from tests.people import CAST, person
from tests.unit.web_uploads.files import CHANGE, csv_of, environment, many, workbook

LONG_AGO = timedelta(minutes=6)
KILLED = """
import sys, time, django
django.setup()
from socle_web.results import actions, errands
from socle_web.results.actions import workflow
from socle_web.results.models import Errand
def sleeps(*given, **named):
    print("in the middle", flush=True)
    time.sleep(60)
workflow.record = sleeps
actions.run_errand(int(sys.argv[1]))
"""


def taken_over(rows=None, *, to="submitted"):
    """A file whose entries are drafts, submitted or verified."""
    there = jobs.bring(csv_of(rows or many(5)), name="observations.csv", by=person("owner"))
    jobs.accept(there, by=person("owner"))
    if to != "draft":
        done(there, "submit", "owner")
    if to == "verified":
        done(there, "verify", "verifier")
    there.refresh_from_db()
    return there


def done(there, deed, name, **more):
    errand = jobs.do_to_all(there, deed, by=person(name), **more)
    assert errand.stage == "done", errand.refusal
    return errand


def states(there):
    return set(there.entries.values_list("state", flat=True))


def page(client, there):
    return client.get(f"/workbench/uploads/{there.pk}/").content.decode()


def do(client, there, deed, **more):
    return client.post(f"/workbench/uploads/{there.pk}/do/", {"deed": deed, **more}, follow=True).content.decode()


@pytest.fixture
def long(monkeypatch):
    """More than two entries are many."""
    return lambda: monkeypatch.setattr(jobs, "LONG", 2)


@pytest.mark.django_db
def test_what_is_done_to_few_is_done_at_once_and_the_page_says_by_whom_and_when(signed_in):
    there = taken_over(to="verified")
    manager = signed_in("manager")
    said = do(manager, there, "publish")
    assert "5 entries were published." in said
    errand = Errand.objects.latest("id")
    assert (errand.deed, errand.by, errand.stage, errand.total) == ("publish", "manager", "done", 5)
    told = page(signed_in("owner"), there)
    assert "What was done to all of them" in told
    assert all(one in told for one in ("5 entries were submitted.", "5 entries were verified.", "5 entries were published.", "manager"))
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_done_to_many_is_left_to_the_worker_and_found_again(worker, signed_in, long):
    there = taken_over()
    long()
    verifier = signed_in("verifier")
    said = do(verifier, there, "verify")
    assert "You can leave this page" in said
    assert "waits for its turn" in said
    assert "Verify all (" not in said
    assert states(there) == {"submitted"}
    assert "Being worked on" in signed_in("owner").get("/workbench/uploads/").content.decode()
    worker()
    assert states(there) == {"verified"}
    told = page(verifier, there)
    assert "5 entries were verified." in told
    assert "waits for its turn" not in told
    event = Event.objects.latest("id")
    assert (event.deed, event.actor, event.subject_kind, len(event.summary["entries"])) == ("verify", "verifier", "entries", 5)


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_as_jobs_leaves_the_events_that_it_leaves_at_once(worker, long):
    def events():
        return [(e.deed, e.actor, e.subject_kind, sorted(e.summary)) for e in Event.objects.filter(subject_kind="entries").order_by("id")]

    def walk(there):
        for deed, name in (("submit", "owner"), ("verify", "verifier"), ("publish", "manager")):
            jobs.do_to_all(there, deed, by=person(name))
            worker()
        assert states(there) == {"published"}

    others = [row | {"observation": f"P{n}", "on": f"2021-01-{n + 1:02d}"} for n, row in enumerate(many(4))]
    first, second = taken_over(many(4), to="draft"), taken_over(others, to="draft")
    walk(first)
    at_once = events()
    long()
    walk(second)
    assert events()[len(at_once):] == at_once
    assert DBTaskResult.objects.count() >= 3
    assert verify().sound


@pytest.mark.django_db
def test_the_bar_moves_while_it_is_done(monkeypatch):
    there, heard = taken_over(to="verified"), []
    real = workflow.bridge.write

    def slowly(*given, **named):
        time.sleep(0.3)
        heard.append(pulse.heard_of(errands.pulse_of(Errand.objects.latest("id"))))
        return real(*given, **named)

    monkeypatch.setattr(pulse, "EVERY", 0.02)
    monkeypatch.setattr(workflow.bridge, "write", slowly)
    errand = done(there, "publish", "manager")
    assert 0 < heard[0].share < 1
    assert timezone.now() - heard[0].at < timedelta(seconds=30)
    assert pulse.heard_of(errands.pulse_of(errand)) is None


@pytest.mark.django_db
def test_the_page_asks_again_by_itself_until_it_has_ended(signed_in, monkeypatch):
    there = taken_over()
    errand = actions.begin_errand(there, "verify", by=person("verifier"))
    Errand.objects.filter(pk=errand.pk).update(stage="doing", begun_at=timezone.now())
    verifier = signed_in("verifier")
    part = verifier.get(f"/workbench/uploads/{there.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "All entries are being verified" in part
    assert "<html" not in part
    Errand.objects.filter(pk=errand.pk).update(stage="done", ended_at=timezone.now())
    assert verifier.get(f"/workbench/uploads/{there.pk}/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("deed", ["verify", "publish"])
def test_killed_in_the_middle_nothing_is_half_done_and_it_is_done_when_asked_for_again(deed, tmp_path, signed_in, settings):
    name, to = {"verify": ("verifier", "submitted"), "publish": ("manager", "verified")}[deed]
    there = taken_over(many(60), to=to)
    errand = actions.begin_errand(there, deed, by=person(name))
    events, facts = Event.objects.count(), Observation.objects.count()
    env = environment(tmp_path) | {"SOCLE_FILES": str(settings.PRIVATE_FILES)}
    child = subprocess.Popen([sys.executable, "-c", KILLED, str(errand.pk)], stdout=subprocess.PIPE, text=True, env=env)
    assert child.stdout.readline().strip() == "in the middle"
    beat = pulse.heard_of(errands.pulse_of(errand))
    errand.refresh_from_db()
    assert errand.stage == "doing"
    assert beat is not None
    assert not errands.has_died(errand)
    child.kill()
    child.wait()
    assert (states(there), Event.objects.count(), Observation.objects.count()) == ({to}, events, facts)
    assert jobs.look_for_the_dead() == 0, "it may still live"
    long_ago(errand)
    someone = signed_in(name)
    assert "nothing was half done" in page(someone, there)
    assert jobs.look_for_the_dead() == 1
    assert Errand.objects.get(pk=errand.pk).stage == "stopped"
    assert "nothing was half done" in page(someone, there)
    done(there, deed, name)
    assert states(there) == {{"verify": "verified", "publish": "published"}[deed]}
    assert "nothing was half done" not in page(someone, there)
    assert verify().sound


def long_ago(errand):
    Errand.objects.filter(pk=errand.pk).update(at=timezone.now() - LONG_AGO, begun_at=timezone.now() - LONG_AGO)
    pulse._place(errands.pulse_of(errand)).write_text(f"0.5 {(timezone.now() - LONG_AGO).isoformat()}")


@pytest.mark.django_db
def test_who_was_taken_for_dead_and_was_not_undoes_what_it_did(monkeypatch):
    there = taken_over()
    errand = actions.begin_errand(there, "verify", by=person("verifier"))
    monkeypatch.setattr(workflow, "_done", lambda name, entries, *given, **named: actions.stop_errand(errand) and entries)
    events = Event.objects.count()
    actions.run_errand(errand.pk)
    assert (states(there), Event.objects.count()) == ({"submitted"}, events)


@pytest.mark.django_db
def test_what_has_died_makes_room_for_whoever_asks_next_without_a_worker():
    there = taken_over()
    errand = actions.begin_errand(there, "verify", by=person("verifier"))
    Errand.objects.filter(pk=errand.pk).update(stage="doing")
    long_ago(errand)
    done(there, "verify", "second_verifier")
    assert Errand.objects.get(pk=errand.pk).stage == "stopped"
    actions.run_errand(errand.pk)
    assert Errand.objects.get(pk=errand.pk).stage == "stopped", "its job comes too late"


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_found_again_whole_by_who_asked_in_their_language(worker, signed_in, long):
    rows = [row | {"source": ""} for row in many(230)]
    there = taken_over(rows, to="draft")
    long()
    owner = signed_in("owner")
    owner.post(f"/fr/workbench/uploads/{there.pk}/do/", {"deed": "submit"})
    worker()
    errand = Errand.objects.latest("id")
    assert (errand.stage, len(errand.findings), states(there)) == ("refused", 230, {"draft"})
    first = Entry.objects.order_by("pk").first()
    told = page(owner, there)
    assert "Something is missing" not in told
    assert "Il manque quelque chose" in told
    assert f"/workbench/entries/{first.pk}/" in told
    assert "/ 230" in told
    answer = owner.get(f"/workbench/uploads/{there.pk}/findings.csv?refused")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 231
    assert rows[1][2] == str(first.pk)
    manager = signed_in("manager")
    assert "Il manque" not in page(manager, there), "it was not they who asked"
    assert manager.get(f"/workbench/uploads/{there.pk}/findings.csv?refused").status_code == 404


@pytest.mark.django_db
def test_a_lock_refuses_and_says_so_on_the_page(signed_in):
    there = taken_over()
    actions.lock(date(2000, 1, 1), date(2030, 1, 1), by=person("manager"), reason="Reported")
    said = do(signed_in("verifier"), there, "verify")
    assert 'id="refused"' in said
    assert "locked" in said
    assert states(there) == {"submitted"}
    actions.unlock(actions.locking.Lock.objects.get(), by=person("manager"), reason="Reopened")
    assert 'id="refused"' not in do(signed_in("verifier"), there, "verify")


@pytest.mark.django_db
def test_nobody_verifies_all_of_what_they_typed(signed_in):
    there = taken_over()
    entry = there.entries.first()
    Entry.objects.filter(pk=entry.pk).update(typists=(*entry.typists, "verifier"))
    assert "You typed this entry yourself." in do(signed_in("verifier"), there, "verify")
    assert states(there) == {"submitted"}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_the_second_hears_that_it_is_busy(worker, signed_in, long):
    there = taken_over()
    long()
    do(signed_in("verifier"), there, "verify")
    said = do(signed_in("second_verifier"), there, "return", reason="No.")
    assert "already" in said
    assert Errand.objects.filter(deed__in=("verify", "return")).count() == 1
    worker()
    assert states(there) == {"verified"}


@pytest.mark.django_db(transaction=True)
def test_a_file_has_one_errand_at_a_time_says_the_database():
    there = taken_over()
    actions.begin_errand(there, "verify", by=person("verifier"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Errand.objects.create(upload=there, deed="verify", by="x", at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Errand.objects.create(upload=there, deed="return", by="x", at=timezone.now(), stage="done")


@pytest.mark.django_db(transaction=True)
def test_eight_people_asking_at_once_are_one_errand():
    there, heard = taken_over(), []
    verifier, gate = person("verifier"), threading.Barrier(8)

    def ask():
        gate.wait()
        try:
            heard.append(actions.begin_errand(there, "verify", by=verifier).stage)
        except Refused as refused:
            heard.append(refused.code)
        finally:
            connection.close()

    people = [threading.Thread(target=ask) for _ in range(8)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(heard) == ["busy"] * 7 + ["waiting"]


@pytest.mark.django_db(transaction=True)
def test_who_lost_the_right_meanwhile_is_refused_when_it_is_done(worker, long):
    there = taken_over()
    long()
    verifier = person("verifier")
    errand = jobs.do_to_all(there, "verify", by=verifier)
    verifier.role = "reader"
    verifier.save()
    worker()
    errand.refresh_from_db()
    assert (errand.stage, states(there)) == ("refused", {"submitted"})


@pytest.mark.django_db(transaction=True)
def test_what_was_changed_since_it_was_asked_for_is_left_out(worker, long):
    there = taken_over()
    long()
    errand = jobs.do_to_all(there, "verify", by=person("verifier"))
    one = there.entries.first()
    [one] = actions.send_back([one], by=person("second_verifier"), reason="Look at the date.")
    one = actions.save(one, one.values | {"source": "another"}, version=one.version, by=person("owner"))
    actions.submit([one], by=person("owner"))
    worker()
    errand.refresh_from_db()
    assert (errand.stage, errand.total) == ("done", 4)
    assert Entry.objects.get(pk=one.pk).state == "submitted"


@pytest.mark.django_db
def test_a_defect_is_not_hidden_and_nothing_is_half_done(monkeypatch):
    there = taken_over()
    monkeypatch.setattr(workflow, "record", lambda *given, **named: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        jobs.do_to_all(there, "verify", by=person("verifier"))
    assert (states(there), Errand.objects.latest("id").stage) == ({"submitted"}, "stopped")


@pytest.mark.django_db
@pytest.mark.parametrize("deed", ["submit", "verify", "return", "publish"])
@pytest.mark.parametrize("name", [*CAST])
def test_who_may_ask_for_what(name, deed, signed_in):
    there = taken_over([many(1)[0]], to={"submit": "draft", "publish": "verified"}.get(deed, "submitted"))
    before, asked = states(there), Errand.objects.count()
    answer = signed_in(name).post(f"/workbench/uploads/{there.pk}/do/", {"deed": deed, "reason": "It is another year."})
    may = {"submit": {"owner", "manager"}, "verify": {"verifier", "second_verifier", "manager"},
           "return": {"verifier", "second_verifier", "manager"}, "publish": {"manager"}}[deed]
    assert (states(there) != before) == (name in may), answer.status_code
    assert Errand.objects.count() == asked + (name in may)


@pytest.mark.django_db
def test_a_return_of_all_says_why_before_anything_begins(signed_in, long):
    there = taken_over()
    long()
    said = do(signed_in("verifier"), there, "return", reason=" ")
    assert "A reason is needed." in said
    assert not Errand.objects.filter(deed="return").exists()


@pytest.mark.django_db
def test_a_file_of_which_nothing_waits_is_not_asked_anything(signed_in):
    there = jobs.bring(workbook(changes=[CHANGE]), name="results.xlsx", by=person("owner"))
    assert "No entry is chosen." in do(signed_in("manager"), there, "publish")
    assert Upload.objects.get(pk=there.pk).errands.count() == 0


@pytest.mark.django_db
def test_a_return_of_entries_in_several_states_says_from_which_each_came():
    there = taken_over()
    some = list(there.entries.order_by("pk")[:2])
    actions.verify(some, by=person("verifier"))
    done(there, "return", "verifier", reason="Another year.")
    event = Event.objects.latest("id")
    verified = [entry.pk for entry in some]
    rest = [pk for pk in there.entries.order_by("pk").values_list("pk", flat=True) if pk not in verified]
    assert event.summary["from"] == {"submitted": rest, "verified": verified}
