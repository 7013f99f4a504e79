"""Questions about reporting rounds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from socle_web.accounts.models import User
from socle_web.desk.models import Duty, Round
from socle_web.desk.queries.measures import Measure, measures
from socle_web.desk.queries.people import names
from socle_web.places.models import Country, Mandate
from socle_web.results.models import Change, Impact


@dataclass(frozen=True, slots=True)
class Standing:
    """A round, and how far the countries somebody looks at are. ``share``: 0-1."""

    round: Round
    duties: Sequence[Duty]

    @property
    def done(self) -> int:
        return sum(duty.is_done for duty in self.duties)

    @property
    def share(self) -> float | None:
        return self.done / len(self.duties) if self.duties else None


@dataclass(frozen=True, slots=True)
class Part:
    """A country's part of a round, and what it has recorded in the period."""

    duty: Duty
    measure: Measure


@dataclass(frozen=True, slots=True)
class Progress:
    round: Round
    parts: Sequence[Part]
    names: Mapping[str, str]

    @property
    def done(self) -> int:
        return sum(part.duty.is_done for part in self.parts)


def rounds_of(countries: Collection[str] | None) -> QuerySet[Round]:
    """The rounds in which these countries (None: any) have a part, each with their parts in ``duties``."""
    found = Duty.objects.select_related("country")
    rounds = Round.objects.all()
    if countries is not None:
        found = found.filter(country__in=countries)
        rounds = rounds.filter(Exists(found.filter(round=OuterRef("pk"))))
    return rounds.prefetch_related(Prefetch("duties", found))


def standings(countries: Collection[str] | None) -> list[Standing]:
    return [Standing(one, list(one.duties.all())) for one in rounds_of(countries)]


def progress(there: Round, *, on: date) -> Progress:
    """How far each country is, those that are not complete first. ``there`` comes from ``rounds_of``."""
    duties = list(there.duties.all())
    found = measures([duty.country_id for duty in duties], period=(there.start, there.end), on=on) if duties else {}
    parts = [Part(duty, found[duty.country_id]) for duty in duties]
    parts.sort(key=lambda part: (part.duty.is_done, part.duty.country.name))
    return Progress(there, parts, names({name for duty in duties for name in (duty.owner, duty.done_by)}))


def missing(duty: Duty, *, on: date) -> Measure:
    """What the country has and has not recorded in the period of the round."""
    return measures((duty.country_id,), period=(duty.round.start, duty.round.end), on=on)[duty.country_id]


def open_duties(countries: Collection[str] | None, *, on: date) -> QuerySet[Duty]:
    """What these countries have to report now: the round has opened, nobody closed it, and they have not said it is complete."""
    found = Duty.objects.filter(round__closed_at=None, round__opens_on__lte=on, done_at=None)
    if countries is not None:
        found = found.filter(country__in=countries)
    return found.select_related("round", "country").order_by("round__due_on", "country_id")


def late_of(countries: Collection[str] | None, *, on: date) -> QuerySet[Duty]:
    """What is over its due date and not complete."""
    return open_duties(countries, on=on).filter(round__due_on__lt=on)


def open_round(countries: Collection[str] | None, *, on: date) -> Round | None:
    """The round these countries report in now; of several the one that is due first."""
    found = Round.objects.filter(closed_at=None, opens_on__lte=on)
    if countries is not None:
        found = found.filter(duties__country__in=countries)
    return found.order_by("due_on", "pk").first()


def suggested_owners() -> dict[str, str]:
    """Each country that has records or a focal point, with the focal point who was given it first (nobody: "")."""
    focal = dict(Mandate.objects.filter(user__role="focal_point", user__is_active=True, on_behalf_of="")
                 .order_by("-given_at", "-pk").values_list("country_id", "user__username"))
    with_records = set(Change.objects.order_by().values_list("country_id", flat=True).distinct())
    with_records |= set(Impact.objects.order_by().values_list("country_id", flat=True).distinct())
    return {code: focal.get(code, "") for code in sorted(with_records | focal.keys())}


@dataclass(frozen=True, slots=True)
class Answerers:
    """Who may answer for a country's round: its focal points, and programme managers for any."""

    focal: Mapping[str, frozenset[str]]
    everywhere: frozenset[str]
    names: Mapping[str, str]

    def may(self, owner: str, country: str) -> bool:
        return owner in self.everywhere or owner in self.focal.get(country, ())

    def offered(self, country: str) -> list[tuple[str, str]]:
        """Username and name, the focal points first."""
        return [(name, self.names[name]) for name in (*sorted(self.focal.get(country, ())), *sorted(self.everywhere))]


def answerers() -> Answerers:
    held = Mandate.objects.filter(user__role="focal_point", user__is_active=True).in_force()
    focal: dict[str, set[str]] = {}
    for country, username in held.values_list("country_id", "user__username"):
        focal.setdefault(country, set()).add(username)
    found = list(User.objects.filter(is_active=True, role__in=("focal_point", "programme_manager")))
    return Answerers({country: frozenset(people) for country, people in focal.items()},
                     frozenset(user.username for user in found if user.role == "programme_manager"),
                     {user.username: user.name for user in found})


def names_of_countries(codes: Collection[str]) -> dict[str, str]:
    return {country.alpha3: country.name for country in Country.objects.filter(pk__in=codes)}
