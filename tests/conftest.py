"""The database the tests run on: a SQLite file by default, PostgreSQL with ``--database postgresql``.

On PostgreSQL only the tests that use a database are run, without those of a browser; where there is no server they are
skipped, which CI takes as a failure. A test marked ``postgres`` runs there only.
This file is also read where there is no Django.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.postgresql import NoServer, server

# A busy machine is no failure of a property; CI draws the same examples every time.
settings.register_profile("socle", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ)
settings.load_profile("socle")

DJANGO = find_spec("django") is not None
USES_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_addoption(parser):
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="database of the tests")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Each worker begins with its own half, in the order of the files, and takes from the other when it is done."""
    if config.getoption("dist") != "load":
        return None
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log)


def pytest_configure(config):
    if not DJANGO:
        return
    from django.conf import settings

    scratch = ExitStack()
    config.add_cleanup(scratch.close)
    if config.getoption("database") == "postgresql":
        if not hasattr(config, "workerinput"):  # workers of xdist find the server in their environment
            try:
                os.environ["SOCLE_TEST_DATABASE_URL"] = scratch.enter_context(server())
            except NoServer as none:
                os.environ["SOCLE_TEST_DATABASE_URL"] = ""
                os.environ["SOCLE_NO_SERVER"] = str(none)
        url = os.environ["SOCLE_TEST_DATABASE_URL"]
    else:
        folder = scratch.enter_context(tempfile.TemporaryDirectory(prefix="socle-tests-", ignore_cleanup_errors=True))
        url = f"sqlite:///{folder}/socle.sqlite3"
    if url:
        from socle_web.project.environment import database

        default = database(url)
        if url.startswith("sqlite"):  # a file, as in life: threads of the live server have connections of their own
            default["TEST"] = {"NAME": str(Path(folder) / "test.sqlite3")}
            default["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"  # what a power cut takes, no test needs
        _use(default)
        from tests.emptying import let_the_log_be_emptied

        let_the_log_be_emptied()
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        setattr(settings, name, False)
    settings.SOCLE_MFA = "optional"  # people of a test have no telephone; the tests of sign-in ask for a second factor
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick: nobody's password is kept here


def _use(default):
    """Make this the default database; Django has read its settings by now, but asked no database anything."""
    from django.conf import settings
    from django.db import connections

    settings.DATABASES["default"] = default
    connections.settings = connections.configure_settings(None)
    if hasattr(connections._connections, "default"):
        del connections["default"]


def pytest_collection_modifyitems(config, items):
    on_postgresql = config.getoption("database") == "postgresql"
    wanted = _runs_on_postgresql if on_postgresql else _runs_on_sqlite
    config.hook.pytest_deselected(items=[item for item in items if not wanted(item)])
    items[:] = filter(wanted, items)
    if not on_postgresql:
        return
    if not os.environ.get("SOCLE_TEST_DATABASE_URL"):
        for item in items:
            item.add_marker(pytest.mark.skip(reason=os.environ.get("SOCLE_NO_SERVER", "No PostgreSQL.")))


def _runs_on_sqlite(item):
    return not item.get_closest_marker("postgres")


def _runs_on_postgresql(item):
    return _uses_database(item) and not item.get_closest_marker("browser")


def _uses_database(item):
    return bool(item.get_closest_marker("django_db") or USES_DATABASE & set(getattr(item, "fixturenames", ())))


if DJANGO:

    @pytest.fixture(autouse=True)
    def _the_language_of_the_last_request_is_forgotten():
        yield
        from django.utils import translation

        translation.deactivate()

    @pytest.fixture
    def _django_db_helper(_django_db_helper, request):
        """Countries are there (a test that commits is followed by a flush), and nothing is remembered from the last test."""
        if not _uses_database(request.node):
            return
        from django.apps import apps

        from socle_web.places.filling import fill
        from socle_web.results import queries

        queries.forget()
        if not apps.get_model("places", "Country").objects.exists():
            fill(apps)
