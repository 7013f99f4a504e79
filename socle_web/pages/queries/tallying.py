"""How many records there are of something: the records themselves, and the rule that counted them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socle.errors import InputError
from socle.results import Line
from socle.vocabulary import number
from socle_web.pages import wording
from socle_web.pages.figures import of_list, why_record, written
from socle_web.pages.queries import countries
from socle_web.pages.queries.explaining import SHOWN, Title, Told, tell
from socle_web.pages.queries.follow_up import UNKNOWN, undated
from socle_web.pages.queries.reconciling import compared, reconciliation
from socle_web.results import queries as results
from socle_web.results.models import Phase, Post, Project

#: Filters of the results browser.
BROWSED = ("country", "region", "step", "kind", "branch", "theme", "partner")


@dataclass(frozen=True)
class Tally:
    """``lines``: at most the first records; ``total`` is what they all come to; ``back``: the page it stands on."""

    rule: str
    total: int | None
    lines: Sequence[Told]
    more: int
    back: str = ""


Asked = Mapping[str, str]


def tally(records: str, asked: Asked) -> Tally:
    """What a page counts under these words. Raises InputError for what no page counts."""
    if records not in TALLIES:
        raise InputError(_("There is no such figure."), where={"value": records}, remedy=_("Select a figure on a page."))
    return TALLIES[records](asked)


def _given(asked: Asked) -> dict[str, Any]:
    given: dict[str, Any] = {name: asked[name] for name in BROWSED if asked.get(name)}
    return given | ({"year": int(asked["year"])} if asked.get("year") else {})


def _changes(asked: Asked) -> Tally:
    found = results.changes(**_given(asked))
    if asked.get("phase"):
        phase = Phase.objects.filter(key=asked["phase"]).first()
        found = found.filter(on__range=(phase.start, phase.end)) if phase else found.none()
    if asked.get("as_of"):
        day = date.fromisoformat(asked["as_of"])
        found = found.filter(Q(recorded_on__lte=day) | Q(recorded_on__isnull=True, on__lte=day))
    return _records(found, found.count(), _(
        "Each institutional change that is recorded with all of this counts once, in whatever phase it was achieved."))


def _impacts(asked: Asked) -> Tally:
    found = results.impacts(**_given(asked))
    return _records(found, found.count(), _(
        "Each impact on people that is recorded with all of this counts once, however often it was observed."))


def _projects(asked: Asked) -> Tally:
    found = Project.objects.filter(funding__partner__key=asked.get("partner", "")).distinct().order_by("title", "id")
    return _records(found, found.count(), _("Each project for which funding by the partner is recorded counts once."))


def _countries(asked: Asked) -> Tally:
    rows = [row for some in countries.index().values() for row in some]
    lines = [Told(Title(row.place.name(), reverse("country", args=[row.place.alpha3]), own=False), 1,
                  _results(row), "", imported=True, evidence=(), of_record=False,
                  address=of_list(row.changes, "changes", country=row.place.alpha3).address) for row in rows]
    rule = _("Each country or territory counts once that has a recorded result, or that a phase lists as priority or supported.")
    return Tally(rule, len(rows), lines[:SHOWN], max(0, len(rows) - SHOWN), back=reverse("countries"))


def _results(row: countries.Listed) -> str:
    changes = ngettext("%(n)s change", "%(n)s changes", row.changes)
    impacts = ngettext("%(n)s impact", "%(n)s impacts", row.impacts)
    told = [changes % {"n": number(row.changes)} if row.changes else _("no change recorded"),
            impacts % {"n": number(row.impacts)} if row.impacts else ""]
    return ", ".join(filter(None, told))


def _staff(asked: Asked) -> Tally:
    """The posts of a place and contract; what is not reported adds nothing."""
    given = {name: "" if asked[name] == UNKNOWN else asked[name] for name in ("place", "contract") if asked.get(name)}
    posts = list(Post.objects.filter(**given).order_by("id"))
    known = [post.posts for post in posts if post.posts is not None]
    told = tell([(Line("staff", post.key, post.posts, "" if post.posts is not None else _("not reported")), post)
                 for post in posts[:SHOWN]])
    return Tally(_("The numbers of posts in these rows, added up; a row that gives no number adds nothing."),
                 sum(known) if known else None, told, max(0, len(posts) - SHOWN), back=reverse("team"))


def _actions(asked: Asked) -> Tally:
    found = undated().order_by("id")
    rule = _("Each action counts once that is neither done nor dropped and has no due date in the sources.")
    return _records(found, found.count(), rule)


def _published(asked: Asked) -> Tally:
    """Published figures by what comes out of the comparison."""
    year = int(asked["year"]) if asked.get("year") else None
    rows = ([(asked["phase"], one) for one in compared(phase=asked["phase"], year=year)] if asked.get("phase")
            else [(phase.key, one) for phase, some in reconciliation() for one in some])
    rows = [(phase, one) for phase, one in rows if one.verdict == asked.get("verdict")]
    names = wording.partner_names()
    lines = [Told(Title(wording.subject(one.record.table, one.record.row, one.record.column, names), own=False), 1,
                  _held_against(one), one.source, imported=True, evidence=(), verified_by=one.record.verified_by,
                  address=why_record(one.record, "difference", phase=phase)) for phase, one in rows[:SHOWN]]
    rule = _("Each published figure counts once in each phase it speaks of. It is equal when the records give the same figure, "
             "it differs when they give another, and it is not computed when they give none or the source prints none.")
    return Tally(rule, len(rows), lines, max(0, len(rows) - SHOWN), back=reverse("reconciliation"))


def _held_against(one: Any) -> str:
    told = [written(cell.value) if cell.value is not None else _("not reported") for cell in (one.published, one.computed)]
    return _("published %(published)s, computed %(computed)s") % {"published": told[0], "computed": told[1]}


def _records(found: Any, total: int, rule: str) -> Tally:
    shown = list(found[:SHOWN])
    told = tell([(Line(one.sheet, one.key, 1), one) for one in shown])
    return Tally(rule, total, told, max(0, total - SHOWN))


TALLIES: Mapping[str, Callable[[Asked], Tally]] = {
    "changes": _changes, "impacts": _impacts, "projects": _projects, "countries": _countries, "staff": _staff,
    "actions": _actions, "published": _published,
}
