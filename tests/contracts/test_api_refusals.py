"""What the JSON interface says when something is wrong: a sentence, every finding at once, never a traceback."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socle_web.results import queries
from tests.contracts.interface import ROOT, RUBBISH, addresses, description, load_made_up, quoted

API = ROOT / "socle_web" / "api"
pytestmark = pytest.mark.django_db


@pytest.fixture
def made_up():
    return load_made_up()


@pytest.fixture
def api(client):
    return lambda address, **asked: client.get(f"/api/v1/{address}", asked)


@pytest.mark.parametrize("address", ["nothing", "changes/", "changes/C01", "countries/XXX", "countries/Korea", "countries/KEN", "partners/x",
                                     "projects/x", "records/x", "records/changes:x", "records/nothing:C01", "sheets/x", "vocabulary/x",
                                     "openapi.yaml"])
def test_what_does_not_exist_is_a_sentence(made_up, api, address):
    response = api(address)
    told = response.json()
    assert response.status_code == 404
    assert set(told) == {"message", "findings"}
    assert re.match(r"[A-Z“].*[.?]$", told["message"])


def test_everything_that_is_wrong_is_told_at_once(made_up, api):
    response = api("changes", country="Kenyaa", year="20x3", step="4", theme="pensions", partner="GIZ", limit="5000", limt="5", lang="de")
    told = response.json()
    assert response.status_code == 422
    assert {(one["where"]["parameter"], one["code"]) for one in told["findings"]} == {
        ("country", "unknown_country"), ("year", "not_a_number"), ("step", "unknown_code"), ("theme", "unknown_code"),
        ("partner", "input"), ("limit", "out_of_range"), ("limt", "unknown_parameter"), ("lang", "unknown_code")}
    assert all(set(one) == {"what", "where", "remedy", "code"} and one["what"] and one["remedy"] for one in told["findings"])
    assert "Kenya" in next(one["remedy"] for one in told["findings"] if one["where"]["parameter"] == "country")


@pytest.mark.parametrize(("address", "code", "where"), [
    ("changes?country=KEN&country=MWI", "repeated_parameter", {"parameter": "country", "value": "KEN, MWI"}),
    ("changes?country=K%00", "not_text", {"parameter": "country", "value": "K␀"}),
    ("why?row=all/all&column=persons", "missing", {"parameter": "table"}),
    ("report?as_of=31/12/2023", "input", {"parameter": "as_of", "value": "31/12/2023"}),
    ("report?phase=9", "input", {"sheet": "phases", "value": "9"}),
    ("report?year=2031", "input", {"sheet": "phases", "value": "2031"}),
    ("report?partner=nobody", "input", {"sheet": "partners", "value": "nobody"}),
    ("why?table=impacts&row=all/x&column=persons", "input", {"sheet": "impacts", "value": "all/x"}),
    ("changes?page=0", "out_of_range", {"parameter": "page", "value": "0"}),
])
def test_a_finding_says_what_where_and_how_to_mend_it(made_up, client, address, code, where):
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 422
    finding = response.json()["findings"][0]
    assert (finding["code"], finding["where"]) == (code, where)
    assert finding["what"].endswith(".")
    assert finding["remedy"]


@pytest.mark.parametrize("lang", ["fr", "es"])
def test_what_is_wrong_is_said_in_the_readers_language(made_up, client, lang):
    for address in ("nothing", "changes?foo=1&year=x&limit=0&country=XX&step=9", "partners/x", "records/x", "sheets/x",
                    "why?table=x", "changes?year=1&year=2", f"changes?region={'x' * 300}"):
        here = {"Accept-Language": lang}
        english, other = client.get(f"/api/v1/{address}").json(), client.get(f"/api/v1/{address}", headers=here).json()
        assert other["message"] != english["message"]
        for one, two in zip(english["findings"], other["findings"], strict=True):
            assert one["what"] != two["what"]
            assert one["remedy"] != two["remedy"]
    assert client.post("/api/v1/changes", headers={"Accept-Language": lang}).json()["message"] != client.post("/api/v1/changes").json()["message"]


def test_a_defect_shows_no_traceback(made_up, client, monkeypatch):
    def broken(**_asked):
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(queries, "changes", broken)
    client.raise_request_exception = False
    response = client.get("/api/v1/changes")
    assert response.status_code == 500
    assert b"secret" not in response.content
    assert b"Traceback" not in response.content


@pytest.mark.parametrize("value", RUBBISH, ids=range(len(RUBBISH)))
def test_rubbish_is_refused_or_finds_nothing_and_never_breaks(made_up, client, value):
    client.raise_request_exception = False
    for address, path, required, others in addresses(description()):
        for name in (*required, *others, "no_such_parameter"):
            response = client.get(address, required | {name: value})
            assert response.status_code in (200, 404, 422), (address, name, value, response.status_code)
            assert response.status_code == 422 or name != "no_such_parameter"
            response.json()
        if "{" in path:
            assert client.get(path[: path.index("{")] + quoted(value)).status_code in (200, 404), (path, value)


ANYTHING = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(RUBBISH) | st.integers().map(str)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_that_is_asked_breaks_it(made_up, data):
    client = Client(raise_request_exception=False)
    _address, path, required, others = data.draw(st.sampled_from(list(addresses(description()))))
    asked = data.draw(st.dictionaries(st.sampled_from([*required, *others]) | ANYTHING, ANYTHING, max_size=4))
    address = re.sub(r"\{\w+\}", lambda _name: quoted(data.draw(ANYTHING)), path)
    response = client.get(address, {**required, **asked})
    assert response.status_code in (200, 404, 422), (address, asked)
    assert response["Content-Type"].startswith("application/json") or address == "/api/v1/"


@pytest.mark.parametrize("lang", ["fr", "es"])
def test_every_sentence_is_translated_and_compiled(lang):
    file = API / "locale" / lang / "LC_MESSAGES" / "django.po"
    known = {m.id: m.string for m in read_po(BytesIO(file.read_bytes()), locale=lang) if m.id}
    said = {sentence for path in API.rglob("*.py") for _, sentence, _, _ in extract_from_file("python", path, keywords={"_": None})}
    assert said == set(known)
    assert all(set(re.findall(r"{\w+}", one)) == set(re.findall(r"{\w+}", other)) for one, other in known.items())
    assert {m.id: m.string for m in read_mo(BytesIO(file.with_suffix(".mo").read_bytes())) if m.id} == known
