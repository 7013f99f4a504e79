"""Renew the hashed lock: ``python3 scripts/lock.py`` keeps what still fits, ``--upgrade`` takes the newest.

``requirements/`` then holds one file for each way to install, each a superset of the one before and with the same
versions: ``web.txt`` (the site), ``test.txt`` (and its tests), ``dev.txt`` (and the linters); ``tools.txt`` holds the
installer itself. The files name no package registry: the same lock installs from any mirror.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import start  # noqa: E402  (the bootstrap at the root of the repository)

LOCKS = ROOT / "requirements"
EXTRAS = ("dev", "test", "web")  # the widest first: it constrains the others
UV = "uv==0.13.8"


def main(arguments: list[str]) -> None:
    uv = start.uv() or sys.exit("uv could not be installed; it is needed to write the lock.")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    build = "\n".join(project["build-system"]["requires"])
    compile_ = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes",
                "--no-header", "--no-annotate", *arguments]
    for extra in EXTRAS:
        constraint = [] if extra == EXTRAS[0] else ["--constraint", str(LOCKS / f"{EXTRAS[0]}.txt")]
        into = ["-o", f"requirements/{extra}.txt"]
        _run([*compile_, *constraint, "--extra", extra, "pyproject.toml", "-", *into], build)
    _run([*compile_, "-", "-o", "requirements/tools.txt"], UV)


def _run(command: list[str], stdin: str) -> None:
    print(command[-1])
    subprocess.run(command, cwd=ROOT, input=stdin, text=True, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
