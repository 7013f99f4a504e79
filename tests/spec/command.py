"""The command line as a person types it, without the cost of a process."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from pathlib import Path

from socle import cli

MADE_UP = Path(__file__).parents[2] / "catalogue/programmes/made-up"


@dataclass(frozen=True)
class Ended:
    code: int
    content: bytes
    err: str

    @property
    def out(self) -> str:
        return self.content.decode()


def socle(*arguments: object) -> Ended:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            cli.main([str(argument) for argument in arguments])
            code: object = 0
        except SystemExit as end:
            code = end.code or 0
    assert isinstance(code, int)
    for stream in (out, err):
        stream.flush()
    return Ended(code, out.buffer.getvalue(), err.buffer.getvalue().decode())  # type: ignore[attr-defined]
