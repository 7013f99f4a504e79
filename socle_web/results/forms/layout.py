"""In which order, and under which headings, the columns of a sheet are asked for. Keys that the house gives are not asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading. ``folded``: what few people need stays closed until it is opened or filled in."""

    title: str | Promise
    columns: tuple[str, ...]
    note: str | Promise = ""
    folded: bool = False


REPORTED = Group(_("When it was reported"), ("recorded_on",), folded=True)

GROUPS: Mapping[str, tuple[Group, ...]] = {
    "changes": (
        Group(_("What was achieved"), ("country", "year", "step", "title", "summary", "source")),
        Group(_("What it is about"), ("branches", "themes", "principles"), folded=True),
        Group(_("Who had a part in it"), ("projects", "partners", "outputs"), folded=True),
        REPORTED,
    ),
    "impacts": (
        Group(_("Whom it reaches, and how"), ("country", "kind", "branch", "title", "scheme", "change", "source")),
        Group(_("What is expected"), ("expected", "expected_on"), folded=True),
        Group(_("The same people under another impact"), ("population",), folded=True),
    ),
    "observations": (
        Group(_("What was observed"), ("impact", "on", "measure", "persons", "women", "men", "source")),
        Group(_("How it counts"), ("unit", "status"), folded=True),
        Group(_("What it corrects"), ("supersedes", "reason"), folded=True),
        REPORTED,
    ),
    "contributions": (Group(_("The share"), ("change", "project", "share", "source")),),
    "outputs": (
        Group(_("What was delivered"), ("country", "project", "on", "kind", "title", "source")),
        Group(_("Whom it reached"), ("persons", "women", "men", "constituency")),
    ),
    "projects": (
        Group(_("The project"), ("title", "kind", "countries", "start", "end")),
        Group(_("What it is about"), ("themes",)),
    ),
    "funding": (Group(_("The money"), ("partner", "project", "on", "amount", "currency", "status", "source")),),
    "evidence": (Group(_("The evidence"), ("record", "title", "kind", "url", "on", "source")),),
    "ratifications": (Group(_("The ratification"), ("country", "convention", "status", "on", "parts", "summary", "source")),),
    "recommendations": (
        Group(_("The recommendation"), ("evaluation", "criterion", "title", "summary", "on", "source")),
        Group(_("What management answers"), ("response", "response_text")),
    ),
    "actions": (Group(_("The action"), ("recommendation", "title", "owner", "due_on", "status", "source")),),
    "partners": (Group(_("The partner"), ("name", "kind")),),
}

#: The first number of a new impact is asked on the page of the impact; its source is that of the impact.
FIRST = Group(
    _("The first number observed"), ("on", "measure", "persons", "women", "men", "unit", "status"),
    note=_("Leave this empty if nobody has counted yet."),
)
