"""``socle-web facts verify``: what was done to the facts beside the log is found."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from socle_web.places.models import Country
from socle_web.results import actions
from socle_web.results.models import Change, Funding, Impact
from tests.people import person
from tests.unit.web_results.test_loading import load, small
from tests.unit.web_results.test_workflow import entered, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programme(db):
    load(small())
    published(entered())
    published(actions.change("changes", "C", {"step": "3", "source": "Gazette"}, by=person("owner")))


def verified(*options):
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("facts", "verify", *options, stdout=out, stderr=err)
    return ended.value.code, out.getvalue(), err.getvalue()


def test_what_was_loaded_and_published_is_what_the_log_says():
    assert verified() == (0, "10 records in the log, 0 of the database are otherwise\n", "")


def test_what_was_altered_added_or_deleted_beside_the_log_is_named():
    Change.objects.filter(key="C").update(title="Another law")
    Funding.objects.all().delete()
    Impact.objects.create(key="X", country=Country.objects.get(pk="KEN"), change=Change.objects.get(key="C"))
    code, out, err = verified()
    assert code == 2
    assert "10 records in the log, 3 of the database are otherwise" in out
    assert "changes:C: it is not what the log says\n  title: “A law” in the log, “Another law” in the database\n" in err
    assert "impacts:X: it is there, and the log does not say it" in err
    assert "funding:" in err
    assert "the log says it, and it is not there" in err


def test_it_answers_in_json():
    Change.objects.filter(key="C").update(title="Another law")
    code, out, _err = verified("--format", "json")
    assert code == 2
    assert json.loads(out) == {"sound": False, "records": 10, "astray": [
        {"what": "altered", "record": "changes:C", "columns": {"title": {"log": "A law", "there": "Another law"}}}]}
