"""A process of its own for tests that kill it: ``python -m tests.contracts.working DEED``. Its database is that of the environment.

With ``slowly`` it says ``halfway`` in the middle of the deed and waits there, to be killed. It ends with what it found, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socle_web.project.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after setup
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from socle_web.audit.models import Event  # noqa: E402
from socle_web.audit.verification import verify  # noqa: E402
from socle_web.results import actions, bridge, jobs, trail  # noqa: E402
from socle_web.results.actions import uploading, workflow  # noqa: E402
from socle_web.results.models import Change, Entry, Errand, Observation, Upload  # noqa: E402
from tests.people import CAST, person  # noqa: E402
from tests.unit.web_results.test_loading import load, small  # noqa: E402
from tests.unit.web_results.test_workflow import CHANGE  # noqa: E402
from tests.unit.web_uploads.files import workbook  # noqa: E402

MANY = 60


def halfway(*_given: object, **_how: object) -> None:
    print("halfway", flush=True)
    time.sleep(120)


def prepare() -> None:
    """A small programme, entries that wait to be published, and a file that waits to be taken over."""
    call_command("migrate", verbosity=0)
    for name in CAST:
        person(name)
    load(small())
    entries = [actions.enter("changes", {**CHANGE, "change": f"K{n}"}, by=person("owner")) for n in range(MANY)]
    actions.verify(actions.submit(entries, by=person("owner")), by=person("verifier"))
    jobs.bring(workbook(changes=[{**CHANGE, "change": f"U{n}"} for n in range(MANY)]), name="kenya.xlsx", by=person("owner"))


def publish(*, slowly: bool) -> None:
    if slowly:  # the facts are written and signed; that they were is not
        workflow._tell_published = halfway  # type: ignore[assignment]
    actions.publish(Entry.objects.filter(state="verified"), by=person("manager"))


def bring(*, slowly: bool) -> None:
    more = [{"observation": f"L{n}", "impact": "I", "on": "2024", "measure": "increase", "persons": n} for n in range(MANY)]
    book = small(observations=[{"observation": "I1", "impact": "I", "on": "2022", "measure": "baseline", "persons": 1000},
                               {"observation": "I2", "impact": "I", "on": "2023-06-30", "measure": "level", "persons": 1500}, *more])

    def progress(sheet: str, done: int, of: int) -> None:
        if slowly and sheet == "observations":
            halfway()

    outcome = load(book, progress=progress)
    assert not outcome.refused, outcome.findings


def accept(*, slowly: bool) -> None:
    if slowly:
        uploading.record = halfway  # type: ignore[assignment]
    else:  # as if the minute had passed after which nobody is believed to work on it
        Upload.objects.filter(stage="taking").update(beat_at=timezone.now() - timedelta(minutes=5))
    jobs.accept(Upload.objects.get(), by=person("owner"))


def submit(*, slowly: bool) -> None:
    if slowly:
        workflow.record = halfway  # type: ignore[assignment]
    else:
        Errand.objects.filter(stage="doing").update(at=timezone.now() - timedelta(minutes=9), begun_at=timezone.now() - timedelta(minutes=5))
        for left in Path(settings.PRIVATE_FILES, "pulse").glob("*"):
            left.unlink()
    errand = jobs.do_to_all(Upload.objects.get(), "submit", by=person("owner"))
    assert errand.stage == "done", errand.refusal


def found() -> dict[str, object]:
    told = all(a == b for a, b in zip(trail.book(), bridge.book(), strict=True))
    return {"changes": Change.objects.count(), "observations": Observation.objects.count(), "told": told, "sound": verify().sound,
            "entries": dict(Counter(Entry.objects.values_list("state", flat=True))), "events": Event.objects.count()}


DEEDS = {"publish": publish, "bring": bring, "accept": accept, "submit": submit}

if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    elif sys.argv[1] in DEEDS:
        DEEDS[sys.argv[1]](slowly="slowly" in sys.argv)
    print(json.dumps(found()))
