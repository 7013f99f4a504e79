"""The public JSON interface: everybody reads it, nobody writes, every address answers as it describes itself."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from socle import datasets, vocabulary
from socle.tables import PROGRAMME, Kind
from socle_web.audit.models import Event
from socle_web.results import actions
from tests.contracts.interface import MADE_UP, addresses, by_token, description, example, load_made_up, quoted
from tests.spec import books
from tests.unit.web_coverage import editions

pytestmark = pytest.mark.django_db


@pytest.fixture
def made_up():
    return load_made_up()


@pytest.fixture
def api(client):
    return lambda address, **asked: client.get(f"/api/v1/{address}", asked)


# what it describes

def test_every_address_answers_with_each_of_its_parameters(made_up, client):
    answered = 0
    for address, path, required, others in addresses(description()):
        assert client.get(address, required).status_code == 200, address
        for name in others:
            response = client.get(address, required | {name: example(path, name)})
            assert response.status_code == 200, (address, name, response.content)
            answered += 1
    assert answered > 80


def test_the_description_is_whole(made_up):
    document = description()
    assert document["openapi"].startswith("3.1")
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    assert all(list(item) == ["get"] for item in document["paths"].values() if not by_token(item))
    assert len({one["operationId"] for one in operations}) == len(operations)
    schemas = document["components"]["schemas"]
    referred = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert referred == set(schemas)
    for path, method, operation in ((path, *one) for path, item in document["paths"].items() for one in item.items()):
        asked = {p["name"]: p for p in operation.get("parameters", [])}
        assert {name for name, p in asked.items() if p["in"] == "path"} == set(re.findall(r"\{(\w+)\}", path))
        assert all(p.get("description") for p in asked.values() if p["in"] != "path"), path
        assert operation["description"]
        assert operation["summary"]
        done = {status for status in operation["responses"] if status < "300"}
        assert done in ({"200"}, {"201"})
        assert set(operation["responses"]) - done >= {"422"} | ({"401", "429"} if "security" in operation else set()), (path, method)
        assert method == "get" or "security" in operation, (path, method)


def test_every_shape_is_described_once_and_as_it_is(made_up, client):
    """Two shapes of one name would overwrite each other: what is answered has the fields that are described."""
    document = description()
    schemas = document["components"]["schemas"]

    def hold(value, schema, place):
        if "$ref" in schema:
            schema = schemas[schema["$ref"].rpartition("/")[2]]
        if "anyOf" in schema:
            schema = next((s for s in schema["anyOf"] if (s.get("type") == "null") == (value is None)), {})
            return hold(value, schema, place)
        kind = schema.get("type")
        expected = {"string": str, "integer": int, "number": (int, float), "array": list, "object": dict, "null": type(None),
                    "boolean": bool}[kind]
        assert isinstance(value, expected), (place, kind, value)
        if kind == "array":
            for one in value:
                hold(one, schema["items"], f"{place}[]")
        if kind == "object" and "properties" in schema:
            assert list(value) == list(schema["properties"]), place
            assert set(schema["required"]) == set(value)
            for name, one in value.items():
                hold(one, schema["properties"][name], f"{place}.{name}")
        return None

    for address, path, required, _others in addresses(document):
        answer = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        hold(client.get(address, required).json(), answer, address)


def test_the_page_to_read_needs_no_script_and_describes_every_address(made_up, client):
    page = client.get("/api/v1/")
    text = page.content.decode()
    assert page["Content-Type"].startswith("text/html")
    assert [word for word in ("<script", "style=", "//cdn") if word in text] == []
    for path in description()["paths"]:
        assert path in text
    anchors = set(re.findall(r'id="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= anchors
    assert "Made-up figures about made-up countries" in text


# who may do what

@pytest.mark.parametrize("person", ["owner", "colleague", "stranger"])
def test_everybody_reads_and_nobody_writes(made_up, person):
    client = Client(enforce_csrf_checks=True)
    if person != "stranger":
        client.force_login(get_user_model().objects.create_user(person, role="administrator" if person == "owner" else "contributor"))
    before = Event.objects.count()
    for address, _path, required, _others in addresses(description()):
        assert client.get(address, required).status_code == 200
        for method in ("post", "put", "patch", "delete", "trace"):
            response = getattr(client, method)(address)
            assert response.status_code == 405, (method, address)
            assert response["Allow"] == "GET, HEAD, OPTIONS"
            assert response.json()["message"]
    assert Event.objects.count() == before


def test_pages_of_other_sites_may_read(made_up, client):
    for response in (client.get("/api/v1/changes", headers={"Origin": "https://example.org"}), client.options("/api/v1/changes"),
                     client.get("/api/v1/nothing"), client.get("/api/v1/changes?year=x")):
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
    assert client.options("/api/v1/changes")["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_head_says_what_get_would_say_without_saying_it(made_up, client):
    asked, told = client.head("/api/v1/changes"), client.get("/api/v1/changes")
    assert asked.status_code == 200
    assert asked.content == b""
    assert asked["ETag"] == told["ETag"]


def test_the_licence_and_the_notice_go_with_every_answer(made_up, api):
    assert '</api/v1/about>; rel="license"' in api("changes")["Link"]
    about = api("about").json()
    assert about["notice"].startswith("Made-up figures")
    assert {source["citation"] for source in about["sources"]} == set(made_up["sources"]["citation"])
    assert about["licences"] == ["CC BY 4.0"]


def test_an_empty_database_answers_too(api):
    assert api("about").json() == {"programme": None, "notice": None, "licences": [], "sources": []}
    assert api("changes").json() == {"count": 0, "next": None, "rows": []}
    assert api("impacts").json()["rows"] == []
    assert api("report").status_code == 422


# the same until the records change

def test_what_did_not_change_is_not_sent_again(made_up, client):
    tag = client.get("/api/v1/changes")["ETag"]
    again = client.get("/api/v1/changes", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""
    assert client.get("/api/v1/changes?lang=fr", headers={"If-None-Match": tag}).status_code == 200
    assert client.get("/api/v1/changes", headers={"If-None-Match": tag, "Accept-Language": "fr"}).status_code == 200
    actions.load(books.parsed(phases=[{"phase": "3", "start": "2025", "end": "2026"}]), by="a tester", source="more")
    assert client.get("/api/v1/changes", headers={"If-None-Match": tag}).status_code == 200


def test_an_answer_may_be_kept_if_it_is_asked_about_again(made_up, api):
    kept = api("changes")["Cache-Control"]
    assert {"public", "no-cache"} <= set(kept.split(", "))
    assert "Cookie" not in api("changes")["Vary"]


# the words

@pytest.mark.parametrize(("asked", "accepted", "spoken"), [
    ("fr", "es", "fr"), (None, "es-MX,es;q=0.9,en;q=0.5", "es"), (None, "ja", "en"), (None, None, "en"), (None, "fr;q=0,es", "es"),
])
def test_labels_are_in_the_readers_language(made_up, client, asked, accepted, spoken):
    response = client.get("/api/v1/changes", {"lang": asked} if asked else {}, headers={"Accept-Language": accepted} if accepted else {})
    row = response.json()["rows"][0]
    assert response["Content-Language"] == spoken
    assert row["step_label"] == vocabulary.STEPS[row["step"]].label(spoken)
    assert "Accept-Language" in response["Vary"]


def test_every_list_of_codes_is_told(api):
    rows = api("vocabulary").json()["rows"]
    assert [row["name"] for row in rows] == list(vocabulary.code_lists())
    for name, codes in vocabulary.code_lists().items():
        told = api(f"vocabulary/{name}", lang="es").json()["rows"]
        assert [(row["code"], row["label"], row["label_fr"]) for row in told] == [
            (code, codes[code].label("es"), codes[code].label("fr")) for code in codes]


# the records

@pytest.mark.parametrize("folder", ["made-up", "building-spf-for-all"])
def test_every_sheet_is_told_as_it_was_written(api, folder):
    book = datasets.read_book(MADE_UP.parent / folder).book
    actions.load(book, by="a tester", source=folder)
    for sheet in PROGRAMME:
        told = api(f"sheets/{sheet.name}", limit=1000).json()
        expected = [{name: plain(sheet.column(name).kind, value) for name, value in row.items()} for row in book[sheet.name].rows()]
        assert told["count"] == len(expected)
        assert [{name: in_order(row[name]) for name in sheet.names} for row in told["rows"]] == expected, sheet.name


def plain(kind, value):
    if kind in (Kind.COUNTRIES, Kind.CODES, Kind.REFERENCES):
        return sorted(value or ())
    if kind is Kind.PERIOD:
        return value and value.text
    return float(value) if kind in (Kind.AMOUNT, Kind.NUMBER, Kind.SHARE) and value is not None else value


def in_order(value):
    return sorted(value) if isinstance(value, list) else value


@pytest.mark.parametrize("sheet", ["changes", "impacts", "observations", "outputs", "projects", "partners", "funding", "aggregates",
                                   "ratifications", "recommendations", "phases"])
def test_a_list_has_the_columns_of_its_sheet(made_up, api, sheet):
    rows = api(sheet, limit=1000).json()["rows"]
    assert len(rows) == len(made_up[sheet])
    assert all(set(PROGRAMME[sheet].names) <= set(row) for row in rows)
    assert all(row["origin"] == "imported" and row["record"].startswith(f"{sheet}:") for row in rows)


def test_every_record_behind_a_figure_can_be_opened(made_up, api):
    named = {record for rows in api("report").json()["tables"].values() for row in rows for record in row["records"]}
    assert len(named) > 40
    for record in named:
        told = api(f"records/{quoted(record)}")
        assert told.status_code == 200, record
        assert {row["record"] for row in told.json()["rows"]} == {record}


def test_a_record_comes_with_its_evidence_and_origin(made_up, api):
    told = api("records/budget:2/2024-12-31/Country work/required").json()
    assert [row["origin"] for row in told["rows"]] == ["imported"]
    assert told["rows"][0]["source"]
    assert [one["evidence"] for one in told["evidence"]] == ["E4"]


@pytest.mark.parametrize(("address", "asked"), [
    ("changes", {"country": "Utania", "step": "2"}), ("changes", {"theme": "digital"}), ("changes", {"branch": "family"}),
    ("changes", {"region": "africa"}), ("changes", {"country": "xut", "step": "3"}), ("impacts", {"kind": "access"}),
    ("impacts", {"country": "XUT", "branch": "old_age"}), ("impacts", {"change": "C05"}), ("observations", {"impact": "I02"}),
    ("observations", {"measure": "level", "status": "achieved"}), ("outputs", {"kind": "capacity_building", "country": "XUT"}),
    ("outputs", {"project": "P1"}), ("funding", {"partner": "northland", "status": "received"}), ("funding", {"currency": "EUR"}),
    ("projects", {"kind": "regular_budget"}), ("projects", {"country": "XWE"}), ("projects", {"theme": "digital"}),
    ("partners", {"kind": "foundation"}), ("aggregates", {"phase": "2", "counts": "changes"}), ("aggregates", {"indicator": "access"}),
    ("ratifications", {"convention": "C102", "status": "ratified"}), ("recommendations", {"response": "partly"}),
])
def test_filters_leave_the_rows_that_meet_them(made_up, api, address, asked):
    meant = {"country": {"Utania": "XUT", "xut": "XUT"}.get(asked.get("country"), asked.get("country"))}

    def meets(row):
        for name, value in (asked | {n: v for n, v in meant.items() if n in asked}).items():
            if name == "region":
                held = vocabulary.COUNTRIES[row["country"]].region
            else:
                held = row.get(name, row.get({"theme": "themes", "branch": "branches", "country": "countries"}.get(name)))
            if value not in (held if isinstance(held, list) else [held]):
                return False
        return True

    everything = api(address, limit=1000).json()["rows"]
    expected = [row for row in everything if meets(row)]
    found = api(address, limit=1000, **asked).json()
    assert 0 < len(expected) < len(everything)
    assert found["rows"] == expected
    assert found["count"] == len(expected)


def test_a_year_is_the_year_in_which_the_period_ends(made_up, api):
    assert {row["year"][:4] for row in api("changes", year=2023).json()["rows"]} == {"2023"}
    assert {row["on"][:4] for row in api("observations", year=2024).json()["rows"]} == {"2024"}


def test_a_country_says_what_is_recorded_about_it(made_up, api):
    row = api("countries/XUT").json()
    assert row["country_name"] == "Utania"
    assert row["changes"] == api("changes", country="XUT").json()["count"] == row["changes_step1"] + row["changes_step2"] + row["changes_step3"]
    assert row["impacts"] == api("impacts", country="XUT").json()["count"]
    assert [role["phase"] for role in row["phases"]] == ["1", "2"]


def test_a_real_country_has_its_codes(api):
    actions.load(books.parsed(changes=[books.change("C", country="Palestine")]), by="a tester", source="one")
    row = api("countries").json()["rows"][0]
    assert (row["country"], row["iso2"], row["m49"], row["region"]) == ("PSE", "PS", "275", "arab_states")
    assert api("countries/Palestine").json()["country"] == "PSE"
    assert api("countries/KEN").status_code == 404


def test_a_project_and_a_partner_lead_to_what_they_contributed_to(made_up, api, client):
    for address in ("projects/P1", "partners/northland", "countries/XUT"):
        for link in api(address).json()["links"].values():
            assert client.get(link).status_code == 200, link
    assert api("partners/northland").json()["changes"] == api("changes", partner="northland").json()["count"]


# lists

@pytest.mark.parametrize("sheet", ["changes", "observations", "countries", "sheets/countries", "impacts"])
def test_following_next_gives_every_row_once(made_up, client, api, sheet):
    rows, address = [], f"/api/v1/{sheet}?limit=3&lang=es"
    while address:
        page = client.get(address).json()
        assert len(page["rows"]) <= 3
        rows += page["rows"]
        address = page["next"]
    assert rows == api(sheet, limit=1000, lang="es").json()["rows"]
    assert len(rows) == page["count"]


def test_a_page_after_the_last_is_empty(made_up, api):
    assert api("changes", page=1_000_000, limit=1000).json() == {"count": 12, "next": None, "rows": []}


def test_a_row_is_flat_enough_for_a_table(made_up, api):
    nested = {"phases": {"targets"}, "countries": {"phases"}, "changes": {"contributions"}, "impacts": {"observations"},
              "recommendations": {"actions"}}
    for address in ("changes", "impacts", "observations", "outputs", "projects", "partners", "funding", "aggregates", "ratifications",
                    "recommendations", "countries", "phases", "sheets/budget", "sheets/staff"):
        for row in api(address).json()["rows"]:
            held = {name: value for name, value in row.items() if name not in nested.get(address, ())}
            assert all(not isinstance(value, dict) for value in held.values())
            assert all(isinstance(one, str) for value in held.values() if isinstance(value, list) for one in value)


def programme(times):
    return books.parsed(
        phases=books.PHASES,
        targets=[{"phase": "P", "indicator": "step1", "counts": counts, "target": 3} for counts in ("countries", "changes")],
        countries=[{"phase": "P", "country": code} for code in list(vocabulary.COUNTRIES)[:times]],
        partners=[{"partner": f"A{n}", "name": f"Partner {n}"} for n in range(times)],
        projects=[{"project": f"P{n}", "countries": "KEN;NPL", "themes": "culture"} for n in range(times)],
        funding=[{"project": f"P{n}", "partner": f"A{m}", "on": "2023", "amount": 5, "currency": "USD"}
                 for n in range(times) for m in (0, 1)],
        outputs=[{"output": f"O{n}", "project": f"P{n}", "country": "KEN", "on": "2022"} for n in range(times)],
        changes=[books.change(f"C{n}", partners="A0;A1", projects="P0;P1", outputs="O0;O1") for n in range(times)],
        contributions=[{"change": f"C{n}", "project": f"P{m}", "share": 0.3} for n in range(times) for m in (0, 1)],
        impacts=[books.impact(f"I{n}", change=f"C{n}") for n in range(times)],
        observations=[o for n in range(times) for o in [
            *books.observed(("2021", "increase", 10), ("2022", "level", 10 + n), key=f"I{n}"),
            *books.observed(("2023", "level", 20), ("2023", "level", 30), key=f"I{n}", supersedes=f"I{n}1", reason="wrong")[:0]]],
        ratifications=[{"country": code, "convention": "C102"} for code in list(vocabulary.COUNTRIES)[:times]],
        recommendations=[{"recommendation": f"R{n}"} for n in range(times)],
        actions=[{"action": f"T{n}{m}", "recommendation": f"R{n}"} for n in range(times) for m in (0, 1)],
        aggregates=[{"phase": "P", "indicator": "access", "start": str(2021 + n % 5), "end": str(2021 + n % 5), "counts": "persons",
                     "value": n, "currency": None} for n in range(min(times, 5))],
        evidence=[{"evidence": f"E{n}", "record": "changes:C1"} for n in range(times)],
        staff=[{"post": f"S{n}", "country": "KEN"} for n in range(times)],
    )


def brought(times):
    """The key of an edition with figures of so many countries."""
    rows = [f"SI_COV_PENSN,{code},2020,total,{n},100" for n, code in enumerate(list(vocabulary.COUNTRIES)[:times])]
    return editions.international(f"of-{times}", text="\n".join(["series,country,year,sex,value,weight", *rows])).key


def test_a_longer_programme_takes_no_more_queries(client):
    asked = {"/api/v1/countries/KEN": {}, "/api/v1/projects/P0": {}, "/api/v1/partners/A0": {}, "/api/v1/records/changes:C1": {},
             "/api/v1/why": {"table": "impacts", "row": "all/all", "column": "persons", "limit": 1000}}
    asked |= {path: {"limit": 1000} if any(p["name"] == "limit" for p in item["get"].get("parameters", ())) else {}
              for path, item in description()["paths"].items() if "{" not in path and path not in asked and not by_token(item)}
    asked |= {f"/api/v1/sheets/{sheet.name}": {"limit": 1000} for sheet in PROGRAMME}
    counts = []
    for times in (3, 30):
        asked["/api/v1/values"] = {"edition": brought(times), "limit": 1000}
        loaded = actions.load(programme(times), by="a tester", source="made-up")
        assert not loaded.refused, loaded.findings
        client.get("/api/v1/impacts", {"limit": 1000})  # the report is remembered
        counts.append({})
        for address, parameters in asked.items():
            with CaptureQueriesContext(connection) as context:
                assert client.get(address, parameters).status_code == 200, address
            counts[-1][address] = len(context)
    assert counts[0] == counts[1]
    assert max(counts[1].values()) <= 16, counts[1]
