"""Random schemes: conditions that hold together, tiers with rules, floors and caps, and assumptions for what age and sex do not give."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from socle.schemes import Assumption, Benefit, Eligibility, Rule, Scheme, expressions, written
from tests.properties.rules import CODES, PERSON, SOURCE, TABLES, rules
from tests.properties.tabled import adds_exactly

LONG_AGO = date(1900, 1, 1)
TRUTHS = PERSON["truth"]
NUMBERS = ("monthly_earnings", "previous_earnings", "contribution_months", "disability_degree", "pension_income", "poverty_line",
           "minimum_wage", "land_area", "rooms")


def rule(kind: str, unit: str, aggregates: bool, depth: int = 3) -> st.SearchStrategy[Rule]:
    return rules(kind, unit=unit, depth=depth, aggregates=aggregates).filter(adds_exactly).map(lambda found: Rule(written(found), found))


@st.composite
def tiers(draw: st.DrawFn, unit: str, aggregates: bool) -> Benefit:
    own: dict[str, object] = draw(st.one_of(
        st.integers(0, 2_000).map(lambda n: {"amount": n / 4}),
        st.integers(1, 8).map(lambda n: {"share": n / 8, "of": "poverty_line"}),
        rule("number", unit, aggregates).map(lambda found: {"formula": found})))
    maybe = st.one_of(st.none(), st.integers(0, 400).map(lambda n: Rule(str(n), expressions.Number(float(n)))))
    return Benefit(tier=str(draw(st.integers(0, 10_000))), since=LONG_AGO, source=SOURCE, per="month", currency="USD",
                   rule=draw(st.one_of(st.none(), rule("truth", unit, aggregates))), floor=draw(maybe), cap=draw(maybe), **own)


@st.composite
def made_schemes(draw: st.DrawFn, unit: str = "person", aggregates: bool = False) -> Scheme:
    """``aggregates``: the rules ask about the members of the household."""
    held = draw(st.lists(rule("truth", unit, aggregates), min_size=1, max_size=3))
    return Scheme("made-up", "XUT", {"en": "Made up"}, "old_age", None, False, unit, "Nobody", "USD",
                  eligibility=tuple(Eligibility(str(n), LONG_AGO, one, SOURCE) for n, one in enumerate(held)),
                  benefits=tuple(draw(st.lists(tiers(unit, aggregates), min_size=1, max_size=3, unique_by=lambda tier: tier.tier))), tables=TABLES)


@st.composite
def assumptions(draw: st.DrawFn) -> tuple[Assumption, ...]:
    """Of some facts, for some ages or one sex; shares in eighths."""
    found = []
    for name in draw(st.lists(st.sampled_from([*TRUTHS, *NUMBERS, "contract", "area"]), max_size=5, unique=True)):
        where = {"ages": draw(st.sampled_from([(0, 120), (60, 120), (15, 64)])), "sex": draw(st.sampled_from(["total", "total", "female"]))}
        if name in TRUTHS:
            found.append(Assumption(name, SOURCE, share=draw(st.integers(0, 8)) / 8, **where))
        elif name in NUMBERS:
            found.append(Assumption(name, SOURCE, value=draw(st.integers(0, 800)) / 4, **where))
        else:
            codes = draw(st.lists(st.sampled_from(CODES[name]), min_size=1, max_size=2, unique=True))
            found.append(Assumption(name, SOURCE, shares=dict.fromkeys(codes, 1 / len(codes)), **where))
    return tuple(found)
