"""What the rows of a chain must say together: each finding once, at its sheet, row and column."""

from __future__ import annotations

import pytest

from socle import results
from tests.spec.books import book, change, impact, observed

TWO = observed((2022, "increase", 50), (2022, "increase", 40))
PROJECTS = [{"project": "P1"}, {"project": "P2"}]

CASES = {
    "sexes_exceed": ("error", "observations", 2, "persons", {"impacts": [impact(change="C")], "changes": [change("C")],
                     "observations": [{**TWO[0], "women": 30, "men": 30}]}),
    "sexes_do_not_add_up": ("warning", "outputs", 2, "persons", {"outputs": [
        {"output": "O", "on": 2022, "persons": 10, "women": 3, "men": 4}]}),
    "no_change": ("warning", "impacts", 2, "change", {"impacts": [impact()]}),
    "change_step": ("warning", "impacts", 2, "change", {"impacts": [impact(kind="legal_coverage", change="C")],
                    "changes": [change("C", step=3)]}),
    "change_country": ("warning", "impacts", 2, "change", {"impacts": [impact(change="C")], "changes": [change("C", "NPL")]}),
    "reason_missing": ("error", "observations", 3, "reason", {"impacts": [impact(change="C")], "changes": [change("C")],
                       "observations": [TWO[0], {**TWO[1], "supersedes": "I1"}]}),
    "supersedes_other_impact": ("error", "observations", 3, "supersedes", {
        "impacts": [impact(change="C"), impact("J", change="C")], "changes": [change("C")],
        "observations": [TWO[0], {**TWO[1], "impact": "J", "supersedes": "I1", "reason": "r"}]}),
    "supersedes_itself": ("error", "observations", 2, "supersedes", {"impacts": [impact(change="C")], "changes": [change("C")],
                          "observations": [{**TWO[0], "supersedes": "I1", "reason": "r"}]}),
    "superseded_twice": ("error", "observations", 4, "supersedes", {
        "impacts": [impact(change="C")], "changes": [change("C")],
        "observations": [TWO[0], {**TWO[1], "supersedes": "I1", "reason": "r"},
                         {**TWO[1], "observation": "I3", "supersedes": "I1", "reason": "r"}]}),
    "recorded_before": ("warning", "observations", 3, "supersedes", {
        "impacts": [impact(change="C")], "changes": [change("C")],
        "observations": [TWO[0], {**TWO[1], "supersedes": "I1", "reason": "r", "recorded_on": "2022-01-01"}]}),
    "households": ("warning", "observations", 2, "unit", {"impacts": [impact(change="C")], "changes": [change("C")],
                   "observations": [{**TWO[0], "unit": "households"}]}),
    "no_baseline": ("warning", "observations", 2, "measure", {"impacts": [impact(change="C")], "changes": [change("C")],
                    "observations": observed((2022, "level", 50))}),
    "level_falls": ("warning", "observations", 3, "persons", {"impacts": [impact(change="C")], "changes": [change("C")],
                    "observations": observed((2021, "baseline", 50), (2022, "level", 40))}),
    "shares_over_one": ("error", "contributions", 3, "share", {"changes": [change("C")], "projects": PROJECTS, "contributions": [
        {"change": "C", "project": "P1", "share": 0.7}, {"change": "C", "project": "P2", "share": 0.4}]}),
    "currency_missing": ("error", "funding", 2, "currency", {"partners": [{"partner": "D"}], "funding": [
        {"project": None, "partner": "D", "on": 2022, "amount": 5}]}),
    "counts": ("error", "targets", 2, "counts", {"targets": [{"phase": "P", "indicator": "step1", "counts": "persons", "target": 5}]}),
    "absurd": ("error", "targets", 2, "target", {"targets": [
        {"phase": "P", "indicator": "step1", "counts": "countries", "target": 5000}]}),
    "whole_number": ("error", "aggregates", 2, "value", {"aggregates": [
        {"phase": "P", "indicator": "step1", "start": "2021", "end": "2021", "counts": "changes", "value": "4.5"}]}),
    "outside_phases": ("warning", "changes", 2, "year", {"changes": [change("C", year=2019)]}),
    "undated": ("warning", "outputs", 2, "on", {"outputs": [{"output": "O", "kind": "knowledge"}]}),
    "outside_phase": ("warning", "aggregates", 2, "start", {"aggregates": [
        {"phase": "P", "indicator": "steps", "start": "2019", "end": "2021", "counts": "changes", "value": 3}]}),
    "aggregate_overlap": ("warning", "aggregates", 3, "start", {"aggregates": [
        {"phase": "P", "indicator": "steps", "start": "2021", "end": "2023", "counts": "changes", "value": 3},
        {"phase": "P", "indicator": "steps", "start": "2022", "end": "2022", "counts": "changes", "value": 1}]}),
    "unknown_address": ("error", "published", 2, "row", {"published": [{"table": "x", "row": "1", "column": "changes", "value": 1}]}),
    "published_year": ("error", "published", 2, "year", {"published": [
        {"table": "changes_by_step", "row": "1", "column": "changes", "value": 1, "year": "2019"}]}),
    "no_web_address": ("warning", "evidence", 2, "url", {
        "changes": [change("C")], "evidence": [{"evidence": "E", "record": "changes:C", "url": "see the annex"}]}),
    "unknown_record": ("warning", "evidence", 2, "record", {"evidence": [{"evidence": "E", "record": "changes:C9"}]}),
}


@pytest.mark.parametrize("code", CASES)
def test_each_finding_is_at_its_place(code):
    severity, sheet, row, column, sheets = CASES[code]
    [finding] = results.check(book(**sheets))
    assert (finding.severity, finding.sheet, finding.row, finding.column, finding.code) == (severity, sheet, row, column, code)
    assert finding.message.endswith(".")
    assert finding.remedy.endswith(".")


def test_shares_that_add_up_to_one_are_not_more_than_one():
    shares = [{"change": "C", "project": f"P{n}", "share": 0.1} for n in range(10)]
    assert results.check(book(changes=[change("C")], projects=[{"project": f"P{n}"} for n in range(10)], contributions=shares)) == []


def test_a_baseline_may_come_before_the_first_phase():
    sheets = {"changes": [change("C")], "impacts": [impact(change="C")],
              "observations": observed((2019, "baseline", 5), (2022, "level", 9))}
    assert results.check(book(**sheets)) == []


def test_a_chain_without_contradictions_has_no_findings():
    sheets = {"changes": [change("C")], "impacts": [impact(change="C")], "observations": observed((2022, "increase", 5))}
    assert results.check(book(**sheets)) == []
