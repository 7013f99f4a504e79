"""A scheme over a table: what a column may hold, what is missing, who lives together."""

from __future__ import annotations

import math
from datetime import date

import ibis
import pytest

from socle import entitlements, schemes
from socle.errors import InputError
from tests.unit.entitlements.schemes_of_utania import ON, entry, scheme, tier


def rows(engine, rule, people, *, schema=None, **more):
    expression = schemes.parse_rule(rule, **({"tables": more["tables"]} if "tables" in more else {})).expression
    table = ibis.memtable([{"n": n, **person} for n, person in enumerate(people)], schema={"n": "int64", **schema} if schema else None)
    answer = engine.to_pyarrow(entitlements.evaluate_rows({"answer": expression}, table, on=ON, **more).select("n", "answer"))
    return [row["answer"] for row in sorted(answer.to_pylist(), key=lambda row: row["n"])]


@pytest.fixture(scope="module")
def duckdb():
    return ibis.duckdb.connect()


def test_a_column_that_the_table_lacks_is_unknown_in_every_row(duckdb):
    assert rows(duckdb, "age >= 60 and resident", [{"age": 70}, {"age": 50}]) == [None, False]


def test_what_is_not_a_number_is_unknown(duckdb):
    assert rows(duckdb, "monthly_earnings < 100", [{"monthly_earnings": math.nan}, {"monthly_earnings": 1.0}],
                schema={"monthly_earnings": "float64"}) == [None, True]


def test_a_day_may_be_a_date_or_a_whole_number(duckdb):
    days = [date(1954, 3, 1), date(1954, 2, 28)]
    assert rows(duckdb, "age", [{"born": day} for day in days]) == [69.0, 70.0]
    assert rows(duckdb, "age", [{"born": 19540301}, {"born": 19540228}]) == [69.0, 70.0]


def test_a_truth_may_be_a_whole_number_as_sqlite_keeps_it():
    assert rows(ibis.sqlite.connect(), "disabled", [{"disabled": 0}, {"disabled": 1}, {"disabled": None}],
                schema={"disabled": "int64"}) == [False, True, None]


def test_a_fact_that_a_row_lacks_is_what_it_follows_from(duckdb):
    people = [{"age": 20, "born": 19540228}, {"age": None, "born": 19540228}, {"age": None, "born": None}]
    assert rows(duckdb, "age", people, schema={"age": "int64", "born": "int64"}) == [20.0, 70.0, None]


def test_a_column_goes_before_a_fact_of_all_rows(duckdb):
    people = [{"poverty_line": 50.0}]
    assert rows(duckdb, "poverty_line + minimum_wage", people, facts={"poverty_line": 1.0, "minimum_wage": 2.0}) == [52.0]


def test_a_column_of_text_where_a_number_is_asked_is_told(duckdb):
    with pytest.raises(InputError) as told:
        rows(duckdb, "age >= 60", [{"age": "seventy"}])
    assert told.value.findings[0].column == "age"


def test_who_belongs_to_no_household_has_no_members(duckdb):
    people = [{"household": 1, "age": 5}, {"household": 1, "age": 50}, {"household": None, "age": 7}, {"household": None, "age": 8}]
    schema = {"household": "int64", "age": "int64"}
    assert rows(duckdb, "count(members, true)", people, schema=schema) == [2.0, 2.0, None, None]
    assert rows(duckdb, "sum(members, age)", people, schema=schema) == [55.0, 55.0, None, None]
    assert rows(duckdb, "any(members, age < 6)", people, schema=schema) == [True, True, None, None]


def test_without_a_column_of_households_what_members_are_asked_is_unknown(duckdb):
    assert rows(duckdb, "count(members, age < 18)", [{"age": 5}]) == [None]


def test_what_is_asked_of_members_may_be_asked_of_members_itself(duckdb):
    people = [{"household": 1, "age": age, "disabled": age == 40} for age in (5, 10, 40)] + [{"household": 2, "age": 5, "disabled": True}]
    assert rows(duckdb, "count(members, disabled and household_size > 2)", people) == [1.0, 1.0, 1.0, 0.0]


def test_one_expression_cannot_go_over_the_members_twice_and_says_so():
    table = ibis.table({"household": "int64", "age": "int64"}, name="persons")
    twice = schemes.parse_rule("count(members, household_size > 2)").expression
    with pytest.raises(InputError, match="evaluate_rows"):
        entitlements.row_expression(twice, table, on=ON)


def test_a_rule_selects_rows_as_an_expression(duckdb):
    table = ibis.memtable({"age": [59, 60, None]}, schema={"age": "int64"})
    old = entitlements.row_expression(schemes.parse_rule("age >= 60").expression, table, on=ON)
    assert duckdb.to_pyarrow(table.filter(old)).to_pylist() == [{"age": 60}]


def test_a_rule_too_long_to_be_one_expression_is_refused_and_passes_read_it(duckdb):
    text = "age"
    for _ in range(20):
        text = f"round({text} - 0.3, 2)"
    with pytest.raises(InputError, match="evaluate_rows"):
        entitlements.row_expression(schemes.parse_rule(text).expression, ibis.table({"age": "int64"}, name="persons"), on=ON)
    assert rows(duckdb, text, [{"age": 100}]) == [entitlements.evaluate(schemes.parse_rule(text).expression, {"age": 100}, on=ON)]


def test_only_the_entitled_have_an_amount(duckdb):
    made = scheme(entry("age >= 60"), tier(formula="0.1 * monthly_earnings"))
    table = ibis.memtable({"age": [70, 70, 20, None], "monthly_earnings": [1234.56, None, 1.0, 1.0]},
                          schema={"age": "int64", "monthly_earnings": "float64"})
    answer = duckdb.to_pyarrow(entitlements.judge_rows(made, table, on=ON)).to_pylist()
    assert {(row["age"], row["monthly_earnings"], row["entitled"], row["amount"]) for row in answer} == {
        (70, 1234.56, True, 123.46), (70, None, True, None), (20, 1.0, False, None), (None, 1.0, None, None)}


def test_the_columns_of_the_table_stay_and_no_other_is_left_behind():
    made = scheme(entry("age >= 60"), tier(formula="min(0.1 * monthly_earnings, 50) + count(members, age < 18)"))
    table = ibis.table({"age": "int64", "household": "int64", "monthly_earnings": "float64"}, name="persons")
    answer = entitlements.judge_rows(made, table, on=ON)
    assert dict(answer.schema().items()) == {**dict(table.schema().items()), "entitled": ibis.dtype("boolean"), "amount": ibis.dtype("float64")}


def test_members_who_are_not_entitled_themselves_still_count_for_who_is(duckdb):
    made = scheme(entry("age >= 60"), tier(formula="sum(members, round(round(0.3 * income - 7, 1) + 0.125 * income * income - 3 * income + 1, 2))"))
    table = ibis.memtable({"household": [1, 1], "age": [70, 20], "income": [100.0, 333.0]})
    answer = duckdb.to_pyarrow(entitlements.judge_rows(made, table, on=ON).filter(ibis._.age == 70)).to_pylist()
    home = {"age": 70, "members": [{"age": 70, "income": 100.0}, {"age": 20, "income": 333.0}]}
    expected = entitlements.evaluate(entitlements.promise(made, on=ON).amount, home, on=ON)
    assert [(row["entitled"], row["amount"]) for row in answer] == [(True, pytest.approx(expected))]
