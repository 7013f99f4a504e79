"""What was removed, altered, inserted or moved behind the platform's back is found, and where."""

from __future__ import annotations

import io
import json
from hashlib import sha256

import pytest
from django.core.management import call_command
from django.db import connection

from socle_web.audit.actions import record
from socle_web.audit.models import Attachment, Event
from socle_web.audit.verification import verify
from tests.unit.web_audit.tampering import insert_after, tamper, triggers_lifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids():
    """Ten events; the fifth has rows."""
    return [record("save", by="ada", subject=("impacts", f"I-{n}"), before={"persons": n}, after={"persons": n + 1}, reason="why",
                   rows=[["impacts", "I-5", None, {"persons": 5}]] if n == 4 else None).id for n in range(10)]


def found():
    return [(one.what, one.event) for one in verify().breaks]


def test_a_log_nobody_touched_is_whole(ids):
    outcome = verify()
    assert (outcome.sound, outcome.events, outcome.last, outcome.head) == (True, 10, ids[-1], Event.objects.first().digest)


def test_an_empty_log_is_whole():
    assert (verify().sound, verify().head) == (True, "")


@pytest.mark.parametrize(("column", "value"), [
    ("actor", "eve"), ("deed", "publish"), ("subject_kind", "changes"), ("subject_key", "x"), ("summary", '{"a":1}'),
    ("before", '{"persons":0}'), ("after", '{"persons": 5}'), ("after", None), ("after", "{"), ("reason", ""), ("on_behalf_of", "eve"),
    ("at", "2024-01-01 00:00:00"), ("at", "2024-01-01 00:00:00.5"),
])
def test_an_altered_event_is_found(ids, column, value):
    tamper(f"UPDATE audit_event SET {column} = %s WHERE id = %s", value, ids[4])
    assert found() == [("altered", ids[4])]


def test_a_column_of_another_type_is_found(ids):
    if connection.vendor == "sqlite":
        tamper("UPDATE audit_event SET actor = x'00ff', at = 7 WHERE id = %s", ids[4])
        assert found() == [("altered", ids[4])]


def test_text_moved_from_one_column_to_the_next_is_found(ids):
    event = record("save", by="ada", subject=("impacts", "I"), before={"a": 1, "z": 2}, after={"a": 1, "z": 2})
    tamper("UPDATE audit_event SET after = %s, before = %s WHERE id = %s", '{"a":1', '"z":2}', event.id)
    assert found() == [("altered", event.id)]


def test_an_altered_event_that_was_given_a_new_digest_is_found(ids):
    tamper("UPDATE audit_event SET digest = %s WHERE id = %s", "0" * 64, ids[4])
    assert found() == [("altered", ids[4]), ("rewritten", ids[5])]


def test_a_removed_event_is_found(ids):
    tamper("DELETE FROM audit_event WHERE id = %s", ids[3])
    assert found() == [("removed", ids[4])]
    tamper("DELETE FROM audit_event WHERE id IN (%s, %s)", ids[6], ids[7])
    assert found() == [("removed", ids[4]), ("removed", ids[8])]
    assert str(ids[6]) in verify().breaks[1].says


def test_a_removed_beginning_is_found(ids):
    tamper("DELETE FROM audit_event WHERE id <= %s", ids[1])
    assert ("removed", ids[2]) in found()


def test_an_inserted_event_is_found(ids):
    tamper("UPDATE audit_event SET id = id + 1000 WHERE id > %s", ids[5])
    with pytest.raises(Exception, match=r"previous|the_chain_does_not_fork"), connection.cursor(), triggers_lifted():
        insert_after(ids[5], at_id=ids[5] + 1, actor="eve")


def test_an_inserted_event_is_found_though_the_constraint_was_lifted(ids):
    tamper("UPDATE audit_event SET previous = %s WHERE id = %s", "f" * 64, ids[6])
    tamper("UPDATE audit_event SET id = id + 1000 WHERE id > %s", ids[5])
    insert_after(ids[5], at_id=ids[5] + 1, actor="eve")
    assert {what for what, _ in found()} & {"inserted", "rewritten", "removed"}
    assert ids[6] + 1000 in {event for _, event in found()}


def test_exchanged_events_are_found(ids):
    with triggers_lifted() as cursor:
        for old, new in ((ids[3], -1), (ids[4], ids[3]), (-1, ids[4])):
            cursor.execute("UPDATE audit_event SET id = %s WHERE id = %s", [new, old])
    assert ("reordered", ids[3]) in found()


