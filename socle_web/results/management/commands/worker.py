"""``socle-web worker``: do the long work beside the server, and take up what a worker that died has left."""

from __future__ import annotations

import os
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from socle_web.results import jobs

RESTS = 1.0  # seconds between two looks for work
LOOKS = 20.0  # seconds between two looks for the dead
MINDS = 1.0  # seconds between two looks whether the server is there


class Command(BaseCommand):
    help = "Do the long work: read files with many rows, and take their rows over."
    requires_system_checks: list[str] = []  # noqa: RUF012  (reads every address of the site: socle-web check does)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--of", type=int, default=0, help="end with this process (the server it stands beside)")
        parser.add_argument("--once", action="store_true", help="do what waits, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            jobs.look_for_the_dead()
        else:
            threading.Thread(target=_look_for_the_dead, daemon=True).start()
        if options["of"]:
            threading.Thread(target=_end_with, args=(options["of"],), daemon=True).start()
        worker = Worker(queue_names=["default"], interval=RESTS, batch=options["once"], backend_name="default", startup_delay=False,
                        max_tasks=None, worker_id=get_random_string(32), excluded_queue_names=[])
        worker.configure_signals()
        worker.run()


def _look_for_the_dead() -> None:
    pause = threading.Event()
    while True:
        try:
            jobs.look_for_the_dead()
            jobs.forget_what_is_done()
        except DatabaseError:  # it is restarted, or busy: the next look is soon
            pass
        finally:
            connection.close()
        pause.wait(LOOKS)


def _end_with(server: int) -> None:
    pause = threading.Event()
    while os.getppid() == server:
        pause.wait(MINDS)
    os.kill(os.getpid(), signal.SIGTERM)
