"""What the README, the tutorial and the how-to pages tell a reader to do works: in the order of the page, in a folder with the catalogue.

    ```console          lines that begin with `$ ` are run; what follows is their output (`...` stands for anything);
    ```console exits=2  the last command of the block leaves with this code (0 or 1 otherwise)
    ```python           runs; all blocks of a page share their names; lines `# prints: ...` say what the block prints
    ```csv FILE         is written to FILE; ```toml FILE and ```json FILE likewise, without a name they are shown and not run
    ```sh, ```nginx, ```ini, ```text   for another machine than this one, or what it shows: read, not run (shell must parse)

At the workbench one presses buttons: what such a page prints in **bold** is what the site says.

The README's commands and those of the first day are given as they stand, to a new process and an empty folder. On the other
pages a plain `socle` command is given to its own entry without the cost of a process, and `socle-web` finds its tables made.

Some pages use socle-web: these are tests of the platform.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from socle import cli, vocabulary

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/tutorial/*.md"), *ROOT.glob("docs/how-to/*.md")])
BLOCK = re.compile(r"^```(\w+)(?: ([^\n]*))?\n(.*?)^```", re.MULTILINE | re.DOTALL)
#: No pipe, no redirection, no variable, no pattern of files.
PLAIN = re.compile(r"socle [^|&;<>()$`*?~{}\\\n]*$")
NOT_RUN = {"toml", "json", "sh", "nginx", "ini", "mermaid", "text"}
#: The pages whose every command is a new process, and whose database is made by the page itself.
WHOLLY = {"README", "a-first-day-at-the-workbench"}
MATCHES = doctest.OutputChecker().check_output
#: The pages that lead through the workbench.
PRESSED = [page for page in PAGES if page.stem in {
    "a-first-day-at-the-workbench", "correct-a-published-figure", "enter-and-publish-a-result", "import-a-workbook",
    "lock-a-reporting-period", "plan-a-reporting-round", "run-the-worker", "verify-and-return"}]


@dataclass(frozen=True)
class Block:
    language: str
    about: str
    text: str


def blocks(page):
    return [Block(language, about or "", text) for language, about, text in BLOCK.findall(page.read_text(encoding="utf-8"))]


def test_there_are_pages_with_examples():
    assert len([page for page in PAGES if any(block.language == "console" for block in blocks(page))]) >= 5


@pytest.mark.parametrize("page", PRESSED, ids=lambda page: page.stem)
def test_what_a_page_tells_the_reader_to_press_is_what_the_site_says(page):
    files = [path for kind in ("py", "html") for path in (ROOT / "socle_web").rglob(f"*.{kind}")]
    sources = "".join(path.read_text(encoding="utf-8") for path in files)
    labels = {code.label("en") for words in vocabulary.code_lists().values() for code in words.values()}
    told = re.findall(r"\*\*(.+?)\.?\*\*", re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL))
    assert told
    assert [words for words in told if words not in labels and not re.search(rf"""["'>]{re.escape(words)}(?:["':<]| \()""", sources)] == []


@pytest.fixture(scope="session")
def tables(tmp_path_factory):
    """A database as `socle-web migrate` makes it."""
    home = tmp_path_factory.mktemp("tables")
    subprocess.run([Path(sys.executable).parent / "socle-web", "migrate", "--verbosity", "0"], cwd=home, env=surroundings(home), check=True)
    return home / "var" / "socle.sqlite3"


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_tells_the_reader_to_do_works(page, tmp_path, monkeypatch, request):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    if page.stem not in WHOLLY and any("$ socle-web" in block.text for block in blocks(page)):
        (tmp_path / "var").mkdir()
        shutil.copy(request.getfixturevalue("tables"), tmp_path / "var")
    for place in ("catalogue", "socle/datasets/made_up"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).symlink_to(ROOT / place)
    names: dict[str, object] = {"__name__": "example"}
    for block in blocks(page):
        if block.language in ("csv", "toml", "json") and block.about:
            file = tmp_path / block.about
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            run_console(block, tmp_path, wholly=page.stem in WHOLLY)
        elif block.language == "python":
            run_python(block, names)
        else:
            assert block.language in NOT_RUN, f"a block of a language that is not known here: {block}"
            if block.language == "sh":
                subprocess.run(["bash", "-n"], input=block.text, text=True, check=True)


def run_console(block, folder, *, wholly):
    steps = re.findall(r"^\$ (.+(?:\n> .+)*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE)
    assert steps, f"no line begins with `$ `: {block}"
    for number, (command, wanted) in enumerate(steps, 1):
        command = command.replace("\n> ", "\n")
        done = run_plainly(command) if PLAIN.match(command) and not wholly else subprocess.run(
            ["bash", "-c", command], cwd=folder, env=surroundings(folder), text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=300)
        codes = {0, 1} if number < len(steps) or not block.about else {int(block.about.removeprefix("exits="))}
        assert done.returncode in codes, f"$ {command}\nleft with {done.returncode}:\n{done.stdout}"
        if wanted.strip():
            matches = MATCHES(wanted, done.stdout, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
            assert matches, f"$ {command}\nprinted:\n{done.stdout}\nand not:\n{wanted}"


def surroundings(folder):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    here = os.environ | {"PATH": path, "SOCLE_HOME": str(folder), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    return {name: value for name, value in here.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}


def run_plainly(command):
    """A command of `socle` that asks nothing of the shell."""
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            cli.main(shlex.split(command)[1:])
            code = 0
        except SystemExit as end:
            code = end.code or 0
        said.flush()
    return subprocess.CompletedProcess(command, code, said.buffer.getvalue().decode())


def run_python(block, names):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block.text, "example", "exec"), names)
    wanted = "".join(line + "\n" for line in re.findall(r"^# prints: (.*)$", block.text, re.MULTILINE))
    if wanted:
        matches = MATCHES(wanted, printed.getvalue(), doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        assert matches, f"{block.text}\nprinted:\n{printed.getvalue()}"
