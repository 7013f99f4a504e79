"""From the entries of a file to the scheme: its rules parsed, its sources named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from socle.errors import InputError
from socle.schemes.entries import Entries, Entry
from socle.schemes.language.expressions import Type
from socle.schemes.language.written import number_text
from socle.schemes.lines import Path
from socle.schemes.rules import parse_rule
from socle.schemes.scheme import (
    Administration,
    Assumption,
    Benefit,
    Contribution,
    Eligibility,
    Index,
    Law,
    LookupTable,
    Missing,
    Ramp,
    Reported,
    Rule,
    Scheme,
)
from socle.vocabulary import Source

_EXPECTED: Mapping[str, Type] = {"rule": "truth", "formula": "number", "floor": "number", "cap": "number", "base": "number"}
_NOBODY = Source("")


def parse_rules(entries: Entries) -> dict[Path, Rule]:
    """Every rule of the file by the path of its key; what is wrong with them is told in the document."""
    tables = tuple({table.name: table for table in _tables(entries)}.values())
    unit = entries.top.values.get("unit")
    rules: dict[Path, Rule] = {}
    for entry in (*entries.of("eligibility"), *entries.of("benefit"), *entries.of("contribution")):
        for key in entry.section:
            value = entry.values.get(key.name)
            if value is None or key.kind not in ("rule", "rule_or_amount"):
                continue
            path = (*entry.path, key.name)
            place = entries.document.layout.at(path)
            opened = place is not None and place.text.startswith(('"""', "'''")) and place.text[3:5].lstrip("\r").startswith("\n")
            line = (place.line if place else 1) + opened
            try:
                rules[path] = parse_rule(
                    value if isinstance(value, str) else number_text(value),
                    tables=tables,
                    expect=_EXPECTED[key.name],
                    unit="person" if entry.section.name == "contribution" else unit,
                    line=line,
                    sheet=entries.document.name,
                    key=_column(entry, key.name),
                )
            except InputError as wrong:
                entries.document.findings += wrong.findings
                entry.wrong.add(key.name)
    return rules


def build(entries: Entries, rules: Mapping[Path, Rule], *, digest: str) -> Scheme:
    """The scheme of a file without errors."""
    top = entries.top.values
    benefits = [_benefit(entries, entry, rules) for entry in entries.of("benefit")]
    return Scheme(
        id=top["id"],
        country=top["country"],
        name=top["name"],
        branch=top["branch"],
        guarantee=top.get("guarantee"),
        contributory=top["contributory"],
        unit=top["unit"],
        institution=top.get("institution", ""),
        currency=top.get("currency") or next((benefit.currency for benefit in benefits if benefit.currency), None),
        laws=tuple(Law(said["title"], said.get("article", ""), said["from"], source) for said, source in _said(entries, "law")),
        eligibility=tuple(
            Eligibility(
                said.get("part", ""), said["from"], rules[*entry.path, "rule"], source, said.get("article", ""), said.get("until")
            )
            for entry, (said, source) in zip(entries.of("eligibility"), _said(entries, "eligibility"), strict=True)
        ),
        benefits=tuple(benefits),
        contributions=tuple(
            Contribution(
                said["payer"],
                said["from"],
                source,
                said.get("rate"),
                rules.get((*entry.path, "base")),
                said.get("floor"),
                said.get("ceiling"),
                said.get("subsidy"),
                said.get("article", ""),
                said.get("until"),
            )
            for entry, (said, source) in zip(entries.of("contribution"), _said(entries, "contribution"), strict=True)
        ),
        administration=tuple(
            Administration(said["share"], said["of"], source, said.get("from"))
            for said, source in _said(entries, "administration")
            if "share" in said
        ),
        ramp=tuple(
            Ramp(entry.values["year"], entry.values.get("coverage"), entries.source(entry), entry.values.get("beneficiaries"))
            for entry in entries.of("ramp")
            if entry.has("coverage") or entry.has("beneficiaries")
        ),
        assumptions=tuple(_assumption(entries, entry) for entry in entries.of("assumptions")),
        tables=_tables(entries),
        missing=tuple(Missing(said["key"], said["note"], source) for said, source in _said(entries, "missing")),
        reported=tuple(
            Reported(said["year"], said["count"], said["of"], source, said.get("note", ""))
            for said, source in _said(entries, "reported")
        ),
        note=top.get("note", ""),
        digest=digest,
        text=entries.document.text,
    )


def _said(entries: Entries, section: str) -> list[tuple[dict[str, Any], Source]]:
    return [(entry.values, entries.source(entry) or _NOBODY) for entry in entries.of(section)]


def _benefit(entries: Entries, entry: Entry, rules: Mapping[Path, Rule]) -> Benefit:
    said = entry.values

    def rule(key: str) -> Rule | None:
        return rules.get((*entry.path, key))

    index = Index(said["index"], said.get("rate")) if "index" in said else Index({"none": 1.0})
    return Benefit(
        tier=said.get("tier", ""),
        since=said["from"],
        source=entries.source(entry) or _NOBODY,
        per=said["per"],
        amount=said.get("amount"),
        currency=(said.get("currency") or entries.top.values.get("currency")) if "amount" in said else said.get("currency"),
        share=said.get("share"),
        of=said.get("of"),
        formula=rule("formula"),
        rule=rule("rule"),
        floor=rule("floor"),
        cap=rule("cap"),
        months=said.get("months"),
        waiting_days=said.get("waiting_days"),
        index=index,
        article=said.get("article", ""),
        until=said.get("until"),
    )


def _assumption(entries: Entries, entry: Entry) -> Assumption:
    said = entry.values
    return Assumption(
        entry.fact,
        entries.source(entry),
        said.get("share"),
        said.get("value"),
        said.get("shares", {}),
        said.get("sex", "total"),
        said.get("ages", (0, 120)),
        said.get("from"),
    )


def _tables(entries: Entries) -> tuple[LookupTable, ...]:
    """The tables as far as they could be read."""
    return tuple(
        LookupTable(said["name"], said["from"], source, said.get("bands", ()), said.get("codes", {}))
        for said, source in _said(entries, "table")
        if "name" in said and "from" in said
    )


def _column(entry: Entry, key: str) -> str:
    from_one = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in entry.path)
    return f"{from_one}.{key}".lstrip(".")
