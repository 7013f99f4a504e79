"""Questions about schemes and scenarios."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from socle.entitlements import in_words
from socle.schemes import Scheme
from socle.vocabulary import COUNTRIES, fold
from socle_web.accounts.permissions import Person
from socle_web.places.models import Country
from socle_web.schemes import bridge, wording
from socle_web.schemes.models import OPEN, Kind, Part, Scenario, State, Version, Versions
from socle_web.schemes.permissions import in_hands

LINES_AROUND = 3
MOST_OFFERED = 40


def current_schemes() -> Versions:
    """The latest published version of every scheme."""
    return Version.objects.filter(kind=Kind.SCHEME).current().select_related("country").order_by("country_id", "key")


def current_economy(country: str) -> Version | None:
    return Version.objects.filter(kind=Kind.ECONOMY, country=country).current().order_by("-number").first()


def by_country(versions: Sequence[Version]) -> list[tuple[Country, list[Version]]]:
    found: dict[str, tuple[Country, list[Version]]] = {}
    for version in versions:
        found.setdefault(version.country_id, (version.country, []))[1].append(version)
    return sorted(found.values(), key=lambda pair: _place(pair[0]))


def numbers_of(version: Version) -> Versions:
    """All published versions of a file, the latest first."""
    return Version.objects.filter(kind=version.kind, country=version.country_id, key=version.key).published().order_by("-number")


def published(country: str, key: str, number: int | None = None, *, kind: str = Kind.SCHEME) -> Version | None:
    found = Version.objects.filter(kind=kind, country=country, key=key).published().select_related("country").order_by("-number")
    return (found.filter(number=number) if number is not None else found).first()


def choosable(user: Person, country: str) -> list[Version]:
    """What may be costed: what is published of a country, and the drafts of whoever works on it."""
    drafts = in_hands(user).filter(kind=Kind.SCHEME, country=country, state__in=OPEN).exclude(key="")
    return [*current_schemes().filter(country=country), *drafts.select_related("country").order_by("key")]


def countries_with_schemes(user: Person) -> list[Country]:
    drafts = in_hands(user).filter(kind=Kind.SCHEME, state__in=OPEN).exclude(key="").values("country")
    there = Version.objects.filter(kind=Kind.SCHEME).published().values("country")
    return sorted(Country.objects.filter(Q(pk__in=there) | Q(pk__in=drafts)), key=_place)


def _place(country: Country) -> tuple[bool, str]:
    """Real countries by name, then those that are made up."""
    return COUNTRIES[country.pk].made_up, fold(country.name)


def on_their_way(user: Person) -> QuerySet[Version]:
    return in_hands(user).filter(state__in=OPEN).select_related("country")


def withdrawn(user: Person) -> QuerySet[Version]:
    return in_hands(user).filter(state=State.WITHDRAWN).select_related("country")


def scenarios_of(user: Person, usernames: Sequence[str]) -> QuerySet[Scenario]:
    return Scenario.objects.filter(author__in=usernames, withdrawn_at=None).select_related("country").prefetch_related(_parts())


def shared(country: str | None = None) -> QuerySet[Scenario]:
    """Scenarios that are shown to everybody, the latest first."""
    found = Scenario.objects.filter(shared_at__isnull=False, withdrawn_at=None).select_related("country").prefetch_related(_parts())
    return found if country is None else found.filter(country=country)


def offered(user: Person, countries: Sequence[str]) -> list[Scenario]:
    """What may be put side by side: what is shared of these countries (of all, where there is none), and one's own."""
    own = Q(author=user.get_username()) if user.is_authenticated else Q(pk=None)
    found = Scenario.objects.filter(Q(shared_at__isnull=False) | own, withdrawn_at=None).select_related("country")
    return list((found.filter(country__in=countries) if countries else found)[:MOST_OFFERED])


def scenarios(keys: Sequence[str]) -> list[Scenario]:
    """Those that there are, in the order of the keys."""
    found = {one.key: one for one in Scenario.objects.filter(key__in=keys).select_related("country").prefetch_related(_parts())}
    return [found[key] for key in keys if key in found]


def scenario(key: str) -> Scenario | None:
    return Scenario.objects.filter(key=key).select_related("country").prefetch_related(_parts()).first()


def _parts() -> Prefetch[str]:
    return Prefetch("parts", Part.objects.select_related("version"))


@dataclass(frozen=True)
class Line:
    """A line of two texts side by side: its numbers there, its text, and whether it is the same, gone or new."""

    before: int | None
    after: int | None
    text: str
    how: str


def compared(before: str, after: str) -> list[Line]:
    """The lines that differ, with a few around them; an empty text stands where something was left out."""
    old, new = before.splitlines(), after.splitlines()
    found: list[Line] = []
    for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(LINES_AROUND):
        if found:
            found.append(Line(None, None, "", "left-out"))
        for tag, i, j, m, n in group:
            if tag == "equal":
                found += [Line(i + k + 1, m + k + 1, old[i + k], "same") for k in range(j - i)]
            else:
                found += [Line(k + 1, None, old[k], "gone") for k in range(i, j)]
                found += [Line(None, k + 1, new[k], "new") for k in range(m, n)]
    return found


@dataclass(frozen=True)
class Meant:
    """One dated value: what it says and since when."""

    where: str
    since: str
    said: str
    source: str = ""


@dataclass(frozen=True)
class Difference:
    where: str
    was: Meant | None
    now: Meant | None


def meanings(before: str, after: str) -> list[Difference]:
    """Which dated values differ between two versions of a scheme, whatever the file looks like. Empty where one cannot be read."""
    old, new = bridge.read(before).scheme, bridge.read(after).scheme
    if old is None or new is None:
        return []
    was, now = ({(one.where, one.since): one for one in _meant(scheme)} for scheme in (old, new))
    return [Difference(place[0], was.get(place), now.get(place)) for place in dict.fromkeys((*was, *now))
            if (was.get(place) and was[place].said) != (now.get(place) and now[place].said)]


def _meant(scheme: Scheme) -> Iterator[Meant]:
    for entry in scheme.eligibility:
        yield Meant(wording.part("eligibility", entry.part), str(entry.since),
                    in_words(entry.rule, currency=scheme.currency or ""), str(entry.source))
    for benefit in scheme.benefits:
        told = ", ".join((wording.pays(benefit), *wording.limits(benefit, scheme.currency or ""), wording.indexed(benefit.index)))
        who = f"; {in_words(benefit.rule, currency=benefit.currency or scheme.currency or '', inside=True)}" if benefit.rule else ""
        yield Meant(wording.part("benefit", benefit.tier), str(benefit.since), told + who, str(benefit.source))
    for contribution in scheme.contributions:
        yield Meant(wording.part("contribution", wording.payer(contribution)), str(contribution.since), wording.paid(contribution),
                    str(contribution.source))
    for administration in scheme.administration:
        yield Meant(wording.part("administration", ""), str(administration.since or ""), wording.administered(administration),
                    str(administration.source))
    for ramp in scheme.ramp:
        yield Meant(wording.part("ramp", ""), str(ramp.year), wording.reached(ramp), str(ramp.source or ""))
    for law in scheme.laws:
        yield Meant(wording.part("law", law.title), str(law.since), law.article, str(law.source))
    for assumption in scheme.assumptions:
        place = f"{assumption.fact} {assumption.sex} {assumption.ages[0]}–{assumption.ages[1]}"
        yield Meant(wording.part("assumption", place), str(assumption.since or ""), wording.assumed(assumption),
                    str(assumption.source or ""))
