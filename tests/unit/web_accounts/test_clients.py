"""Other systems: a token that is shown once, countries, and an end."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from socle_web.accounts import actions
from socle_web.accounts.models import Client, User
from socle_web.accounts.permissions import may
from socle_web.accounts.queries import authenticate_token
from socle_web.audit.models import Event
from socle_web.audit.refusals import Refused
from socle_web.places import actions as places
from socle_web.places.permissions import acts_for
from tests.unit.web_accounts.people import PASSWORD, a_person, an_administrator, sign_in, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return places.give_token("Ministry of Labour", countries=["KHM"], by=an_administrator())


def test_a_system_acts_as_a_contributor_of_its_countries(made):
    client, token = made
    user = authenticate_token(token)
    assert user == client.user
    assert user.client.may_write
    assert user.username == "ministry.of.labour"
    assert (may(user, "enter"), may(user, "verify"), acts_for(user, "KHM"), acts_for(user, "TGO")) == (True, False, True, False)


@pytest.mark.parametrize("text", ["", "socle_", "x" * 10_000, "socle_\0", "é", "' OR 1=1 --"])
def test_anything_else_is_nobodys_token(made, text):
    assert authenticate_token(text) is None


def test_a_token_that_is_cut_or_longer_is_nobodys(made):
    assert authenticate_token(made[1][:-1]) is None
    assert authenticate_token(made[1] + "a") is None


def test_a_revoked_token_no_longer_works(made):
    client, token = made
    root = User.objects.get(username="root")
    for _twice in range(2):
        actions.revoke_token(client, by=root)
    assert authenticate_token(token) is None
    assert list(Event.objects.order_by("id").values_list("deed", flat=True)) == ["give_token", "give_mandate", "revoke_token"]


def test_the_token_is_nowhere_but_in_the_answer():
    client = signed_in(an_administrator())
    page = client.post("/accounts/systems/", {"name": "Ministry", "may_write": "on", "countries": ["KHM"]}).content.decode()
    token = re.search(r"socle_[\w-]{43}", page)[0]
    assert authenticate_token(token).username == "ministry"
    assert token not in client.get("/accounts/systems/").content.decode()
    assert token not in str(list(Client.objects.values()))
    assert token not in str([vars(event) for event in Event.objects.all()])


def test_when_a_token_was_last_used_is_kept_and_not_written_every_time(made, django_assert_num_queries):
    client, token = made
    before = timezone.now()
    authenticate_token(token)
    client.refresh_from_db()
    assert client.last_used_at >= before
    with django_assert_num_queries(1):
        authenticate_token(token)


def test_a_system_does_not_sign_in_as_a_person(made):
    user = made[0].user
    assert not user.has_usable_password()
    assert sign_in("", PASSWORD)[1].status_code == 200
    with pytest.raises(Refused, match="contributor"):
        actions.give_role(user, "administrator", by=User.objects.get(username="root"))


@pytest.mark.parametrize("role", ["contributor", "programme_manager", "verifier"])
def test_nobody_but_an_administrator_lets_systems_in(role):
    with pytest.raises(Refused):
        places.give_token("Mine", by=a_person(role=role))
    assert not Client.objects.exists()
