"""The public JSON interface is as its pages of documentation say."""

from __future__ import annotations

import json
import re
import shlex

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from ninja import NinjaAPI

from socle_web.api.v1.urls import api as interface
from tests.contracts.interface import ROOT, description, load_made_up
from tests.contracts.partners import Partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def made_up():
    return load_made_up()


@pytest.fixture
def api(client):
    return lambda address, **asked: client.get(f"/api/v1/{address}", asked)


def test_the_reference_names_every_address_parameter_and_code():
    page = (ROOT / "docs/reference/api.md").read_text(encoding="utf-8")
    for path, item in description()["paths"].items():
        assert f"`{path.removeprefix('/api/v1')}`" in page, path
        section = page[page.index(f"`{path.removeprefix('/api/v1')}`"):].split("\n")[0]
        for parameter in (p for operation in item.values() for p in operation.get("parameters", ())):
            if parameter["in"] == "query" and parameter["name"] not in ("lang", "page", "limit"):
                assert f"`{parameter['name']}`" in section, (path, parameter["name"])
    for code in ("unknown_parameter", "repeated_parameter", "not_text", "missing", "not_a_number", "out_of_range", "too_long",
                 "unknown_code", "unknown_country", "input"):
        assert f"`{code}`" in page


@pytest.mark.parametrize("page", ["reference/api.md", "how-to/read-the-api.md"])
def test_what_the_documentation_asks_is_answered(made_up, client, page):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    found = re.findall(r"(?:https://socle\.example\.org/api/v1|\{site\})(/[^\s\"`']*)", text)
    asked = [f"/api/v1{address}" for address in found]
    assert len(asked) >= 10 or page.startswith("reference")
    for address in asked:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer["Content-Type"].startswith("text/html") or answer.json() not in ({}, {"count": 0, "next": None, "rows": []})
    for told in re.findall(r"```json\n(.*?)```", text, re.DOTALL):
        assert client.get("/api/v1/changes?year=20x4").json() == json.loads(told)


def test_what_the_documentation_writes_is_taken(made_up, settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path
    partner = Partner("owner", "XUT")
    page = (ROOT / "docs/how-to/write-through-the-api.md").read_text(encoding="utf-8")
    commands = [shlex.split(one.replace("\\\n", " ")) for one in re.findall(r"^curl (?:.*\\\n)*.*", page, re.MULTILINE)]
    assert len(commands) == 9
    made: list[int] = []  # the page writes of entries 1 and 2: the first and the second that it makes
    for words in commands:
        address = next(word for word in words if word.startswith("https://")).removeprefix("https://socle.example.org")
        address = re.sub(r"/entries/(\d+)", lambda told: f"/entries/{made[int(told[1]) - 1]}", address)
        method = words[words.index("-X") + 1] if "-X" in words else "GET"
        said = words[words.index("-d") + 1] if "-d" in words else ""
        headers = partner.headers | dict(word.split(": ") for word in words if word.startswith("Idempotency-Key"))
        if "-F" in words:
            file = SimpleUploadedFile("gazette-12.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "application/pdf")
            answer = partner.client.post(address, {"file": file}, headers=headers)
        else:
            answer = partner.client.generic(method, address, said, "application/json", headers=headers)
        assert answer.status_code in (200, 201), (words, answer.content)
        if address.endswith("/entries") and method == "POST":
            made.extend(one["entry"] for one in answer.json()["entries"])
        assert not [one for one in answer.json().get("findings", ()) if one["severity"] == "error" and "/check" not in address]


def test_addresses_are_found_by_name():
    assert reverse("api-v1:changes") == "/api/v1/changes"


def test_the_description_is_written_once_and_nobody_changes_it_for_others(monkeypatch):
    first = interface.get_openapi_schema()
    first["paths"].clear()
    monkeypatch.setattr(NinjaAPI, "get_openapi_schema", lambda *_given, **_named: pytest.fail("written again"))
    assert interface.get_openapi_schema()["paths"]
