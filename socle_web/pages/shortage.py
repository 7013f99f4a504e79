"""The page of a server that is short of something: calm, and with what was typed."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.defaults import server_error

from socle_web.audit.shortage import Shortage, shortage

SECRETS = "/accounts/"  # what is typed there is not shown again
MOST_TYPED = 500_000  # characters
log = logging.getLogger(__name__)


class SayCalmly:
    """Answer what a view could not do for want of room or of its turn with a sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        lacking = shortage(error)
        if lacking is None:
            return None
        log.error("%s %s: the server is short of %s", request.method, request.path, lacking.name.lower(), exc_info=error)
        return calm(request, lacking)


def broke(request: HttpRequest) -> HttpResponse:
    """What breaks outside a view (a session that cannot be kept) ends here."""
    lacking = shortage(sys.exc_info()[1])
    return calm(request, lacking) if lacking else server_error(request)


def calm(request: HttpRequest, lacking: Shortage) -> HttpResponse:
    typed = _typed(request)
    answer = render(request, "short.html", {
        "full": lacking is Shortage.ROOM, "wrote": request.method == "POST", "typed": typed,
        "read": [(name, text) for name, text in typed if text.strip()],
        "files": request.method == "POST" and bool(request.FILES), "status": lacking.value}, status=lacking.value)
    answer["Retry-After"] = "600" if lacking is Shortage.ROOM else "10"
    answer["Cache-Control"] = "no-store"
    return answer


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, to be sent again."""
    if request.method != "POST" or SECRETS in request.path:
        return []
    sent = [(name, text) for name, texts in request.POST.lists() if name != "csrfmiddlewaretoken" for text in texts]
    return [(name, str(text)) for name, text in sent] if sum(len(str(text)) for _, text in sent) <= MOST_TYPED else []
