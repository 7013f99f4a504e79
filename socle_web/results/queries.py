"""Questions about the records. Totals are computed when somebody asks and remembered only until the records change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from threading import Lock
from typing import Any, TypedDict, TypeVar, Unpack

from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from socle import results
from socle.vocabulary import language
from socle_web.places.models import Country
from socle_web.results import bridge
from socle_web.results.models import BY_SHEET, Action, Change, Evidence, EvidenceFile, Funding, Impact, Observation, Record, State

T = TypeVar("T")
SETTLED = ("done", "dropped")
#: The deeds that change what everyone sees.
SHOWN = ("load", "publish", "adopt", "withdraw_scheme", "share_scenario",
         "take_back_scenario", "release_edition", "take_back_edition")


class Answer:
    """One answer that is being worked out, or is there."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.known = False
        self.value: Any = None


class Remembered:
    """The last few answers, each computed once even when several threads ask at a time; other questions do not wait."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, compute: Callable[[], T]) -> T:
        """The answer to ``key``. Nothing is remembered of a question that is refused."""
        with self._lock:
            answer = self._answers.setdefault(key, Answer())
            self._answers.move_to_end(key)
        try:
            with answer.lock:
                if not answer.known:
                    answer.value, answer.known = compute(), True
        finally:
            self._tidy(key, answer)
        value: T = answer.value
        return value

    def clear(self) -> None:
        with self._lock:
            self._answers.clear()

    def _tidy(self, key: Hashable, answer: Answer) -> None:
        with self._lock:
            if not answer.known and self._answers.get(key) is answer:
                del self._answers[key]
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)


class Moment:
    """The records at one moment, and the reports that were asked of them. Both are forgotten together.

    A report of the past holds arrays of its own, as long as there are observations: few are kept.
    """

    def __init__(self) -> None:
        self.chain = bridge.chain()
        self.reports = Remembered(most=100)
        self.reports_of_the_past = Remembered(most=8)


_moments = Remembered(most=1)


def stamp() -> str:
    """Changes when what everyone sees does, and stays while people type, sign in and comment."""
    with connection.cursor() as cursor:
        newest = " UNION ALL ".join(["SELECT max(id) AS id FROM audit_event WHERE deed = %s"] * len(SHOWN))
        cursor.execute(f"SELECT digest FROM audit_event WHERE id = (SELECT max(id) FROM ({newest}) AS newest)", SHOWN)
        last = cursor.fetchone()
    return str(last[0]) if last else "0"


def report(
    *,
    phase: str | None = None,
    year: int | None = None,
    country: str | None = None,
    partner: str | None = None,
    as_of: date | None = None,
) -> results.Report:
    """The report on what is in the database now (see ``socle.results.report``)."""
    asked = {"phase": phase, "year": year, "country": country, "partner": partner, "as_of": as_of}
    now = _now()
    known = now.reports_of_the_past if as_of else now.reports
    return known.get((language(), *asked.values()), lambda: results.report(now.chain, **asked))  # type: ignore[arg-type]


def forget() -> None:
    """Forget what was computed; for tests that write rows without a deed."""
    _moments.clear()


def _now() -> Moment:
    with bridge.one_moment():
        return _moments.get(f"{connection.settings_dict['NAME']} {stamp()}", Moment)


class Filters(TypedDict, total=False):
    """What the results browser asks for; what is left out, or empty, asks for nothing."""

    country: str
    region: str
    year: int | None
    step: str
    kind: str
    branch: str
    theme: str
    partner: str


def changes(**asked: Unpack[Filters]) -> QuerySet[Change]:
    """Changes that meet every filter that is given, latest first. ``kind``: those that made such an impact possible."""
    where = _of_change("", asked) & _of_place(asked)
    if year := asked.get("year"):
        where &= _in_year(year)
    if branch := asked.get("branch"):
        where &= Q(branches__contains=f";{branch};")
    if kind := asked.get("kind"):
        where &= Q(Exists(Impact.objects.filter(change=OuterRef("pk"), kind=kind)))
    return Change.objects.filter(where).order_by("-on", "country", "id")


def impacts(**asked: Unpack[Filters]) -> QuerySet[Impact]:
    """Impacts that meet every filter that is given, latest first. ``year``: a year in which somebody observed them."""
    where = _of_change("change__", asked) & _of_place(asked)
    where &= Q(**{name: value for name in ("kind", "branch") if (value := asked.get(name))})
    if year := asked.get("year"):
        where &= Q(Exists(Observation.objects.filter(_in_year(year), impact=OuterRef("pk"))))
    return Impact.objects.filter(where).order_by("-id")


def latest_changes(number: int) -> QuerySet[Change]:
    return with_links(Change.objects.order_by("-on", "-id"))[:number]


def with_links(found: QuerySet[Change]) -> QuerySet[Change]:
    """Changes with all they refer to, in a constant number of queries."""
    return found.select_related("country").prefetch_related("partners", "projects", "outputs", "contributions__project")


def with_history(found: QuerySet[Impact]) -> QuerySet[Impact]:
    """Impacts with their observations by day, superseded ones included, in two queries."""
    history = Prefetch("observations", Observation.objects.order_by("on", "id"))
    return found.select_related("change", "country").prefetch_related(history)


def countries_with_results() -> QuerySet[Country]:
    changed, reached = Change.objects.filter(country=OuterRef("pk")), Impact.objects.filter(country=OuterRef("pk"))
    return Country.objects.filter(Exists(changed) | Exists(reached))


def credited_to(partner: str, prefix: str = "") -> Q:
    """Changes that a partner (by key) took part in: named, or with a project it pays for that contributed."""
    paid = Funding.objects.filter(partner__key=partner, project__isnull=False).values("project")
    with_part = Change.objects.filter(
        Q(projects__in=paid) | Q(contributions__project__in=paid) | Q(partners__key=partner)
    ).values("pk")
    return Q(**{f"{prefix}pk__in": with_part})


def overdue(*, on: date) -> QuerySet[Action]:
    """Actions whose due date has passed and that are neither done nor dropped. One without a due date is never overdue."""
    return Action.objects.filter(due_on__lt=on).exclude(status__in=SETTLED).select_related("recommendation").order_by("due_on")


def named(records: Iterable[str]) -> dict[str, Record]:
    """Records by ``SHEET:KEY``, one query a sheet; what is not there is left out."""
    keys: dict[str, set[str]] = {}
    for record in records:
        sheet, _, key = record.partition(":")
        keys.setdefault(sheet, set()).add(key)
    found: dict[str, Record] = {}
    for sheet, wanted in keys.items():
        model: Any = BY_SHEET[sheet]
        found |= {record.name_of_record: record for record in model.objects.filter(key__in=wanted)}
    return found


def evidence_for(records: Iterable[str]) -> Mapping[str, Sequence[Evidence]]:
    """Evidence by the ``SHEET:KEY`` it bears out, with its published documents, in two queries."""
    found: dict[str, list[Evidence]] = {}
    there = list(Evidence.objects.filter(record__in=set(records)))
    documents: dict[str, list[EvidenceFile]] = {}
    for file in EvidenceFile.objects.filter(evidence__in={one.key for one in there}, entry__state=State.PUBLISHED):
        documents.setdefault(file.evidence, []).append(file)
    for one in there:
        one.documents = documents.get(one.key, ())
        found.setdefault(one.record, []).append(one)
    return found


def _of_place(asked: Filters) -> Q:
    columns = {"country": "country", "region": "country__region"}
    return Q(**{column: value for name, column in columns.items() if (value := asked.get(name))})


def _of_change(prefix: str, asked: Filters) -> Q:
    where = Q()
    if step := asked.get("step"):
        where &= Q(**{f"{prefix}step": step})
    if theme := asked.get("theme"):
        where &= Q(**{f"{prefix}themes__contains": f";{theme};"})
    partner = asked.get("partner")
    return where & credited_to(partner, prefix) if partner else where


def _in_year(year: int) -> Q:
    return Q(on__range=(date(year, 1, 1), date(year, 12, 31)))
