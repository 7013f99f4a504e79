"""What a stranger may try: words that want to be markup, formulas, addresses with anything in them; and what every answer says
to browsers."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit
from zipfile import ZipFile

import openpyxl
import pytest
from django.test import Client
from pypdf import PdfReader

from socle import datasets, tables
from socle_web.results import actions, queries
from socle_web.results.models import Change, Impact
from tests import measures, schemes
from tests.contracts import hostile
from tests.contracts.walking import Page, walk
from tests.golden.catalogue import PROGRAMME
from tests.journeys import addresses
from tests.unit.web_coverage import editions

ROOT = Path(__file__).parents[2]
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def load(parsed):
    outcome = actions.load(parsed, by="a test", source="a test")
    assert not outcome.refused, outcome.findings
    queries.forget()


@pytest.fixture
def programme(db):
    load(datasets.read_book(PROGRAMME))
    schemes.bring()
    measures.bring()
    editions.bring()


@pytest.fixture
def attack(db):
    load(hostile.parsed())


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


# What every answer says to browsers


def policy(response):
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";") if part.strip())
    return {name: set(values) for name, *values in parts}


def test_every_answer_tells_browsers_to_trust_nothing_else(programme, client):
    wrong = {}
    for address in [*addresses.everything(), "/there-is-no-such-page/", "/countries/none/", "/static/pages/site.css"]:
        headers = client.get(address).headers
        said = {name: headers.get(name) for name in ("X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options")}
        expected = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY"}
        if address.startswith("/static/"):
            expected = {name: said[name] if name == "X-Frame-Options" else value for name, value in expected.items()}
        wrong |= {} if said == expected else {address: said}
    assert not wrong


def test_the_content_security_policy_is_strict_everywhere(programme, client):
    for address in [*addresses.everything(), "/there-is-no-such-page/"]:
        directives = policy(client.get(address))
        assert directives["default-src"] == {"'self'"}, address
        assert directives["frame-ancestors"] == directives["object-src"] == directives["base-uri"] == {"'none'"}, address
        assert directives["form-action"] == {"'self'"}, address
        everything = set().union(*directives.values())
        assert everything <= {"'self'", "'none'", "data:"}, (address, everything)
        assert not [name for name in directives if name.startswith(("script", "style")) and directives[name] - {"'self'"}], address


def test_in_production_the_site_is_reached_by_https_only(production):
    told = json.loads(production(
        "import json, django; django.setup()\n"
        "from django.test import Client\n"
        "plain, safe = Client().get('/robots.txt', headers={'host': 'socle.example'}), "
        "Client().get('/robots.txt', secure=True, headers={'host': 'socle.example'})\n"
        "stranger = Client().get('/robots.txt', secure=True, headers={'host': 'evil.example'})\n"
        "from django.conf import settings as s\n"
        "print(json.dumps([plain.status_code, plain.headers['Location'], safe.headers['Strict-Transport-Security'], "
        "stranger.status_code, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.DEBUG]))"))
    assert told[0:2] == [301, "https://socle.example/robots.txt"]
    assert "max-age=31536000" in told[2]
    assert "includeSubDomains" in told[2]
    assert told[3:] == [400, True, True, False]


def test_the_check_for_production_finds_nothing(production):
    assert production("from socle_web.project.commands import main\n"
                      "main(['socle-web', 'check', '--deploy', '--fail-level', 'WARNING'])").startswith("System check identified no issues")


@pytest.fixture
def production(tmp_path):
    """Runs code as a deployment does, with nothing of this process's environment."""

    def run(code):
        env = {"PATH": os.environ["PATH"], "SOCLE_HOME": str(tmp_path), "SECRET_KEY": "k3y-" + "wQ9_z7Rt" * 8, "DEBUG": "false",
               "ALLOWED_HOSTS": "socle.example", "DJANGO_SETTINGS_MODULE": "socle_web.project.settings"}
        done = subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run


# Words that want to be something else


def test_hostile_words_are_read_and_never_run(attack, client):
    dangers, broken, spoken, kinds = {}, {}, set(), set()
    start = ("/", "/results/", "/results/?list=impacts", "/evaluation/", "/team/", "/reconciliation/", "/glossary/",
             f"/search/?{urlencode({'q': hostile.SCRIPT})}", f"/results/?{urlencode({'country': hostile.SCRIPT})}")
    for address, response, page in walk(client, start=start, most_of_a_kind=20):
        if response.status_code != 200:
            broken[address] = response.status_code
        if page is not None:
            dangers |= {address: page.dangers} if page.dangers else {}
            kinds.add(address.split("/")[1])
            spoken |= {word for word in hostile.WORDS if word.strip() in page.text}
    assert not dangers
    assert not broken
    assert {"countries", "changes", "impacts", "projects", "partners", "themes", "report", "why", "evaluation", "team", "about"} <= kinds
    assert spoken == set(hostile.WORDS), "words that never reached a reader prove nothing"


