"""What the manager looks at: every country, and every recommendation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from socle_web.desk.permissions import for_who_may
from socle_web.desk.queries.board import SORTS
from socle_web.desk.queries.board import board as read_board
from socle_web.desk.queries.evaluation import loop


@require_safe
@for_who_may("see_board")
def board(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("sort", "")
    sort = asked if asked in SORTS else "days"
    down = request.GET.get("down", "0" if sort in ("country", "complete") else "1") != "0"
    shown = read_board(on=timezone.localdate(), sort=sort, down=down)
    return render(request, "desk/board.html", {"board": shown})


@require_safe
@for_who_may("enter", "verify", "update_action")
def evaluation(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/evaluation.html", {"loop": loop(on=timezone.localdate()), "today": timezone.localdate()})
