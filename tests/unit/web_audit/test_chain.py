"""How the log is written: chained, never changed, the same on both databases."""

from __future__ import annotations

import hashlib
import json
import zlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from socle_web.audit import chain, copies
from socle_web.audit.actions import deed, record
from socle_web.audit.models import Attachment, Event
from socle_web.audit.verification import verify
from tests.unit.web_audit.tampering import triggers_lifted

pytestmark = pytest.mark.django_db

HARD = {"float": 0.1 + 0.2, "whole float": 1.0, "minus zero": -0.0, "large": 1e22, "small": 5e-324, "int": 2**70,
        "text": "Côte d’Ivoire \u0000 \u2028 \U0001f30d \\ \" </script>", "none": None, "nested": [{"b": 1, "a": [True, False]}], "": ""}


def test_each_event_carries_the_digest_of_the_one_before():
    with deed():
        first, second, third = (record("save", by="ada", subject=("impacts", key)) for key in "abc")
    assert (first.previous, second.previous, third.previous) == ("", first.digest, second.digest)


def test_a_digest_is_that_of_the_canonical_json_of_the_event():
    written = record("save", by="ada", subject=("impacts", "é/\"1\""), before=HARD, after={"z": 1, "a": 2}, summary={"n": 1},
                     reason="line\nline", on_behalf_of="bo", rows=[["impacts", "x", None, {}]])
    event = Event.objects.get(pk=written.pk)
    text = json.dumps(copies.document(event), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == event.digest


def test_json_comes_back_as_it_was_written():
    written = record("save", by="ada", subject=("impacts", "i"), before=HARD, after=HARD, summary=HARD)
    event = Event.objects.get(pk=written.pk)
    for values in (event.before, event.after, event.summary, written.before):
        assert chain.canonical(values) == chain.canonical(HARD)
        assert [type(value) for value in values.values()] == [type(value) for _, value in sorted(HARD.items())]
    assert verify().sound


def test_decimals_and_days_are_kept_as_text():
    event = record("save", by="ada", subject=("impacts", "i"),
                   after={"share": Decimal("0.10"), "on": date(2024, 1, 2), "at": datetime(2024, 1, 2, 3, tzinfo=UTC), "codes": {"b", "a"}})
    assert event.after == {"share": "0.10", "on": "2024-01-02", "at": "2024-01-02T03:00:00+00:00", "codes": ["a", "b"]}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object()])
def test_what_json_cannot_say_is_not_recorded(value):
    with pytest.raises((TypeError, ValueError)):
        record("save", by="ada", subject=("impacts", "i"), after={"x": value})
    assert not Event.objects.exists()


@pytest.mark.parametrize("statement", [
    "UPDATE audit_event SET reason = 'x'", "DELETE FROM audit_event", "UPDATE audit_attachment SET content = ''",
    "DELETE FROM audit_attachment",
])
def test_the_database_refuses_to_change_or_delete_what_was_written(statement):
    record("load", by="ada", subject=("programme", "p"), rows=[["impacts", "i", None, {}]])
    with pytest.raises(IntegrityError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["audit_event", "audit_attachment"])
def test_the_log_is_not_truncated(table):
    with pytest.raises(IntegrityError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table}")


def test_models_refuse_too():
    record("load", by="ada", subject=("programme", "p"), rows=[["impacts", "i", None, {}]])
    for kept in (Event.objects.get(), Attachment.objects.get()):
        for forbidden in (kept.save, kept.delete, type(kept).objects.all().delete, lambda kept=kept: type(kept).objects.update(digest="x")):
            with pytest.raises(TypeError, match="never"):
                forbidden()


def test_the_chain_does_not_fork():
    event = record("save", by="ada", subject=("impacts", "i"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(at=event.at, actor="eve", deed="save", subject_kind="impacts", subject_key="j", digest="x", previous="")


def test_an_event_is_chained():
    event = Event(actor="eve", deed="save", subject_kind="impacts", subject_key="j", at=datetime(2024, 1, 1, tzinfo=UTC))
    with pytest.raises(IntegrityError, match="an_event_is_chained"), transaction.atomic():
        event.save()


def test_many_rows_are_kept_once_compressed_and_named_by_what_they_say():
    rows = [["impacts", f"I-{n}", None, {"persons": n}] for n in range(5_000)]
    first = record("load", by="ada", subject=("programme", "p"), rows=rows)
    second = record("load", by="ada", subject=("programme", "p"), rows=iter(rows))
    attachment = Attachment.objects.get()
    assert first.attachment == second.attachment == attachment.digest
    content = zlib.decompress(attachment.content)
    assert hashlib.sha256(content).hexdigest() == attachment.digest
    assert [json.loads(line) for line in content.splitlines()] == rows
    assert len(attachment.content) < len(content) / 3
    assert record("load", by="ada", subject=("programme", "p"), rows=content).attachment == attachment.digest


def test_a_deed_within_a_deed_is_part_of_it():
    def outer():
        with deed():
            with deed():
                record("save", by="ada", subject=("impacts", "i"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        outer()
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_is_recorded_inside_its_deed():
    with pytest.raises(transaction.TransactionManagementError, match="inside the deed"):
        record("save", by="ada", subject=("impacts", "i"))
    with deed():
        record("save", by="ada", subject=("impacts", "i"))
    assert Event.objects.count() == 1


def test_events_from_before_there_was_a_chain_are_chained():
    for n in range(3):
        record("load", by="ada", subject=("programme", "p"), summary={"n": n, "é": 1.5})
    loader = MigrationLoader(connection)
    then = loader.project_state([("audit", "0003_events_are_chained")]).apps
    step = loader.get_migration("audit", "0003_events_are_chained").operations[-1]
    with triggers_lifted() as cursor:
        cursor.execute("UPDATE audit_event SET digest = 'x', previous = id || 'x', summary = replace(summary, ':', ' : ')")
        assert not verify().sound
        step.code(then, None)
    assert (verify().sound, verify().events) == (True, 3)
