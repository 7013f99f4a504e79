"""The server is killed in the middle of a deed: nothing is half done, the log is sound, and the deed can be done again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.databases import another

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
AFTER = {
    "publish": {"changes": 61, "observations": 2, "entries": {"published": 60}},
    "bring": {"changes": 61, "observations": 62, "entries": {"published": 60}},
    "accept": {"changes": 61, "observations": 62, "entries": {"published": 60, "draft": 60}},
    "submit": {"changes": 61, "observations": 62, "entries": {"published": 60, "submitted": 60}},
}


def process(*arguments, env, **how):
    return subprocess.Popen([sys.executable, "-m", "tests.contracts.working", *arguments], env=env, cwd=ROOT, text=True,
                            stdout=subprocess.PIPE, **how)


def done(*arguments, env):
    """What a process found that did it to the end."""
    working = process(*arguments, env=env)
    said, _ = working.communicate(timeout=120)
    assert working.returncode == 0, said
    return json.loads(said.splitlines()[-1])


def test_what_is_killed_halfway_has_not_happened_and_can_be_done_again(tmp_path, pytestconfig):
    with another(tmp_path, pytestconfig) as url:
        env = os.environ | {"DATABASE_URL": url, "SOCLE_HOME": str(tmp_path), "DEBUG": "false", "SOCLE_HTTP": "1"}
        before = done("prepare", env=env)
        for deed, wanted in AFTER.items():
            working = process(deed, "slowly", env=env)
            assert working.stdout.readline().strip() == "halfway"
            working.send_signal(signal.SIGKILL)
            working.wait(30)
            assert done("look", env=env) == before, f"{deed} is half done"
            after = done(deed, env=env)
            assert {name: after[name] for name in wanted} == wanted
            assert after["sound"]
            assert after["told"]
            assert after["events"] == before["events"] + 1
            before = after
