"""The public JSON interface: its figures are the library's."""

from __future__ import annotations

import json
from datetime import date

import pytest

from socle import datasets, results, vocabulary
from socle_web.results import actions, queries
from tests.contracts.interface import MADE_UP, load_made_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def made_up():
    return load_made_up()


@pytest.fixture
def api(client):
    return lambda address, **asked: client.get(f"/api/v1/{address}", asked)


def without_rows(report):
    """A database has no row numbers."""
    return report | {"warnings": [finding | {"row": None} for finding in report["warnings"]]}


@pytest.mark.parametrize("folder", ["made-up", "building-spf-for-all"])
@pytest.mark.parametrize("asked", [{}, {"phase": "1"}, {"year": 2023}, {"country": "XUT"}, {"country": "MWI"},
                                   {"as_of": date(2023, 12, 31)}, {"phase": "2", "year": 2022, "as_of": date(2022, 12, 31)}],
                         ids=str)
def test_the_report_is_the_librarys(api, folder, asked):
    book = datasets.read_book(MADE_UP.parent / folder).book
    actions.load(book, by="a tester", source=folder)
    expected = results.report(results.Chain.of(book), **asked).as_dict()
    told = api("report", **{name: str(value) for name, value in asked.items()})
    assert told.content == json.dumps(told.json(), ensure_ascii=False).encode()
    assert told.json() == without_rows(json.loads(json.dumps(expected)))


def test_a_reports_warnings_are_in_the_language_of_each_reader(made_up, api):
    english, french = (api("report", lang=lang).json()["warnings"] for lang in ("en", "fr"))
    assert [finding["code"] for finding in english] == [finding["code"] for finding in french]
    assert all(one["message"] != other["message"] for one, other in zip(english, french, strict=True))


def test_a_partners_report_is_the_librarys(made_up, api):
    expected = results.report(results.Chain.of(made_up), partner="northland").as_dict()
    assert api("report", partner="northland").json() == without_rows(json.loads(json.dumps(expected)))


def test_why_takes_every_figure_apart(made_up, api):
    chain = results.Chain.of(made_up)
    report, asked = results.report(chain, year=2023), 0
    for name, rows in report.tables.items():
        spec = results.TABLES[name]
        for row in rows if name != "reconciliation" else ():
            for column in spec.figures:
                address = {"table": name, "row": "/".join(str(row[key] or "") for key in spec.keys), "column": column}
                expected = results.why(report, **address)
                told = api("why", year=2023, limit=1000, **address).json()
                assert told["value"] == expected.value
                assert [line["record"] for line in told["counted"]] == [line.record for line in expected.counted]
                left_out = results.why(queries.report(year=2023), **address).left_out
                assert [(line["record"], line["note"]) for line in told["left_out"]] == [(one.record, one.note) for one in left_out]
                asked += 1
    assert asked > 50


def test_the_lines_behind_a_figure_come_in_pages(made_up, client):
    asked = {"table": "impacts", "row": "all/all", "column": "persons"}
    whole = client.get("/api/v1/why", asked).json()
    counted, address = [], "/api/v1/why?table=impacts&row=all/all&column=persons&limit=3"
    while address:
        part = client.get(address).json()
        assert part["counted_count"] == len(whole["counted"])
        counted += part["counted"]
        address = part["next"]
    assert counted == whole["counted"]


def test_what_observations_add_is_what_the_report_counts(made_up, api):
    for phase in ("1", "2"):
        report = results.report(results.Chain.of(made_up), phase=phase)
        bounds = report.period
        rows = [o for i in api("impacts", limit=1000).json()["rows"] for o in i["observations"]
                if bounds.contains(vocabulary.Period.parse(o["on"]).end)]
        for status, column in (("achieved", "persons"), ("potential", "potential")):
            total = sum(o["adds"] or 0 for o in rows if o["status"] == status)
            assert total == (report.row("impacts", "all", "all")[column] or 0)
    assert {o["observation"]: o["adds"] for o in api("observations", limit=1000).json()["rows"]} == {
        o["observation"]: o["adds"] for i in api("impacts", limit=1000).json()["rows"] for o in i["observations"]}
