"""Who may see, fill in, query, validate and publish an inquiry. Who does not act for a country sees nothing of its inquiry."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from socle_web.accounts.models import User
from socle_web.accounts.permissions import Person, may
from socle_web.audit.refusals import Refused
from socle_web.coverage.models.rounds import FILLED, LOCKED, Inquiry, InquiryState, Round, Thread
from socle_web.places.permissions import acts_for, countries_of

WORKING = ("enter", "verify", "publish")


def works_on_inquiries(user: Person) -> bool:
    return any(may(user, deed) for deed in WORKING)


def plans_rounds(user: Person) -> bool:
    return may(user, "plan_round")


def visible_inquiries(user: Person) -> QuerySet[Inquiry]:
    own = countries_of(user) if works_on_inquiries(user) else set()
    return Inquiry.objects.all() if own is None else Inquiry.objects.filter(country__in=own)


def visible_rounds(user: Person) -> QuerySet[Round]:
    """The rounds that ask a country ``user`` acts for; who plans rounds sees all."""
    if plans_rounds(user):
        return Round.objects.all()
    return Round.objects.filter(Exists(visible_inquiries(user).filter(round=OuterRef("pk"))))


def fills(user: Person, inquiry: Inquiry) -> bool:
    """Whether ``user`` answers for the country: enters, and acts for it."""
    return may(user, "enter") and acts_for(user, inquiry.country_id)


def may_bring(user: Person, inquiry: Inquiry) -> bool:
    return inquiry.state in FILLED and not inquiry.round.is_closed and may(user, "import") and fills(user, inquiry)


def may_submit(user: Person, inquiry: Inquiry) -> bool:
    return (inquiry.state in (InquiryState.DRAFT, InquiryState.QUERIED) and not inquiry.round.is_closed
            and may(user, "submit") and acts_for(user, inquiry.country_id))


def had_a_hand(user: Person, inquiry: Inquiry) -> bool:
    """Who brought or submitted something of it never validates it."""
    return isinstance(user, User) and user.username in {*inquiry.hands, inquiry.changed_by, inquiry.submitted_by}


def may_query(user: Person, inquiry: Inquiry) -> bool:
    return may(user, "return") and inquiry.state in (InquiryState.SUBMITTED, InquiryState.QUERIED)


def may_validate(user: Person, inquiry: Inquiry) -> bool:
    return may(user, "verify") and inquiry.state == InquiryState.SUBMITTED and not had_a_hand(user, inquiry)


def may_publish(user: Person, inquiry: Inquiry) -> bool:
    return may(user, "publish") and inquiry.state == InquiryState.VALIDATED


def may_withdraw(user: Person, inquiry: Inquiry) -> bool:
    """What is on its way: whoever answers for the country. What is locked: who publishes."""
    if inquiry.state in LOCKED:
        return may(user, "publish")
    return inquiry.state != InquiryState.WITHDRAWN and may(user, "withdraw") and acts_for(user, inquiry.country_id)


def may_speak(user: Person, inquiry: Inquiry) -> bool:
    """In the threads of an inquiry that is not locked: who answers for the country, and who reviews."""
    return (may(user, "comment") and inquiry.state not in (*LOCKED, InquiryState.WITHDRAWN)
            and acts_for(user, inquiry.country_id))


def may_accept(user: Person, inquiry: Inquiry, thread: Thread) -> bool:
    """A warning that is right as it is: who answers for the country says why."""
    return (thread.kind == Thread.Kind.WARNING and thread.is_open and inquiry.state in FILLED and fills(user, inquiry)
            and may(user, "comment"))


def may_settle(user: Person, inquiry: Inquiry, thread: Thread) -> bool:
    """A query that was answered: a reviewer says that it is settled."""
    return thread.kind == Thread.Kind.QUERY and thread.is_open and reviews(user, inquiry)


def may_ask_again(user: Person, inquiry: Inquiry, thread: Thread) -> bool:
    """A warning that was accepted, or a query that was settled or answered: a reviewer is not content."""
    return (thread.state in (Thread.State.ACCEPTED, Thread.State.ANSWERED) or (
        thread.kind == Thread.Kind.QUERY and thread.state == Thread.State.RESOLVED)) and may_query(user, inquiry)


def reviews(user: Person, inquiry: Inquiry) -> bool:
    return may(user, "return") and inquiry.state in (InquiryState.SUBMITTED, InquiryState.QUERIED)


def may_remind(user: Person, inquiry: Inquiry) -> bool:
    return plans_rounds(user) and inquiry.state in FILLED and not inquiry.round.is_closed


def require(allowed: bool, what: str, *, remedy: str = "", code: str = "forbidden") -> None:
    if not allowed:
        raise Refused(what, remedy=remedy, code=code)
