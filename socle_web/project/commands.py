"""``socle-web``: Django's commands, ``load``, ``load_schemes``, ``administrator``, ``worker`` and ``serve``."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.core.management import execute_from_command_line

from socle.errors import InputError
from socle_web.audit.refusals import Refused
from socle_web.project.readiness import ask_for_an_administrator, make_ready

REFUSED, DEFECT = 2, 3  # exit codes, as of every noun of `socle`
REST, PATIENCE = 2.0, 10.0  # seconds before a worker that died is followed by another; before one that is to end is made to
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def main(argv: list[str] | None = None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socle_web.project.settings")
    argv = list(sys.argv if argv is None else argv)
    try:
        if argv[1:2] == ["serve"]:
            serve(argv[2:])
            return
        writing = ["load", "load_schemes", "load_coverage", "administrator", "worker"]
        if argv[1:2] and argv[1] in writing and not {"-h", "--help"} & set(argv):
            make_ready(trial=argv[1] == "load" and any(len(a) > 2 and "--dry-run".startswith(a) for a in argv[2:]))
        execute_from_command_line(argv)
    except (InputError, Refused) as error:
        print(error, file=sys.stderr)
        sys.exit(REFUSED)
    except Exception:  # whatever it is: 1 would say that there were only warnings  # noqa: BLE001
        traceback.print_exc()
        sys.exit(DEFECT)


def serve(arguments: list[str]) -> None:
    """Serve the site: to this machine over plain HTTP, elsewhere over HTTPS only, unless SOCLE_HTTP=1 says otherwise."""
    from granian import Granian  # the server is loaded by the command that serves, not by every command  # noqa: PLC0415
    from granian.constants import Interfaces  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog="socle-web serve", description="Serve the site.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=1, help="processes (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=4, help="threads a process (default: %(default)s)")
    parser.add_argument("--no-worker", action="store_true", help="start no worker beside the server")
    given = parser.parse_args(arguments)
    if given.host in LOOPBACK:
        os.environ.setdefault("SOCLE_HTTP", "1")
    _refuse_a_taken_port(given.host, given.port)
    make_ready()
    ask_for_an_administrator()
    server = Granian(
        "socle_web.project.wsgi:application",
        address=given.host,
        port=given.port,
        interface=Interfaces.WSGI,
        workers=given.workers,
        blocking_threads=given.threads,
        websockets=False,
    )
    with nullcontext() if given.no_worker else worker_beside():
        server.serve()


@contextmanager
def worker_beside() -> Iterator[None]:
    """One worker for long work: begun again when it dies, ended with the server."""
    over = threading.Event()
    begun: list[subprocess.Popen[bytes]] = []

    def keep_one() -> None:
        while not over.is_set():
            begun[:] = [subprocess.Popen([sys.executable, "-m", "django", "worker", "--of", str(os.getpid())])]
            begun[0].wait()
            over.wait(REST)

    keeper = threading.Thread(target=keep_one, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        for worker in begun:
            worker.terminate()
            try:
                worker.wait(PATIENCE)
            except subprocess.TimeoutExpired:  # its work is taken up again by the next one
                worker.kill()
        keeper.join(PATIENCE)


def _refuse_a_taken_port(host: str, port: int) -> None:
    """Granian would share the port with a server that listens there already, and each would answer some requests."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0 if os.name == "nt" else 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = str(getattr(error, "strerror", None) or error).rstrip(".")
            raise InputError(f"Nothing can listen on port {port} of {host}: {reason}.",
                             remedy="Stop what listens there, or choose another --port.") from None
