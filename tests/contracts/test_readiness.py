"""A person who loads or serves without having set up the database."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys

import pytest

BOOK = "phase,title,start,end\n1,One,2021,2025\n"


def socle_web(home, *arguments):
    program = "import sys; from socle_web.project.commands import main; main(['socle-web', *sys.argv[1:]])"
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return subprocess.run([sys.executable, "-c", program, *arguments], env=environment | {"SOCLE_HOME": str(home)},
                          capture_output=True, text=True)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "phases.csv").write_text(BOOK, encoding="utf-8")
    return tmp_path


def test_a_load_into_a_new_database_makes_its_tables_first(folder):
    done = socle_web(folder, "load", str(folder / "book"))
    assert done.returncode == 0, done.stderr
    assert "its tables were made" in done.stderr
    again = socle_web(folder, "load", str(folder / "book"))
    assert (again.returncode, "tables" in again.stderr) == (0, False)


def test_a_trial_makes_no_database(folder):
    trial = socle_web(folder, "load", str(folder / "book"), "--dry-run")
    assert (trial.returncode, trial.stderr) == (0, "")
    assert "nothing was written" in trial.stdout
    assert not list(folder.rglob("*.sqlite3*"))
    (folder / "var" / "socle.sqlite3").touch()
    assert socle_web(folder, "load", str(folder / "book"), "--dry-run").returncode == 0
    assert (folder / "var" / "socle.sqlite3").stat().st_size == 0


def test_a_database_of_an_earlier_version_is_not_touched(folder):
    socle_web(folder, "load", str(folder / "book"))
    with sqlite3.connect(folder / "var" / "socle.sqlite3") as database:
        database.execute("DELETE FROM django_migrations WHERE name = (SELECT max(name) FROM django_migrations WHERE app = 'results')")
    done = socle_web(folder, "load", str(folder / "book"))
    assert done.returncode == 2
    assert "socle-web migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_cannot_be_reached_is_said_without_a_traceback(folder):
    environment = os.environ | {"SOCLE_HOME": str(folder / "home"), "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}
    program = "from socle_web.project.commands import main; main(['socle-web', 'load', 'x'])"
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_refused_and_not_shared(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = socle_web(folder, "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "choose another --port" in done.stderr
