"""The entries of a scheme file: every key of every section read by its kind, and told where it is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from socle.schemes.documents import Document
from socle.schemes.keys import ASSUMPTION, DOCUMENT, NAMED, SECTIONS, TOP, Key, Section
from socle.schemes.kinds import read_value
from socle.schemes.lines import Path
from socle.schemes.scalars import Wrong, nearest, shown
from socle.vocabulary import FACTS, Period, Source, say

#: What [[missing]] may not excuse: without it an entry says nothing.
NEEDED = frozenset(
    {
        "rule",
        "per",
        "from",
        "payer",
        "key",
        "note",
        "source",
        "id",
        "country",
        "name",
        "branch",
        "contributory",
        "unit",
        "title",
        "year",
        "count",
        "of",
    }
)
#: The key that names an entry among its kind.
NAMES = {"eligibility": "part", "benefit": "tier", "contribution": "payer", "table": "name"}


@dataclass(slots=True)
class Entry:
    """``values`` that could be read; ``wrong`` are keys that are there and could not. ``name`` is the part, tier or payer, if
    any."""

    section: Section
    path: Path
    values: dict[str, Any] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    fact: str = ""

    def has(self, key: str) -> bool:
        return key in self.values or key in self.wrong

    @property
    def name(self) -> str:
        return str(self.values.get(NAMES.get(self.section.name, ""), ""))


@dataclass(slots=True)
class Entries:
    """All entries of a file by section, and the documents that sources may name."""

    document: Document
    by_section: dict[str, list[Entry]] = field(default_factory=dict)
    documents: dict[str, Entry] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    def of(self, section: str) -> list[Entry]:
        return self.by_section.get(section, [])

    @property
    def top(self) -> Entry:
        return self.by_section[""][0]

    def is_missing(self, section: str, name: str, key: str) -> bool:
        """Whether [[missing]] names this key, of this entry or of all."""
        return (
            not {section, f"{section}.{key}", f"{section}.{name}.{key}"}.isdisjoint(self.missing)
            if section
            else key in self.missing
        )

    def source(self, entry: Entry) -> Source | None:
        """Who says what the entry says; None where it names nobody."""
        if "source" not in entry.values:
            return None
        given, verified = entry.values["source"], entry.values.get("verified", True)
        if isinstance(given, Mapping):
            on = Period.parse(given["on"]) if "on" in given else None
            return Source(
                given["document"].strip(),
                str(given.get("place", "")).strip(),
                str(given.get("url", "")).strip(),
                on,
                verified and given.get("verified", True),
            )
        key, _, place = given.partition(",")
        if key.strip() in self.documents:
            known = self.documents[key.strip()].values
            return Source(
                known.get("title", key.strip()),
                place.strip(),
                known.get("url", ""),
                known.get("on"),
                verified and known.get("verified", True),
            )
        plain = Source.parse(given)
        return Source(plain.document, plain.place, verified=verified)


def read_entries(document: Document) -> Entries:
    """Every section of a scheme file, each key read; what is wrong is told in the document."""
    entries = Entries(document)
    data = document.data
    known = [key.name for key in TOP] + [section.name for section in SECTIONS] + list(NAMED)
    for name in data:
        if name not in known:
            document.tell("unknown_key", (name,), say("A scheme file has no key “{key}”.", key=shown(name)), nearest(name, known))
    sections = {section.name: list(_tables(document, section)) for section in SECTIONS}
    entries.missing = {table["key"] for _, table in sections["missing"] if isinstance(table.get("key"), str)}
    entries.by_section[""] = [read_entry(entries, TOP, (), {key: data[key] for key in data if TOP.key(key)})]
    entries.documents = {str(path[1]): read_entry(entries, DOCUMENT, path, table) for path, table in _documents(document)}
    for section in SECTIONS:
        entries.by_section[section.name] = [read_entry(entries, section, path, table) for path, table in sections[section.name]]
    entries.by_section["assumptions"] = [_assumption(entries, path, table) for path, table in _assumptions(document)]
    _refuse_unknown_missing(entries)
    return entries


def _tables(document: Document, section: Section) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The entries of a section, whichever brackets they have; wrong brackets are told."""
    given = document.data.get(section.name)
    if given is None:
        return
    if isinstance(given, Mapping):
        if section.many:
            document.tell(
                "brackets",
                (section.name,),
                say("[{section}] is one table; there may be several.", section=section.name),
                say("Write [[{section}]], with two brackets.", section=section.name),
            )
        yield (section.name,), given
    elif isinstance(given, list) and (section.many or section.either):
        for number, table in enumerate(given):
            if isinstance(table, Mapping):
                yield (section.name, number), table
            else:
                document.tell(
                    "brackets",
                    (section.name, number),
                    say("“{value}” is no table.", value=shown(table)),
                    say("Write [[{section}]] and its keys below.", section=section.name),
                )
    else:
        document.tell(
            "brackets",
            (section.name,),
            say("“{value}” is no table.", value=shown(given)),
            say("Write [[{section}]] and its keys below.", section=section.name)
            if section.many
            else say("Write [{section}] and its keys below.", section=section.name),
        )


