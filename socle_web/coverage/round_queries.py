"""Questions about rounds and inquiries: who is late, what waits, what is found where, what differs from last time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from socle.tables import INQUIRY, Book, Kind, Table
from socle_web.accounts.permissions import Person
from socle_web.coverage import inquiry_bridge as bridge
from socle_web.coverage.models.rounds import FILLED, Delivery, Inquiry, InquiryState, Remark, Round, Sheet, Thread
from socle_web.coverage.round_permissions import visible_inquiries, visible_rounds
from socle_web.places.models import Country, Mandate

UNSETTLED = Q(threads__state=Thread.State.OPEN)
FIGURES = ("persons", "amount")


@dataclass(frozen=True)
class Part:
    """A country's part of a round. ``late``: days over the due date, as long as it is the country's to do; None: it is not late."""

    inquiry: Inquiry
    late: int | None
    errors: int
    warnings: int
    queries: int
    last_at: datetime | None


@dataclass(frozen=True)
class Standing:
    """A round, and how many of the inquiries somebody may see are in which state."""

    round: Round
    states: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def done(self) -> int:
        return self.states.get(InquiryState.VALIDATED, 0) + self.states.get(InquiryState.PUBLISHED, 0)


def standings(user: Person) -> list[Standing]:
    """Two questions, however many rounds."""
    rounds = list(visible_rounds(user))
    counted: dict[int, dict[str, int]] = {one.pk: {} for one in rounds}
    told = (visible_inquiries(user).filter(round__in=rounds).exclude(state=InquiryState.WITHDRAWN).order_by()
            .values_list("round", "state").annotate(n=Count("pk")))
    for pk, state, n in told:
        counted[pk][state] = n
    return [Standing(one, counted[one.pk]) for one in rounds]


def parts(round: Round, user: Person, *, on: date) -> list[Part]:
    """Every country of a round: the late first, then those with something open, then by name."""
    found = _counted(visible_inquiries(user).filter(round=round)).select_related("country", "round")
    listed = [_part(one, on=on) for one in found]
    return sorted(listed, key=lambda one: (one.inquiry.state == InquiryState.WITHDRAWN, -(one.late or 0),
                                           one.inquiry.state not in FILLED, one.inquiry.country.name))


def waiting_for(user: Person, *, on: date) -> list[Part]:
    """The inquiries of open rounds in which something is to be done by the country."""
    found = _counted(visible_inquiries(user).filter(state__in=FILLED, round__closed_at=None, round__opens_on__lte=on))
    return [_part(one, on=on) for one in found.select_related("country", "round").order_by("round__due_on", "country_id")[:100]]


def to_review(user: Person) -> QuerySet[Inquiry]:
    """What was submitted and what was validated: for whom reviews and who publishes."""
    found = visible_inquiries(user).filter(state__in=(InquiryState.SUBMITTED, InquiryState.VALIDATED))
    return found.select_related("country", "round").order_by("submitted_at")[:100]


def countries_not_asked(round: Round) -> QuerySet[Country]:
    asked = round.inquiries.exclude(state=InquiryState.WITHDRAWN).values("country")
    return Country.objects.exclude(pk__in=asked)


def threads_of(inquiry: Inquiry, *, sheet: str = "", show: str = "open") -> QuerySet[Thread]:
    """The threads of an inquiry with what was said in them: errors first, then queries and warnings, by sheet and row."""
    found = inquiry.threads.prefetch_related(Prefetch("remarks", Remark.objects.order_by("pk")))
    if sheet:
        found = found.filter(sheet="" if sheet == "-" else sheet)
    if show == "open":
        found = found.filter(state__in=(Thread.State.OPEN, Thread.State.ANSWERED))
    elif show in Thread.State.values:
        found = found.filter(state=show)
    return found.order_by("kind", "sheet", "row", "pk")  # error, query, warning: in the order of their codes


@dataclass(frozen=True)
class Tally:
    """What is found in a sheet (an empty name: in the file as a whole)."""

    sheet: str
    rows: int
    errors: int
    warnings: int
    queries: int
    settled: int


def tallies(inquiry: Inquiry) -> list[Tally]:
    """Every sheet of the form, and the file as a whole where something is said about it."""
    counted: Counter[tuple[str, str, bool]] = Counter()
    told = inquiry.threads.order_by().values_list("sheet", "kind", "state").annotate(n=Count("pk"))
    for sheet, kind, state, n in told:
        counted[sheet, kind, state in (Thread.State.OPEN, Thread.State.ANSWERED)] += n
    rows = {name: len(sheet.numbers) for name, sheet in bridge.sheets_now(inquiry).items()}
    others = sorted({sheet for sheet, _kind, _open in counted if sheet and sheet not in INQUIRY})
    names = [*([""] if any(not sheet for sheet, _kind, _open in counted) else []), *(one.name for one in INQUIRY), *others]
    return [Tally(name, rows.get(name, 0), counted[name, "error", True], counted[name, "warning", True],
                  counted[name, "query", True], sum(counted[name, kind, False] for kind in Thread.Kind.values)) for name in names]


def open_counts(inquiry: Inquiry) -> dict[str, int]:
    """How many threads nobody has answered, by kind; and how many are answered."""
    told = dict(inquiry.threads.filter(state=Thread.State.OPEN).order_by().values_list("kind").annotate(n=Count("pk")))
    return {kind: told.get(kind, 0) for kind in Thread.Kind.values}


def deliveries_of(inquiry: Inquiry) -> list[Delivery]:
    """What was brought, the latest first; of its sheets only the names."""
    names = Prefetch("sheets", Sheet.objects.only("pk", "delivery_id", "name"))
    return list(inquiry.deliveries.defer("unread").prefetch_related(names).order_by("-pk")[:50])


@dataclass(frozen=True)
class Line:
    """A row of a sheet as it was brought, and what is said about it. ``cells``: text, and whether a finding is about it."""

    number: int
    cells: Sequence[tuple[str, str]]
    threads: Sequence[Thread]


def lines_of(sheet: Sheet, threads: Sequence[Thread], *, first: int, most: int) -> tuple[list[str], list[Line]]:
    """Header and some of the rows of a sheet, each with the threads that stand beside it."""
    told = bridge.raw(sheet)
    header = [str(cell) for cell in told.header]
    beside: dict[int, list[Thread]] = {}
    for thread in threads:
        if thread.row is not None:
            beside.setdefault(thread.row, []).append(thread)
    rows = []
    for number, row in list(zip(told.numbers, told.rows, strict=True))[first:first + most]:
        mine = beside.get(number, [])
        marked = {thread.column.casefold(): thread.kind for thread in mine if thread.is_open}
        cells = [(str(row[place]) if place < len(row) else "", marked.get(name.strip().casefold(), ""))
                 for place, name in enumerate(header)]
        rows.append(Line(number, cells, mine))
    return header, rows


@dataclass(frozen=True)
class Change:
    """A figure last time and this time; None: not available. ``share``: of the change, where there is one."""

    key: str
    before: int | Decimal | None
    now: int | Decimal | None

    @property
    def share(self) -> float | None:
        return float(self.now / self.before - 1) if self.before and self.now is not None else None

    @property
    def is_missing(self) -> bool:
        return self.before is not None and self.now is None


def compared(inquiry: Inquiry) -> list[tuple[str, list[Change]]]:
    """Sheet by sheet the figures of the year that was asked about before beside those of this year."""
    if inquiry.before is None:
        return []
    then, now = bridge.book_of(inquiry.before).book, bridge.book_of(inquiry).book
    found = ((sheet.name, list(_changes(then, now, sheet.name, inquiry.before.round.year, inquiry.round.year))) for sheet in INQUIRY
             if any(name in sheet.names for name in FIGURES))
    return [(name, changes) for name, changes in found if changes]


def differing(theirs: Mapping[str, Sheet], mine: Mapping[str, Sheet]) -> list[tuple[str, str, str]]:
    """The sheets of a delivery that say something else than what is there: name, text that is there, text that was brought."""
    return [(name, theirs[name].text if name in theirs else "", sheet.text) for name, sheet in mine.items()
            if name not in theirs or theirs[name].text != sheet.text]


def _changes(then: Book, now: Book, name: str, before: int, year: int) -> Iterator[Change]:
    old, new = _by_key(then[name], before), _by_key(now[name], year)
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) is not None or new.get(key) is not None:
            yield Change(key, old.get(key), new.get(key))


def _by_key(table: Table, year: int) -> dict[str, Any]:
    """The figures of a year by the rest of their key."""
    figure = next(name for name in FIGURES if name in table.columns)
    keys = [name for name in table.sheet.key if table.sheet.column(name).kind is not Kind.YEAR]
    return {" / ".join(str(row[name]) for name in keys if row[name] is not None): row[figure] for row in table.rows()
            if row["year"] == year}


def _counted(found: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    said = (Remark.objects.filter(thread__inquiry=OuterRef("pk")).order_by().values("thread__inquiry")
            .annotate(last=Max("at")).values("last"))
    return found.annotate(
        open_errors=Count("threads", filter=Q(threads__kind="error") & ~Q(threads__state="resolved")),
        open_warnings=Count("threads", filter=Q(threads__kind="warning") & UNSETTLED),
        open_queries=Count("threads", filter=Q(threads__kind="query") & UNSETTLED), last_said=Subquery(said))


def _part(inquiry: Inquiry, *, on: date) -> Part:
    told: Any = inquiry
    days = (on - inquiry.round.due_on).days
    is_late = days > 0 and inquiry.state in FILLED and not inquiry.round.is_closed
    steps = (inquiry.changed_at, inquiry.submitted_at, inquiry.queried_at, inquiry.validated_at, inquiry.published_at,
             inquiry.withdrawn_at, told.last_said)
    return Part(inquiry, days if is_late else None, told.open_errors, told.open_warnings, told.open_queries,
                max((at for at in steps if at is not None), default=None))


def countries_answered() -> set[str]:
    """The countries that somebody answers for."""
    return set(Mandate.objects.filter(user__is_active=True, user__is_client=False).in_force().values_list("country_id", flat=True))
