"""Every address by everybody: what ``permission_matrix.toml`` says is what happens, and no address is left out of it.

The addresses come from the list of addresses itself: a new view without a row fails the build, a row without a view too.
``python -m pytest tests/contracts/test_permission_matrix.py`` says what to add, with what the view answers today: read it, and
write it down only if it is what should be.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from socle_web.accounts.models import Client as System
from socle_web.accounts.roles import ROLES
from socle_web.audit.models import Event
from socle_web.coverage.actions import inquiries as answers
from socle_web.coverage.actions import measures as register
from socle_web.coverage.actions.bringing import Stale
from socle_web.desk import actions as desk
from socle_web.places.actions import give_token, invite
from socle_web.results import actions, jobs
from socle_web.results.models.entry import PrivateFiles
from socle_web.schemes import actions as papers
from socle_web.schemes.actions.drafting import Typed
from tests.journeys import addresses
from tests.measures import MEASURE
from tests.people import CAST, person
from tests.unit.web_coverage import editions
from tests.unit.web_coverage import inquiries as inquired
from tests.unit.web_results.test_loading import load, small
from tests.unit.web_results.test_workflow import CHANGE
from tests.unit.web_schemes.texts import CASES, GRANT
from tests.unit.web_uploads.files import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FILE = Path(__file__).with_name("permission_matrix.toml")
PEOPLE = ("anonymous", "reader", "owner", "colleague", "stranger", "verifier", "manager", "administrator", "system", "far_system")
METHODS = ("GET", "POST", "PUT")
#: ok: let in, and nothing happened; done: something happened, and the log says so; refused: what was sent is no good;
#: no: nobody does that there.
ANSWERS = ("ok", "done", "refused", "sign-in", "token", "forbidden", "not-found", "no")
PDF = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


def table():
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def route_of(row):
    """A route may have several rows: ``route | what is special about this one``."""
    return row.partition(" | ")[0]


def expected(words):
    """A word a person, or one for all of them."""
    given = words.split()
    return dict(zip(PEOPLE, given if len(given) > 1 else given * len(PEOPLE), strict=True))


@pytest.fixture
def world(settings, tmp_path, monkeypatch):
    """One of each thing an address may speak of: of Kenya, in the hands of the owner."""
    monkeypatch.setattr(PrivateFiles, "delete", lambda storage, name: None)  # what happens is undone; a file cannot be
    settings.PRIVATE_FILES, settings.SOCLE_MFA = tmp_path, "optional"  # that some must set up a second factor is another test
    load(small(recommendations=[{"recommendation": "R", "title": "Do more", "source": "x"}]))
    cast = {name: person(name) for name in CAST}
    cast |= {"system": give_token("System", countries=["KEN"], by=cast["administrator"]),
             "far_system": give_token("Far system", countries=["NPL"], by=cast["administrator"])}
    owner, focal, manager, second = cast["owner"], cast["focal"], cast["manager"], cast["second_verifier"]

    def entered(key, sheet="changes", **values):
        return actions.enter(sheet, (CHANGE if sheet == "changes" else {}) | {sheet.removesuffix("s"): key} | values, by=owner)

    draft, submitted, verified, published = (entered(key) for key in ("draft", "submitted", "verified", "published"))
    actions.submit([submitted, verified, published], by=owner)
    actions.verify([verified, published], by=second)
    actions.publish([published], by=manager)
    evidence = actions.enter("evidence", {"evidence": "E", "record": "changes:C", "title": "The gazette", "kind": "document"}, by=owner)
    file = actions.attach(evidence, PDF, name="gazette.pdf", declared="application/pdf", by=owner)
    upload = jobs.bring(workbook(changes=[{"change": "U", **CHANGE}, {"change": "V", **CHANGE, "step": "9"}]), name="kenya.xlsx", by=owner)
    drafts, submits, verifies = (
        jobs.bring(workbook(changes=[{"change": key, **CHANGE}]), name=f"{key}.xlsx", by=owner) for key in ("W", "X", "Y"))
    for there in (drafts, submits, verifies):
        jobs.accept(there, by=owner)
    for there in (submits, verifies):
        jobs.do_to_all(there, "submit", by=owner)
    jobs.do_to_all(verifies, "verify", by=second)
    held = actions.lock(date(2019, 1, 1), date(2019, 12, 31), by=manager, reason="Reported")
    round_ = desk.plan_round("Results of 2025", start=date(2025, 1, 1), end=date(2025, 12, 31), opens_on=date(2026, 1, 1),
                             due_on=date(2026, 3, 1), owners={"KEN": focal.username}, by=manager)
    comment = desk.comment("entry", str(draft.pk), "Which gazette?", by=owner).comment
    absence = desk.delegate(cast["colleague"], since=date(2099, 1, 1), until=date(2099, 1, 2), by=owner)
    session = UserSession.objects.create(user=owner, ip="127.0.0.1", user_agent="x", session_key="a", data={})
    scheme = {state: papers.enter(Typed(GRANT.replace("test-child-grant", f"grant-{state}")), country="KEN", by=owner)
              for state in ("draft", "submitted", "verified", "published")}
    for state in ("submitted", "verified", "published"):
        papers.submit(scheme[state], by=owner)
    for state in ("verified", "published"):
        papers.verify(scheme[state], by=second)
    scheme["published"] = papers.publish(scheme["published"], by=manager)
    again = papers.change(scheme["published"], by=owner)
    again = papers.save(again, Typed(again.text + "\n# Again\n", CASES), saves=1, by=owner)
    papers.submit(again, by=owner)
    papers.verify(again, by=second)
    papers.publish(again, by=manager)
    kept = papers.save_scenario("A scenario", country="KEN", versions=[scheme["published"]], by=owner,
                                parameters={"country": ["KEN"], "s": [str(scheme["published"].pk)], "start": ["2025"], "end": ["2030"]})
    shown = papers.share_scenario(papers.save_scenario("Another", country="KEN", versions=[scheme["published"]], by=owner,
                                                       parameters=kept.parameters), by=owner)
    measure = {state: register.enter_measure(MEASURE, by=owner) for state in ("entered", "verified", "published")}
    for state in ("verified", "published"):
        register.verify_measure(measure[state], by=second)
    register.publish_measure(measure["published"], by=manager)
    editions.bring()
    asked = {state: inquired.asked(title=f"Inquiry {state}") for state in ("draft", "submitted", "validated")}
    for inquiry in asked.values():
        inquired.bring(inquiry, inquired.as_zip({**inquired.SHEETS, "people": [["x"], ["1"]]}))
        inquired.answered(inquiry)
    with pytest.raises(Stale) as apart:
        inquired.bring(asked["draft"], inquired.as_csv(inquired.BROKEN), name="recipients.csv", saves=1)
    for state in ("submitted", "validated"):
        answers.submit_inquiry(asked[state], by=owner)
    answers.validate_inquiry(asked["validated"], by=second)
    invitation = invite("somebody@example.org", role="reader", by=cast["administrator"])[1]
    ids = {"draft": draft, "submitted": submitted, "verified": verified, "published": published, "evidence": evidence, "file": file,
           "upload": upload, "drafts": drafts, "submits": submits, "verifies": verifies, "lock": held, "round": round_, "comment": comment, "absence": absence, "session": session,
           "client": System.objects.get(user__first_name="System")}
    return cast, {name: thing.pk for name, thing in ids.items()} | {
        "invitation": invitation, "scenario": kept.key, "shared": shown.key, **{f"scheme_{state}": one.pk for state, one in scheme.items()},
        **{f"measure_{state}": one.pk for state, one in measure.items()}, **{f"inquiry_{state}": one.pk for state, one in asked.items()},
        "inquiry_round": asked["draft"].round_id, "apart": apart.value.delivery.pk,
        "warning": asked["draft"].threads.get(code="unknown_sheet").pk}


def client_of(cast, who):
    if who == "anonymous":
        return Client(raise_request_exception=False)
    if who.endswith("system"):
        return Client(raise_request_exception=False, headers={"authorization": f"Bearer {cast[who][1]}"})
    client = Client(raise_request_exception=False)
    client.force_login(cast[who], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def answer_to(client, method, address, sends):
    """What happens, in one word; whatever happened is undone."""
    cache.clear()  # nobody has asked too often
    told, cookies = Event.objects.count(), client.cookies.copy()
    with transaction.atomic():
        is_api = address.startswith("/api/")
        how = {"content_type": "application/json", "headers": {"idempotency-key": f"{uuid4()}"}} if is_api and method != "GET" else {}
        answer = getattr(client, method.lower())(address, data=sends, **how)
        happened = Event.objects.count() > told
        transaction.set_rollback(True)
    client.cookies = cookies  # also of who has signed out
    if answer.status_code in (301, 302) and "/accounts/login/" in answer.headers["Location"]:
        return "sign-in"
    if answer.status_code >= 500:
        return f"failed-{answer.status_code}"
    refused = dict.fromkeys((400, 409, 415, 422), "refused")
    return ({401: "token", 403: "forbidden", 404: "not-found", 405: "no"} | refused).get(answer.status_code, "done" if happened else "ok")


def asked_of(row, told, things):
    """Method, address and what is sent."""
    route = route_of(row)
    address = told["at"].format(**things) if "at" in told else addresses.examples(route)[0].removeprefix("/")
    for method in METHODS:
        if method in told:
            yield method, f"/{address}", filled(told.get("sends", {}), things) if method != "GET" else {}


def filled(sent, things):
    """What is sent, with the names of things replaced by their numbers."""
    if isinstance(sent, dict):
        return {name: filled(one, things) for name, one in sent.items()}
    if isinstance(sent, list):
        return [filled(one, things) for one in sent]
    return sent.format(**things) if isinstance(sent, str) else sent


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_gets_what_the_table_says(world, who):
    cast, things = world
    client, different = client_of(cast, who), []
    for row, told in table().items():
        for method, address, sends in asked_of(row, told, things):
            answer, wanted = answer_to(client, method, address, sends), expected(told[method])[who]
            if answer != wanted:
                different.append(f"{method} {row}: {who} should get {wanted!r} and gets {answer!r}")
    assert not different, "\n".join(["", *different])


def test_every_address_has_a_row_and_every_row_an_address():
    routes, rows = set(addresses.routes()), {route_of(row) for row in table()}
    missing = "\n".join(f'["{route}"]\nat = ""\nGET = ""\nPOST = ""' for route in addresses.routes() if route not in rows)
    assert not missing, (f"These addresses are not in {FILE.name}. Say who gets what, in the order {' '.join(PEOPLE)} "
                         f"({', '.join(ANSWERS)}; one word is for all of them):\n{missing}")
    assert not rows - routes, f"These rows of {FILE.name} have no address any more: {sorted(rows - routes)}"


def test_every_row_can_be_read():
    for row, told in table().items():
        assert set(told) <= {"at", "sends", *METHODS}, row
        assert {"GET", "POST"} <= set(told) or " | " in row, f"{row}: who gets what by GET and by POST?"
        for method in set(told) & set(METHODS):
            assert set(expected(told[method]).values()) <= set(ANSWERS), row


def test_every_role_is_among_the_people():
    assert {CAST[name][0] for name in PEOPLE if name in CAST} | {"focal_point"} == set(ROLES)
