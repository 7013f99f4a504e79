"""People of these tests."""

from __future__ import annotations

from django.test import Client

from socle_web.accounts.models import User

PASSWORD = "correct horse battery staple"


def a_person(username="ada", role="contributor", **more):
    return User.objects.create_user(username, f"{username}@example.org", PASSWORD, role=role, **more)


def an_administrator(username="root"):
    return a_person(username, "administrator")


def sign_in(email, password=PASSWORD, **how):
    """A browser, and the answer to its form."""
    client = Client(**how)
    return client, client.post("/accounts/login/", {"login": email, "password": password})


def signed_in(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
