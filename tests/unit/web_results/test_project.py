"""What a deployment may set, and what the platform does when nothing is set."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.utils import translation

from socle import vocabulary
from socle_web.project import commands
from socle_web.project.environment import Environment, database, kept_secret
from socle_web.project.language import SpeakTheReadersLanguage

ROOT = Path(__file__).parents[3]


@pytest.fixture
def nothing_set(monkeypatch, tmp_path):
    for name in Environment.model_fields:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOCLE_HOME", str(tmp_path))
    return tmp_path


def test_nothing_needs_to_be_set(nothing_set):
    here = Environment()
    assert here.DEBUG is False
    assert here.database["NAME"] == str(nothing_set / "var" / "socle.sqlite3")
    assert here.database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert len(here.secret) > 50


def test_the_secret_is_made_once_and_read_by_its_owner_only(nothing_set):
    assert Environment().secret == Environment().secret
    assert stat.S_IMODE((nothing_set / "var" / "secret").stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_the_secret(tmp_path):
    for n in range(20):
        with ThreadPoolExecutor(8) as many:
            assert len(set(many.map(kept_secret, [tmp_path / f"secret{n}"] * 8))) == 1


def test_the_environment_comes_first(nothing_set, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "mine")
    monkeypatch.setenv("ALLOWED_HOSTS", "socle.example, www.socle.example")
    assert Environment().secret == "mine"
    assert Environment().ALLOWED_HOSTS == ["socle.example", "www.socle.example"]
    assert not (nothing_set / "var" / "secret").exists()


@pytest.mark.parametrize(("url", "expected"), [
    ("sqlite:////srv/socle.sqlite3", {"NAME": "/srv/socle.sqlite3"}),
    ("postgresql://ann:p%40ss@db.example:5433/socle",
     {"NAME": "socle", "USER": "ann", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "5433"}),
    ("postgres:///socle?host=/run/pg&sslmode=require", {"HOST": "/run/pg", "NAME": "socle", "OPTIONS": {"sslmode": "require"}}),
])
def test_a_database_is_named_by_its_url(url, expected):
    assert database(url).items() >= expected.items()


def test_an_unknown_database_is_refused():
    with pytest.raises(ValueError, match="sqlite and postgresql"):
        database("mysql://x")


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_library_speaks_the_readers_language(language):
    heard = []

    def answer(request):
        heard.append(vocabulary.language())
        return HttpResponse()

    with translation.override(language):
        SpeakTheReadersLanguage(answer)(None)
    assert heard == [language]
    assert vocabulary.language() == "en"


@pytest.mark.parametrize(("host", "plain"), [("127.0.0.1", "1"), ("0.0.0.0", None)])
def test_only_this_machine_is_served_over_plain_http(monkeypatch, host, plain):
    import granian

    served = []

    class Server:
        def __init__(self, target, **options):
            served.append(options)

        def serve(self):
            served.append(os.environ.get("SOCLE_HTTP"))

    monkeypatch.setenv("SOCLE_HTTP", "")
    monkeypatch.delenv("SOCLE_HTTP")
    monkeypatch.setattr(granian, "Granian", Server)
    monkeypatch.setattr(commands, "make_ready", lambda: None)
    monkeypatch.setattr(commands, "ask_for_an_administrator", lambda: None)
    commands.main(["socle-web", "serve", "--host", host, "--port", "8471", "--no-worker"])
    assert (served[0]["address"], served[0]["port"], served[1]) == (host, 8471, plain)


def test_a_defect_keeps_its_traceback_and_exits_with_3(monkeypatch, capsys):
    def broken(argv):
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr(commands, "execute_from_command_line", broken)
    monkeypatch.setattr(commands, "make_ready", lambda trial: None)
    with pytest.raises(SystemExit) as end:
        commands.main(["socle-web", "load", "x"])
    assert end.value.code == 3
    assert "a defect" in capsys.readouterr().err


@pytest.mark.slow
def test_production_passes_every_check_of_django(tmp_path):
    clean = {k: v for k, v in os.environ.items() if k not in Environment.model_fields}
    done = subprocess.run([sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], cwd=ROOT, text=True,
                          env=clean | {"SOCLE_HOME": str(tmp_path)}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