def test_hostile_words_in_the_address_are_read_and_never_run(programme, client):
    for word in (*hostile.WORDS, hostile.KEY, *hostile.URLS):
        for address in (f"/search/?{urlencode({'q': word})}", f"/results/?{urlencode({'country': word, 'partner': word, 'list': word})}",
                        f"/report/2/?{urlencode({'as_of': word})}", f"/why/?{urlencode({'table': word, 'row': word, 'column': word})}",
                        f"/{quote(word, safe='')}/", f"/partners/{quote(word, safe='')}/", f"/countries/{quote(word, safe='')}/"):
            response = client.get(address)
            assert response.status_code in (200, 400, 404), address
            assert Page(response.content.decode()).dangers == [], address


def test_the_interface_for_programs_never_answers_as_a_page(attack, client):
    for address in addresses.everything():
        if address.startswith(f"/{addresses.API}") and address not in addresses.pages():
            assert client.get(address).headers["Content-Type"].startswith("application/json"), address


def test_a_formula_is_refused_at_the_door():
    raw = tables.RawSheet("partners", ["partner", "name"], [["A", "=HYPERLINK(1)"], ["B", "@SUM(1)"]], range(2, 4))
    assert [finding.code for finding in tables.parse(tables.PROGRAMME, [raw]).errors] == ["formula", "formula"]


@pytest.fixture
def formulas(attack):
    """Words that begin like formulas, however they came in."""
    for place, change in enumerate(Change.objects.all()):
        Change.objects.filter(pk=change.pk).update(title=f"{FORMULAS[place % 6]}1+1", summary="=HYPERLINK(1)")
    Impact.objects.update(title="=1+1", scheme="@SUM(1)")


@pytest.mark.parametrize("listed", ["changes", "impacts"])
def test_no_cell_of_a_list_is_a_formula(formulas, client, listed):
    text = body(client.get(f"/results.csv?list={listed}")).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(FORMULAS)]
    assert any("'=" in cell for cell in cells)
    assert_plain(body(client.get(f"/results.xlsx?list={listed}")))


def test_no_cell_of_a_report_is_a_formula(formulas, client):
    assert_plain(body(client.get(report_of("xlsx"))))
    with ZipFile(io.BytesIO(body(client.get(report_of("csv"))))) as archive:
        cells = [cell for name in archive.namelist() for row in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))) for cell in row]
    numbers = [cell for cell in cells if cell.startswith(FORMULAS) and not cell[1:].replace(".", "").isdigit()]
    assert not numbers


def report_of(form):
    return f"/report/{quote(hostile.key('2'), safe='')}/download.{form}"


def assert_plain(workbook):
    for sheet in openpyxl.load_workbook(io.BytesIO(workbook)):
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "f"], sheet.title
            assert not [cell.hyperlink.target for cell in row if cell.hyperlink and not runs_nothing(cell.hyperlink.target)]


def runs_nothing(target):
    return target is None or target.lower().startswith(("http://", "https://", "#"))


def test_documents_link_to_nothing_that_runs(attack, client):
    assert Page(body(client.get(report_of("html"))).decode()).dangers == []
    with ZipFile(io.BytesIO(body(client.get(report_of("docx"))))) as word:
        linked = "".join(word.read(name).decode() for name in word.namelist() if name.endswith(".rels"))
    assert "javascript:" not in linked.lower()
    for sheet in PdfReader(io.BytesIO(body(client.get(report_of("pdf"))))).pages:
        for note in sheet.get("/Annots") or ():
            assert runs_nothing((note.get_object().get("/A") or {}).get("/URI"))


# Addresses with anything in them

RUBBISH = {
    "nul": "a\0b", "long": "a" * 20_000, "many digits": "9" * 5_000, "traversal": "../../../../etc/passwd", "quoted": "' OR 1=1 --",
    "negative": "-1", "zero": "0", "float": "1e400", "far year": "99999", "arabic": "٢٠٢٤", "superscript": "²⁰²⁴", "emoji": "\U0001f937" * 500,
    "array": "[]", "blank": " ", "percent": "%00%ff", "brackets": "{{7*7}}", "day": "2024-02-30", "week": "2024-W01-1", "compact": "20241231",
}
BYTES = {"not utf-8": "%ff%fe", "surrogate": "%ED%A0%80", "overlong": "%c0%af", "half": "%"}
ASKED = {
    "/results/": ("country", "year", "partner", "list", "page"),
    "/results.json": ("region", "step", "kind", "branch", "theme"),
    "/report/2/": ("as_of",),
    "/report/2/2024/download.json": ("as_of",),
    "/search/": ("q",),
    "/why/": ("table", "row", "column", "phase", "year", "country", "partner", "as_of"),
    "/api/v1/report": ("phase", "year", "country", "partner", "as_of", "lang"),
    "/api/v1/why": ("table", "row", "column", "phase", "year", "country", "partner", "as_of"),
    "/api/v1/changes": ("country", "year", "page", "limit"),
    "/api/v1/impacts": ("kind", "page"),
}
FIGURE = {"table": "impacts", "row": "all/all", "column": "persons", "phase": "2", "year": "2024"}
UNDERSTOOD = {200, 400, 404, 422}


