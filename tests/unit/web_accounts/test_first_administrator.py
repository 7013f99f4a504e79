"""The first administrator is invited by a command; there is no default password, and there is only one first."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from socle.errors import InputError
from socle_web.accounts import actions
from socle_web.accounts.models import Invitation, User
from socle_web.audit.refusals import Refused
from socle_web.project.readiness import ask_for_an_administrator
from tests.unit.web_accounts.people import an_administrator

pytestmark = pytest.mark.django_db


def command(capsys, *arguments):
    call_command("administrator", *arguments)
    return re.search(r"^(https?://\S+?)(/accounts/invitation/\S+)$", capsys.readouterr().out, re.MULTILINE).groups()


def accept(link, name="Root"):
    return Client().post(link, {"name": name, "password": "three small words together"})


def test_the_command_prints_a_link_that_works_once_for_a_day(capsys):
    site, link = command(capsys, "root@example.org", "--site", "https://socle.example/")
    assert site == "https://socle.example"
    assert Invitation.objects.get().expires_at - timezone.now() <= timedelta(hours=24)
    assert not User.objects.filter(is_active=True).exists(), "nobody can sign in before it is used"
    assert accept(link).status_code == 302
    assert accept(link).status_code == 404
    assert User.objects.get().role == "administrator"


def test_it_is_refused_as_soon_as_there_is_an_administrator(capsys):
    an_administrator()
    with pytest.raises(Refused, match="already"):
        command(capsys, "second@example.org")
    assert User.objects.count() == 1


def test_run_again_only_the_last_link_works(capsys):
    _site, lost = command(capsys, "first@example.org")
    _site, again = command(capsys, "first@example.org")
    _site, other = command(capsys, "other@example.org")
    assert [accept(link).status_code for link in (lost, again, other)] == [404, 404, 302]
    assert list(User.objects.filter(role="administrator").values_list("email", flat=True)) == ["other@example.org"]


def test_something_that_is_no_address_is_refused(capsys):
    with pytest.raises(InputError, match="no e-mail address"):
        command(capsys, "root")


def test_serving_without_an_administrator_says_how_to_invite_one_and_makes_none(capsys):
    ask_for_an_administrator()
    assert "socle-web administrator" in capsys.readouterr().err
    assert not User.objects.exists()
    actions.invite_first_administrator("root@example.org")
    ask_for_an_administrator()
    assert "socle-web administrator" in capsys.readouterr().err
    User.objects.update(is_active=True)
    ask_for_an_administrator()
    assert capsys.readouterr().err == ""
