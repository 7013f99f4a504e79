"""Totals without records, ambitions, money, and the reconciliation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from socle import results
from socle.errors import InputError
from tests.spec.books import book, chain, change, impact, observed


def aggregate(value, start="2021", end="2023", indicator="step2", counts="changes", **columns):
    return {"phase": "P", "indicator": indicator, "start": start, "end": end, "counts": counts, "value": value, **columns}


def target(indicator, counts, value):
    return {"phase": "P", "indicator": indicator, "counts": counts, "target": value}


CHANGES = [change("C1", year=2022), change("C2", "NPL", year=2023), change("C3", "NPL", year=2024)]


def test_a_published_total_counts_only_what_the_records_of_its_period_do_not():
    report = results.report(chain(changes=CHANGES, aggregates=[aggregate(30)]))
    row = report.row("changes_by_step", "2")
    assert (row["changes"], row["without_records"]) == (3, 28)
    years = {r["year"]: (r["changes"], r["without_records"]) for r in report.tables["changes_by_year"] if r["step"] == "2"}
    assert years == {"2021-2023": (0, 28), "2022": (1, 0), "2023": (1, 0), "2024": (1, 0)}


def test_a_published_total_inside_one_year_is_part_of_that_year():
    report = results.report(chain(changes=CHANGES, aggregates=[aggregate(5, "2023", "2023")]))
    assert report.row("changes_by_year", "2", "2023")["without_records"] == 4


def test_more_records_than_published_is_a_warning_and_never_below_zero():
    report = results.report(chain(changes=CHANGES, aggregates=[aggregate(1)]))
    assert report.row("changes_by_step", "2")["without_records"] == 0
    assert [f.code for f in report.warnings] == ["more_records_than_aggregate"]


def test_a_published_total_that_the_period_cuts_is_left_out_and_said():
    report = results.report(chain(changes=CHANGES, aggregates=[aggregate(30)]), year=2022)
    assert report.row("changes_by_step", "2")["without_records"] == 0
    assert [f.code for f in report.warnings] == ["aggregate_cut"]


def test_a_total_of_all_comes_before_those_of_its_parts():
    aggregates = [aggregate(10, indicator="legal_coverage", counts="persons"), aggregate(100, indicator="people", counts="persons"),
                  aggregate(7, "2024", "2024", indicator="adequacy", counts="persons")]
    report = results.report(chain(aggregates=aggregates))
    assert report.row("impacts", "all", "all")["without_records"] == 107
    assert report.row("impacts", "coverage_extension", "all")["without_records"] == 10


def test_a_part_that_lies_half_outside_its_whole_is_left_out_of_the_sum_and_that_is_said():
    aggregates = [aggregate(1000, "2021", "2021", "people", "persons"), aggregate(3000, "2021", "2022", "legal_coverage", "persons")]
    report = results.report(chain(aggregates=aggregates))
    assert report.row("impacts", "legal_coverage", "all")["without_records"] == 3000
    assert report.row("impacts", "all", "all")["without_records"] == 1000
    assert [(f.code, f.row) for f in report.warnings] == [("aggregate_overlap", 3)]


def test_countries_and_changes_at_a_step_are_different_figures():
    targets = [target("step2", "countries", 4), target("step2", "changes", 10)]
    report = results.report(chain(changes=CHANGES, targets=targets))
    figures = {r["counts"]: (r["achieved"], r["target"], r["share"]) for r in report.tables["targets"]}
    assert figures == {"countries": (2, 4, 0.5), "changes": (3, 10, 0.3)}
    assert report.row("changes_by_step", "2")["target_counts"] == "changes"


def test_the_total_of_a_target_adds_what_is_without_records():
    sheets = {"targets": [target("step2", "changes", 15)], "aggregates": [aggregate(28)], "changes": CHANGES}
    row = results.report(chain(**sheets)).row("targets", "step2", "changes")
    assert (row["achieved"], row["without_records"], row["total"], row["share"]) == (3, 26, 29, 29 / 15)


def test_a_report_on_one_country_counts_its_records_and_leaves_published_totals_out():
    report = results.report(chain(changes=CHANGES, aggregates=[aggregate(30)], targets=[target("step2", "changes", 9)]), country="Nepal")
    row = report.row("changes_by_step", "2")
    assert (row["changes"], row["without_records"], row["target"]) == (2, None, None)
    assert [f.code for f in report.warnings] == ["aggregates_left_out"]
    assert report.tables["targets"] == []


def test_a_report_on_a_partner_follows_the_money_to_changes_and_people():
    report = results.report(chain(
        partners=[{"partner": "D"}, {"partner": "E"}], projects=[{"project": "P1"}, {"project": "P2"}],
        funding=[{"project": "P1", "partner": "D", "on": 2022, "amount": 5, "currency": "USD"},
                 {"project": "P2", "partner": "E", "on": 2022, "amount": 7, "currency": "USD"}],
        changes=[change("C1", projects="P1"), change("C2", projects="P2"), change("C3")],
        contributions=[{"change": "C3", "project": "P1", "share": 0.5}],
        impacts=[impact("A", change="C3"), impact("B", change="C2")],
        observations=[*observed((2022, "increase", 10), key="A"), *observed((2022, "increase", 99), key="B")]), partner="D")
    assert report.row("changes_by_step", "2")["changes"] == 2
    assert report.row("impacts", "all", "all")["persons"] == 10
    assert [r["amount"] for r in report.tables["funding_by_year"]] == [5]


PARTNER = [{"partner": "D", "kind": "bilateral"}]


def grant(project=None, on="2022", amount=None, currency="USD", status="committed"):
    return {"project": project, "partner": "D", "on": on, "amount": amount, "currency": currency, "status": status}


def test_currencies_are_never_added_and_an_empty_amount_is_not_zero():
    report = results.report(chain(partners=PARTNER, funding=[grant(amount=5), grant(on="2023", amount=7, currency="EUR"), grant(on="2024")]))
    assert {(r["year"], r["currency"]): r["amount"] for r in report.tables["funding_by_year"]} == {
        ("2022", "USD"): 5, ("2023", "EUR"): 7, ("2024", "USD"): None}


def test_the_money_of_a_project_in_two_countries_is_not_divided_and_that_is_said():
    projects = [{"project": "A", "countries": "KEN;NPL"}, {"project": "B", "countries": "KEN"}]
    funding = [grant("A", amount=5), grant("B", amount=7), grant(on="2023", amount=9)]
    report = results.report(chain(partners=PARTNER, projects=projects, funding=funding), country="KEN")
    assert report.row("funding_by_year", "2022", "USD")["amount"] == 12
    assert [(f.code, f.value) for f in report.warnings] == [("funding_not_divided", "A")]


def test_the_gap_takes_committed_and_received_funding_up_to_the_day_and_never_pledges():
    budget = [{"phase": "P", "on": "2023-06-30", "line": "needs", "kind": "required", "amount": 100, "currency": "USD"},
              {"phase": "P", "on": "2023-06-30", "line": "own", "kind": "available", "amount": 10, "currency": "USD"}]
    funding = [grant(amount=20), grant(on="2023-01-01", amount=5, status="received"), grant(on="2023-02-01", amount=9, status="pledged"),
               grant(on="2024", amount=50), grant(on="2022-05-05", amount=3, currency="EUR")]
    row = results.report(chain(partners=PARTNER, budget=budget, funding=funding)).row("funding_gap", "2023-06-30", "USD")
    assert (row["required"], row["available"], row["mobilised"], row["gap"]) == (100, 10, 25, 65)


def test_a_mobilised_line_comes_before_the_grants():
    budget = [{"phase": "P", "on": "2023", "line": line, "kind": line, "amount": amount, "currency": "USD"}
              for line, amount in (("required", 100), ("mobilised", 40))]
    row = results.report(chain(partners=PARTNER, budget=budget, funding=[grant(amount=20)])).row("funding_gap", "2023", "USD")
    assert (row["available"], row["mobilised"], row["gap"]) == (None, 40, 60)


def test_each_figure_of_the_gap_is_explained_by_its_own_lines_in_its_own_currency():
    budget = [{"phase": "P", "on": "2023", "line": line, "kind": kind, "amount": amount, "currency": currency}
              for line, kind, amount, currency in (("needs", "required", 100, "USD"), ("needs", "required", 70, "EUR"),
                                                   ("own", "available", 30, "USD"))]
    report = results.report(chain(partners=PARTNER, budget=budget, funding=[grant(amount=20)]))
    explained = {(currency, column): [line.value for line in
                                      results.why(report, table="funding_gap", row=f"2023/{currency}", column=column).counted]
                 for currency in ("USD", "EUR") for column in ("required", "available", "mobilised", "gap")}
    assert explained == {("USD", "required"): [100], ("USD", "available"): [30], ("USD", "mobilised"): [20],
                         ("USD", "gap"): [100, 30, 20],
                         ("EUR", "required"): [70], ("EUR", "available"): [], ("EUR", "mobilised"): [], ("EUR", "gap"): [70]}


def test_an_unreported_budget_line_leaves_the_gap_unknown():
    budget = [{"phase": "P", "on": "2023", "line": line, "kind": line, "amount": amount, "currency": "USD"}
              for line, amount in (("required", 100), ("mobilised", None))]
    assert results.report(chain(budget=budget)).row("funding_gap", "2023", "USD")["gap"] is None


def test_published_figures_are_equal_differ_or_are_not_computed():
    published = [{"table": "changes_by_step", "row": "2", "column": "changes", "value": 3},
                 {"table": "changes_by_step", "row": "2", "column": "countries", "value": 5},
                 {"table": "impacts", "row": "all/all", "column": "persons", "value": 5},
                 {"table": "changes_by_year", "row": "2/2022-2023", "column": "changes", "value": 2},
                 {"table": "changes_by_step", "row": "2", "column": "changes", "value": 1, "year": "2024"}]
    report = results.report(chain(changes=CHANGES, published=published))
    assert [(r["computed"], r["difference"], r["verdict"]) for r in report.tables["reconciliation"]] == [
        (3, 0, "equal"), (2, -3, "differs"), (None, None, "not_computed"), (2, 0, "equal"), (1, 0, "equal")]


@pytest.mark.parametrize(("table", "row", "column"), [
    ("nothing", "1", "changes"), ("changes_by_step", "4", "changes"), ("changes_by_step", "1/2022", "changes"),
    ("changes_by_step", "1", "persons"), ("impacts", "effective_coverage/old", "persons"), ("country_results", "XXX/2022/1", "changes"),
    ("country_results", "KEN/2022/all", "changes"), ("changes_by_year", "2/1950", "changes"), ("changes_by_year", "2/2023-2021", "changes"),
    ("targets", "step2/persons", "achieved"), ("targets", "all/changes", "achieved"), ("funding_by_partner", "ZZ/USD", "amount"),
    ("funding_by_year", "2022/XXQ", "amount"),
])
def test_an_address_that_no_report_has_is_an_error(table, row, column):
    findings = results.check(book(published=[{"table": table, "row": row, "column": column, "value": 1}]))
    assert [(f.severity, f.sheet, f.row, f.code) for f in findings] == [("error", "published", 2, "unknown_address")]


def test_the_latest_phase_is_reported_on_unless_another_is_asked_for():
    phases = [{"phase": "new", "start": "2021", "end": "2025"}, {"phase": "old", "start": "2016", "end": "2020"}]
    assert results.report(chain(phases=phases)).phase == "new"
    assert results.report(chain(phases=phases), phase="old").period.start == date(2016, 1, 1)


@pytest.mark.parametrize("request_", [{"phase": "Q"}, {"year": 2019}, {"country": "Korea"}, {"partner": "nobody"}])
def test_what_is_not_there_is_said(request_):
    with pytest.raises(InputError) as error:
        results.report(chain(changes=CHANGES), **request_)
    assert error.value.findings[0].message
    assert error.value.findings[0].remedy


def test_the_report_is_json_of_the_names_it_promises():
    report = results.report(chain(changes=CHANGES, aggregates=[aggregate(30)])).as_dict()
    assert set(report) == {"phase", "period", "tables", "warnings"}
    assert report["period"] == {"start": "2021-01-01", "end": "2025-12-31"}
    for name, spec in results.TABLES.items():
        for row in report["tables"][name]:
            assert list(row) == [*spec.keys, *spec.columns, "records"]
    assert report["tables"]["changes_by_step"][1]["records"] == ["changes:C1", "changes:C2", "changes:C3",
                                                                 "aggregates:P/step2/2021/2023/changes"]


def test_new_projects_are_those_that_start_in_the_period():
    projects = [{"project": "A", "start": "2022-03-01"}, {"project": "B", "start": "2024"}]
    aggregates = [aggregate(9, "2022", "2022", "new_projects", "projects"), aggregate(50, "2022", "2022", "new_funding", "money", currency="USD")]
    report = results.report(chain(projects=projects, partners=PARTNER, funding=[grant(amount=20)], aggregates=aggregates))
    assert report.row("funding_by_year", "2022", None)["without_records"] == 8
    assert report.row("funding_by_year", "2022", None)["total"] == 9
    assert report.row("funding_by_year", "2022", "USD")["total"] == 50
    assert report.row("funding_by_year", "2022", "USD")["without_records"] == Decimal(30)


def test_a_total_of_countries_is_shown_where_a_target_counts_countries():
    total = [{"phase": "P", "indicator": "step1", "start": "2021", "end": "2021", "counts": "countries", "value": 3}]
    ambition = {"phase": "P", "indicator": "steps", "counts": "countries", "target": None}

    assert [f.code for f in results.check(book(aggregates=total))] == ["aggregate_not_shown"]
    assert results.check(book(aggregates=total), known={"targets": ["P/step1/countries"]}) == []
    assert results.check(book(aggregates=total, targets=[ambition])) == []
    (row,) = results.report(chain(aggregates=total, targets=[ambition])).tables["targets"]
    assert "aggregates:P/step1/2021/2021/countries" in row["records"]
