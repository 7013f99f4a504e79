"""Who may act for a project."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.audit.actions import deed, record
from socle_web.results.models import Project, ProjectMandate
from socle_web.results.permissions import require


def give_project(user: User, project: Project, *, by: User) -> ProjectMandate:
    require(may(by, "give_mandate"), _("Your role does not give mandates."))
    with deed():
        mandate, new = ProjectMandate.objects.get_or_create(
            user=user, project=project, on_behalf_of="", defaults={"given_by": by.username, "given_at": timezone.now()}
        )
        if new:
            record("give_mandate", by=by.username, subject=("user", user.username), summary={"project": project.key})
    return mandate


def take_project(user: User, project: Project, *, by: User) -> None:
    """What is taken from somebody is taken from their deputy, too, until it is given back (``Mandates.in_force``)."""
    require(may(by, "give_mandate"), _("Your role does not take mandates."))
    with deed():
        if ProjectMandate.objects.filter(user=user, on_behalf_of="", project=project).delete()[0]:
            record("take_mandate", by=by.username, subject=("user", user.username), summary={"project": project.key})


def lend_projects(deputy: User, *, since: date, until: date, absent: User, by: User) -> list[str]:
    """Let ``deputy`` act for the projects of a colleague who is absent; by itself it ends after ``until``.

    Part of a deed that records it (``desk.actions.delegate``). The keys of the projects.
    """
    own = list(ProjectMandate.objects.filter(user=absent, on_behalf_of="").select_related("project").order_by("project__key"))
    ProjectMandate.objects.bulk_create(
        [ProjectMandate(user=deputy, project=mandate.project, since=since, until=until, on_behalf_of=absent.username,
                        given_by=by.username, given_at=timezone.now()) for mandate in own], ignore_conflicts=True)
    return [mandate.project.key for mandate in own]


def take_lent_projects(deputy: User, *, absent: User, since: date, until: date) -> None:
    ProjectMandate.objects.filter(user=deputy, on_behalf_of=absent.username, since=since, until=until).delete()