def test_a_removed_end_is_found_beside_what_was_noted_earlier(ids):
    noted = verify()
    record("save", by="ada", subject=("impacts", "later"))
    assert verify(head=noted.head, count=noted.events).sound
    assert verify(head=noted.head).sound
    assert verify(count=noted.events).sound
    tamper("DELETE FROM audit_event WHERE id >= %s", ids[8])
    forget_ids()
    assert verify().sound, "nothing inside the database could tell"
    for asked in ({"head": noted.head, "count": noted.events}, {"head": noted.head}, {"count": noted.events}):
        assert [one.what for one in verify(**asked).breaks] == ["not_as_noted"]


def test_a_log_written_anew_is_found_beside_what_was_noted_earlier(ids):
    noted = verify()
    tamper("DELETE FROM audit_event WHERE id >= %s", ids[8])
    forget_ids()
    for n in range(4):
        record("save", by="eve", subject=("impacts", f"{n}"))
    assert [one.what for one in verify(head=noted.head, count=noted.events).breaks if one.what != "removed"] == ["not_as_noted"]


def forget_ids():
    """The trace that SQLite keeps of ids it gave."""
    if connection.vendor == "sqlite":
        tamper("UPDATE sqlite_sequence SET seq = (SELECT max(id) FROM audit_event) WHERE name = 'audit_event'")


def test_sqlite_remembers_that_there_was_more(ids):
    if connection.vendor == "sqlite":
        tamper("DELETE FROM audit_event WHERE id >= %s", ids[8])
        assert found() == [("removed", ids[7])]
        new = record("save", by="eve", subject=("impacts", "new"))
        assert found() == [("removed", new.id)]
        tamper("DELETE FROM audit_event")
        assert ("emptied", None) in found()


def test_an_altered_attachment_is_found(ids):
    with triggers_lifted() as cursor:
        cursor.execute("SELECT content FROM audit_attachment")
        content = bytearray(cursor.fetchone()[0])
        content[-6] ^= 1
        cursor.execute("UPDATE audit_attachment SET content = %s", [bytes(content)])
    assert found() == [("attachment_altered", ids[4])]


def test_bytes_added_to_an_attachment_are_found(ids):
    with triggers_lifted() as cursor:
        cursor.execute("UPDATE audit_attachment SET content = %s", [bytes(Attachment.objects.get().content) + b"more"])
    assert found() == [("attachment_altered", ids[4])]


def test_a_missing_attachment_is_found(ids):
    tamper("DELETE FROM audit_attachment")
    assert found() == [("attachment_missing", ids[4])]


def test_an_attachment_of_no_event_is_found(ids):
    Attachment.objects.create(digest="0" * 64, content=b"")
    assert ("attachment_alone", None) in found()


def command(*arguments):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("audit", *arguments, stdout=out, stderr=err)
        code = 0
    except SystemExit as end:
        code = end.code
    return code, out.getvalue(), err.getvalue()


def test_the_command_says_what_to_note_and_exits_with_0(ids):
    code, out, err = command("verify")
    assert (code, err) == (0, "")
    assert f"10 events, head {Event.objects.first().digest}" in out


def test_the_command_names_the_event_and_exits_with_2(ids):
    tamper("UPDATE audit_event SET actor = 'eve' WHERE id = %s", ids[4])
    code, _out, err = command("verify")
    assert (code, err.strip()) == (2, f"altered: Event {ids[4]} does not say what it said.")
    code, out, _err = command("verify", "--format", "json")
    assert (code, json.loads(out)["breaks"][0]["event"]) == (2, ids[4])


def test_the_command_compares_with_what_was_noted(ids):
    noted = json.loads(command("verify", "--format", "json")[1])
    assert command("verify", "--head", noted["head"], "--count", str(noted["events"]))[0] == 0
    assert command("verify", "--head", "f" * 64)[0] == 2
    assert command("verify", "--count", "11")[0] == 2


def test_the_command_lists_what_is_asked_for(ids):
    assert [line.split()[0] for line in command("list")[1].splitlines()] == [str(id) for id in reversed(ids)]
    assert len(command("list", "--subject", "impacts:I-3")[1].splitlines()) == 1
    assert command("list", "--by", "bo")[1] == ""
    assert len(command("list", "--since", "2020-01-01", "--most", "3")[1].splitlines()) == 3
    assert json.loads(command("list", "--most", "1", "--format", "json")[1])["event"] == ids[-1]


def test_a_copy_can_be_verified_without_the_platform_and_is_recorded(ids, tmp_path):
    assert command("export", "-o", str(tmp_path / "log.jsonl"), "--by", "bo")[0] == 0
    previous = ""
    for line in (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        text = json.dumps(one["says"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert one["digest"] == sha256(text.encode()).hexdigest()
        assert one["says"]["previous"] == previous
        previous = one["digest"]
    last = Event.objects.first()
    assert (last.deed, last.actor, last.digest) == ("export", "bo", previous)
