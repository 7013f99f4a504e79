"""The hashed lock: complete, host-free, in step with pyproject.toml."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.architecture.house import ROOT

LOCKS = ("web", "test", "dev")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def text(lock):
    return (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")


def pins(lock):
    """{name: versions}; a package may be pinned twice, for different Pythons."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)", text(lock), re.MULTILINE):
        found.setdefault(canonical(name), set()).add(version)
    return found


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(extra):
    """Names that pyproject.toml asks for: the library, the build and the extra with all that the extra includes."""
    project = PROJECT["project"]
    lines = [*project["dependencies"], *PROJECT["build-system"]["requires"]]
    waiting = [extra]
    while waiting:
        for line in project["optional-dependencies"][waiting.pop()]:
            if own := re.match(r"socle\[([\w,]+)\]", line):
                waiting += own.group(1).split(",")
            else:
                lines.append(line)
    return {canonical(re.match(r"[\w.-]+", line).group()) for line in lines}


@pytest.mark.parametrize("lock", [*LOCKS, "tools"])
def test_the_lock_names_no_host(lock):
    assert not re.search(r"://|index-url|find-links|trusted-host", text(lock))


@pytest.mark.parametrize("lock", [*LOCKS, "tools"])
def test_every_pin_of_the_lock_carries_its_hashes(lock):
    entries = re.split(r"\n(?=\S)", text(lock).strip())
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_every_dependency_of_the_project(lock):
    assert asked_for(lock) - pins(lock).keys() == set(), "run: python3 scripts/lock.py"


@pytest.mark.parametrize(("narrow", "wide"), [("web", "test"), ("test", "dev")])
def test_a_wider_lock_holds_the_narrower_one_at_the_same_versions(narrow, wide):
    wider = pins(wide)
    assert {name: wider.get(name) for name in pins(narrow)} == pins(narrow)


def test_every_dependency_says_why_it_is_there():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[project.scripts]")[0].splitlines()
    wanted = [line for line in lines if re.match(r'\s+"[\w.-]+(\[[\w,]+\])?[<>=~!]*', line) and "::" not in line]
    named = [line for line in wanted if not line.strip().startswith('"socle[')]
    assert named
    assert [line.strip() for line in named if not re.search(r"#\s*\w", line)] == []


def test_no_lock_of_a_kind_that_names_hosts_is_committed():
    names = ("uv.lock", "pylock.toml", "poetry.lock", "package-lock.json")
    assert [name for name in names if (ROOT / name).exists()] == []
