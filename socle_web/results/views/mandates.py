"""For which projects somebody acts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.audit.refusals import Refused
from socle_web.results import actions
from socle_web.results.models import Project, ProjectMandate
from socle_web.results.views.door import at_work, person

MOST = 200


@at_work(when=lambda user: may(user, "give_mandate"))
def projects(request: HttpRequest, username: str) -> HttpResponse:
    """Their projects, one more to give, each to take away."""
    whose = get_object_or_404(User, username=username)
    if request.method == "POST":
        _settle(request, whose)
        return redirect("person-projects", username)
    given = ProjectMandate.objects.filter(user=whose)
    held = given.in_force().select_related("project").order_by("project__key")
    others = Project.objects.exclude(mandates__in=given.filter(on_behalf_of="")).order_by("key")[:MOST]
    return render(request, "results/person_projects.html", {"whose": whose, "held": held, "others": others})


def _settle(request: HttpRequest, whose: User) -> None:
    give, take = request.POST.get("give", "").strip(), request.POST.get("take", "")
    project = Project.objects.filter(key=give or take).first()
    try:
        if project is None:
            messages.error(request, _("There is no project %(key)s.") % {"key": give or take})
        elif give:
            actions.give_project(whose, project, by=person(request))
            messages.success(request, _("Given."))
        else:
            actions.take_project(whose, project, by=person(request))
            messages.success(request, _("Taken away."))
    except Refused as refused:
        messages.error(request, str(refused))
