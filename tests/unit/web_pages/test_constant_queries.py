"""A page asks the database as often for fifty records as for five."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from socle_web.results import actions
from tests.spec import books

PAGES = ["/", "/results/", "/results/?list=impacts", "/results/?partner=A&country=KEN", "/results.csv", "/results.json?list=impacts",
         "/countries/", "/countries/KEN/", "/themes/", "/themes/digital/", "/partners/", "/partners/A/", "/projects/P/", "/changes/C1/",
         "/impacts/I1/", "/report/P/", "/report/P/2023/", "/reconciliation/", "/evaluation/", "/team/", "/search/?q=c", "/about/",
         "/why/?table=impacts&row=all/all&column=persons", "/why/?table=changes_by_step&row=all&column=changes",
         "/why/?record=observations:I11&column=persons", "/why/?record=outputs:O1&column=persons", "/why/?record=funding:P1/A/2022&column=amount",
         "/why/?record=contributions:C1/P&column=share", "/why/?list=changes&country=KEN", "/why/?list=impacts", "/why/?list=projects&partner=A",
         "/why/?list=countries", "/why/?list=staff", "/why/?list=actions", "/why/?list=published&verdict=differs"]


def load(first: int, last: int) -> None:
    numbers = range(first, last)
    outcome = actions.load(books.parsed(
        phases=books.PHASES,
        partners=[{"partner": "A"}, *({"partner": f"A{n}"} for n in numbers)],
        projects=[{"project": "P", "countries": "KEN"}, *({"project": f"P{n}", "countries": "KEN", "themes": "digital"} for n in numbers)],
        funding=[{"project": f"P{n}", "partner": "A", "on": str(2021 + n % 5), "amount": n, "currency": "USD"} for n in numbers],
        outputs=[{"output": f"O{n}", "project": "P", "country": "KEN", "on": "2023", "persons": n} for n in numbers],
        changes=[books.change(f"C{n}", year=str(2021 + n % 5), step=str(1 + n % 3), themes="digital", projects=f"P;P{n}",
                              partners="A", outputs=f"O{n}", source="R") for n in numbers],
        contributions=[{"change": f"C{n}", "project": "P", "share": 0.1} for n in numbers],
        impacts=[books.impact(f"I{n}", change=f"C{n}") for n in numbers],
        observations=[row for n in numbers for row in books.observed(*((str(year), "increase", 1) for year in range(2021, 2025)), key=f"I{n}")],
        evidence=[{"evidence": f"E{n}", "record": f"changes:C{n}", "title": "A law"} for n in numbers],
        ratifications=[{"country": "KEN", "convention": "C102"}],
        recommendations=[{"recommendation": f"R{n}"} for n in numbers],
        actions=[{"action": f"T{n}", "recommendation": f"R{n}", "due_on": "2022"} for n in numbers],
        staff=[{"post": f"S{n}", "country": "KEN"} for n in numbers],
        left_out=[{"item": f"L{n}", "country": "KEN", "on": "2023", "kind": "effective_coverage", "reason": "because"} for n in numbers],
        published=[{"table": "changes_by_step", "row": "all", "column": "changes", "value": n, "source": f"S{n}"} for n in numbers],
    ), by="a tester", source="made-up")
    assert not outcome.refused, outcome.findings


def asked(client, page: str) -> int:
    read(client, page)  # what is remembered until the records change is remembered by now
    with CaptureQueriesContext(connection, ) as queries:
        read(client, page)
    return len(queries)


def read(client, page: str) -> None:
    response = client.get(page)
    assert response.status_code == 200, page
    if response.streaming:
        b"".join(response)


@pytest.mark.django_db
def test_no_page_asks_more_often_for_more_records(client):
    load(0, 5)
    few = {page: asked(client, page) for page in PAGES}
    load(5, 50)
    many = {page: asked(client, page) for page in PAGES}
    assert many == few
    assert max(few.values()) <= 40, few
