"""The states, deeds and refusals of an inquiry in the reference are those of the code."""

from __future__ import annotations

import re

from socle_web.coverage.models import InquiryState, Thread
from tests.architecture.house import ROOT

PAGE = (ROOT / "docs/reference/states-of-an-inquiry.md").read_text(encoding="utf-8")
CODE = {name: (ROOT / f"socle_web/coverage/{name}.py").read_text(encoding="utf-8")
        for name in ("actions/rounds", "actions/bringing", "actions/threads", "actions/inquiries", "actions/reminding", "models/rounds")}


def part(heading):
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_every_state_is_explained():
    assert [state for state in InquiryState.values if f"| `{state}` |" not in PAGE] == []
    assert [state for state in Thread.State.values if f"| `{state}` |" not in part("Threads")] == []


def test_every_refusal_of_a_step_is_explained_and_every_one_explained_is_raised():
    rows = re.findall(r"^\| `.+$", part("From state to state") + part("Threads").rpartition("| deed |")[2], re.MULTILINE)
    refused = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[-2])}
    explained = set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`.+?) \|", part("Refusals"), re.MULTILINE))))
    raised = set(re.findall(r"""code=\s*"(\w+)\"""", "".join(CODE.values()))) - {"unreadable"} | {"forbidden"}
    assert refused
    assert sorted(refused - explained) == []
    assert sorted(explained - raised) == []
    assert sorted(raised - explained) == []


def test_every_deed_of_an_inquiry_stands_in_a_table():
    recorded = set(re.findall(r"""(?:record|_done)\(\s*"(\w+)\"""", "".join(CODE.values())))
    listed = set(re.findall(r"^\| `(\w+)` \|", part("From state to state") + part("Threads"), re.MULTILINE))
    assert recorded <= listed


def test_the_constraints_that_are_named_exist():
    named = re.findall(r"^\| `(\w+)` \|", part("What the database holds"), re.MULTILINE)
    assert named
    assert [name for name in named if f'name="{name}"' not in CODE["models/rounds"]] == []
