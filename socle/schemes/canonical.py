"""A scheme written as a file again: the same scheme when it is read."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from socle.schemes.language.expressions import Number
from socle.schemes.language.written import number_text
from socle.schemes.lines import BARE_KEY
from socle.schemes.scheme import Assumption, Benefit, Contribution, Eligibility, Index, Rule, Scheme
from socle.vocabulary import Source

Table = dict[str, Any]


def canonical(scheme: Scheme) -> str:
    """The scheme as TOML text, its keys and sections in the order of the reference. Reading it gives the same scheme."""
    return toml(as_tables(scheme))


def as_tables(scheme: Scheme) -> Table:
    """The scheme as the tables of its file; what is absent there is absent."""
    top = {
        "id": scheme.id,
        "country": scheme.country,
        "name": dict(scheme.name),
        "branch": scheme.branch,
        "guarantee": scheme.guarantee,
        "contributory": scheme.contributory,
        "unit": scheme.unit,
        "institution": scheme.institution,
        "currency": scheme.currency,
        "note": scheme.note,
    }
    sections: Table = {
        "law": [
            {"title": law.title, "article": law.article, "from": law.since, "source": _source(law.source)} for law in scheme.laws
        ],
        "eligibility": [_eligibility(entry) for entry in scheme.eligibility],
        "benefit": [_benefit(entry) for entry in scheme.benefits],
        "contribution": [_contribution(entry) for entry in scheme.contributions],
        "administration": [
            {"from": entry.since, "share": entry.share, "of": entry.of, "source": _source(entry.source)}
            for entry in scheme.administration
        ],
        "ramp": [
            {"year": entry.year, "coverage": entry.coverage, "beneficiaries": entry.beneficiaries, "source": _source(entry.source)}
            for entry in scheme.ramp
        ],
        "table": [
            {
                "name": table.name,
                "from": table.since,
                "bands": [list(row) for row in table.bands],
                "codes": dict(table.codes),
                "source": _source(table.source),
            }
            for table in scheme.tables
        ],
        "missing": [{"key": entry.key, "note": entry.note, "source": _source(entry.source)} for entry in scheme.missing],
        "reported": [
            {"year": entry.year, "count": entry.count, "of": entry.of, "note": entry.note, "source": _source(entry.source)}
            for entry in scheme.reported
        ],
        "assumptions": _assumptions(scheme.assumptions),
    }
    return _present(top) | {name: section for name, section in sections.items() if section}


def _eligibility(entry: Eligibility) -> Table:
    return {
        "part": entry.part,
        "from": entry.since,
        "until": entry.until,
        "rule": entry.rule.text,
        "article": entry.article,
        "source": _source(entry.source),
    }


def _benefit(entry: Benefit) -> Table:
    return {
        "tier": entry.tier,
        "from": entry.since,
        "until": entry.until,
        "amount": entry.amount,
        "currency": entry.currency,
        "share": entry.share,
        "of": entry.of,
        "formula": _rule(entry.formula),
        "per": entry.per,
        "floor": _rule(entry.floor),
        "cap": _rule(entry.cap),
        "months": entry.months,
        "waiting_days": entry.waiting_days,
        "index": _index(entry.index),
        "rate": entry.index.rate,
        "rule": _rule(entry.rule),
        "article": entry.article,
        "source": _source(entry.source),
    }


def _contribution(entry: Contribution) -> Table:
    return {
        "payer": entry.payer,
        "from": entry.since,
        "until": entry.until,
        "rate": entry.rate,
        "base": _rule(entry.base),
        "floor": entry.floor,
        "ceiling": entry.ceiling,
        "subsidy": entry.subsidy,
        "article": entry.article,
        "source": _source(entry.source),
    }


def _assumptions(assumptions: Iterable[Assumption]) -> Table:
    by_fact: Table = {}
    for one in assumptions:
        by_fact.setdefault(one.fact, []).append(
            {
                "share": one.share,
                "value": one.value,
                "shares": dict(one.shares),
                "sex": None if one.sex == "total" else one.sex,
                "ages": None if one.ages == (0, 120) else list(one.ages),
                "from": one.since,
                "source": _source(one.source),
            }
        )
    return by_fact


def _index(index: Index) -> object:
    if index.weights == {"none": 1.0}:
        return None
    return next(iter(index.weights)) if len(index.weights) == 1 else dict(index.weights)


def _rule(rule: Rule | None) -> object:
    """A rule's text; a number that was written as one is a number again."""
    if rule is None:
        return None
    value = rule.expression
    return value.value if isinstance(value, Number) and number_text(value.value) == rule.text else rule.text


def _source(source: Source | None) -> object:
    """``document, place`` where that says it all."""
    if source is None:
        return None
    plain = str(source)
    if not source.url and source.on is None and source.verified and Source.parse(plain) == source:
        return plain
    return _present(
        {
            "document": source.document,
            "place": source.place,
            "url": source.url,
            "on": source.on.text if source.on else None,
            "verified": None if source.verified else False,
        }
    )


def toml(tables: Mapping[str, Any]) -> str:
    """Tables as TOML text: plain keys first, then a section for each table and each entry of a list of tables."""
    return "".join(_lines(tables, ())).lstrip("\n")


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterable[str]:
    kept = _present(table)
    for key, value in kept.items():
        if not _is_section(value, path):
            yield f"{_key(key)} = {_value(value)}\n"
    for key, value in kept.items():
        if _is_section(value, path):
            name = ".".join(map(_key, (*path, key)))
            for entry in value if isinstance(value, list) else [value]:
                holds_sections = isinstance(entry, Mapping) and entry and all(_is_section(part, (key,)) for part in entry.values())
                if not (holds_sections and isinstance(value, Mapping)):
                    yield f"\n[[{name}]]\n" if isinstance(value, list) else f"\n[{name}]\n"
                yield from _lines(entry, (*path, key))


def _is_section(value: object, path: tuple[str, ...]) -> bool:
    """Entries are sections; a table is one at the top, or where it holds others."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(one, Mapping) for one in value)
    return isinstance(value, Mapping) and bool(value) and (any(isinstance(one, Mapping | list) for one in value.values()))


def _present(table: Mapping[str, Any]) -> Table:
    return {key: value for key, value in table.items() if value is not None and value not in ("", [], {})}


def _key(key: str) -> str:
    return key if BARE_KEY.fullmatch(key) else _value(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value) if math.isfinite(value) else "inf" if value > 0 else "-inf"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_value, value)) + "]"
    text = str(value)
    if "\n" in text and "'''" not in text and not text.endswith("'") and all(sign == "\n" or sign.isprintable() for sign in text):
        return f"'''\n{text}'''"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
