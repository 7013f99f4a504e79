"""The costing studio: choose, move, see; why a figure is what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from socle.costing import Explanation
from socle.errors import InputError
from socle_web.accounts.permissions import Person
from socle_web.places.models import Country
from socle_web.schemes import outcome, queries, studio
from socle_web.schemes import permissions as allowed
from socle_web.schemes.models import OPEN, Kind, Version
from socle_web.schemes.outcome import Outcome
from socle_web.schemes.studio import MOST_SCHEMES, Question
from socle_web.schemes.views.door import public, sparingly

NO_ECONOMY = "none"


@dataclass(frozen=True)
class Choice:
    """What may be chosen on the way to a question."""

    countries: list[Country]
    country: str
    schemes: list[tuple[Version, str, bool]]
    economies: list[tuple[str, str, bool]]


@public
@sparingly
def costing(request: HttpRequest) -> HttpResponse:
    moved = request.headers.get("HX-Target") == "outcome"  # a lever was moved: the answer alone
    choice, asked = (None, asked_again(request)) if moved else asked_of(request)
    answered, refused = answer(asked) if asked else (None, None)
    page = render(request, "schemes/_answer.html" if moved else "schemes/studio.html", {
        "choice": choice, "asked": asked, "outcome": answered, "refused": refused, "most": MOST_SCHEMES,
        "address": asked.address if asked else ""})
    patch_vary_headers(page, ["HX-Target"])
    if asked is not None and moved:  # the address says what is shown, and only what differs
        page["HX-Replace-Url"] = f"{request.path}?{asked.address}"
    return page


@public
@sparingly
def why(request: HttpRequest) -> HttpResponse:
    """The multiplication behind one figure, every factor with its source."""
    asked, scenario = asked_of(request)[1], None
    if key := request.GET.get("scenario", "")[:40]:
        scenario = queries.scenario(key)
        if scenario is None or not allowed.may_see_scenario(request.user, scenario):
            raise Http404
        asked = question_of(scenario)
    answered, _refused = answer(asked) if asked else (None, None)
    explained = _explained(answered, request.GET) if answered else None
    if answered is None or explained is None:
        raise Http404
    line = next((one for one in outcome.in_order(answered.projection) if one.scheme == explained.scheme), None)
    return render(request, "schemes/why.html", {
        "explained": explained, "outcome": answered, "asked": asked, "address": asked.address if asked else "",
        "scenario": scenario, "currency": (line.currency or "") if line else "",
        "label": line.label if line else explained.scheme})


def answer(asked: Question, *, scenario: str = "") -> tuple[Outcome | None, InputError | None]:
    if not asked.chosen:
        return None, None
    try:
        return outcome.answer(asked, scenario=scenario), None
    except InputError as error:
        return None, error


def question_of(scenario: Any) -> Question:
    """A scenario as it was asked, with the files as they were."""
    query = QueryDict(mutable=True)
    for name, values in scenario.parameters.items():
        query.setlist(name, [str(one) for one in values])
    parts = list(scenario.parts.all())
    versions = [part.version for part in parts if part.version.kind == Kind.SCHEME]
    economy = next((part for part in parts if part.version.kind == Kind.ECONOMY), None)
    return studio.question(query, versions, country=scenario.country_id, economy=economy.version if economy else None,
                           texts={part.version_id: part.text for part in parts}, economy_text=economy.text if economy else None)


def asked_again(request: HttpRequest) -> Question | None:
    """What is asked by the form of the levers, which names what was chosen: nothing is offered anew."""
    sent = request.GET
    pks = [int(pk) for pk in (*sent.getlist("s")[:MOST_SCHEMES], sent.get("economy", "")) if pk.isdigit() and len(pk) < 15]
    country = sent.get("country", "")
    there = [one for one in allowed.visible(request.user).filter(pk__in=pks, country=country) if one.number or one.is_open]
    versions = sorted((one for one in there if one.kind == Kind.SCHEME), key=lambda one: pks.index(one.pk))
    economy = next((one for one in there if one.kind == Kind.ECONOMY), None)
    return studio.question(sent, versions, country=country, economy=economy) if versions else None


def asked_of(request: HttpRequest) -> tuple[Choice, Question | None]:
    """What may be chosen, and what is asked; None as long as no scheme is chosen. A scheme is chosen by the number of a version, or
    by its id: the latest."""
    sent, user = request.GET, request.user
    countries = queries.countries_with_schemes(user)
    wanted = sent.get("country", "")
    country = next((one.pk for one in countries if one.pk == wanted), "")
    offered = queries.choosable(user, country) if country else []
    ticked = set(sent.getlist("s")[:4 * MOST_SCHEMES])
    versions = _older(ticked, offered, country, user) + [one for one in offered if {str(one.pk), one.key} & ticked]
    economies = _economies(user, country)
    economy = _economy(sent.get("economy", ""), economies)
    choice = Choice(countries, country, [(one, _name(one), one in versions) for one in dict.fromkeys((*offered, *versions))],
                    [(str(one.pk), _name(one), one == economy) for one in economies]
                    + ([(NO_ECONOMY, _("none: amounts only"), economy is None)] if economies else []))
    if not versions:
        return choice, None
    return choice, studio.question(sent, versions, country=country, economy=economy)


def _older(ticked: set[str], offered: list[Version], country: str, user: Person) -> list[Version]:
    """Versions that were published once and are still asked for: a link that was shared stays what it was."""
    known = {str(one.pk) for one in offered}
    rest = [int(pk) for pk in ticked - known if pk.isdigit() and len(pk) < 15]
    if not rest or not country:
        return []
    return list(allowed.visible(user).published().filter(pk__in=rest, kind=Kind.SCHEME, country=country).select_related("country"))


def _economies(user: Person, country: str) -> list[Version]:
    if not country:
        return []
    current = queries.current_economy(country)
    drafts = allowed.in_hands(user).filter(kind=Kind.ECONOMY, country=country, state__in=OPEN, key="economy")
    return [*([current] if current else []), *drafts.select_related("country")]


def _economy(wanted: str, economies: list[Version]) -> Version | None:
    if wanted == NO_ECONOMY:
        return None
    return next((one for one in economies if str(one.pk) == wanted), next((one for one in economies if one.number), None))


def _name(version: Version) -> str:
    name = version.names.get("en") or version.key if version.kind == Kind.SCHEME else _("economy")
    state = _("version %(n)s") % {"n": version.number} if version.number else str(version.get_state_display())
    return f"{name}, {state}"


def _explained(answered: Outcome, sent: QueryDict) -> Explanation | None:
    year, scheme = sent.get("year", ""), sent.get("of", "")
    if not (year.isdigit() and len(year) == 4 and int(year) in answered.projection.years):
        return None
    try:
        return answered.projection.explain(scheme, int(year))
    except (InputError, KeyError):
        return None
