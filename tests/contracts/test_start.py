"""start.py: what a newcomer meets when something is in the way. (A fresh clone that serves its first page is a step of .ci/run.)"""

from __future__ import annotations

import ast
import json
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import start

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A checkout with locks and nothing installed; what start would run is written down and succeeds."""
    root = tmp_path / "a folder with spaces"
    (root / "requirements").mkdir(parents=True)
    for name in ("web", "test", "dev", "tools"):
        (root / "requirements" / f"{name}.txt").write_text(f"{name}\n")
    (root / "pyproject.toml").write_text("")
    monkeypatch.setattr(start, "ROOT", root)
    monkeypatch.setattr(start, "TOOLS", root / ".tools")
    monkeypatch.setattr(start, "VENV", root / ".venv")
    monkeypatch.setattr(start, "STAMP", root / ".venv" / "installed.json")
    monkeypatch.setattr(start, "uv", lambda: "uv")
    monkeypatch.delenv("SOCLE_INSTALLER", raising=False)
    return root


@pytest.fixture
def runs(house, monkeypatch):
    commands = []

    def run(*command):
        commands.append([str(part) for part in command])
        if "venv" in command:
            start.python().parent.mkdir(parents=True)
            start.python().touch()
        return 0

    monkeypatch.setattr(start, "_run", run)
    monkeypatch.setattr(start, "_quiet", run)
    return commands


def test_an_older_python_is_told_which_one_is_needed():
    pretend = "import sys, runpy; sys.version_info = (3, 9, 2); runpy.run_path('start.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; this is Python 3.9" in done.stderr


def test_it_needs_nothing_but_the_standard_library():
    tree = ast.parse((ROOT / "start.py").read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= set(sys.stdlib_module_names)


def test_packages_are_installed_with_their_hashes_and_the_project_without_dependencies(runs):
    start.install("web")
    packages, project = runs[-2:]
    assert "--require-hashes" in packages
    assert packages[-1].endswith("web.txt")
    assert "--no-deps" in project
    assert "--editable" in project


def test_what_is_installed_is_not_installed_again(runs):
    start.install("test")
    runs.clear()
    start.install("test")
    start.install("web")
    assert runs == []


def test_a_wider_set_is_installed_over_a_narrower_one(runs):
    start.install("web")
    runs.clear()
    start.install("dev")
    assert any(command[-1].endswith("dev.txt") for command in runs)


def test_a_renewed_lock_is_installed(runs, house):
    start.install("web")
    runs.clear()
    (house / "requirements" / "web.txt").write_text("newer\n")
    start.install("web")
    assert any(command[-1].endswith("web.txt") for command in runs)


def test_an_environment_of_another_place_is_made_anew(runs, house):
    start.install("web")
    before = json.loads(start.STAMP.read_text())
    start.STAMP.write_text(json.dumps(before | {"home": ["elsewhere", sys.version]}))
    runs.clear()
    start.install("web")
    assert any("venv" in command for command in runs)


def test_pip_takes_over_where_uv_does_not_work(runs, monkeypatch):
    monkeypatch.setattr(start, "uv", lambda: None)
    start.install("web")
    assert [command[1:4] for command in runs if "install" in command] == [["-m", "pip", "install"]] * 2


def test_without_an_index_it_says_what_to_do(house, monkeypatch):
    monkeypatch.setattr(start, "_run", lambda *command: 0 if "venv" in command else 1)
    monkeypatch.setattr(start, "_quiet", lambda *command: 0)
    with pytest.raises(start.Stop, match=r"package index(.|\n)*PIP_INDEX_URL(.|\n)*run the same command again"):
        start.install("web")


def test_a_folder_that_cannot_be_written_says_so(house, monkeypatch):
    monkeypatch.setattr(start, "ROOT", house / "pyproject.toml")
    with pytest.raises(start.Stop, match="cannot be written to"):
        start._writable()


def test_a_reason_to_stop_is_told_without_a_traceback(house, monkeypatch, capsys):
    def refuse(wanted):
        raise start.Stop("No disk.")

    monkeypatch.setattr(start, "install", refuse)
    assert start.main(["setup"]) == 2
    assert capsys.readouterr().err.strip() == "No disk."


@pytest.fixture
def refusing(runs, house, monkeypatch):
    """A checkout whose data the database refuses; returns what it becomes."""
    (house / start.PROGRAMME).mkdir(parents=True)
    monkeypatch.setattr(start, "_run", lambda *command: 2 if "load" in command else 0)
    monkeypatch.setattr(start, "WINDOWS", False)
    monkeypatch.setattr(start.os, "chdir", lambda path: None)
    became = []
    monkeypatch.setattr(start.os, "execv", lambda path, command: became.append(command))
    return became


def test_a_site_set_up_before_serves_what_it_has_when_newer_data_are_refused(house, refusing, capsys):
    start.python().parent.mkdir(parents=True)
    start.python().touch()
    start.install("web")
    start.main(["serve"])
    assert "shows the records it had" in capsys.readouterr().err
    assert "serve" in refusing[0]


def test_a_first_start_stops_when_its_data_are_refused(house, refusing, capsys):
    start.python().parent.mkdir(parents=True)
    start.python().touch()
    assert start.main(["serve"]) == 2
    assert "could not be loaded" in capsys.readouterr().err
    assert refusing == []


def test_a_taken_port_is_replaced_by_a_free_one(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(start, "PORT", taken.getsockname()[1])
        port = start.free_port("127.0.0.1")
    assert port != start.PORT
    assert port > 0


def test_a_taken_port_that_was_asked_for_is_refused():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(start.Stop, match="choose another --port"):
            start.free_port("127.0.0.1", taken.getsockname()[1])


def test_arguments_of_pytest_are_passed_on(runs):
    assert start.main(["test", "-q", "tests/unit"]) == 0
    assert runs[-1][1:] == ["-m", "pytest", "-q", "tests/unit"]


def test_what_it_honours_is_in_its_own_words():
    text = (ROOT / "start.py").read_text(encoding="utf-8")
    honoured = set(re.findall(r'environ(?:\.get\(|\[)"(\w+)"', text))
    assert honoured
    assert all(name in start.__doc__ for name in honoured)


def test_half_an_environment_is_taken_away(house, monkeypatch):
    def run(*command):
        start.python().parent.mkdir(parents=True)
        start.python().touch()
        return 1

    monkeypatch.setattr(start, "uv", lambda: None)
    monkeypatch.setattr(start, "_run", run)
    with pytest.raises(start.Stop, match="apt-get install python3-venv"):
        start.install("web")
    assert not start.VENV.exists()


@pytest.mark.parametrize(("host", "told"), [("0.0.0.0", True), ("127.0.0.1", False)])
def test_who_serves_others_is_told_of_https(runs, monkeypatch, capsys, host, told):
    monkeypatch.delenv("SOCLE_HTTP", raising=False)
    monkeypatch.setattr(start.os, "execv", lambda *command: None)
    monkeypatch.setattr(start.os, "chdir", lambda folder: None)
    start.main(["serve", "--host", host])
    assert ("SOCLE_HTTP=1" in capsys.readouterr().out) is told
