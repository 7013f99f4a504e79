"""Everything published is open to all, and nobody can write: asked of every address by a stranger, a colleague and an owner.

The addresses come from the lists of addresses themselves; a new one without an example in ``tests.journeys.addresses`` fails here.
"""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from socle import datasets
from socle_web.accounts.models import User
from socle_web.results import actions, queries
from tests import measures, schemes
from tests.golden.catalogue import PROGRAMME
from tests.journeys import addresses
from tests.unit.web_coverage import editions

pytestmark = pytest.mark.django_db

WRITING = ("post", "put", "patch", "delete")
REMADE = (".xlsx", ".docx", ".pdf", ".csv")  # files that carry the moment they were made


@pytest.fixture
def programme(db):
    assert not actions.load(datasets.read_book(PROGRAMME), by="a test", source=PROGRAMME.name).refused
    schemes.bring()
    measures.bring()
    editions.bring()
    queries.forget()


def nobody():
    return None


def colleague():
    return User.objects.create_user("colleague")


def owner():
    return User.objects.create_user("owner", role="administrator")


PEOPLE = [nobody, colleague, owner]


def client_of(person, **how):
    client, user = Client(raise_request_exception=False, **how), person()
    if user is not None:
        client.force_login(user)
    return client


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def published(response):
    """The page without what it says to whoever is signed in: the bar of the workbench, and how to sign in or out."""
    page = re.sub(rb'<nav class="workbench".*?</nav>\n', b"", body(response), flags=re.DOTALL)
    return re.sub(rb'<li><a href="[^"]*/accounts/log(in|out)/">[^<]*</a></li>|<p class="more"><a href="[^"]*/as-it-stood/">[^<]*</a></p>', b"",
                  page)


def rows():
    """How many rows every table has, and the last event of the log."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()} | {"stamp": queries.stamp()}


def test_colleague_and_owner_see_what_a_stranger_sees(programme):
    clients = [client_of(person) for person in PEOPLE]
    refused, different = {}, []
    for address in addresses.everything():
        answers = [client.get(address) for client in clients]
        refused |= {address: [one.status_code for one in answers]} if {one.status_code for one in answers} != {200} else {}
        remade = address.partition("?")[0].endswith(REMADE)
        if len({(one.headers["Content-Type"], b"" if remade else published(one)) for one in answers}) > 1:
            different.append(address)
    assert not refused
    assert not different
    assert not clients[0].cookies, "a stranger needs no cookie"


def test_a_stranger_reads_every_page_in_every_language(programme):
    stranger = client_of(nobody)
    for address in addresses.pages():
        prefixes = [""] if address.startswith(f"/{addresses.API}") else ["", *(f"/{code}" for code, _ in settings.LANGUAGES[1:])]
        answers = {prefix: stranger.get(prefix + address).status_code for prefix in prefixes}
        assert set(answers.values()) == {200}, (address, answers)
        assert stranger.head(address).status_code == 200, address


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("checked", [False, True], ids=["unasked", "forged"])
def test_nobody_writes_anywhere(programme, person, checked):
    client = client_of(person, enforce_csrf_checks=checked)
    before, answered = rows(), {}
    for address in addresses.everything():
        for method in WRITING:
            response = getattr(client, method)(address, data={"title": "mine"}, content_type="application/json")
            if response.status_code not in (403, 405):
                answered[method, address] = response.status_code
    assert not answered
    assert rows() == before


def test_a_form_sent_by_a_browser_writes_nothing_either(programme):
    client = client_of(owner)
    before = rows()
    answers = {address: client.post(address, {"title": "mine"}).status_code for address in addresses.everything()}
    assert set(answers.values()) <= {403, 405}, answers
    assert rows() == before


def test_there_is_no_back_door(programme):
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not [route for route in addresses.routes() if any(word in route for word in ("admin", "debug"))]
    client = client_of(owner)
    for address in ("/admin/", "/admin/login/", "/accounts/admin/", "/fr/admin/", "/__debug__/", "/api/v1/admin"):
        assert client.get(address).status_code == 404, address


def test_an_address_with_parameters_needs_an_example():
    with pytest.raises(LookupError, match="example"):
        addresses.examples("new/<str:key>/")
    assert set(addresses.EXAMPLES) <= set(addresses.routes()), "an example of an address that is gone"
