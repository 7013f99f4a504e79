"""Questions about reporting rounds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from socle_web.accounts.models import User
from socle_web.desk.models import Duty, Round
from socle_web.places.models import Country, Mandate
from socle_web.results.models import Change, Impact


@dataclass(frozen=True, slots=True)
class Standing:
    """A round, and how far it is."""

    round: Round
    countries: int
    done: int

    @property
    def share(self) -> float | None:
        return self.done / self.countries if self.countries else None


def rounds() -> list[Standing]:
    found = Round.objects.annotate(countries=Count("duties"), done=Count("duties", filter=Q(duties__done_at__isnull=False)))
    return [Standing(one, one.countries, one.done) for one in found]


def rounds_of(countries: Collection[str] | None) -> QuerySet[Round]:
    """The rounds in which these countries have a part, each with its part in ``duties``."""
    found = Duty.objects.select_related("country")
    if countries is not None:
        found = found.filter(country__in=countries)
    rounds = Round.objects.all() if countries is None else Round.objects.filter(duties__country__in=countries).distinct()
    return rounds.prefetch_related(Prefetch("duties", found))


def open_duties(countries: Collection[str] | None, *, on: date) -> QuerySet[Duty]:
    """What these countries have to report now: the round has opened, nobody closed it, and they have not said it is complete."""
    found = Duty.objects.filter(round__closed_at=None, round__opens_on__lte=on, done_at=None)
    if countries is not None:
        found = found.filter(country__in=countries)
    return found.select_related("round", "country").order_by("round__due_on", "country_id")


def open_round(countries: Collection[str] | None, *, on: date) -> Round | None:
    """The round these countries report in now; of several the one that is due first."""
    found = Round.objects.filter(closed_at=None, opens_on__lte=on)
    if countries is not None:
        found = found.filter(duties__country__in=countries)
    return found.order_by("due_on", "pk").first()


def late(*, on: date) -> QuerySet[Duty]:
    return open_duties(None, on=on).filter(round__due_on__lt=on)


def suggested_owners() -> dict[str, str]:
    """Each country that has records or a focal point, with the focal point who was given it first (nobody: "")."""
    focal = dict(Mandate.objects.filter(user__role="focal_point", user__is_active=True, on_behalf_of="")
                 .order_by("-given_at", "-pk").values_list("country_id", "user__username"))
    with_records = set(Change.objects.order_by().values_list("country_id", flat=True).distinct())
    with_records |= set(Impact.objects.order_by().values_list("country_id", flat=True).distinct())
    return {code: focal.get(code, "") for code in sorted(with_records | focal.keys())}


def possible_owners() -> Sequence[User]:
    """Who may answer for a country's round: its focal point, or a programme manager."""
    return list(User.objects.filter(is_active=True, role__in=("focal_point", "programme_manager")).order_by("username"))


def names_of_countries(codes: Collection[str]) -> dict[str, str]:
    return {country.alpha3: country.name for country in Country.objects.filter(pk__in=codes)}
