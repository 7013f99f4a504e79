"""Every figure of every public page can be asked why, and the answer is the same figure."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from socle import datasets
from socle_web.results import actions
from tests.contracts import figures
from tests.contracts.walking import walk

pytestmark = pytest.mark.django_db

PROGRAMMES = Path(__file__).parents[2] / "catalogue" / "programmes"
ANSWER = re.compile(r'<h1 class="answer">(.*?)</h1>', re.DOTALL)
#: Documents stand by themselves.
DOCUMENT = re.compile(r"\.(csv|docx|html|json|pdf|xlsx)$")
#: Pages that every walk has to meet, for the test to mean something.
MET = {"countries", "partners", "projects", "impacts", "changes", "report", "reconciliation", "team", "results", "themes", "why",
       "evaluation", "search"}
#: Of figures that are told alike, so many are followed to their answer.
FOLLOWED = 6


@pytest.fixture(params=["made-up", "building-spf-for-all"])
def site(request, client):
    actions.load(datasets.read_book(PROGRAMMES / request.param).book, by="a tester", source=request.param)
    return client


def test_every_figure_of_every_page_can_be_asked_why(site):
    met, told, followed = Counter(), [], {}
    for address, response, page in walk(site, start=("/", "/search/?q=social", "/results/?list=impacts", "/reconciliation/"),
                                        most_of_a_kind=60, unopened=DOCUMENT):
        if page is None or address.startswith("/api/") or "Content-Disposition" in response.headers:
            continue  # the interface says why by its own addresses
        assert response.status_code == 200, address
        kind = _kind(address)
        met[kind] += 1
        found = figures.Figures(response.content.decode())
        told += [f"{address}: {one}" for one in found.bare]
        told += [f"{address}: {text} leads to {to}" for to, text in found.asked if not figures.leads_to_why(to)]
        if kind != "why":  # there a row shows what it adds, and leads to what its record says
            for to, text in found.asked:
                followed.setdefault(_alike(to), {})[to] = text
    assert not told, "\n".join(sorted(set(told))[:40])
    assert set(met) >= MET, met
    wrong = []
    for some in followed.values():
        for to, text in list(some.items())[:FOLLOWED]:
            response = site.get(to)
            answer = ANSWER.search(response.content.decode()) if response.status_code == 200 else None
            if answer is None or answer[1] != text:
                wrong.append(f"{to}: {text}, answered {answer and answer[1]} ({response.status_code})")
    assert not wrong, "\n".join(wrong[:40])


def _kind(address: str) -> str:
    """The first word of an address, after the language."""
    return re.sub(r"^/(fr|es)(?=/)", "", urlsplit(address).path).strip("/").partition("/")[0]


def _alike(address: str) -> tuple[str, ...]:
    """What an address asks about, without saying of which row."""
    asked = parse_qs(urlsplit(address).query)
    return (asked.get("table", [""])[0], asked.get("list", [""])[0], asked.get("record", [""])[0].partition(":")[0],
            asked.get("column", [""])[0], *sorted(asked))
