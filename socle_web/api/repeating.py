"""A deed is done once, however often it is sent: a connection that breaks off leaves its sender not knowing.

The deed and its answer are kept together or not at all. A refusal did nothing and is not kept: the key is free again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from socle_web.accounts.models import Client
from socle_web.api.models import Answered
from socle_web.api.refusing import Place, Wrong, refused
from socle_web.audit.actions import deed

HEADER = "Idempotency-Key"
KEY = "^[!-~]{1,200}$"
KEPT = timedelta(days=7)
SWEPT_AT_ONCE = 1000


def once(request: HttpRequest, client: Client, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to a request with a key: the one given before, or that of doing it now."""
    key = request.headers.get(HEADER, "")
    if not re.fullmatch(KEY, key):
        code = "malformed" if key else "missing"
        what = _("{name} cannot be read.") if key else _("{name} is missing.")
        return _refused(code, what.format(name=HEADER), _("Send 1 to 200 letters and digits that no other request of yours has, "
                                                         "such as a UUID; send the same ones when you repeat this request."))
    digest = _digest(request)
    with deed():
        there = Answered.objects.filter(client=client, key=key).first()
        if there is not None and there.digest != digest:
            return _refused("idempotency_mismatch", _("Another request had this {name}.").format(name=HEADER),
                            _("Give every request a key of its own; repeat one unchanged."))
        if there is not None:
            return HttpResponse(there.body, status=there.status, content_type="application/json; charset=utf-8",
                                headers={"Idempotent-Replayed": "true"})
        with transaction.atomic():
            response = answer()
            done = response.status_code < 400
            transaction.set_rollback(not done)
        if done:
            _sweep()
            Answered.objects.create(client=client, key=key, digest=digest, status=response.status_code,
                                    body=response.content.decode(), at=timezone.now())
    return response


def _refused(code: str, what: str, remedy: str) -> HttpResponse:
    return refused(422, what, [Wrong(what=what, where=Place(parameter=HEADER), remedy=remedy, code=code)])


def _digest(request: HttpRequest) -> str:
    """Of what is asked. The border between the parts of a form is another one each time it is sent, and says nothing."""
    sha = sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        sha.update(request.body)
        return sha.hexdigest()
    sha.update(json.dumps(sorted(request.POST.lists())).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            content = sha256()
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
            told = [name, file.name, file.content_type, content.hexdigest()]
            sha.update(json.dumps(told).encode())
    return sha.hexdigest()


def _sweep() -> None:
    old = Answered.objects.filter(at__lt=timezone.now() - KEPT).values_list("pk", flat=True)[:SWEPT_AT_ONCE]
    Answered.objects.filter(pk__in=list(old)).delete()
