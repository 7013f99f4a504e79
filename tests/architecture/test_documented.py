"""Every command, option, setting, word and table is documented."""

from __future__ import annotations

import ast
import re

import pytest
import typer

from scripts import reference
from socle import cli, results, vocabulary
from socle_web.project.environment import Environment
from socle_web.results.models import State
from tests.architecture import house

REFERENCE = house.ROOT / "docs" / "reference"
ASKED = re.compile(r"""environ(?:\.get|\.setdefault|\.pop)?[\[(]\s*["'](\w+)["']""")
ARGUMENT = re.compile(r"""add_argument\(\s*["'](-{0,2}[\w-]+)["']""")


def page(name):
    return (REFERENCE / name).read_text(encoding="utf-8")


def commands(group, path):
    """(words, options) of every command of the library."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, [*path, name])
        else:
            yield " ".join([*path, name]), [max(option.opts, key=len) for option in command.params if option.opts[0][0] == "-"]



LIBRARY = list(commands(typer.main.get_command(cli.app), ["socle"]))
PLATFORM = {path.stem: path for path in house.python_files("socle_web")
            if path.parent.name == "commands" and path.parent.parent.name == "management" and path.stem != "__init__"}


def section(text, command):
    """What stands under the heading of a command."""
    found = re.search(rf"^#+ .*`{re.escape(command)}\b.*\n(.*?)(?=^#+ |\Z)", text, re.MULTILINE | re.DOTALL)
    return found.group() if found else ""


@pytest.mark.parametrize(("command", "options"), LIBRARY, ids=[command for command, _ in LIBRARY])
def test_a_command_of_the_library_is_documented_with_its_options(command, options):
    text = section(page("commands.md"), command)
    assert text
    assert [option for option in options if f"`{option}" not in text] == []


@pytest.mark.parametrize("command", [*PLATFORM, "serve"])
def test_a_command_of_the_platform_is_documented_with_its_options(command):
    text = section(page("commands.md"), f"socle-web {command}")
    source = PLATFORM.get(command, house.ROOT / "socle_web/project/commands.py").read_text(encoding="utf-8")
    assert text
    assert [option for option in ARGUMENT.findall(source) if option.startswith("-") and f"`{option}" not in text] == []


@pytest.mark.parametrize("command", ["start.py serve", "start.py test", "start.py setup"])
def test_a_command_of_the_bootstrap_is_documented(command):
    assert section(page("commands.md"), f"python3 {command}")


def test_every_setting_is_documented():
    sources = [house.ROOT / "start.py", *house.python_files(*house.PACKAGES)]
    read = {name for path in sources for name in ASKED.findall(path.read_text(encoding="utf-8"))}
    assert sorted(name for name in read | set(Environment.model_fields) if f"`{name}`" not in page("settings.md")) == []


def test_every_setting_that_is_documented_exists():
    sources = "".join(path.read_text(encoding="utf-8") for path in [house.ROOT / "start.py", *house.python_files(*house.PACKAGES)])
    documented = set(re.findall(r"^\| `([A-Z][A-Z_]+)`", page("settings.md"), re.MULTILINE))
    assert documented
    assert sorted(name for name in documented if name not in sources) == []


def test_every_list_of_codes_is_in_the_glossary():
    glossary = (house.ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    assert [name for name in vocabulary.code_lists() if f"`{name}`" not in glossary] == []


@pytest.mark.parametrize("name", reference.PAGES)
def test_a_page_that_is_read_off_the_code_is_in_step_with_it(name):
    assert (house.ROOT / name).read_text(encoding="utf-8") == reference.PAGES[name](), "run: python scripts/reference.py"


def deeds_recorded(path):
    """The names that the code gives deeds: literal, chosen between two, or looked up in a table of the file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {node.targets[0].id: node.value for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
        if getattr(call.func, "id", getattr(call.func, "attr", "")) not in ("record", "_done"):
            continue
        name = call.args[0]
        if isinstance(name, ast.Subscript):
            yield from (value.value for value in told[name.value.id].values)
        else:
            parts = told.get(name.id) if isinstance(name, ast.Name) else name
            options = (parts.body, parts.orelse) if isinstance(parts, ast.IfExp) else (parts,)
            yield from (one.value for one in options if isinstance(one, ast.Constant))


def test_the_deeds_that_are_documented_are_those_that_the_log_knows():
    rooms = [path for path in house.python_files("socle_web") if "pages/figures" not in path.as_posix()]
    recorded = {name for path in rooms for name in deeds_recorded(path)}
    documented = set(re.findall(r"`([a-z_]+)`", " ".join(re.findall(r"^\| (`.+?) \|", page("deeds.md"), re.MULTILINE))))
    assert documented == recorded


def test_the_states_and_refusals_of_an_entry_are_those_of_the_code():
    text = page("states-of-an-entry.md")
    code = "".join(path.read_text(encoding="utf-8") for path in house.python_files("socle_web"))
    _before, _heading, steps, refusals, *_rest = (part.partition("\n")[2] for part in ["", *text.split("\n## ")])
    refused = {name for row in re.findall(r"^\| `.+$", steps, re.MULTILINE) for name in re.findall(r"`(\w+)`", row.split("|")[-2])}
    explained = set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`.+?) \|", refusals, re.MULTILINE))))
    assert refused
    assert sorted(refused - explained) == []
    assert sorted(explained - set(re.findall(r"""code(?:: str)?\s*=\s*["'](\w+)["']""", code))) == []
    assert [state for state in State.values if f"| `{state}` |" not in text] == []


@pytest.mark.parametrize("spec", results.TABLES.values(), ids=lambda spec: spec.name)
def test_a_table_of_the_report_is_documented_with_its_columns(spec):
    text = section(page("report.md"), spec.name)
    assert text
    assert [column for column in (*spec.keys, *spec.columns) if f"`{column}`" not in text] == []


def test_every_kind_of_test_is_explained():
    folders = {path.relative_to(house.ROOT / "tests").parts[0] for path in house.python_files("tests")
               if path.parent != house.ROOT / "tests"}
    contributing = (house.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `(\w+)` \|", contributing, re.MULTILINE))
    assert explained == folders
