"""The same thing entered twice: an entry that looks like another one on its way, or like a fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from socle.errors import Finding
from socle.tables import PROGRAMME
from socle_web.results import bridge
from socle_web.results.models import BY_SHEET, OPEN, Entry
from socle_web.results.wording import value_of

#: The columns that tell records of a sheet apart to whoever reads them. Those that look alike share the first, word for word.
TELLING = {
    "changes": ("title", "country", "year", "step"), "impacts": ("title", "country", "kind", "branch", "change"),
    "observations": ("impact", "on", "measure", "status"), "outputs": ("title", "country", "project", "on"),
}
ASKED_AT_ONCE = 500

Told = tuple[Any, ...]


def alike(entries: Sequence[Entry]) -> list[Finding]:
    """A warning for each that says what another says already; ``row`` is its place among those given, from 1.

    Two questions a sheet, however many entries. A change is looked at once it tells of something else than the fact did; what
    a correction supersedes is not another record.
    """
    asked: dict[str, dict[int, Told]] = defaultdict(dict)
    for place, entry in enumerate(entries, start=1):
        told = _told(entry.sheet, entry.values)
        if told and (entry.before is None or _told(entry.sheet, entry.before) != told):
            asked[entry.sheet][place] = told
    return [finding for sheet, places in asked.items() for finding in _of_sheet(sheet, places, entries)]


def _of_sheet(sheet: str, places: Mapping[int, Told], entries: Sequence[Entry]) -> Iterator[Finding]:
    firsts = sorted({entries[place - 1].values[TELLING[sheet][0]] for place in places})
    others: dict[Told, list[tuple[int | None, str, str]]] = defaultdict(list)
    for start in range(0, len(firsts), ASKED_AT_ONCE):
        for pk, key, values in _there(sheet, firsts[start : start + ASKED_AT_ONCE]):
            if told := _told(sheet, values):
                others[told].append((pk, key, values.get("supersedes", "")))
    for place, told in places.items():
        entry = entries[place - 1]
        own = {entry.key, entry.values.get("supersedes", "")} - {""}
        like = next((key for pk, key, corrects in others[told]
                     if (pk is None or pk != entry.pk) and key not in own and (not entry.key or corrects != entry.key)), None)
        if like is not None:
            yield Finding("warning", sheet, place, None, None, "looks_the_same",
                          _("It looks the same as %(record)s.") % {"record": f"{sheet}:{like}"},
                          _("If both are one, withdraw this entry."))


def _there(sheet: str, firsts: Sequence[str]) -> Iterator[tuple[int | None, str, Mapping[str, str]]]:
    """Open entries and facts with one of these values in the first telling column; facts that were corrected are left out."""
    first = TELLING[sheet][0]
    yield from Entry.objects.filter(sheet=sheet, state__in=OPEN, **{f"values__{first}__in": firsts}).values_list(
        "pk", "key", "values")
    where = Q(impact__key__in=firsts, superseded_by=None) if sheet == "observations" else Q(title__in=firsts)
    model: Any = BY_SHEET[sheet]
    keys = list(model.objects.filter(where).values_list("key", flat=True))
    for (_sheet, key), values in bridge.facts({sheet: keys}).items() if keys else ():
        yield None, key, values


def _told(sheet: str, values: Mapping[str, str]) -> Told | None:
    """What it tells; None where the first two columns say nothing yet."""
    columns = [PROGRAMME[sheet].column(name) for name in TELLING.get(sheet, ())]
    said = tuple(value_of(column, values.get(column.name) or column.default or "") for column in columns)
    return said if said and said[0] and (said[1] or sheet == "outputs") else None
