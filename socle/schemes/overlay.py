"""A scenario's changes laid over a scheme: a new scheme, and what the changes do not hit.

[scheme.utania-pension.benefit.basic]       # the tier; without a name where there is one tier only
amount = 500                                # the entry begun last is changed
[scheme.utania-pension.eligibility.age]
from = 2030-01-01                           # from then on; before, as it was
rule = "age >= 65"
[[scheme.utania-pension.ramp]]              # replaces the whole ramp
year = 2026
coverage = 0.5
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from socle.errors import Finding
from socle.schemes.canonical import as_tables, toml
from socle.schemes.documents import Document, decoded, key_path, read_document
from socle.schemes.entries import NAMES
from socle.schemes.keys import SECTIONS, TOP, Key, Section
from socle.schemes.kinds import read_value
from socle.schemes.lines import Path
from socle.schemes.reading import Reading, in_order, parse
from socle.schemes.scalars import Wrong, nearest, shown
from socle.schemes.scheme import Scheme
from socle.vocabulary import FACTS, say

_FIXED = ("id", "country")
_SAY = {"source", "verified"}
_PART = re.compile(r"\[(\d+)\]|\.([^.\[]+)")


@dataclass(slots=True)
class _Laying:
    """``hit``: by path in the changed scheme, the path of the change that touched it."""

    document: Document
    scheme: Scheme
    tables: dict[str, Any]
    scenario: str
    hit: dict[Path, Path] = field(default_factory=dict)

    def refuse(self, code: str, path: Path, message: str, remedy: str, value: object = None) -> None:
        self.document.tell(code, path, message, remedy, value=None if value is None else shown(value))


def overlay(
    scheme: Scheme,
    changes: str | bytes | Mapping[str, Any],
    *,
    others: Collection[str] = (),
    name: str = "scenario.toml",
    scenario: str = "",
) -> Reading:
    """The scheme with the changes that a scenario makes in ``[scheme.ID...]``; the findings are theirs.

    ``changes`` is the text of the file, or its tables. ``others`` are the ids of further schemes that the file may change: any
    other id is an error, as is whatever hits nothing. A changed value without a source of its own is said by the ``scenario`` (or
    ``name``) and marked as not verified.
    """
    given_text = toml(changes) if isinstance(changes, Mapping) else changes
    text, wrong = decoded(given_text.encode() if isinstance(given_text, str) else given_text, name)
    if text is None:
        return Reading(None, tuple(wrong))
    document = read_document(text, name)
    laid = _Laying(document, scheme, deepcopy(as_tables(scheme)), scenario or name)
    given = document.data.get("scheme", {})
    if not isinstance(given, Mapping):
        laid.refuse(
            "brackets",
            ("scheme",),
            say("“{value}” is no table.", value=shown(given)),
            say("Write [scheme.ID.benefit.TIER]."),
            given,
        )
        given = {}
    known = [scheme.id, *others]
    for one in given:
        if one not in known:
            laid.refuse(
                "no_scheme", ("scheme", one), say("No scheme here is called “{name}”.", name=shown(one)), nearest(one, known)
            )
    _lay(laid, ("scheme", scheme.id), given.get(scheme.id, {}))
    if any(finding.severity == "error" for finding in document.findings):
        return Reading(None, in_order(document))
    changed = parse(toml(laid.tables), name=name)
    document.findings += [_placed(laid, finding) for finding in changed.errors]
    return Reading(changed.scheme, in_order(document))


def _lay(laid: _Laying, path: Path, changes: object) -> None:
    if not isinstance(changes, Mapping):
        laid.refuse(
            "brackets", path, say("“{value}” is no table.", value=shown(changes)), say("Write [scheme.ID.benefit.TIER]."), changes
        )
        return
    sections = {section.name: section for section in SECTIONS}
    for name, given in changes.items():
        here = (*path, name)
        key = TOP.key(name)
        if key is not None and name not in _FIXED:
            _set(laid, key, here, given, laid.tables, (name,))
        elif name == "assumptions":
            _assume(laid, here, given)
        elif name in ("ramp", "administration"):
            laid.tables[name] = _sourced(laid, given if isinstance(given, list) else [given])
            laid.hit[(name,)] = here
        elif name in NAMES:
            _change_section(laid, sections[name], here, given)
        else:
            known = [key.name for key in TOP if key.name not in _FIXED] + [*NAMES, "ramp", "administration", "assumptions"]
            laid.refuse("unknown_key", here, say("A scenario does not change “{key}”.", key=shown(name)), nearest(name, known))


def _set(laid: _Laying, key: Key, path: Path, value: object, table: dict[str, Any], at: Path) -> bool:
    """Put a value where it was; whether it could be read."""
    read = read_value(key, value)
    if isinstance(read, Wrong):
        laid.refuse(read.code, (*path, *read.at), read.message, read.remedy)
        return False
    table[key.name] = value
    laid.hit[at] = path
    return True


def _sourced(laid: _Laying, entries: list[Any]) -> list[Any]:
    return [{"source": _scenario(laid)} | dict(one) if isinstance(one, Mapping) else one for one in entries]


def _scenario(laid: _Laying) -> dict[str, object]:
    return {"document": say("Scenario “{name}”", name=laid.scenario), "verified": False}


def _assume(laid: _Laying, path: Path, given: object) -> None:
    """Replace all that is assumed of a fact."""
    if not isinstance(given, Mapping):
        laid.refuse(
            "brackets", path, say("“{value}” is no table.", value=shown(given)), say("Write [scheme.ID.assumptions]."), given
        )
        return
    shared = {key: given[key] for key in _SAY if key in given}
    for fact, said in given.items():
        if fact in _SAY:
            continue
        plain = "value" if fact in FACTS and FACTS[fact].type == "number" else "share"
        entries = [one if isinstance(one, Mapping) else {plain: one} for one in (said if isinstance(said, list) else [said])]
        laid.tables.setdefault("assumptions", {})[fact] = _sourced(laid, [shared | dict(one) for one in entries])
        laid.hit["assumptions", fact] = (*path, fact)


def _change_section(laid: _Laying, section: Section, path: Path, given: object) -> None:
    """Entries by their name; keys without a name are of the only one."""
    if not isinstance(given, Mapping):
        laid.refuse(
            "brackets",
            path,
            say("“{value}” is no table.", value=shown(given)),
            say("Write [scheme.ID.{section}.NAME].", section=section.name),
        )
        return
    entries = laid.tables.get(section.name, [])
    named = NAMES[section.name]
    names = list(dict.fromkeys(str(entry.get(named, "")) for entry in entries))
    own = {key: value for key, value in given.items() if section.key(key) and key not in names}
    for name, changes in given.items():
        if name in own:
            continue
        if name in names and isinstance(changes, Mapping):
            _change(laid, section, (*path, name), changes, name)
        else:
            known = [one for one in names if one] or [key.name for key in section if key.name != named]
            laid.refuse(
                "hits_nothing",
                (*path, name),
                say("The scheme has no {section} “{name}”.", section=section.name, name=shown(name)),
                nearest(name, known),
            )
    if own and len(names) == 1:
        _change(laid, section, path, own, names[0])
    elif own:
        laid.refuse(
            "hits_nothing",
            (*path, next(iter(own))),
            say("The scheme has several of [{section}], or none: it is not said which one.", section=section.name),
            say("Write [scheme.ID.{section}.NAME], one of: {codes}.", section=section.name, codes=", ".join(names)),
        )


def _change(laid: _Laying, section: Section, path: Path, changes: Mapping[str, Any], name: str) -> None:
    entries = laid.tables[section.name]
    entry = _entry(laid, section, path, changes, [one for one in entries if str(one.get(NAMES[section.name], "")) == name])
    if entry is None:
        return
    place: Path = (section.name, next(number for number, one in enumerate(entries) if one is entry))
    laid.hit[place] = path
    chosen = [key for key in changes if key in section.choice]
    for other in section.choice:
        if chosen and other not in changes:
            entry.pop(other, None)
            if other == "share":
                entry.pop("of", None)
            if other == "amount" and laid.tables.get("currency") == entry.get("currency"):
                entry.pop("currency", None)
    if "index" in changes and "rate" not in changes:
        entry.pop("rate", None)
    for key_name, value in changes.items():
        key = section.key(key_name)
        if key is None or key_name == NAMES[section.name]:
            laid.refuse(
                "unknown_key",
                (*path, key_name),
                say("{section} has no key “{key}”.", section=f"[[{section.name}]]", key=shown(key_name)),
                nearest(key_name, [one.name for one in section]),
            )
        else:
            _set(laid, key, (*path, key_name), value, entry, (*place, key_name))
    if "source" not in changes:
        entry["source"] = _scenario(laid)


def _entry(
    laid: _Laying, section: Section, path: Path, changes: Mapping[str, Any], those: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """The entry to change: the one begun last; with ``from``, a new one from then on, like the one in force until then."""
    those = sorted(those, key=lambda entry: _day(entry.get("from")))
    if "from" not in changes:
        return those[-1]
    since = read_value(Key("from", "day", ""), changes["from"])
    if isinstance(since, Wrong):
        laid.refuse(since.code, (*path, "from"), since.message, since.remedy)
        return None
    for entry in those:
        if _day(entry.get("from")) == since:
            return entry
    before = [entry for entry in those if _day(entry.get("from")) < since]
    entry = deepcopy((before or those)[-1 if before else 0])
    if before and "until" in before[-1] and _day(before[-1]["until"]) >= since:
        before[-1]["until"] = since - timedelta(days=1)
    laid.tables[section.name].append(entry)
    return entry


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.min


def _placed(laid: _Laying, finding: Finding) -> Finding:
    """An error of the changed scheme, told at the change that made it."""
    column = finding.column or ""
    path: Path = ("scheme", laid.scheme.id)
    for at, change in sorted(laid.hit.items(), key=lambda item: -len(item[0])):
        within = key_path(at)
        if column == within or column.startswith((f"{within}.", f"{within}[")):
            parts = _PART.findall(column[len(within) :])
            path = (*change, *(int(number) - 1 if number else name for number, name in parts))
            break
    return replace(finding, row=laid.document.line(path), column=key_path(path))
