"""Who may see and change which record on its way to be a fact."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache

from django.db.models import Q, QuerySet

from socle_web.accounts.models import User
from socle_web.accounts.permissions import Person, may, permit, predicate
from socle_web.audit.refusals import Refused
from socle_web.places.models import Mandate
from socle_web.places.permissions import acting_for, countries_of
from socle_web.results.models import BY_SHEET, Entry, ProjectMandate, State
from socle_web.results.scope import OF_THE_PROGRAMME, Scope, held, scope_of

#: The sheets a person may enter records of, in the order of the form, and the deed that lets them.
ENTERED = {
    "partners": "enter", "projects": "enter", "funding": "enter", "outputs": "enter", "changes": "enter",
    "contributions": "enter", "impacts": "enter", "observations": "enter", "evidence": "enter", "ratifications": "enter",
    "recommendations": "respond", "actions": "update_action",
}


def projects_of(user: Person) -> set[str]:
    """Keys of the projects ``user`` was given."""
    return set(_countries_of_projects(user))


def _countries_of_projects(user: Person) -> dict[str, set[str]]:
    """The projects ``user`` was given, and the countries each is published with."""
    found: dict[str, set[str]] = {}
    if isinstance(user, User) and user.is_active:
        held = ProjectMandate.objects.filter(user=user).in_force()
        for key, country in held.values_list("project__key", "project__countries__pk"):
            found.setdefault(key, set()).update((country,) if country else ())
    return found


def stood_in_for(user: User, countries: Collection[str], project: str = "") -> str:
    """The absent colleague on whose behalf ``user`` works on a record of these; "" where it is their own."""
    absent = acting_for(user, countries)
    if absent or not project or only_mine(user, countries):
        return absent
    held = ProjectMandate.objects.filter(user=user, project__key=project).in_force().order_by("on_behalf_of")
    return held.values_list("on_behalf_of", flat=True).first() or ""


def deputises_only_for(user: User) -> str:
    """The absent colleague whose countries and projects are all that ``user`` acts for now; "" where some are their own."""
    held = {*Mandate.objects.filter(user=user).in_force().values_list("on_behalf_of", flat=True),
            *ProjectMandate.objects.filter(user=user).in_force().values_list("on_behalf_of", flat=True)}
    return held.pop() if len(held) == 1 else ""


def may_enter(user: Person, sheet: str) -> bool:
    """Records of programme-wide sheets (phases, targets, aggregates ...) are for who acts for every country."""
    if sheet in ENTERED:
        return may(user, ENTERED[sheet])
    return sheet in BY_SHEET and may(user, "publish")


def in_scope(user: Person, sheet: str, scope: Scope) -> bool:
    """Whether what is typed is in the hands of ``user``. All of its countries are theirs, or are those of a project that is.

    The countries of a project are those it is published with: nobody widens a mandate by typing.
    """
    return asking(user)(sheet, scope)


def asking(user: Person) -> Callable[[str, Scope], bool]:
    """``in_scope`` for ``user`` and many records: each question is asked once."""
    own = countries_of(user)
    projects = cache(lambda: _countries_of_projects(user))

    def asked(sheet: str, scope: Scope) -> bool:
        if own is None or sheet in OF_THE_PROGRAMME or (scope.countries and own.issuperset(scope.countries)):
            return True
        if scope.speaks_of and not (scope.countries or scope.project):
            return may_enter(user, scope.speaks_of)
        lent = projects().get(scope.project) if scope.project else None
        return lent is not None and (own | lent).issuperset(scope.countries)

    return asked


def visible(user: Person) -> QuerySet[Entry]:
    """The entries ``user`` may see: those they typed, and those of their countries and projects. Nobody else's exist for them."""
    if not (isinstance(user, User) and user.is_active) or user.role in ("reader", "administrator"):
        return Entry.objects.none()
    countries = countries_of(user)
    if countries is None:
        return Entry.objects.all()
    mine = Q(typists__contains=f";{user.username};")
    for code in sorted(countries):
        mine |= Q(countries__contains=f";{code};")
    projects = projects_of(user)
    return Entry.objects.filter(mine | Q(project__in=projects) if projects else mine)


def may_see(user: Person, entry: Entry) -> bool:
    return visible(user).filter(pk=entry.pk).exists()


def may_edit(user: Person, entry: Entry) -> bool:
    """A draft is edited by whoever acts for it; what was submitted is with the verifier until it is returned."""
    if entry.state != State.DRAFT or not may_enter(user, entry.sheet):
        return False
    scope = held(entry)
    if not scope.settled and entry.sheet not in OF_THE_PROGRAMME:
        return isinstance(user, User) and (user.username in entry.typists or countries_of(user) is None)
    return in_scope(user, entry.sheet, scope)


def typed(user: Person, entry: Entry) -> bool:
    """Whether ``user`` had a hand in what it says: who did never verifies it."""
    names = {*entry.typists, entry.entered_by, entry.changed_by, entry.submitted_by}
    return isinstance(user, User) and user.username in names


def may_verify(user: Person, entry: Entry) -> bool:
    return may(user, "verify") and entry.state == State.SUBMITTED and not typed(user, entry)


def may_return(user: Person, entry: Entry) -> bool:
    return may(user, "return") and entry.state in (State.SUBMITTED, State.VERIFIED)


def may_publish(user: Person, entry: Entry) -> bool:
    return may(user, "publish") and entry.state == State.VERIFIED


def may_withdraw(user: Person, entry: Entry) -> bool:
    if not (entry.is_open and may(user, "withdraw")):
        return False
    scope = held(entry)
    return typed(user, entry) or (scope.settled and in_scope(user, entry.sheet, scope))


def may_view_history(user: Person, record: tuple[str, str]) -> bool:
    """What happened to a published record is for who checks records, and for who acts for it."""
    sheet, key = record
    return sheet in BY_SHEET and "\x00" not in key and (
        may(user, "verify") or (may_enter(user, sheet) and in_scope(user, sheet, scope_of(sheet, key))))


def require(allowed: bool, what: str, *, remedy: str = "", code: str = "forbidden") -> None:
    if not allowed:
        raise Refused(what, remedy=remedy, code=code)


def only_mine(user: Person, codes: Collection[str]) -> set[str]:
    """Those of the countries ``codes`` that ``user`` acts for."""
    own = countries_of(user)
    return set(codes) if own is None else own & set(codes)


permit("results.enter", predicate(lambda user, sheet: may_enter(user, sheet or "changes")))
permit("results.see_entry", predicate(may_see))
permit("results.edit_entry", predicate(may_edit))
permit("results.verify_entry", predicate(may_verify))
permit("results.return_entry", predicate(may_return))
permit("results.publish_entry", predicate(may_publish))
permit("results.withdraw_entry", predicate(may_withdraw))
permit("audit.view_history", predicate(may_view_history))  # asked with sheet and key
permit("results.lock", predicate(lambda user: may(user, "lock")))
permit("results.unlock", predicate(lambda user: may(user, "unlock")))
permit("results.adopt", predicate(lambda user: may(user, "adopt")))
permit("results.import", predicate(lambda user: may(user, "import")))
