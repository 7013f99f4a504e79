"""Many who write at once: one chain, nothing lost."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection

from socle_web.audit.actions import deed, record
from socle_web.audit.models import Event
from socle_web.audit.verification import verify

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, EACH = 8, 12


def together(*works):
    start, failures = Barrier(len(works)), []

    def run(work):
        try:
            start.wait(30)
            work()
        except Exception as failure:  # noqa: BLE001 - told to the test
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return failures


def writes(person, *, spoilt=()):
    def write():
        for n in range(EACH):
            try:
                with deed():
                    record("save", by=person, subject=("impacts", f"{n}"), rows=[["impacts", f"{n}", None, {"by": person}]])
                    if n in spoilt:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                pass

    return write


def test_deeds_come_one_after_another():
    assert together(*(writes(f"person {n}") for n in range(PEOPLE))) == []
    outcome = verify()
    assert (outcome.events, outcome.breaks) == (PEOPLE * EACH, ())
    assert Event.objects.order_by("id").values_list("at", flat=True).count() == PEOPLE * EACH
    instants = list(Event.objects.order_by("id").values_list("at", flat=True))
    assert instants == sorted(instants), "the order of the ids is the order in time"


def test_what_fails_leaves_no_trace_and_no_gap_in_the_chain():
    assert together(*(writes(f"person {n}", spoilt=(1, 5)) for n in range(4))) == []
    outcome = verify()
    assert (outcome.events, outcome.breaks) == (4 * (EACH - 2), ())


def test_who_goes_round_the_lock_cannot_fork_the_chain():
    with deed():
        last = record("save", by="ada", subject=("impacts", "0"))

    def write(name):
        def insert():
            Event.objects.create(at=last.at, actor=name, deed="save", subject_kind="x", subject_key="y", previous=last.digest, digest=name)

        return insert

    failures = together(*(write(f"eve {n}") for n in range(4)))
    assert [type(failure) for failure in failures] == [IntegrityError] * 3


def test_a_verification_while_others_write_finds_nothing():
    found = []
    together(*(writes(f"person {n}") for n in range(3)), lambda: found.extend(verify().breaks for _ in range(10)))
    assert found == [()] * 10
