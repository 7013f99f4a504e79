"""My desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from socle_web.accounts.permissions import person_of
from socle_web.desk.permissions import signed_in
from socle_web.desk.queries.work import desk


@require_safe
@signed_in
def work(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/desk.html", {"desk": desk(person_of(request), on=timezone.localdate())})
