"""A pytest plugin for CI: a skipped test is a failure, unless it says that it needs ``../shared``, or that it is one of those
that run with ``--database postgresql`` (CI runs them so).

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
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not any(word in reason for word in ALLOWED):
            _skipped.append(f"{report.nodeid}: {reason}")
