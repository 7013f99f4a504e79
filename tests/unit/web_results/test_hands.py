"""Who had a hand in an entry, and in whose hands it is."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from socle_web.audit.refusals import Refused
from socle_web.results import actions
from socle_web.results.models import Entry
from tests.people import person
from tests.unit.web_results.test_loading import load, small

pytestmark = pytest.mark.django_db

EVIDENCE = {"evidence": "E1", "record": "changes:C", "title": "The gazette", "kind": "document", "source": "x"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _loaded(db, settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path / "private"
    load(small())


def refused(code, deed, *args, **options):
    with pytest.raises(Refused) as refusal:
        deed(*args, **options)
    assert refusal.value.code == code, refusal.value


def attached(entry, *, by):
    return actions.attach(entry, PDF, name="gazette.pdf", declared="application/pdf", by=person(by))


@pytest.mark.parametrize("detached", [False, True])
def test_who_attaches_a_document_or_takes_one_off_does_not_verify_it(detached):
    entry = actions.enter("evidence", EVIDENCE, by=person("owner"))
    file = attached(entry, by="owner" if detached else "manager")
    if detached:
        actions.detach(file, by=person("manager"))
    entry.refresh_from_db()
    assert (entry.typists, entry.changed_by, entry.version) == (("owner", "manager"), "manager", 3 if detached else 2)
    actions.submit([entry], by=person("owner"))
    refused("four_eyes", actions.verify, [entry], by=person("manager"))
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Entry.objects.update(state="verified", verified_by="manager")


def test_who_compares_a_change_with_what_is_published_now_does_not_verify_it():
    entry = actions.change("changes", "C", {"source": "Gazette"}, by=person("owner"))
    load(small(changes=[{"change": "C", "country": "KEN", "year": "2023", "step": "2", "title": "Theirs"}]))
    entry = actions.catch_up(entry, by=person("manager"))
    assert (entry.typists, entry.changed_by) == (("owner", "manager"), "manager")
    actions.submit([entry], by=person("owner"))
    refused("four_eyes", actions.verify, [entry], by=person("manager"))
