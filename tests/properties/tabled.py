"""Persons and households as a table, and what two readings of the same rules say of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import ibis
import pyarrow as pa

from socle.entitlements import evaluate, evaluate_rows
from socle.schemes import children_of, expressions, written
from socle.vocabulary import FACTS
from tests.properties.rules import TABLES

Facts = Mapping[str, object]
DTYPES = {"number": "float64", "truth": "boolean", "day": "int64", "code": "string"}


def of_persons(persons: Sequence[Facts]) -> ibis.Table:
    """One row a person, numbered; a fact that none of them has is no column."""
    return _table([{"row": number, **facts} for number, facts in enumerate(persons)])


def of_households(households: Sequence[Facts]) -> ibis.Table:
    """One row a member. Where the members are not known, one row that says of no household."""
    rows: list[dict[str, object]] = []
    for number, facts in enumerate(households):
        own = {name: value for name, value in facts.items() if name != "members"}
        members = facts.get("members")
        lives_in = {"row": number, "household": number if isinstance(members, list) else None}
        rows += [{**own, **(member if isinstance(member, dict) else {}), **lives_in}
                 for member in (members if isinstance(members, list) else [{}])]
    return _table(rows, household="int64")


def of_members(households: Sequence[Facts]) -> tuple[list[Facts], ibis.Table]:
    """Every member as a person who is asked about, with whom they live; and the table with one row each."""
    people: list[dict[str, object]] = []
    rows: list[dict[str, object]] = []
    for number, facts in enumerate(households):
        members = facts.get("members")
        for member in members if isinstance(members, list) else []:
            people.append({**facts, **member})
            rows.append({**{name: value for name, value in facts.items() if name != "members"}, **member, "row": len(rows), "household": number})
    return people, _table(rows, household="int64")


def _table(rows: Sequence[Mapping[str, object]], **always: str) -> ibis.Table:
    names = dict.fromkeys(name for row in rows for name in row if name not in always and name != "row")
    schema = {"row": "int64", **always, **{name: _dtype(name, rows) for name in names}}
    columns = {name: pa.array([_plain(row.get(name), dtype) for row in rows]) for name, dtype in schema.items()}
    return ibis.memtable(pa.table(columns), schema=schema)


def _dtype(name: str, rows: Iterable[Mapping[str, object]]) -> str:
    """Numbers that are all whole are a column of whole numbers: engines divide those differently."""
    kind = FACTS[name].type
    whole = kind == "number" and all(isinstance(row.get(name, 0), int) for row in rows)
    return "int64" if whole else DTYPES[kind]


def _plain(value: object, dtype: str) -> object:
    if isinstance(value, date):
        return 10_000 * value.year + 100 * value.month + value.day
    return float(value) if dtype == "float64" and isinstance(value, int | float) else value


def by_rows(engine: Any, rules: Sequence[expressions.Expression], table: ibis.Table, on: date,
            tables: Iterable[Any] = TABLES) -> list[tuple[int, list[object]]]:
    """What the engine answers: of each row its number and the answer of each rule; unknown is None."""
    named = {f"rule{number}": rule for number, rule in enumerate(rules)}
    answer = engine.to_pyarrow(evaluate_rows(named, table, on=on, tables=tables).select("row", *named)).to_pylist()
    return [(row["row"], [_known(row[name]) for name in named]) for row in answer]


def _known(value: object) -> object:
    return None if isinstance(value, float) and math.isnan(value) else value


def hold_equal(engines: Iterable[Any], rules: Sequence[expressions.Expression], subjects: Sequence[Facts], table: ibis.Table,
               on: date) -> None:
    """The rows say of each person or household what the first reading says, on every engine."""
    said = [[evaluate(rule, facts, on=on, tables=TABLES) for rule in rules] for facts in subjects]
    for engine in engines:
        rows = by_rows(engine, rules, table, on)
        assert {row for row, _ in rows} == {n for n, facts in enumerate(subjects) if facts.get("members") != []}
        for row, answers in rows:
            for rule, expected, answer in zip(rules, said[row], answers, strict=True):
                assert answer == expected, (
                    f"{engine.name}: {written(rule)} of {subjects[row]} on {on} is {answer}, and should be {expected}")


def adds_exactly(rule: expressions.Expression, *, within: bool = False) -> bool:
    """Whether every sum in a rule is one of quarters and eighths, which doubles add exactly in any order."""
    match rule:
        case expressions.Household("sum"):
            return all(adds_exactly(part, within=True) for part in children_of(rule))
        case expressions.Number(value):
            return not within or (value * 8).is_integer()
        case expressions.Arithmetic("/") | expressions.Call("round") if within:
            return False
        case expressions.Fact("contribution_years") if within:
            return False
    return all(adds_exactly(part, within=within) for part in children_of(rule))
