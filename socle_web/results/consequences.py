"""What an entry would change in the published figures, in sentences, while it is typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socle.results import Chain, Difference, consequence
from socle.tables import PROGRAMME, Book, Table
from socle.vocabulary import COUNTRIES, IMPACT_KINDS, number
from socle_web.accounts.models import User
from socle_web.results import bridge
from socle_web.results.models import OPEN, Entry
from socle_web.results.permissions import visible
from socle_web.results.wording import in_words, value_of

Values = Mapping[str, str]
COUNTED = {
    "impacts": ("impact", "country", "kind", "branch", "population"),
    "observations": ("observation", "impact", "on", "measure", "persons", "women", "men", "unit", "status", "recorded_on",
                     "supersedes", "reason"),
}
NEW = {"impacts": "new-impact~", "observations": "new-observation~"}  # keys nobody is given


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences; the first is what matters. ``changes``: whether any figure would be another."""

    sentences: tuple[str, ...]
    changes: bool = False


def consequence_of(sheet: str, texts: Values, *, by: User, first: Values | None = None, key: str = "") -> Said | None:
    """What would be different if this were published now. ``key``: of the record it is, where it has one. None for records that
    no figure on people counts."""
    if sheet == "changes":
        return _of_change(texts, bridge.facts({sheet: [key]}).get((sheet, key)) if key else None)
    if sheet not in COUNTED:
        return None
    key = key or NEW[sheet]
    typed = [_row(sheet, texts, key)]
    if sheet == "impacts":
        typed += [_row("observations", {**first, "impact": key}, NEW["observations"])] if first else []
        typed += _waiting(by, "observations", impact=key) if key != NEW[sheet] else []
    under = typed[0].values.get("impact", "") if sheet == "observations" else key
    facts = bridge.nearby([under], [typed[0].values["population"]] if typed[0].values.get("population") else [])
    if sheet == "observations" and under not in facts["impacts"].places:
        there = _waiting(by, "impacts", key=under)
        facts = _with(facts, bridge.read(there).book) if there else facts
    parsed = bridge.read(typed)
    read = parsed.book
    wrong = [f"{finding.message} {finding.remedy}" for finding in parsed.errors if finding.value]
    if wrong:
        return Said(tuple(dict.fromkeys(wrong)))
    if sheet == "observations" and not len(read["observations"]):
        return Said((_("Say which impact, when, how it is measured and how many: then it is said here what this changes."),))
    if sheet == "impacts" and not len(read["impacts"]):
        return Said((_("Say where, of which kind and how many: then it is said here what this changes."),))
    before, after = Chain.of(facts), Chain.of(_with(facts, read))
    differences = consequence(before, after)
    about = read["observations"].keys[0] if len(read["observations"]) else ""
    return Said((*_context(after, about), *_told(differences, first is None and sheet == "impacts", read)), bool(differences))


def _row(sheet: str, texts: Values, key: str) -> Entry:
    values = {name: texts[name] for name in COUNTED[sheet] if texts.get(name)} | {PROGRAMME[sheet].key[0]: key}
    if values.get("supersedes"):
        values.setdefault("reason", "-")  # is asked for before submission; what it changes can be said now
    return Entry(sheet=sheet, key=key, values=values)


def _waiting(by: User, sheet: str, *, key: str = "", impact: str = "") -> list[Entry]:
    """What is on its way and belongs to it."""
    found = visible(by).filter(sheet=sheet, state__in=OPEN)
    found = found.filter(key=key) if key else found.filter(values__impact=impact)
    return [_row(sheet, entry.values, entry.key) for entry in found[:50]]


def _with(facts: Book, typed: Book) -> Book:
    """The facts with what was typed: under a key that is there, in its place."""
    return Book(PROGRAMME, {sheet: _merged(facts[sheet], typed[sheet]) for sheet in COUNTED})


def _merged(facts: Table, typed: Table) -> Table:
    rows: dict[str, dict[str, Any]] = {}
    for table in (facts, typed):
        rows |= zip(table.keys, table.rows(), strict=True)
    return Table.of(facts.sheet, rows.values())