def _documents(document: Document) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    given = document.data.get("source", {})
    if not isinstance(given, Mapping):
        document.tell(
            "brackets",
            ("source",),
            say("“{value}” is no table.", value=shown(given)),
            say('Write [source.KEY] and title = "..." below; an entry has a source of its own.'),
        )
        return
    for key, table in given.items():
        if isinstance(table, Mapping):
            yield ("source", key), table
        else:
            document.tell(
                "brackets",
                ("source", key),
                say("“{value}” is no table.", value=shown(table)),
                say('Write [source.KEY] and title = "..." below; an entry has a source of its own.'),
            )


def _assumptions(document: Document) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """[assumptions] by fact: a share (a number of a number), a table, or several; a ``source`` there holds for all."""
    given = document.data.get("assumptions", {})
    if not isinstance(given, Mapping):
        document.tell(
            "brackets",
            ("assumptions",),
            say("“{value}” is no table.", value=shown(given)),
            say("Write [assumptions] and below it a fact and its share: disabled = 0.08."),
        )
        return
    shared = {key: given[key] for key in ("source", "verified") if key in given}
    for fact, said in given.items():
        if fact in shared:
            continue
        tables = said if isinstance(said, list) else [said]
        for number, one in enumerate(tables):
            path: Path = ("assumptions", fact, number) if isinstance(said, list) else ("assumptions", fact)
            if isinstance(one, Mapping):
                yield path, shared | dict(one)
            else:
                key = "value" if fact in FACTS and FACTS[fact].type == "number" else "share"
                yield path, shared | {key: one}


def _assumption(entries: Entries, path: Path, table: Mapping[str, Any]) -> Entry:
    entry = read_entry(entries, ASSUMPTION, path, table)
    entry.fact = str(path[1])
    return entry


def read_section(document: Document, section: Section) -> Entries:
    """One section and the documents that its sources may name, of a file that has nothing else."""
    entries, known = Entries(document), [section.name, "source"]
    for name in document.data:
        if name not in known:
            document.tell("unknown_key", (name,), say("This file has no key “{key}”.", key=shown(name)), nearest(name, known))
    entries.documents = {str(path[1]): read_entry(entries, DOCUMENT, path, table) for path, table in _documents(document)}
    entries.by_section[section.name] = [read_entry(entries, section, path, table) for path, table in _tables(document, section)]
    return entries


def read_entry(entries: Entries, section: Section, path: Path, table: Mapping[str, Any]) -> Entry:
    """A table read key by key; what is wrong, unknown or lacking is told."""
    document, entry = entries.document, Entry(section, path)
    for name, value in table.items():
        key = section.key(name)
        if key is None:
            document.tell(
                "unknown_key",
                (*path, name),
                say("{section} has no key “{key}”.", section=_titled(section), key=shown(name)),
                nearest(name, [one.name for one in section]),
            )
            continue
        read = read_value(key, value)
        if isinstance(read, Wrong):
            entry.wrong.add(name)
            at = (*path, name, *read.at)
            inline = at not in document.layout.places
            document.tell(read.code, at, read.message, read.remedy, value=_plain(value) if inline else None)
        else:
            entry.values[name] = read
    if path not in document.spoiled:
        for key in section:
            if key.required and not entry.has(key.name):
                _lacks(entries, entry, key)
    return entry


def _plain(value: object) -> str | None:
    return None if isinstance(value, Mapping | list) else shown(value)


def _lacks(entries: Entries, entry: Entry, key: Key) -> None:
    name = key.name
    if name not in NEEDED and entries.is_missing(entry.section.name, entry.name, name):
        return
    if name == "source":
        entries.document.tell(
            "source_missing",
            entry.path,
            say("{section} has no source.", section=_titled(entry.section)),
            say('Add source = "document, table or section": no figure without who says so.'),
        )
        return
    remedy = say("Add {key}: {meaning}.", key=name, meaning=key.meaning)
    if name not in NEEDED:
        remedy += " " + say(
            'Where the source does not say, add [[missing]] with key = "{key}".',
            key=f"{entry.section.name}.{name}" if entry.section.name else name,
        )
    entries.document.tell("required", entry.path, say("{section} has no {key}.", section=_titled(entry.section), key=name), remedy)


def _titled(section: Section) -> str:
    return (
        f"[[{section.name}]]"
        if section.many and section.name != "assumptions"
        else f"[{section.name}]"
        if section.name
        else say("The scheme")
    )


def _refuse_unknown_missing(entries: Entries) -> None:
    """[[missing]] that names no key of a scheme file."""
    sections = {section.name: section for section in (*SECTIONS, *NAMED.values())}
    for entry in entries.of("missing"):
        written = entry.values.get("key")
        if not isinstance(written, str):
            continue
        first, *rest = written.split(".")
        section = sections.get(first)
        last = rest[-1] if rest else ""
        if (
            (section is None and (rest or TOP.key(first) is None))
            or len(rest) > 2
            or (section and rest and section.key(last) is None)
        ):
            known = [key.name for key in TOP] if not section else [f"{first}.{key.name}" for key in section]
            entries.document.tell(
                "unknown_key",
                (*entry.path, "key"),
                say("A scheme file has no key “{key}”.", key=shown(written)),
                nearest(written, [*known, *sections]),
            )
