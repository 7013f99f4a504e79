"""Long work, done beside the server: files with many rows. Short work is done at once."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone, translation
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from socle import vocabulary
from socle_web.accounts.models import User
from socle_web.results import actions, errands, uploads
from socle_web.results.actions.uploading import accept_upload, begin_to_accept, is_long, read_upload, take_up_again
from socle_web.results.models import Errand, Upload

LONG = 1_500  # rows
KEPT = timedelta(days=30)


def bring(content: bytes, *, name: str, by: User) -> Upload:
    """Keep a file, and read it: at once, or as a job where it is long."""
    made = actions.upload(content, name=name, by=by)
    if is_long(made, content):
        reading.enqueue(made.pk, translation.get_language() or "en")
    else:
        read_upload(made.pk)
    made.refresh_from_db()
    return made


def accept(upload: Upload, *, by: User) -> None:
    """Take the good rows over: at once, or as a job where they are many."""
    begin_to_accept(upload, by=by)
    if upload.total > LONG:
        taking.enqueue(upload.pk, by.username, translation.get_language() or "en")
    else:
        accept_upload(upload.pk, by=by)


def do_to_all(upload: Upload, deed: str, *, by: User, reason: str = "") -> Errand:
    """Submit, verify, return or publish all entries of a file: at once, or as a job where they are many."""
    errand = actions.begin_errand(upload, deed, by=by, reason=reason)
    if errand.total > LONG:
        doing.enqueue(errand.pk, translation.get_language() or "en")
    else:
        actions.run_errand(errand.pk)
    errand.refresh_from_db()
    return errand


def look_again(upload: Upload) -> None:
    """Begin again what a worker that died has left."""
    if take_up_again(upload):
        reading.enqueue(upload.pk, translation.get_language() or "en")


def forget_what_is_done() -> None:
    """Jobs that ended a month ago are of no use to anybody; what they did is in the log."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()


def look_for_the_dead() -> int:
    """Take up what workers that died have left, and end what only whoever asked begins again; how many."""
    found = list(uploads.dead())
    for upload in found:
        look_again(upload)
    return len(found) + sum(actions.stop_errand(errand) for errand in errands.dead())


@task()
def reading(pk: int, language: str) -> None:
    with translation.override(language), vocabulary.speaking(language[:2]):
        read_upload(pk)


@task()
def taking(pk: int, username: str, language: str) -> None:
    with translation.override(language), vocabulary.speaking(language[:2]):
        accept_upload(pk, by=User.objects.get(username=username))


@task()
def doing(pk: int, language: str) -> None:
    with translation.override(language), vocabulary.speaking(language[:2]):
        actions.run_errand(pk)
