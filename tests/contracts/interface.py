"""The JSON interface as its tests ask it: the made-up programme, an example for every parameter, and what is no good."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from django.test import Client

from socle import datasets
from socle_web.results import actions
from tests.unit.web_coverage.editions import national

ROOT = Path(__file__).parents[2]
MADE_UP = ROOT / "catalogue" / "programmes" / "made-up"
NAMED = {"country": "XUT", "project": "P1", "partner": "northland", "record": "changes:C02", "sheet": "budget", "name": "STEPS"}
ASKED = {
    "lang": "fr", "page": "1", "limit": "2", "country": "Utania", "region": "africa", "year": "2023", "step": "2", "branch": "old_age",
    "theme": "digital", "partner": "northland", "project": "P1", "change": "C05", "impact": "I02", "phase": "2",
    "measure": "level", "currency": "USD", "convention": "C102", "response": "accepted", "counts": "changes", "as_of": "2023-12-31",
    "edition": "xut-2025-03-01", "series": "SI_COV_PENSN", "family": "sdg", "sex": "total", "table": "impacts", "row": "all/all", "column": "persons",
}
KINDS = {"/partners": "bilateral", "/projects": "regular_budget", "/outputs": "capacity_building"}
STATUSES = {"/funding": "received", "/ratifications": "ratified"}
INDICATORS = {"/aggregates": "steps"}
RUBBISH = ["", " ", "nothing", "-1", "0", "999999999999999999999", "1e9", "é🙂", "'; DROP TABLE results_change; --", "%", "a/b", "..",
           "x" * 5000, "\x00", "a\x00b", "null", "[]", "{}", "{0}", "%s", "\ud7ff", "2024-13-45", "NaN", "٢٠٢٣"]


def load_made_up():
    """The made-up programme, loaded; its book."""
    parsed = datasets.read_book(MADE_UP)
    assert not actions.load(parsed, by="a tester", source="made-up").refused
    national()
    return parsed.book


def description():
    return Client().get("/api/v1/openapi.json").json()


def example(path, parameter):
    short = path.removeprefix("/api/v1")
    return {"kind": KINDS.get(short, "effective_coverage"), "status": STATUSES.get(short, "achieved"),
            "indicator": INDICATORS.get(short, "steps")}.get(parameter) or ASKED[parameter]


def by_token(item):
    """Whether an address is for other systems: tests/contracts/test_api_write.py."""
    return any("security" in operation for operation in item.values())


def addresses(document):
    """Of what is open to all: (path with names filled in, template, required parameters, other parameters)."""
    for path, item in document["paths"].items():
        if by_token(item):
            continue
        filled = re.sub(r"\{(\w+)\}", lambda name: NAMED[name[1]], path)
        asked = [p for p in item["get"].get("parameters", []) if p["in"] == "query"]
        required = {p["name"]: example(path, p["name"]) for p in asked if p["required"]}
        yield filled, path, required, [p["name"] for p in asked if not p["required"]]


def quoted(value):
    return quote(value, safe="")
