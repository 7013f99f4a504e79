"""What may be chosen: the person's own countries, and the records they may refer to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Q

from socle.tables import PROGRAMME
from socle.vocabulary import COUNTRIES, fold
from socle_web.accounts.models import User
from socle_web.places.permissions import countries_of
from socle_web.results.models import BY_SHEET, OPEN, Project
from socle_web.results.permissions import projects_of, visible
from socle_web.results.wording import in_words

Choices = list[tuple[str, str]]
MOST = 200  # offered; any other key is accepted when it is typed

#: Where a record of the sheet is, as a question to its table; the newest first.
PLACED: Mapping[str, tuple[str, str]] = {
    "changes": ("country_id__in", "-on"), "impacts": ("country_id__in", "-id"), "observations": ("impact__country_id__in", "-on"),
    "outputs": ("country_id__in", "-on"), "projects": ("", "key"), "partners": ("", "name"), "recommendations": ("", "key"),
}
#: The columns that say in words which record it is.
NAMING: Mapping[str, tuple[str, ...]] = {
    "changes": ("title", "country", "year"), "impacts": ("title", "scheme", "country", "kind"),
    "observations": ("impact", "measure", "persons", "on"), "outputs": ("title", "on"), "projects": ("title",),
    "partners": ("name",), "recommendations": ("title",), "actions": ("title",),
    "ratifications": ("country", "convention"), "evidence": ("title",),
    "contributions": ("change", "project"), "funding": ("partner", "project", "on"),
}


def countries(user: User) -> Choices:
    """The countries a person may enter records of, by name: their own, and those of their projects."""
    own = countries_of(user)
    if own is None:
        codes: Collection[str] = COUNTRIES.keys()
    else:
        codes = own | set(Project.objects.filter(key__in=projects_of(user)).values_list("countries", flat=True)) - {None}
    known = ((code, COUNTRIES[code].name()) for code in codes if code in COUNTRIES)
    return sorted(known, key=lambda pair: fold(pair[1]))


def references(user: User, sheet: str, *, country: str = "") -> Choices:
    """Records of a sheet that this person is likely to refer to: facts, and what is on its way. At most ``MOST``."""
    own = {country} if country else countries_of(user)
    where, order = PLACED.get(sheet, ("", "key"))
    model: Any = BY_SHEET[sheet]
    facts = model.objects.filter(Q(**{where: own}) if where and own is not None else Q()).order_by(order)
    if sheet == "observations":
        facts = facts.select_related("impact").filter(superseded_by=None)
    offered = [(fact.key, fact_name(sheet, fact)) for fact in facts[:MOST]]
    waiting = visible(user).filter(sheet=sheet, state__in=OPEN).exclude(key="")
    for entry in waiting[: MOST // 4]:
        if entry.before is None:
            offered.insert(0, (entry.key, name_of(sheet, entry.values, entry.key)))
    return offered[:MOST]


def any_record(user: User) -> Choices:
    """What evidence may bear out, as ``SHEET:KEY``."""
    return [(f"{sheet}:{key}", name) for sheet in ("changes", "impacts", "outputs")
            for key, name in references(user, sheet)[: MOST // 3]]


def fact_name(sheet: str, fact: Any) -> str:
    """A fact in a few words."""
    if sheet == "observations":
        told: Sequence[str] = (fact.impact.title or fact.impact.key, in_words(sheet, "measure", fact.measure),
                               in_words(sheet, "persons", "" if fact.persons is None else str(fact.persons)), _when(fact, "on"))
    elif sheet == "changes":
        told = (fact.title, COUNTRIES[fact.country_id].name(), _when(fact, "on"))
    elif sheet == "impacts":
        told = (fact.title or fact.scheme, COUNTRIES[fact.country_id].name(), in_words(sheet, "kind", fact.kind))
    else:
        told = (getattr(fact, "title", "") or getattr(fact, "name", ""),)
    return ", ".join(filter(None, told)) or fact.key


def name_of(sheet: str, values: Mapping[str, str], key: str = "") -> str:
    """What is typed of a record, in a few words."""
    told = [in_words(sheet, name, values[name]) for name in NAMING.get(sheet, PROGRAMME[sheet].key) if values.get(name)]
    if "title" in values and "scheme" in NAMING.get(sheet, ()) and values.get("scheme") and values.get("title"):
        told.remove(in_words(sheet, "scheme", values["scheme"]))
    return ", ".join(told) or key


def titles(wanted: Mapping[str, Collection[str]], *, by: User) -> dict[tuple[str, str], str]:
    """Records by sheet and key, in words: facts, and what is on its way where ``by`` may see it. Two questions a sheet."""
    seen = visible(by).filter(state__in=OPEN)
    found: dict[tuple[str, str], str] = {}
    for sheet, keys in wanted.items():
        if not keys:
            continue
        for entry in seen.filter(sheet=sheet, key__in=keys):
            found[sheet, entry.key] = entry.values.get("title") or name_of(sheet, entry.values, entry.key)
        facts = BY_SHEET[sheet].objects.filter(key__in=keys)  # type: ignore[attr-defined]
        for fact in facts.select_related("impact") if sheet == "observations" else facts:
            found[sheet, fact.key] = getattr(fact, "title", "") or fact_name(sheet, fact)
    return found


def _when(fact: Any, column: str) -> str:
    period = fact.period(column)
    return in_words("observations", "on", period.text) if period else ""
