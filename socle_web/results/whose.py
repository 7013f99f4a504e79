"""In whose hands many records are, with a few questions instead of one a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from socle_web.results import bridge
from socle_web.results.models import BY_SHEET, OPEN, Change, Contribution, Entry, Impact, Observation, Output, Project
from socle_web.results.scope import DEEPEST, LEANS_ON, Scope, scope

AT_ONCE = 500


class Whose:
    """``of(sheet, key)`` for all that ``rows`` lean on: as facts say, then entries on their way, then the rows themselves."""

    def __init__(self, rows: Iterable[bridge.Row]) -> None:
        self.rows = {(row.sheet, row.key): row for row in rows}
        wanted: dict[str, set[str]] = {}
        for row in self.rows.values():
            for values in (row.values, row.before or {}):
                for sheet, key in leant_on(row.sheet, values):
                    wanted.setdefault(sheet, set()).add(key)
        self.told: dict[tuple[str, str], Scope] = {}
        for sheet, keys in wanted.items():
            ordered = sorted(keys)
            for start in range(0, len(ordered), AT_ONCE):
                self._ask(sheet, ordered[start : start + AT_ONCE])

    def row(self, row: bridge.Row) -> tuple[Scope, Scope]:
        """Of a row as it was, and as it would be."""
        return self.before(row), scope(row.sheet, row.values, key=row.key, of=self.of)

    def before(self, row: bridge.Row) -> Scope:
        return scope(row.sheet, row.before, key=row.key, of=self.of) if row.before else Scope()

    def of(self, sheet: str, key: str, *, depth: int = 0) -> Scope:
        there = self.told.get((sheet, key))
        if there is None:
            row = self.rows.get((sheet, key)) if depth < DEEPEST else None
            there = scope(sheet, row.values, key=key, depth=depth, of=self.of) if row else Scope()
            if depth == 0:
                self.told[sheet, key] = there
        return there

    def _ask(self, sheet: str, keys: list[str]) -> None:
        for entry in Entry.objects.filter(sheet=sheet, key__in=keys, state__in=OPEN):
            self.told[sheet, entry.key] = Scope(tuple(entry.countries), entry.project, entry.on)
        self.told |= {(sheet, key): found for key, found in _facts(sheet, keys)}


def leant_on(sheet: str, values: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """The records whose country or project this one may share."""
    if sheet in LEANS_ON and values.get(LEANS_ON[sheet][0]):
        yield LEANS_ON[sheet][1], values[LEANS_ON[sheet][0]]
    if sheet == "evidence":
        of, _, key = values.get("record", "").partition(":")
        if of in BY_SHEET and key:
            yield of, key
    if sheet != "projects" and values.get("project"):
        yield "projects", values["project"]


def _facts(sheet: str, keys: list[str]) -> Iterable[tuple[str, Scope]]:
    if sheet == "changes":
        for key, country, day in Change.objects.filter(key__in=keys).values_list("key", "country_id", "on"):
            yield key, Scope((country,), "", day)
    elif sheet == "impacts":
        for key, country in Impact.objects.filter(key__in=keys).values_list("key", "country_id"):
            yield key, Scope((country,))
    elif sheet == "outputs":
        for key, country, project, on in Output.objects.filter(key__in=keys).values_list("key", "country_id", "project__key", "on"):
            yield key, Scope((country,) if country else (), project or "", on)
    elif sheet == "projects":
        countries: dict[str, tuple[str, ...]] = {}
        projects = Project.objects.filter(key__in=keys).order_by("id", "countries__pk")
        for key, country in projects.values_list("key", "countries__pk"):
            countries[key] = (*countries.get(key, ()), *((country,) if country else ()))
        yield from ((key, Scope(codes, key)) for key, codes in countries.items())
    elif sheet == "observations":
        for key, country, on in Observation.objects.filter(key__in=keys).values_list("key", "impact__country_id", "on"):
            yield key, Scope((country,), "", on)
    elif sheet == "contributions":
        for key, country, on in Contribution.objects.filter(key__in=keys).values_list("key", "change__country_id", "change__on"):
            yield key, Scope((country,), "", on)
    else:
        model: Any = BY_SHEET[sheet]
        for fact in model.objects.filter(key__in=keys):
            own = getattr(fact, "country_id", None)
            yield fact.key, Scope((own,) if own else (), "", getattr(fact, "on", None))
