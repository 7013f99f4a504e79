"""Seconds, megabytes and ratios. A ratio compares two things done in turn in one process, so that it holds on another machine."""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter
from typing import Any


@dataclass(frozen=True)
class Measure:
    """``ours`` and ``other`` in seconds (other: the hand-written minimum); ``most`` is the ratio we promise not to pass."""

    what: str
    where: str
    ours: float
    other: float | None = None
    against: str = ""
    most: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.other if self.other else None

    @property
    def kept(self) -> bool:
        return self.most is None or self.ratio is None or self.ratio <= self.most


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    began = perf_counter()
    work()
    return perf_counter() - began


def in_turn(ours: Callable[[], object], other: Callable[[], object], *, times: int = 3) -> tuple[float, float]:
    """Median seconds of two pieces of work, done in turn."""
    pairs = [(seconds(ours), seconds(other)) for _ in range(times)]
    return median(o for o, _ in pairs), median(o for _, o in pairs)


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def say(measures: list[Measure]) -> None:
    """What a worker prints for the process that started it."""
    print(json.dumps([asdict(m) for m in measures]))


def ask(module: str, *arguments: str, environment: Mapping[str, str]) -> list[Measure]:
    """Run a worker in a process of its own: its memory is its own, its database the one of its environment."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=dict(environment), check=True, stdout=subprocess.PIPE, text=True)
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return [Measure(**one) for one in found]


def table(measures: list[Measure]) -> str:
    """The measures as one Markdown table."""
    lines = ["| what | where | ours, s | against | s | ratio | at most | |", "|---|---|--:|---|--:|--:|--:|---|"]
    for m in measures:
        other = "" if m.other is None else f"{m.other:.3g}"
        ratio = "" if m.ratio is None else f"{m.ratio:.2f}"
        lines.append(f"| {m.what} | {m.where} | {m.ours:.3g} | {m.against} | {other} | {ratio} | {m.most or ''} | {m.note} |")
    return "\n".join(lines)