@pytest.mark.parametrize("address", ASKED)
def test_no_parameter_breaks_the_site(programme, client, address):
    answers = {}
    for name in ASKED[address]:
        rest = {key: value for key, value in FIGURE.items() if key != name} if address.endswith(("/why/", "/why")) else {}
        asked = {what: urlencode(rest | {name: value}) for what, value in RUBBISH.items()}
        asked |= {what: f"{urlencode(rest)}&{name}={raw}" for what, raw in BYTES.items()}
        asked["twice"] = urlencode([*rest.items(), (name, "1"), (name, "2")])
        for what, query in asked.items():
            status = client.get(f"{address}?{query}").status_code
            answers |= {} if status in UNDERSTOOD else {(name, what): status}
    assert not answers


def test_no_key_in_an_address_breaks_the_site(programme, client):
    answers = {}
    values = {what: quote(value[:3000], safe="") for what, value in RUBBISH.items()} | BYTES | {"dots": "..", "encoded dots": "%2e%2e%2f"}
    for route in addresses.routes():
        before, opened, after = route.partition("<")
        for what, value in values.items() if opened else ():
            tail = after.partition(">")[2]
            while "<" in tail:
                tail = tail.partition("<")[0] + "2024" + tail.partition(">")[2]
            status = client.get(f"/{before}{value}{tail}").status_code
            inside = {401, 405} if route.startswith((*addresses.BY_TOKEN, *addresses.INSIDE)) else set()  # a token, or a form
            answers |= {} if status in UNDERSTOOD | {301, 302, 308} | inside else {(route, what): status}
    assert not answers


@pytest.mark.parametrize("address", [
    "/results...%2f..%2f..%2fetc%2fpasswd", "/results.csv%00.html", "/report/2/download.../../../etc/passwd",
    "/report/2/2024/download.%2e%2e%2f%2e%2e%2fsocle_web%2fproject%2fsettings.py", "/report/..%2f..%2fetc/download.json",
    "/static/../socle_web/project/settings.py", "/static/%2e%2e/%2e%2e/project/settings.py", "/static/pages/..%2f..%2f..%2fpage.py",
    "/static/pages/....//....//page.py", "/static//etc/passwd", "/static/pages/", "/.git/config", "/var/secret", "/api/v1/records/..%2f..%2fetc",
    "/api/v1/sheets/..%2f..%2f..%2fetc%2fpasswd",
])
def test_no_address_leads_out_of_the_site(programme, client, address):
    response = client.get(address)
    assert response.status_code in {301, 404, 422}
    said = body(response)
    assert b"root:" not in said
    assert b"import " not in said


@pytest.mark.parametrize("address", ["/fr//evil.example/", "/es///evil.example/", "/fr//evil.example/%2e%2e/"])
def test_no_link_of_an_address_that_is_not_there_leads_to_another_site(programme, client, address):
    page = Page(client.get(address).content.decode())
    hosts = {urlsplit(attributes["href"]).netloc for _tag, attributes in page.tags if attributes.get("href")}
    assert hosts == {"", "testserver"}


def test_a_file_is_named_in_one_word_whatever_the_phase_is_called(attack, client):
    named = client.get(report_of("json")).headers["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename(\*=utf-8\'\'[^"; ]+|="([^"\\]|\\.)+")', named)


@pytest.mark.parametrize("asked", [
    {}, {"table": "impacts"}, FIGURE | {"table": "rubbish"}, FIGURE | {"row": "rubbish"}, FIGURE | {"column": "rubbish"},
    FIGURE | {"phase": "9"}, FIGURE | {"year": "1850"}, FIGURE | {"year": "soon"}, FIGURE | {"country": "Atlantis"},
    FIGURE | {"as_of": "yesterday"}, FIGURE | {"row": ""}, FIGURE | {"partner": "nobody"},
], ids=str)
def test_a_figure_that_is_not_there_is_refused_kindly(programme, client, asked):
    response = client.get(f"/why/?{urlencode(asked)}")
    assert response.status_code in {400, 404, 422}
    page = Page(response.content.decode())
    assert any(tag == "h1" for tag, _ in page.tags)
    assert "Traceback" not in page.text
    assert "search" in {attributes.get("type") for tag, attributes in page.tags if tag == "input"}


def test_every_link_of_the_real_programme_leads_somewhere(programme, client):
    broken = {address: response.status_code for address, response, _page in walk(client, most_of_a_kind=20) if response.status_code != 200}
    assert not broken
