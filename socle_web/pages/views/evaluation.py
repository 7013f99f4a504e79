"""What evaluations recommended and what became of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from socle_web.pages.page import page, show
from socle_web.pages.queries.follow_up import follow_up


@page
def evaluation(request: HttpRequest) -> HttpResponse:
    return show(request, "evaluation", {"followed": follow_up(today=timezone.localdate())})
