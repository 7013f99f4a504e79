"""What a deployment says about sign-in: OpenID Connect, mail, a second factor; and what Django thinks of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from socle_web.project.environment import Environment, email

ROOT = Path(__file__).parents[3]
OIDC = {"OIDC_NAME": "Our Organisation", "OIDC_ISSUER": "https://id.example/realms/one", "OIDC_CLIENT_ID": "socle",
        "OIDC_CLIENT_SECRET": "not in any page"}
LOOK = """
import django, json
django.setup()
from django.conf import settings
from django.test import Client
from django.test.utils import setup_test_environment
from django.core.management import call_command
call_command("migrate", verbosity=0)
client = Client(SERVER_NAME="localhost", raise_request_exception=False)
page = client.get("/fr/accounts/login/", secure=True)
print(json.dumps({"page": page.content.decode(), "policy": page.headers["Content-Security-Policy"],
    "callback": client.get("/accounts/oidc/sso/login/callback/", secure=True).status_code,
    "signup": client.get("/accounts/single-sign-on/signup/", secure=True).status_code}))
"""


def python(tmp_path, *arguments, **told):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("OIDC_", "SOCLE_", "DATABASE", "EMAIL_"))}
    environment |= {"SOCLE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "socle_web.project.settings", **told}
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, text=True, capture_output=True)


def look(tmp_path, **told):
    done = python(tmp_path, "-c", LOOK, **told)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_without_an_issuer_there_is_no_other_door(tmp_path):
    seen = look(tmp_path)
    assert "Our Organisation" not in seen["page"]
    assert seen["callback"] == seen["signup"] == 404
    assert "form-action 'self';" in seen["policy"] + ";"


def test_with_an_issuer_its_door_is_offered_and_nothing_else_is_trusted(tmp_path):
    seen = look(tmp_path, **OIDC)
    assert "Our Organisation" in seen["page"]
    assert 'action="/accounts/oidc/sso/login/?process=login"' in seen["page"]
    assert OIDC["OIDC_CLIENT_SECRET"] not in seen["page"]
    assert seen["callback"] != 404
    assert "form-action 'self' https://id.example" in seen["policy"]
    assert "default-src 'self'" in seen["policy"]


@pytest.mark.parametrize("missing", OIDC)
def test_half_a_configuration_is_refused(missing):
    with pytest.raises(ValidationError, match=missing):
        Environment(**{name: value for name, value in OIDC.items() if name != missing})


def test_a_second_factor_is_required_unless_said_otherwise():
    assert Environment().SOCLE_MFA == "required"
    with pytest.raises(ValidationError):
        Environment(SOCLE_MFA="sometimes")


def test_django_finds_nothing_to_say_about_a_deployment(tmp_path):
    done = python(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "INFO", ALLOWED_HOSTS="socle.example", SECRET_KEY="x7" * 40 + "abcdef")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_mail_is_printed_unless_a_server_is_named():
    assert email("")["EMAIL_BACKEND"].endswith("console.EmailBackend")
    told = email("smtp://socle:p%40ss@mail.example:2525?tls=1")
    assert [told[f"EMAIL_{name}"] for name in ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")] == [
        "mail.example", 2525, "socle", "p@ss", True, False]
    assert (email("smtps://mail.example")["EMAIL_PORT"], email("smtp://mail.example")["EMAIL_PORT"]) == (465, 25)
    with pytest.raises(ValueError, match="smtp"):
        email("http://mail.example")
