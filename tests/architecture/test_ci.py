"""What CI leans on: a skip cannot hide, and the library's tests can be told from the platform's."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.architecture.house import ROOT

SKIPPED = "import pytest\n\ndef test_it():\n    pytest.skip({reason!r})\n"
AT_IMPORT = "import pytest\n\npytest.skip({reason!r}, allow_module_level=True)\n"


def run(folder, *arguments, **files):
    for name, text in files.items():
        (folder / f"test_{name}.py").write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments, str(folder)]
    alone = {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # the plugins of the suite have no part in it
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=os.environ | alone)


@pytest.mark.parametrize("workers", [[], ["-p", "xdist", "-n", "1"]], ids=["alone", "xdist"])
@pytest.mark.parametrize("text", [SKIPPED, AT_IMPORT], ids=["in a test", "at import"])
def test_a_skip_without_leave_fails_the_run(tmp_path, text, workers):
    done = run(tmp_path, "-p", "tests.no_hidden_skips", *workers,
               skipped=text.format(reason="no browser here"), passing="def test_it():\n    pass\n")
    assert done.returncode == 1, done.stdout
    assert "no browser here" in done.stdout


def test_a_test_that_is_expected_to_fail_fails_the_run(tmp_path):
    waits = 'import pytest\n\n@pytest.mark.xfail(reason="later")\ndef test_it():\n    assert False\n'
    done = run(tmp_path, "-p", "tests.no_hidden_skips", waits=waits)
    assert done.returncode == 1, done.stdout
    assert "expected to fail: later" in done.stdout


def test_a_skip_that_needs_the_shared_folder_is_let_through(tmp_path):
    done = run(tmp_path, "-p", "tests.no_hidden_skips", skipped=SKIPPED.format(reason="needs ../shared"))
    assert done.returncode == 0, done.stdout


def test_a_test_of_the_platform_is_not_collected_without_it(tmp_path):
    done = run(tmp_path, "-p", "tests.library_only", library="def test_it():\n    pass\n",
               platform="import django\n\ndef test_it():\n    pass\n")
    assert "1 passed" in done.stdout


def test_every_step_of_ci_is_run_and_counted():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    functions = [line.split("(")[0] for line in script.splitlines() if line.endswith("() {")]
    assert [name for name in functions if script.count(name) < 2] == []
    assert subprocess.run(["bash", "-n", ROOT / ".ci" / "run"]).returncode == 0
