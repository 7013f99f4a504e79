"""In whose hands a record is: its countries, its project, and the day it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from socle.errors import InputError
from socle.vocabulary import Period, country
from socle_web.results.models import BY_SHEET, OPEN, Change, Contribution, Entry, Impact, Observation, Output, Project

#: The column that leads to the record whose country (and day, where it has none of its own) this one shares.
LEANS_ON = {"impacts": ("change", "changes"), "observations": ("impact", "impacts"), "contributions": ("change", "changes")}
DAYS = {"changes": "year", "projects": "", "impacts": "", "actions": "", "recommendations": ""}
#: Records that are no country's: whoever may enter them may enter all of them, and the evidence of them.
OF_THE_PROGRAMME = frozenset({"partners", "recommendations", "actions"})
DEEPEST = 4  # records that lean on each other


@dataclass(frozen=True, slots=True)
class Scope:
    """``settled``: what was typed says whose it is. Nothing typed yet is nobody's but the typist's.

    ``speaks_of``: the sheet of the programme whose record it is evidence of.
    """

    countries: tuple[str, ...] = ()
    project: str = ""
    on: date | None = None
    speaks_of: str = ""

    @property
    def settled(self) -> bool:
        return bool(self.countries or self.project or self.speaks_of)


def scope(
    sheet: str, values: Mapping[str, str], *, key: str = "", depth: int = 0, of: Callable[..., Scope] | None = None
) -> Scope:
    """Of a record as it is typed (what cannot be read yet is left out). ``of`` says whose another record is: ``scope_of``,
    or whoever has asked for many at once."""
    of = of or scope_of
    places = _countries(values.get("countries" if sheet == "projects" else "country", ""))
    project = key if sheet == "projects" else values.get("project", "").strip()
    on = _day(values.get(DAYS.get(sheet, "on"), ""))
    leant_on = LEANS_ON.get(sheet)
    if sheet == "evidence":
        other, _, name = values.get("record", "").strip().partition(":")
        leant_on = ("record", other) if other in BY_SHEET and name else None
    if leant_on and depth < DEEPEST:
        name = values.get(leant_on[0], "").strip().partition(":")[2] if sheet == "evidence" else values.get(leant_on[0], "").strip()
        under = of(leant_on[1], name, depth=depth + 1) if name else Scope()
        places = places or under.countries
        project = project or under.project
        on = on or (under.on if sheet != "evidence" else None)
    if project and not places and sheet != "projects":
        places = of("projects", project, depth=depth + 1).countries
    return Scope(places, project, on, _of_the_programme(sheet, values))


def held(entry: Entry) -> Scope:
    """Of an entry, as it was when it was saved."""
    speaks_of = _of_the_programme(entry.sheet, entry.values) or _of_the_programme(entry.sheet, entry.before or {})
    return Scope(tuple(entry.countries), entry.project, entry.on, speaks_of)


def scope_of(sheet: str, key: str, *, depth: int = 0) -> Scope:
    """Of a record that is there: a fact, or an open entry."""
    if sheet == "changes":
        change = Change.objects.filter(key=key).values_list("country_id", "on").first()
        if change:
            return Scope((change[0],), "", change[1])
    elif sheet == "impacts":
        impact = Impact.objects.filter(key=key).values_list("country_id", flat=True).first()
        if impact:
            return Scope((impact,))
    elif sheet == "outputs":
        output = Output.objects.filter(key=key).values_list("country_id", "project__key", "on").first()
        if output:
            return Scope((output[0],) if output[0] else (), output[1] or "", output[2])
    elif sheet == "projects":
        project = Project.objects.filter(key=key).first()
        if project:
            return Scope(tuple(project.countries.values_list("pk", flat=True)), key)
    elif sheet == "observations":
        seen = Observation.objects.filter(key=key).values_list("impact__country_id", "on").first()
        if seen:
            return Scope((seen[0],), "", seen[1])
    elif sheet == "contributions":
        share = Contribution.objects.filter(key=key).values_list("change__country_id", "change__on").first()
        if share:
            return Scope((share[0],), "", share[1])
    elif sheet in BY_SHEET:
        fact = BY_SHEET[sheet].objects.filter(key=key).first()  # type: ignore[attr-defined]
        if fact is not None:
            own = getattr(fact, "country_id", None)
            speaks_of = _of_the_programme(sheet, {"record": getattr(fact, "record", "")})
            return Scope((own,) if own else (), "", getattr(fact, "on", None), speaks_of)
    entry = Entry.objects.filter(sheet=sheet, key=key, state__in=OPEN).first() if depth < DEEPEST else None
    return held(entry) if entry else Scope()


def _of_the_programme(sheet: str, values: Mapping[str, str]) -> str:
    other, _, name = values.get("record", "").strip().partition(":") if sheet == "evidence" else ("", "", "")
    return other if name and other in OF_THE_PROGRAMME else ""


def _countries(text: str) -> tuple[str, ...]:
    found = []
    for name in text.split(";"):
        try:
            found.append(country(name).alpha3)
        except InputError:
            continue
    return tuple(dict.fromkeys(found))


def _day(text: str) -> date | None:
    try:
        return Period.parse(text.strip()).end if text.strip() else None
    except InputError:
        return None
