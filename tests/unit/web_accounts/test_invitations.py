"""An account begins with an invitation, which works once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from socle_web.accounts import actions
from socle_web.accounts.models import Invitation, User
from socle_web.accounts.tokens import digest_of
from socle_web.audit.models import Event
from socle_web.audit.refusals import Refused
from socle_web.places import actions as places
from socle_web.places.permissions import countries_of
from tests.unit.web_accounts.people import PASSWORD, a_person, an_administrator, sign_in, signed_in

pytestmark = pytest.mark.django_db
CHOSEN = {"name": "Grace", "password": "three small words together"}


@pytest.fixture
def administrator():
    return an_administrator()


def invited(by, email="grace@example.org", role="contributor", **more):
    return places.invite(email, role=role, by=by, **more)


def test_an_accepted_invitation_signs_in_with_the_role_and_the_countries_given(administrator):
    _invitation, token = invited(administrator, countries=["KHM", "TGO"])
    client = Client()
    assert client.get(f"/accounts/invitation/{token}/").status_code == 200
    answer = client.post(f"/accounts/invitation/{token}/", CHOSEN)
    assert answer.headers["Location"] == "/desk/"
    user = User.objects.get(email="grace@example.org")
    assert (user.role, user.name, user.is_active, countries_of(user)) == ("contributor", "Grace", True, {"KHM", "TGO"})
    assert client.get("/accounts/me/").status_code == 200
    assert sign_in("grace@example.org", CHOSEN["password"])[1].status_code == 302


def test_the_invitation_goes_out_by_mail_and_only_its_digest_is_kept(administrator):
    answer = signed_in(administrator).post("/accounts/invite/", {"email": "grace@example.org", "role": "verifier"})
    assert answer.status_code == 302
    token = re.search(r"http://testserver/accounts/invitation/([\w-]+)/", mail.outbox[0].body)[1]
    assert mail.outbox[0].to == ["grace@example.org"]
    assert Invitation.objects.get().digest == digest_of(token)
    assert not [event for event in Event.objects.all() if token in str(vars(event))]


def refusals(token):
    client = Client()
    return [client.get(f"/accounts/invitation/{token}/"), client.post(f"/accounts/invitation/{token}/", CHOSEN)]


def test_a_wrong_an_old_a_used_and_a_replaced_link_are_refused_alike(administrator):
    _one, used = invited(administrator, "used@example.org")
    actions.accept_invitation(used, **CHOSEN)
    old_one, old = invited(administrator, "old@example.org")
    Invitation.objects.filter(pk=old_one.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    _one, replaced = invited(administrator, "replaced@example.org")
    invited(administrator, "replaced@example.org")
    pages = [answer for token in ("wrong", used, old, replaced) for answer in refusals(token)]
    assert {answer.status_code for answer in pages} == {404}
    told = {re.sub(r'/accounts/invitation/[^/"]+/', "", answer.content.decode()) for answer in pages}
    assert len(told) == 1, "each says the same"
    assert not User.objects.filter(email__in=["old@example.org", "replaced@example.org"], is_active=True).exists()


def test_an_invitation_lasts_seven_days(administrator):
    invitation, _token = invited(administrator)
    assert timedelta(days=6, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=7)


def test_a_weak_password_is_refused_and_the_link_still_works(administrator):
    _invitation, token = invited(administrator)
    for weak in ("12345678", "password", "grace@example.org"):
        assert Client().post(f"/accounts/invitation/{token}/", CHOSEN | {"password": weak}).status_code == 200
        with pytest.raises(Refused):
            actions.accept_invitation(token, name="Grace", password=weak)
    assert actions.accept_invitation(token, **CHOSEN).is_active


@pytest.mark.parametrize("role", ["reader", "contributor", "focal_point", "verifier", "programme_manager"])
def test_nobody_but_an_administrator_invites(role):
    with pytest.raises(Refused):
        invited(a_person("x", role))
    assert User.objects.count() == 1


def test_who_has_an_account_is_not_invited_again(administrator):
    a_person("grace")
    with pytest.raises(Refused, match="has an account"):
        invited(administrator, "GRACE@example.org")


def test_a_closed_account_is_opened_by_an_invitation_with_a_new_password(administrator):
    person = a_person("grace")
    actions.deactivate(person, by=administrator)
    assert person.state == "closed"
    _invitation, token = invited(administrator, person.email, "verifier")
    person.refresh_from_db()
    assert person.state == "invited"
    actions.accept_invitation(token, **CHOSEN)
    assert sign_in(person.email, CHOSEN["password"])[1].status_code == 302
    assert sign_in(person.email, PASSWORD)[1].status_code == 200


def test_who_was_invited_cannot_sign_in_or_reset_a_password_before_accepting(administrator):
    invited(administrator)
    mail.outbox.clear()
    Client().post("/accounts/password/reset/", {"email": "grace@example.org"})
    assert not [message for message in mail.outbox if "/password/reset/key/" in message.body]


def test_user_names_are_never_given_twice(administrator):
    names = [invited(administrator, f"j.doe@{host}.example")[0].user.username for host in ("a", "b", "c")]
    assert names == ["j.doe", "j.doe.2", "j.doe.3"]


def test_every_step_is_in_the_log(administrator):
    _invitation, token = invited(administrator, countries=["KHM"])
    actions.accept_invitation(token, **CHOSEN)
    assert list(Event.objects.order_by("id").values_list("actor", "deed", "subject_key")) == [
        ("root", "invite", "grace"), ("root", "give_mandate", "grace"), ("grace", "accept_invitation", "grace")]
