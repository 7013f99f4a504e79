"""Schemes of a made-up country, built in memory."""

from __future__ import annotations

from datetime import date

from socle import schemes
from socle.vocabulary import Source

BEGIN = date(2000, 1, 1)
ON = date(2024, 2, 28)


def source(place):
    return Source("Pension Act of Utania", place)


def rule(text, expect="truth", tables=()):
    return schemes.parse_rule(text, expect=expect, tables=tables)


def entry(text, *, part="", since=BEGIN, article="s. 1", until=None, tables=()):
    return schemes.Eligibility(part or text, since, rule(text, tables=tables), source(article), article, until)


def tier(name="base", *, since=BEGIN, per="month", formula=None, where=None, floor=None, cap=None, tables=(), **what):
    number = {key: rule(text, "number", tables) for key, text in (("formula", formula), ("floor", floor), ("cap", cap)) if text}
    return schemes.Benefit(name, since, source("s. 2"), per, rule=rule(where, tables=tables) if where else None, article="s. 2", **number, **what)


def scheme(*parts, unit="person", currency="USD", **more):
    return schemes.Scheme(
        "pension", "XUT", {"en": "Pension"}, "old_age", "older_persons", False, unit, "Institute", currency,
        eligibility=tuple(part for part in parts if isinstance(part, schemes.Eligibility)),
        benefits=tuple(part for part in parts if isinstance(part, schemes.Benefit)), **more)
