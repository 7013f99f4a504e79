"""A small programme whose words try to be markup."""

from __future__ import annotations

import pytest

from socle import reports
from socle.results import Chain, report
from socle.tables import PROGRAMME, RawSheet, parse

NASTY = '<script>alert("1")</script> #panic() $x^2$ @ref *bold* _it_ \\end [x] {y} `raw` // = head & "quotes"'
SHEETS = {
    "programme": [{"programme": "made-up", "name": f"Floors {NASTY}", "owner": "An office"}],
    "sources": [{"document": "R1", "title": "A report", "on": "2025", "licence": "CC BY 4.0", "citation": "A report, 2025.",
                 "disclaimer": "This is an adaptation."}],
    "phases": [{"phase": "2", "title": "Second phase", "start": "2021", "end": "2025"}],
    "countries": [{"phase": "2", "country": "KEN", "role": "priority"}],
    "targets": [{"phase": "2", "indicator": "step1", "counts": "countries", "target": "4", "source": "R1"},
                {"phase": "2", "indicator": "legal_coverage", "counts": "persons", "target": "1000", "source": "R1"},
                {"phase": "2", "indicator": "access", "counts": "persons", "target": "777", "source": "R1"}],
    "partners": [{"partner": "A", "name": "'=1+1", "kind": "bilateral"}, {"partner": "B", "name": "Bank", "kind": "development_bank"}],
    "projects": [{"project": "P1", "title": "A project"}],
    "funding": [{"project": "P1", "partner": "A", "on": "2023", "amount": "1234567.50", "currency": "USD", "status": "received"},
                {"project": "P1", "partner": "B", "on": "2024", "currency": "USD", "status": "committed"}],
    "outputs": [{"output": "O1", "project": "P1", "country": "KEN", "on": "2023", "kind": "capacity_building", "persons": "40"}],
    "changes": [{"change": "C1", "country": "KEN", "year": "2022", "step": "1", "branches": "old_age", "themes": "digital",
                 "title": f"Strategy {NASTY}", "summary": "A plan was adopted.", "source": "R1, Table 4"},
                {"change": "C2", "country": "NPL", "year": "2024", "step": "3", "title": "Register opened", "source": "R1"}],
    "impacts": [{"impact": "I1", "country": "KEN", "change": "C1", "kind": "legal_coverage", "branch": "old_age", "title": "Grant"},
                {"impact": "I2", "country": "KEN", "change": "C1", "kind": "legal_coverage", "branch": "several"},
                {"impact": "I3", "country": "NPL", "change": "C2", "kind": "effective_coverage", "branch": "family"}],
    "observations": [
        {"observation": "B1", "impact": "I1", "on": "2023", "measure": "increase", "persons": "4321", "source": "R1"},
        {"observation": "B2", "impact": "I2", "on": "2023", "measure": "increase", "persons": "55", "status": "potential"},
        {"observation": "B3", "impact": "I3", "on": "2024", "measure": "increase", "persons": "600", "unit": "households"},
        {"observation": "B4", "impact": "I2", "on": "2024", "measure": "increase"}],
    "aggregates": [{"phase": "2", "indicator": "steps", "start": "2021", "end": "2021", "counts": "changes", "value": "9"}],
    "published": [{"table": "changes_by_step", "row": "all", "column": "changes", "value": "2", "source": "R1, Table 1"},
                  {"table": "impacts", "row": "legal_coverage/all", "column": "persons", "value": "5000", "source": "R1, Table 2"}],
    "ratifications": [{"country": "KEN", "convention": "C102", "on": "2024", "source": "R1"}],
    "recommendations": [{"recommendation": "X1", "title": "Measure more", "response": "accepted", "on": "2023"}],
    "actions": [{"action": "Y1", "recommendation": "X1", "title": "Write a plan", "due_on": "2024"},
                {"action": "Y2", "recommendation": "X1", "title": "Hire someone"}],
    "staff": [{"post": "S1", "place": "field", "contract": "regular_budget", "posts": "3"}],
    "left_out": [{"item": "L1", "country": "NPL", "on": "2024", "persons": "99", "title": "A pilot", "reason": "A one-time subsidy."}],
}


def chain_of(sheets) -> Chain:
    raw = []
    for name, rows in sheets.items():
        header = list(dict.fromkeys(column for row in rows for column in row))
        raw.append(RawSheet(name, header, [[row.get(c) for c in header] for row in rows], range(2, len(rows) + 2)))
    parsed = parse(PROGRAMME, raw)
    assert not [f for f in parsed.findings if f.severity == "error"], parsed.findings
    return Chain.of(parsed.book)


@pytest.fixture(scope="session")
def chain():
    return chain_of(SHEETS)


@pytest.fixture(scope="session")
def made(chain):
    return report(chain)


@pytest.fixture(scope="session")
def paper(made, chain):
    return reports.document(made, chain)
