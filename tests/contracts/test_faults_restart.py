"""The database is restarted while the server runs: the next request works."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.postgresql import restart, server

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.slow]

ROOT = Path(__file__).parents[2]


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def answer(url):
    try:
        with urllib.request.urlopen(url, timeout=30) as said:
            return said.status
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 0


def test_the_next_request_works_after_the_database_was_restarted(tmp_path):
    with server() as database:
        port = free_port()
        env = os.environ | {"DATABASE_URL": database, "SOCLE_HOME": str(tmp_path), "SOCLE_HTTP": "1", "DEBUG": "false"}
        command = ["socle-web", "serve", "--port", str(port), "--threads", "2", "--no-worker"]
        serving = subprocess.Popen([sys.executable, "-c", f"from socle_web.project.commands import main; main({command})"],
                                   env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        address = f"http://127.0.0.1:{port}/api/v1/countries"
        try:
            began = time.monotonic()
            while answer(address) != 200:
                assert serving.poll() is None, "the server does not start"
                assert time.monotonic() - began < 120, "the server does not answer"
                time.sleep(0.5)
            for _ in range(3):
                assert [answer(address) for _ in range(4)] == [200] * 4  # every thread has its connection
                restart(database)
                assert [answer(address) for _ in range(4)] == [200] * 4
        finally:
            serving.terminate()
            serving.wait(30)
