"""Small schemes for the tests of costing: a rule, an amount, and what one changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from socle.schemes import Administration, Benefit, Eligibility, Index, Scheme, parse_rule
from socle.vocabulary import Source

MADE_UP = Source("Made up")
START = date(2020, 1, 1)


def eligible(rule, *, part="who", since=START, until=None):
    return Eligibility(part, since, parse_rule(rule), MADE_UP, until=until)


def benefit(**told):
    told = {"tier": "grant", "since": START, "source": MADE_UP, "per": "month"} | told
    if "amount" in told:
        told.setdefault("currency", "XUD")
    if isinstance(told.get("rule"), str):
        told["rule"] = parse_rule(told["rule"])
    for key in ("formula", "floor", "cap"):
        if isinstance(told.get(key), str):
            told[key] = parse_rule(told[key], expect="number")
    index = told.get("index")
    if isinstance(index, str):
        told["index"] = Index({index: 1.0})
    return Benefit(**told)


def scheme(rule="age >= 65", *benefits, id="grant", administration=0.1, of="benefits", **told):
    """Everyone of a rule gets 100 a month, unless benefits are given."""
    made = Scheme(id, "XUT", {"en": id.title()}, "old_age", "older_persons", False, "person", "", "XUD", eligibility=(eligible(rule),),
                  benefits=benefits or (benefit(amount=100.0),),
                  administration=() if administration is None else (Administration(administration, of, MADE_UP),))
    return replace(made, **told)
