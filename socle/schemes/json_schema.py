"""The JSON Schema of a scheme file, for editors: written from the same table of keys as the checker.

What a schema can say it says: keys, types, bounds, codes, what needs what. What it cannot (rules, order, dates that overlap) the
checker alone knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any

from socle.schemes.entries import NEEDED
from socle.schemes.keys import ASSUMPTION, DOCUMENT, INDEXATIONS, SECTIONS, TOP, Key, Section
from socle.schemes.scalars import BOUNDS, CURRENCIES, DAY, KEY, LONGEST_TEXT, OLDEST, WORD, codes_of, countries
from socle.vocabulary import FACTS, FIRST_YEAR, LANGUAGES, LAST_YEAR

Schema = dict[str, Any]


def json_schema() -> Schema:
    """JSON Schema 2020-12 of a scheme file. A day of TOML is a text (``2024-06-30``) there."""
    sections = {section.name: _section(section) for section in SECTIONS}
    shared = {name: _value(key) for name in ("source", "verified") if (key := ASSUMPTION.key(name)) is not None}
    table = _table(ASSUMPTION)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:socle:scheme-file",
        "title": "Scheme file",
        "description": "A social protection scheme: who is entitled, to what, for how long, who pays, by which law.",
        **_table(TOP),
        "properties": {
            **_properties(TOP),
            **sections,
            "assumptions": {
                "description": ASSUMPTION.meaning,
                "type": "object",
                "propertyNames": {"enum": [*FACTS, *shared]},
                "properties": shared,
                "additionalProperties": {
                    "anyOf": [{"type": "number"}, table, {"type": "array", "items": {"anyOf": [{"type": "number"}, table]}}]
                },
            },
            "source": {"description": DOCUMENT.meaning, "type": "object", "additionalProperties": _table(DOCUMENT)},
        },
        "anyOf": [
            {"required": ["eligibility"], "properties": {"eligibility": {"minItems": 1}}},
            {
                "required": ["missing"],
                "properties": {"missing": {"contains": {"properties": {"key": {"const": "eligibility"}}, "required": ["key"]}}},
            },
        ],
    }


def _section(section: Section) -> Schema:
    table = _table(section)
    if section.either:
        return {"description": section.meaning, "anyOf": [table, {"type": "array", "items": table}]}
    return {"description": section.meaning, "type": "array", "items": table}


def _table(section: Section) -> Schema:
    table: Schema = {"type": "object", "properties": _properties(section), "additionalProperties": False}
    if needed := [key.name for key in section if key.required and key.name in NEEDED]:
        table["required"] = needed
    together = [{"required": list(pair)} for pair in combinations(section.choice, 2)]
    if together:
        table["not"] = {"anyOf": together}
    if section.key("share") and section.key("of") and section.choice:
        table["dependentRequired"] = {"share": ["of"], "of": ["share"]}
    return table


def _properties(section: Section) -> Schema:
    return {key.name: {"description": key.meaning, **_value(key)} for key in section}


def _value(key: Key) -> Schema:
    if key.kind in BOUNDS:
        low, high = BOUNDS[key.kind]
        whole = key.kind in ("year", "whole")
        least = {"exclusiveMinimum": 0} if key.kind == "months" else {"minimum": low}
        return {"type": "integer" if whole else "number", **least, "maximum": high}
    return _KINDS[key.kind](key)


def _text(key: Key) -> Schema:
    return {"type": "string", "pattern": r"\S", "maxLength": LONGEST_TEXT}


def _numbers(kind: str, known: tuple[str, ...] = ()) -> Schema:
    low, high = BOUNDS[kind]
    number = {"type": "number", "minimum": low, "maximum": high}
    table: Schema = {"type": "object", "minProperties": 1, "additionalProperties": number}
    return table | ({"propertyNames": {"enum": list(known)}} if known else {})


def _source(key: Key) -> Schema:
    parts = {
        "document": _text(key),
        "place": {"type": "string"},
        "url": _text(key),
        "on": _period(key),
        "verified": {"type": "boolean"},
    }
    text = _text(key) | {"pattern": r"^\s*[^\s,]"}
    return {"anyOf": [text, {"type": "object", "properties": parts, "required": ["document"], "additionalProperties": False}]}


def _period(key: Key) -> Schema:
    return {"anyOf": [_year(key), {"type": "string", "pattern": rf"^([0-9]{{4}}|{DAY})$"}]}


def _year(key: Key) -> Schema:
    return {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}


def _ages(key: Key) -> Schema:
    return {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": OLDEST}, "minItems": 2, "maxItems": 2}


def _bands(key: Key) -> Schema:
    return {
        "type": "array",
        "minItems": 1,
        "items": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    }


def _name(key: Key) -> Schema:
    return {
        "type": "object",
        "properties": {language: _text(key) for language in LANGUAGES},
        "required": ["en"],
        "additionalProperties": False,
    }


_KINDS: Mapping[str, Callable[[Key], Schema]] = {
    "key": lambda key: {"type": "string", "pattern": f"^{KEY}$"},
    "word": lambda key: {"type": "string", "pattern": f"^{WORD}$"},
    "text": _text,
    "truth": lambda key: {"type": "boolean"},
    "day": lambda key: {"anyOf": [{"type": "string", "format": "date", "pattern": f"^{DAY}$"}, _year(key)]},
    "period": _period,
    "currency": lambda key: {"type": "string", "enum": sorted(CURRENCIES)},
    "country": lambda key: {"type": "string", "enum": list(countries())},
    "code": lambda key: {"type": "string", "enum": list(codes_of(key))},
    "rule": _text,
    "rule_or_amount": lambda key: {"anyOf": [_text(key), {"type": "number", "minimum": 0, "maximum": BOUNDS["amount"][1]}]},
    "source": _source,
    "index": lambda key: {"anyOf": [{"type": "string", "enum": list(INDEXATIONS)}, _numbers("share", INDEXATIONS)]},
    "ages": _ages,
    "bands": _bands,
    "numbers": lambda key: _numbers("number"),
    "shares": lambda key: _numbers("share"),
    "name": _name,
}
