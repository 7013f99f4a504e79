"""A pytest plugin for CI: a test that is skipped, or expected to fail, is a failure.

Let through is what says that it needs ``../shared``, and what runs with ``--database postgresql`` (CI runs those so).

    pytest -p tests.no_hidden_skips
"""

from __future__ import annotations

ALLOWED = ("../shared", "--database postgresql")
_skipped: list[str] = []


def pytest_runtest_logreport(report):
    _note(report)


def pytest_collectreport(report):
    _note(report)


def pytest_sessionfinish(session):
    if _skipped and not hasattr(session.config, "workerinput") and session.exitstatus == 0:
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter):
    if _skipped:
        terminalreporter.section("skipped without leave")
        terminalreporter.write_line("\n".join(_skipped))


def _note(report):
    if report.skipped:
        expected = f"expected to fail: {report.wasxfail}" if hasattr(report, "wasxfail") else ""
        reason = expected or (report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr))
        if not any(word in reason for word in ALLOWED):
            _skipped.append(f"{report.nodeid}: {reason}")
