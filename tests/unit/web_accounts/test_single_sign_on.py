"""OpenID Connect signs in who was invited, under an address that the issuer has verified; it opens no account."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import Client

from socle_web.accounts.models import User
from tests.unit.web_accounts.people import PASSWORD, a_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def come(rf, settings):
    """Somebody comes back from the issuer with an address."""
    app = {"provider_id": "sso", "name": "Ours", "client_id": "socle", "secret": "x", "settings": {"server_url": "https://id.example"}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}

    def arrive(email, *, verified=True):
        request = rf.get("/accounts/oidc/sso/login/callback/")
        request.session, request.user = Client().session, AnonymousUser()
        request._messages = FallbackStorage(request)
        said = {"sub": f"id of {email}", "email": email, "email_verified": verified, "preferred_username": "root"}
        with context.request_context(request):
            told = get_adapter().get_provider(request, "sso").sociallogin_from_response(request, said)
            return request, complete_social_login(request, told)

    return arrive


def a_member(*rest, **more):
    person = a_person(*rest, **more)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def test_who_was_invited_signs_in_and_keeps_their_password(come):
    person = a_member()
    request, answer = come(person.email)
    assert (request.user, answer.headers["Location"]) == (person, "/desk/")
    assert SocialAccount.objects.get().user == person
    assert sign_in(person.email, PASSWORD)[1].status_code == 302


@pytest.mark.parametrize("told", [{"email": "stranger@example.org"}, {"email": "ada@example.org", "verified": False}], ids=str)
def test_nobody_else_does(come, told):
    a_member()
    request, _answer = come(**told)
    assert not request.user.is_authenticated
    assert User.objects.count() == 1
    assert not SocialAccount.objects.exists()


def test_a_closed_account_stays_closed(come):
    person = a_member(is_active=False)
    request, answer = come(person.email)
    assert not request.user.is_authenticated
    assert answer.headers["Location"] == "/accounts/inactive/"


def test_a_second_factor_is_asked_for_that_way_too(come):
    person = a_member(role="programme_manager")
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    request, answer = come(person.email)
    assert not request.user.is_authenticated
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
