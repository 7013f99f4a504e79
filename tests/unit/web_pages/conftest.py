"""A small programme in the database, with a little of everything; this file is also read where there is no Django."""

from __future__ import annotations

import pytest

from tests.spec import books

SHEETS = {
    "programme": [{"programme": "made-up", "name": "Floors for all", "summary": "A made-up programme.", "notice": "A notice."}],
    "sources": [{"document": "R1", "title": "A report", "on": "2025", "licence": "CC BY 4.0", "citation": "A report, 2025.",
                 "disclaimer": "This is an adaptation."}],
    "phases": [{"phase": "2", "title": "Second phase", "start": "2021", "end": "2025"}],
    "countries": [{"phase": "2", "country": "KEN", "role": "priority"}],
    "targets": [{"phase": "2", "indicator": "steps", "counts": "changes", "target": "4", "source": "R1"},
                {"phase": "2", "indicator": "people", "counts": "persons", "target": "10000", "source": "R1"}],
    "partners": [{"partner": "A", "name": "Agency <b>", "kind": "bilateral"}, {"partner": "B", "name": "Bank"}],
    "projects": [{"project": "P1", "title": "A project", "countries": "KEN", "start": "2021", "end": "2099"},
                 {"project": "P2", "title": "Another", "countries": "NPL", "end": "2022"}],
    "funding": [{"project": "P1", "partner": "A", "on": "2023", "amount": "1234567.50", "currency": "USD", "status": "received"},
                {"project": "P1", "partner": "B", "on": "2024", "currency": "USD", "status": "committed"}],
    "outputs": [{"output": "O1", "project": "P1", "country": "KEN", "on": "2023", "kind": "capacity_building", "persons": "40"}],
    "changes": [books.change("C1", year="2022", step="2", branches="old_age", themes="digital", projects="P1", title="A law",
                             summary="A plan <script>alert(1)</script>.", source="R1, Table 4"),
                books.change("C2", country="NPL", year="2024", step="3", partners="B", title="A register opened", source="R1")],
    "contributions": [{"change": "C1", "project": "P1", "share": 0.4}],
    "impacts": [books.impact("I1", change="C1", kind="legal_coverage", title="A grant", expected="9000", expected_on="2098"),
                books.impact("I2", country="NPL", change="C2", title="A register", scheme="A scheme"),
                books.impact("I3", change="C1", kind="access", title="A promise", expected="700", expected_on="2030")],
    "observations": [
        {"observation": "V1", "impact": "I1", "on": "2023", "measure": "increase", "persons": "4321", "source": "R1"},
        {"observation": "V2", "impact": "I1", "on": "2024", "measure": "increase", "persons": "99", "recorded_on": "2024"},
        {"observation": "V3", "impact": "I1", "on": "2024", "measure": "increase", "persons": "77", "supersedes": "V2",
         "reason": "counted twice", "recorded_on": "2025"},
        {"observation": "V4", "impact": "I2", "on": "2024", "measure": "increase", "persons": "600", "unit": "households"},
        {"observation": "V5", "impact": "I3", "on": "2024", "measure": "increase", "persons": "50", "status": "potential"}],
    "aggregates": [{"phase": "2", "indicator": "steps", "start": "2021", "end": "2021", "counts": "changes", "value": "9"}],
    "published": [{"table": "changes_by_step", "row": "all", "column": "changes", "value": "2", "source": "R1, Table 1"},
                  {"table": "impacts", "row": "legal_coverage/all", "column": "persons", "value": "5000", "source": "R1, Table 2"}],
    "evidence": [{"evidence": "E1", "record": "changes:C1", "title": "The law itself", "kind": "law", "url": "https://example.org/law"}],
    "ratifications": [{"country": "KEN", "convention": "C102", "source": "R1"}],
    "recommendations": [{"recommendation": "M1", "evaluation": "Mid-term", "title": "Do more"}],
    "actions": [{"action": "late", "recommendation": "M1", "title": "A late one", "due_on": "2024", "status": "ongoing"},
                {"action": "undated", "recommendation": "M1", "title": "An undated one"},
                {"action": "done", "recommendation": "M1", "title": "A done one", "due_on": "2023", "status": "done"}],
    "staff": [{"post": "HQ", "title": "Headquarters", "place": "headquarters", "contract": "regular_budget", "posts": "27"}],
    "left_out": [{"item": "L1", "country": "KEN", "on": "2024", "kind": "legal_coverage", "persons": "37500", "title": "A pilot",
                  "reason": "a subsidy that ends"}],
}


@pytest.fixture
def programme(db):
    """The programme, loaded as anybody would load it."""
    from socle_web.results import actions

    outcome = actions.load(books.parsed(**SHEETS), by="a tester", source="made-up")
    assert not outcome.refused, outcome.findings


@pytest.fixture
def read(client, programme):
    """``read("/countries/KEN/")``: the text of a page."""

    def get(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, f"{response.status_code} {address}"
        return response.content.decode()

    return get
