"""Random rules, well typed, and random persons and households with facts missing: for whoever reads a rule in a way of their own.

    @given(rules("truth"), persons(), days())                                   a person's condition
    @given(rules("number", unit="household"), households(), days())             a household's amount, with aggregates over members

Figures are small or multiples of a quarter, so that sums are exact in whatever order an engine adds; some lie on the edges that rules ask about.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from hypothesis import strategies as st

from socle.schemes.language import expressions as e
from socle.schemes.scheme import LookupTable
from socle.vocabulary import FACTS, Source

SOURCE = Source("A made-up act", "Article 1")
#: The tables that random rules look up.
TABLES = (
    LookupTable("accrual", date(1900, 1, 1), SOURCE, bands=((10.0, 0.5), (15.0, 0.75), (35.0, 1.25), (float("inf"), 2.0))),
    LookupTable("band", date(1900, 1, 1), SOURCE, bands=((5.0, 10.0), (70.0, 20.5))),
    LookupTable("zone", date(1900, 1, 1), SOURCE, codes={"urban": 1.0, "rural": 1.5}),
)

PERSON = {"number": ("age", "monthly_earnings", "previous_earnings", "contribution_months", "contribution_years", "disability_degree",
                     "pension_income", "months_since_childbirth"),
          "truth": ("disabled", "pregnant", "resident", "orphan", "lost_father", "lost_mother", "receives_pension", "works_formally"),
          "day": ("born", "delivered_on"), "code": ("sex", "contract")}
HOUSEHOLD = {"number": ("household_size", "rooms", "land_area"), "truth": ("owns_land", "electricity"), "day": (), "code": ("area", "region")}
COUNTRY = {"number": ("poverty_line", "minimum_wage"), "truth": (), "day": (), "code": ()}

NUMBERS = st.one_of(st.integers(0, 6).map(float), st.sampled_from([0.1, 0.25, 0.4, 0.5, 1.005, 12.0, 15.0, 18.0, 60.0, 65.0, 70.0, 120.0, 180.0]),
                    st.integers(0, 8000).map(lambda n: n / 4), st.integers(-40, -1).map(lambda n: n / 4))
ODD_DAYS = (date(1954, 2, 28), date(1954, 3, 1), date(2000, 2, 29), date(2004, 2, 29), date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 28),
            date(2024, 2, 29), date(1900, 3, 1))
CODES = {name: (*FACTS[name].codes,) or ("north", "south") for name in ("sex", "contract", "area", "region")}


def days() -> st.SearchStrategy[date]:
    """A day: often one where calendars trip."""
    return st.one_of(st.sampled_from(ODD_DAYS), st.dates(date(1900, 1, 1), date(2060, 12, 31)))


# -- rules

def rules(kind: str = "truth", *, unit: str = "person", depth: int = 4, aggregates: bool | None = None) -> st.SearchStrategy[e.Expression]:
    """A rule of ``kind`` (truth, number, day, code). ``aggregates`` over members: by default in rules of households only."""
    return _of(kind, depth, unit, unit == "household" if aggregates is None else aggregates)


@cache
def _of(kind: str, depth: int, scope: str, aggregates: bool) -> st.SearchStrategy[e.Expression]:
    if depth <= 1:
        return _alone(kind, scope)
    return st.one_of(_alone(kind, scope), *_GROWN[kind](depth - 1, scope, aggregates))


@cache
def _alone(kind: str, scope: str) -> st.SearchStrategy[e.Expression]:
    names = [*(PERSON[kind] if scope in ("person", "member") else ()), *HOUSEHOLD[kind], *COUNTRY[kind]]
    facts = [st.sampled_from(names).map(e.Fact)] * 3 if names else []
    literal: Mapping[str, st.SearchStrategy[e.Expression]] = {
        "number": NUMBERS.map(e.Number), "truth": st.booleans().map(e.Truth), "day": st.one_of(st.just(e.Today()), days().map(_day)),
        "code": st.sampled_from(["female", "male", "rural", "urban", "north"]).map(e.Word)}
    return st.one_of(*facts, literal[kind])


def _day(day: date) -> e.Day:
    return e.Day(10000 * day.year + 100 * day.month + day.day)


def _truths(depth: int, scope: str, aggregates: bool) -> list[st.SearchStrategy[e.Expression]]:
    truth = _of("truth", depth, scope, aggregates)
    number = _of("number", depth, scope, aggregates)
    ordered = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    several = st.lists(truth, min_size=2, max_size=3).map(tuple)
    found = [
        st.builds(e.Compare, ordered, number, number),
        st.builds(e.Compare, ordered, number, NUMBERS.map(e.Number)),
        st.builds(e.Compare, ordered, _of("day", depth, scope, aggregates), _of("day", depth, scope, aggregates)),
        st.builds(e.In, number, st.lists(NUMBERS.map(e.Number), min_size=1, max_size=3).map(tuple)),
        st.builds(e.And, several), st.builds(e.Or, several), st.builds(e.Not, truth), _choices("truth", depth, scope, aggregates),
        _codes(scope),
    ]
    if aggregates:
        found += [st.builds(e.Household, st.sampled_from(["any", "all"]), _of("truth", depth, "member", False), st.none())] * 2
    return found


@st.composite
def _codes(draw: st.DrawFn, scope: str) -> e.Expression:
    name = draw(st.sampled_from([*(PERSON["code"] if scope != "household" else ()), *HOUSEHOLD["code"]]))
    words = st.sampled_from(CODES[name]).map(e.Word)
    if draw(st.booleans()):
        return e.In(e.Fact(name), tuple(draw(st.lists(words, min_size=1, max_size=3))))
    return e.Compare(draw(st.sampled_from(["==", "!="])), e.Fact(name), draw(words))


def _numbers(depth: int, scope: str, aggregates: bool) -> list[st.SearchStrategy[e.Expression]]:
    number = _of("number", depth, scope, aggregates)
    day = _of("day", depth, scope, aggregates)
    decimals = st.integers(0, 3).map(float).map(e.Number)
    found = [
        st.builds(e.Arithmetic, st.sampled_from(["+", "-", "*", "/"]), number, number),
        st.builds(e.Negative, number),
        st.builds(e.Call, st.sampled_from(["min", "max"]), st.lists(number, min_size=2, max_size=3).map(tuple)),
        st.builds(e.Call, st.just("clip"), st.tuples(number, number, number)),
        st.builds(e.Call, st.sampled_from(["round", "abs", "floor"]), st.tuples(number)),
        st.builds(e.Call, st.just("round"), st.tuples(number, decimals)),
        st.builds(e.Call, st.sampled_from(["years", "months", "days"]), st.tuples(day, day)),
        _choices("number", depth, scope, aggregates),
        st.builds(e.Lookup, st.sampled_from(["accrual", "band"]), number),
        st.just(e.Lookup("zone", e.Fact("area"))),
    ]
    if aggregates:
        truth, each = _of("truth", depth, "member", False), _of("number", depth, "member", False)
        found += [st.builds(e.Household, st.just("count"), truth, st.none())] * 2
        found += [st.builds(e.Household, st.just("sum"), each, st.one_of(st.none(), truth))]
    return found


def _choices(kind: str, depth: int, scope: str, aggregates: bool) -> st.SearchStrategy[e.Expression]:
    answer = _of(kind, depth, scope, aggregates)
    return st.builds(e.Choice, _of("truth", depth, scope, aggregates), answer, answer)


def _days(depth: int, scope: str, aggregates: bool) -> list[st.SearchStrategy[e.Expression]]:
    return [_choices("day", depth, scope, aggregates)]


_GROWN = {"truth": _truths, "number": _numbers, "day": _days, "code": lambda depth, scope, aggregates: []}


# -- persons and households

_MONEY = st.one_of(st.sampled_from([0.0, 100.0, 150.0, 1000.0]), st.integers(0, 20_000).map(lambda n: n / 4))
_VALUES: Mapping[str, st.SearchStrategy[object]] = {
    "age": st.one_of(st.sampled_from([0, 17, 18, 59, 60, 64, 65, 69, 70, 120]), st.integers(0, 105)), "monthly_earnings": _MONEY,
    "previous_earnings": _MONEY, "contribution_months": st.one_of(st.sampled_from([0, 119, 120, 179, 180, 181]), st.integers(0, 500)),
    "contribution_years": st.integers(0, 160).map(lambda n: n / 4), "disability_degree": st.integers(0, 8).map(lambda n: n / 8),
    "pension_income": _MONEY, "months_since_childbirth": st.integers(0, 40), "born": st.dates(date(1920, 1, 1), date(2024, 2, 28)),
    "delivered_on": st.one_of(st.sampled_from([day for day in ODD_DAYS if day.year > 1990]), st.dates(date(2010, 1, 1), date(2024, 2, 28))),
    "land_area": st.integers(0, 40).map(lambda n: n / 4), "rooms": st.integers(0, 6), "household_size": st.integers(1, 9),
    "poverty_line": _MONEY, "minimum_wage": _MONEY,
    **{name: st.sampled_from(codes) for name, codes in CODES.items()},
}
#: Of what follows from others, either is given, never both: they could disagree.
_DERIVED = {"age": ("born",), "contribution_years": ("contribution_months",), "orphan": ("lost_father", "lost_mother"),
            "receives_pension": ("pension_income",), "months_since_childbirth": ("delivered_on",)}


@st.composite
def _facts(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, object]:
    found = {name: draw(_VALUES.get(name, st.booleans())) for name in names if draw(st.integers(0, 3))}
    for name, others in _DERIVED.items():
        if name in found and any(other in found for other in others):
            for gone in (others if draw(st.booleans()) else (name,)):
                found.pop(gone, None)
    return found


def _names(*groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(name for group in groups for names in group.values() for name in names)


def persons() -> st.SearchStrategy[dict[str, object]]:
    """The facts of one person, their household and country: a quarter missing."""
    return _facts(_names(PERSON, HOUSEHOLD, COUNTRY))


@st.composite
def households(draw: st.DrawFn) -> dict[str, object]:
    """The facts of one household and country, and its members, each with facts of their own; sometimes none is known (no ``members``)."""
    found = draw(_facts(tuple(name for name in _names(HOUSEHOLD, COUNTRY) if name != "household_size")))
    members = draw(st.lists(_facts(_names(PERSON)), max_size=4))
    if members or draw(st.booleans()):
        found["members"] = members
    elif draw(st.booleans()):
        found["household_size"] = draw(st.integers(1, 9))
    return found
