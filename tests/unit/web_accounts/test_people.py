"""The administrator's pages; what each role sees of accounts; nobody changes their own access."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone, translation

from socle_web.accounts import actions
from socle_web.accounts.models import User
from socle_web.accounts.roles import ROLES
from socle_web.audit.models import Event
from socle_web.audit.refusals import Refused
from socle_web.places import actions as places
from socle_web.places.models import Mandate
from socle_web.places.permissions import countries_of
from tests.journeys import addresses
from tests.unit.web_accounts.people import a_person, an_administrator, sign_in, signed_in

pytestmark = pytest.mark.django_db

ALL, SIGNED_IN, ADMINISTRATOR, NOBODY = "all", "signed in", "administrator", "nobody"
SEEN = {  # a GET of each address: who gets a page; the others are led away or refused
    "": NOBODY, "roles/": ALL, "roles/<str:code>/": ALL, "invitation/<str:token>/": NOBODY, "login/": "visitor", "inactive/": ALL, "signup/": "visitor",
    "password/reset/": ALL, "password/reset/done/": ALL, "password/reset/key/done/": ALL,
    r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": ALL,
    "me/": SIGNED_IN, "sessions/": SIGNED_IN, "sessions/<int:key>/end/": NOBODY, "logout/": SIGNED_IN, "password/change/": SIGNED_IN,
    "reauthenticate/": SIGNED_IN, "2fa/": SIGNED_IN, "2fa/reauthenticate/": NOBODY, "2fa/authenticate/": NOBODY,
    "password/set/": NOBODY, "2fa/totp/activate/": SIGNED_IN, "2fa/totp/deactivate/": NOBODY,
    "2fa/recovery-codes/": NOBODY, "2fa/recovery-codes/generate/": SIGNED_IN, "2fa/recovery-codes/download/": NOBODY,
    "people/": ADMINISTRATOR, "people/<str:username>/": ADMINISTRATOR, "invite/": ADMINISTRATOR, "systems/": ADMINISTRATOR,
    "systems/<int:key>/revoke/": NOBODY,
}
EXAMPLE = {"<str:code>": "verifier", "<str:token>": "wrong", "<int:key>": "1", "<str:username>": "ada",
           r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "password/reset/key/1-wrong/"}
PEOPLE = ["visitor", *ROLES]


def routes():
    with translation.override("en"):
        found = addresses._routes(get_resolver().url_patterns)
        return [route.removeprefix("accounts/") for route in found if route.startswith("accounts/")]


def address_of(route):
    for pattern, value in EXAMPLE.items():
        route = route.replace(pattern, value)
    return f"/accounts/{route}"


def sees(route, who):
    return {ALL: True, SIGNED_IN: who != "visitor", ADMINISTRATOR: who == "administrator", "visitor": who == "visitor"}.get(SEEN[route], False)


def browser_of(who):
    return Client() if who == "visitor" else sign_in(a_person(who, who).email)[0]


def test_every_address_of_accounts_is_in_the_table():
    assert {route.lstrip("^") for route in SEEN} == {route.lstrip("^") for route in routes()}


@pytest.mark.parametrize("who", PEOPLE)
def test_each_role_sees_what_the_table_says(who):
    a_person()
    client, wrong = browser_of(who), {}
    for route in SEEN:
        if route == "logout/":
            continue
        status = client.get(address_of(route)).status_code
        if (status == 200) != sees(route, who):
            wrong[route] = status
    assert not wrong
    assert (client.get("/accounts/logout/").status_code == 200) == sees("logout/", who)


@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "administrator"])
def test_nobody_else_changes_accounts(who):
    a_person()
    client = browser_of(who)
    before = list(User.objects.values("username", "role", "is_active")), Mandate.objects.count()
    for address, sent in (("invite/", {"email": "x@example.org", "role": "administrator"}),
                          ("people/ada/", {"role": "administrator", "give-role": ""}),
                          (f"people/{who}/", {"role": "administrator", "give-role": ""}),
                          ("people/ada/", {"countries": ["KHM"], "give-countries": ""}),
                          ("people/ada/", {"close": ""}), ("systems/", {"name": "theirs", "may_write": "on"}),
                          ("systems/1/revoke/", {})):
        assert client.post(f"/accounts/{address}", sent).status_code in {302, 403}, address
    assert (list(User.objects.values("username", "role", "is_active")), Mandate.objects.count()) == before


def test_an_administrator_gives_a_role_countries_and_closes():
    person, root = a_person(), an_administrator()
    client, address = signed_in(root), "/accounts/people/ada/"
    theirs, _answer = sign_in(person.email)
    client.post(address, {"role": "focal_point", "reason": "A new post", "give-role": ""})
    client.post(address, {"countries": ["KHM", "TGO"], "give-countries": ""})
    client.post(address, {"countries": ["TGO", "VNM"], "give-countries": ""})
    person.refresh_from_db()
    assert (person.role, countries_of(person)) == ("focal_point", {"TGO", "VNM"})
    client.post(address, {"closing-reason": "Left", "close": ""})
    person.refresh_from_db()
    assert not person.is_active
    assert theirs.get("/accounts/me/").status_code == 302
    told = Event.objects.exclude(deed="sign_in").order_by("id").values_list("actor", "deed", "reason")
    assert list(told) == [("root", "give_role", "A new post"), *[("root", "give_mandate", "")] * 3, ("root", "take_mandate", ""),
                          ("root", "deactivate", "Left")]


def test_what_was_given_already_is_no_deed():
    person, root = a_person(), an_administrator()
    for _twice in range(2):
        places.give_mandate(person, "KHM", by=root)
    actions.give_role(person, "contributor", by=root)
    places.take_mandate(person, "TGO", by=root)
    assert list(Event.objects.values_list("deed", flat=True)) == ["give_mandate"]


def test_nobody_changes_their_own_access():
    root, _other = an_administrator(), an_administrator("other")
    for attempt in (lambda: actions.give_role(root, "programme_manager", by=root), lambda: actions.deactivate(root, by=root),
                    lambda: places.give_mandate(root, "KHM", by=root)):
        with pytest.raises(Refused, match="own access"):
            attempt()
    signed_in(root).post("/accounts/people/root/", {"role": "verifier", "give-role": ""})
    root.refresh_from_db()
    assert root.role == "administrator"


def test_one_administrator_always_stays():
    root, other = an_administrator(), an_administrator("other")
    actions.give_role(other, "reader", by=root)
    closed = an_administrator("closed")
    closed.is_active = False
    closed.save()
    with pytest.raises(Refused):
        actions.give_role(root, "reader", by=other)
    for attempt in (lambda: actions.take_role(root, by=closed), lambda: actions.deactivate(root, by=closed)):
        with pytest.raises(Refused):
            attempt()


def test_a_refused_deed_leaves_nothing_behind():
    root = an_administrator()
    with pytest.raises(Refused, match="country"):
        places.invite("x@example.org", role="contributor", countries=["KHM", "ATL"], by=root)
    assert not User.objects.filter(email="x@example.org").exists()
    assert not Event.objects.exists()


def test_the_list_of_people_asks_as_many_questions_for_many_as_for_few(django_assert_max_num_queries):
    root = an_administrator()
    for number in range(12):
        person = a_person(f"p{number}")
        for country in ("KHM", "TGO", "VNM"):
            Mandate.objects.create(user=person, country_id=country, given_by="root")
        if number % 3 == 0:
            places.invite(f"i{number}@example.org", role="contributor", countries=["KHM"], by=root)
    client = signed_in(root)
    client.get("/accounts/people/")
    with django_assert_max_num_queries(9):
        client.get("/accounts/people/")
    with django_assert_max_num_queries(9):
        client.get("/accounts/systems/")


@pytest.mark.parametrize("code", ROLES)
@pytest.mark.parametrize("prefix", ["", "/fr", "/es"])
def test_the_page_of_a_role_says_in_words_what_it_may_do(code, prefix):
    page = Client().get(f"{prefix}/accounts/roles/{code}/").content.decode()
    language = prefix.strip("/") or "en"
    with translation.override(language):
        assert all(str(sentence) in page.replace("&#x27;", "'") for sentence in ROLES[code].says)


def test_there_is_no_page_of_a_role_that_is_not_there():
    assert Client().get("/accounts/roles/king/").status_code == 404


@pytest.mark.parametrize("role", ["contributor", "verifier", "reader"])
def test_my_page_says_my_role_and_my_countries(role):
    person = a_person(role=role)
    Mandate.objects.create(user=person, country_id="KHM", given_by="root")
    page = signed_in(person).get("/accounts/me/").content.decode()
    assert str(ROLES[role].says[0]) in page
    assert ("Cambodia" in page) == (role != "verifier")


def test_pages_for_people_are_kept_by_nobody_in_between():
    client = signed_in(an_administrator())
    for address in ("me/", "people/", "people/root/", "invite/", "systems/", "sessions/"):
        headers = client.get(f"/accounts/{address}").headers
        assert "no-store" in headers["Cache-Control"], address
        assert "script-src" in headers["Content-Security-Policy"] or "default-src 'self'" in headers["Content-Security-Policy"]


def test_a_form_from_another_site_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(an_administrator(), backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in ("login/", "logout/", "invite/", "people/root/", "systems/", "password/reset/"):
        assert client.post(f"/accounts/{address}", {"email": "x@example.org"}).status_code == 403, address


def test_countries_of_an_absent_colleague_are_not_taken_for_ones_own():
    person, absent, root = a_person(), a_person("absent"), an_administrator()
    places.give_mandate(person, "KHM", by=root)
    places.give_mandate(absent, "TGO", by=root)
    today = timezone.localdate()
    places.lend_countries(person, ["TGO"], since=today, until=today, absent=absent, by=absent)
    client = signed_in(root)
    page = client.get("/accounts/people/ada/").content.decode()
    assert re.findall(r'value="(\w{3})" id="country-\w+" checked', page) == ["KHM"]
    client.post("/accounts/people/ada/", {"countries": ["VNM"], "give-countries": ""})
    assert countries_of(person) == {"VNM", "TGO"}
