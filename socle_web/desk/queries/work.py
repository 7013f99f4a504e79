"""What is on somebody's desk: the same number of questions however much there is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.desk import addresses
from socle_web.desk.models import Absence, Comment, Duty, Round, Seen
from socle_web.desk.queries.lists import Listed, first, part
from socle_web.desk.queries.measures import Measure, measures
from socle_web.desk.queries.people import names, standing_in_for
from socle_web.desk.queries.rounds import open_duties, open_round
from socle_web.desk.queries.titles import titles_for
from socle_web.desk.wording import Titles
from socle_web.places.models import Mandate
from socle_web.places.permissions import SCOPED, countries_of
from socle_web.results.models import Action, Entry, ProjectMandate, State, Typing
from socle_web.results.permissions import visible
from socle_web.results.queries import SETTLED

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Place:
    """A country somebody acts for; ``on_behalf_of`` a colleague ``until`` a day."""

    code: str
    name: str
    measure: Measure
    days: int | None
    on_behalf_of: str = ""
    until: date | None = None

    @property
    def template(self) -> str:
        return addresses.template(self.code)


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What was typed and not saved."""

    typing: Typing

    @property
    def sheet(self) -> str:
        head = self.typing.place.partition("/")[0]
        return "entry" if head == "entry" else head

    @property
    def entry(self) -> int:
        """The number of the entry that was being edited; 0: of none yet."""
        head, _, number = self.typing.place.partition("/")
        return int(number) if head == "entry" and number.isascii() and number.isdigit() and len(number) < 18 else 0

    @property
    def address(self) -> str:
        return addresses.typing(self.typing.place)


@dataclass(frozen=True, slots=True)
class Desk:
    on: date
    everywhere: bool
    round: Round | None
    places: Listed[Place]
    projects: Listed[ProjectMandate]
    standing_in: Sequence[Absence]
    duties: Listed[Duty]
    actions: Listed[Action]
    returned: Listed[Entry]
    to_verify: Listed[Entry]
    to_publish: Listed[Entry]
    mentions: Listed[Comment]
    drafts: Listed[Entry]
    unsaved: Listed[Unsaved]
    names: dict[str, str]
    titles: Titles

    @property
    def is_empty(self) -> bool:
        return not any((self.duties, self.actions, self.returned, self.to_verify, self.to_publish, self.mentions, self.drafts,
                        self.unsaved))


def desk(person: User, *, on: date) -> Desk:
    """Everything that waits for ``person``, the first few of each."""
    own, entries = countries_of(person), visible(person)  # asked once
    now = open_round(own, on=on)
    told: dict[str, Listed[Any]] = {
        "duties": first(duties_of(person, own, on=on)),
        "actions": first(actions_due(person, on=on)),
        "returned": first(returned_to(person, entries)),
        "to_verify": first(to_verify(person, entries)),
        "to_publish": first(to_publish(person, entries)),
        "mentions": first(mentions_of(person)),
        "drafts": first(drafts_of(person, entries)),
    }
    standing_in = standing_in_for(person, on=on)
    people = {duty.owner for duty in told["duties"].rows} | {absence.person for absence in standing_in}
    people |= {comment.by for comment in told["mentions"].rows} | {entry.returned_by for entry in told["returned"].rows}
    people |= {entry.submitted_by for entry in (*told["to_verify"].rows, *told["to_publish"].rows)}
    entered = [entry for name in ("returned", "to_verify", "to_publish", "drafts") for entry in told[name].rows]
    return Desk(on=on, everywhere=own is None, round=now, places=_places(person, now, on=on), projects=_projects(person),
                standing_in=standing_in, unsaved=_unsaved(person, entries), names=names(people),
                titles=titles_for(entered, by=person), **told)


def duties_of(person: User, own: Collection[str] | None, *, on: date) -> QuerySet[Duty]:
    """What the countries of ``person`` have to report; who acts everywhere sees what is late, and what they answer for."""
    if own is not None:
        return open_duties(own, on=on)
    if not may(person, "plan_round"):
        return Duty.objects.none()
    return open_duties(None, on=on).filter(Q(owner=person.username) | Q(round__due_on__lt=on))


def returned_to(person: User, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Drafts that came back and that ``person`` had a hand in, the latest first."""
    return _typed_by(person, entries).filter(state=State.DRAFT).exclude(returned_by="").order_by("-returned_at", "-pk")


def drafts_of(person: User, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return _typed_by(person, entries).filter(state=State.DRAFT, returned_by="")


def to_verify(person: User, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """What was submitted and not typed by ``person``, the oldest first."""
    if not may(person, "verify"):
        return Entry.objects.none()
    name = person.username
    mine = Q(typists__contains=f";{name};") | Q(entered_by=name) | Q(changed_by=name) | Q(submitted_by=name)
    return entries.filter(state=State.SUBMITTED).exclude(mine).order_by("submitted_at", "pk")


def to_publish(person: User, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    found = entries.filter(state=State.VERIFIED).order_by("verified_at", "pk")
    return found if may(person, "publish") else found.none()


def mentions_of(person: User) -> QuerySet[Comment]:
    """Remarks that name ``person`` and came since the news was last looked at."""
    looked = Seen.objects.filter(person=person.username, at__gte=OuterRef("at"))
    return Comment.objects.filter(~Exists(looked), mentions__contains=f";{person.username};", retracted_at=None).order_by("-pk")


def actions_due(person: User, *, on: date) -> QuerySet[Action]:
    """After evaluations, for whoever follows them: due soon, or overdue. (An owner is a unit, never a person.)"""
    found = Action.objects.filter(due_on__lte=on + SOON).exclude(status__in=SETTLED).order_by("due_on", "pk")
    return found if may(person, "update_action") else found.none()


def _typed_by(person: User, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.filter(typists__contains=f";{person.username};")


def _places(person: User, now: Round | None, *, on: date) -> Listed[Place]:
    """The countries of whoever acts for some, the longest silent first. (Who acts everywhere has the board.)"""
    if person.role not in SCOPED:
        return part(())
    held: dict[str, Mandate] = {}
    for mandate in Mandate.objects.filter(user=person).in_force(on=on).select_related("country").order_by("on_behalf_of"):
        held.setdefault(mandate.country_id, mandate)
    found = measures(tuple(held), period=(now.start, now.end) if now else None, on=on) if held else {}
    places = [Place(code, mandate.country.name, found[code], found[code].days(on=on), mandate.on_behalf_of, mandate.until)
              for code, mandate in held.items()]
    places.sort(key=lambda place: (-(place.days if place.days is not None else 10**6), place.name))
    return part(places)


def _projects(person: User) -> Listed[ProjectMandate]:
    found = ProjectMandate.objects.filter(user=person).in_force().select_related("project").order_by("project__key", "on_behalf_of")
    return first(found)


def _unsaved(person: User, entries: QuerySet[Entry]) -> Listed[Unsaved]:
    """Of an entry only while it can be saved: once it is submitted or withdrawn nothing waits there (until it is returned)."""
    typed = [Unsaved(typing) for typing in Typing.objects.filter(person=person.username).order_by("-at")]
    drafts = set(entries.filter(pk__in={one.entry for one in typed if one.entry}, state=State.DRAFT).values_list("pk", flat=True))
    return part([one for one in typed if not one.entry or one.entry in drafts])