def _context(after: Chain, key: str) -> list[str]:
    """What the observation is compared with."""
    observations, counted = after.observations, after.contributions
    if not key or key not in observations.keys:
        return []
    row = list(observations.keys).index(key)
    said, persons = [], observations.persons[row]
    corrected = int(observations.supersedes[row])
    if corrected >= 0:
        was = observations.persons[corrected]
        said.append(_("This replaces %(was)s by %(now)s.") % {"was": _number(was), "now": _number(persons)})
    if observations.measure[row] == 0:
        said.append(_("A baseline adds nobody: it says where the series starts."))
    elif np.isnan(persons):
        said.append(_("The number is not reported: it adds nothing, and is not zero."))
    elif observations.measure[row] == 2 and counted.from_zero[row]:
        said.append(_("Nothing was observed before this level: all of it counts as new. "
                      "Enter a baseline if some were there before."))
    elif observations.measure[row] == 2:
        added = counted.persons[row]
        names = {"was": _number(persons - added), "now": _number(persons), "n": _number(abs(added))}
        said.append((_("The level rises from %(was)s to %(now)s: %(n)s more.") if added > 0 else
                     _("The level falls from %(was)s to %(now)s: %(n)s fewer.") if added < 0 else
                     _("The level stays at %(now)s.")) % names)
    if observations.households[row]:
        said.append(_("These are households: the number counts as it stands, and a reader is told so."))
    return said


def _told(differences: Sequence[Difference], no_number: bool, read: Book) -> Iterable[str]:
    """A sentence for each year and kind whose figure would be another."""
    added: dict[tuple[int, str], dict[str, int]] = {}
    for one in differences:
        if one.branch == "all" and one.kind in IMPACT_KINDS:
            added.setdefault((one.year, one.kind), {})[one.column] = one.added
    if not any(any(columns.values()) for columns in added.values()):
        if no_number and not len(read["observations"]):
            return [_("An impact counts nobody until a number is observed.")]
        return [_("This changes no published figure.")]
    said = []
    for (year, kind), columns in added.items():
        words = {"kind": IMPACT_KINDS[kind].label().lower(), "year": year}
        persons, potential = columns.get("persons", 0), columns.get("potential", 0)
        twice = persons - columns.get("persons_counted_once", 0)
        if persons > 0 and 0 < twice <= persons:
            said.append(ngettext(
                "This adds one person to %(kind)s in %(year)s, who is already counted under another impact.",
                "This adds %(n)s people to %(kind)s in %(year)s; %(twice)s of them are already counted under another impact.",
                persons) % {**words, "n": number(persons), "twice": number(twice)})
        elif persons > 0:
            said.append(ngettext("This adds one person to %(kind)s in %(year)s.", "This adds %(n)s people to %(kind)s in %(year)s.",
                                 persons) % {**words, "n": number(persons)})
        elif persons < 0:
            said.append(ngettext("This takes one person off %(kind)s in %(year)s.",
                                 "This takes %(n)s people off %(kind)s in %(year)s.", -persons) % {**words, "n": number(-persons)})
        elif columns.get("persons_counted_once"):
            once = columns["persons_counted_once"]
            said.append((_("Each person counted once, that is %(n)s more people in %(kind)s in %(year)s.") if once > 0 else
                         _("Each person counted once, that is %(n)s fewer people in %(kind)s in %(year)s.")) % {
                             **words, "n": number(abs(once))})
        if potential:
            said.append((_("%(n)s more people are potential in %(kind)s in %(year)s: "
                           "shown apart, never added to what was achieved.")
                         if potential > 0 else _("%(n)s fewer people are potential in %(kind)s in %(year)s.")) % {
                             **words, "n": number(abs(potential))})
    return said


def _of_change(texts: Values, fact: Values | None) -> Said | None:
    form = PROGRAMME["changes"]
    country, on, step = (value_of(form.column(name), texts.get(name, "")) for name in ("country", "year", "step"))
    if country is None or on is None or step is None:
        return Said((_("Say where, when and which step: then it is said here what this changes."),))
    if fact is not None:
        moved = any(value_of(form.column(name), fact.get(name, "")) != value for name, value in
                    (("country", country), ("year", on), ("step", step)))
        return Said((_("This moves one institutional change to another place in the figures.") if moved else
                     _("This changes no published figure."),), moved)
    words = {"step": in_words("changes", "step", texts["step"]), "country": COUNTRIES[str(country)].name(),
             "year": in_words("changes", "year", texts["year"])}
    return Said((_("This adds one institutional change in %(country)s, %(year)s. %(step)s.") % words,), True)


def _number(figure: Any) -> str:
    return _("not reported") if np.isnan(figure) else number(int(figure))
