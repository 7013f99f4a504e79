"""Law 4, and the names and sizes of files."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture import house

OPENING_CALLS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "makedirs", "unlink", "rmdir",
                 "touch", "iterdir", "exists", "is_file", "is_dir", "urlopen", "connect", "create_connection"}
OPENING_MODULES = {"os", "io", "shutil", "tempfile", "glob", "zipfile", "sqlite3", "socket", "urllib", "http",
                   "subprocess"}
IN_MEMORY = {"io": {"BytesIO", "StringIO", "TextIOWrapper"}, "zipfile": {"ZipFile"}}
EMPTY_WORDS = {"util", "utils", "helper", "helpers", "common", "core", "base", "misc", "manager", "managers", "service",
               "services", "handler", "handlers", "processor", "processors"}
BROAD = {"Exception", "BaseException"}
LONGEST = 400


#: ``schemes`` opens its own documents, and in this file only.
OPENS_SCHEMES = house.ROOT / "socle" / "schemes" / "reading.py"


def test_only_datasets_opens_files_and_connections():
    wrong = [problem for path in house.python_files(house.LIBRARY)
             if house.room_of(house.module_of(path)) != "datasets" and path != OPENS_SCHEMES for problem in openings(path)]
    assert not wrong, "\n".join(wrong)


def openings(path):
    """Calls that open something, but for package data (importlib.resources) and what stays in memory."""
    package_data = any(one.target.startswith("importlib") for one in house.imports() if one.path == path)
    for node in ast.walk(house.tree(path)):
        if not isinstance(node, ast.Call):
            continue
        *_, owner, name = ["", "", *re.sub(r"\(.*?\)", "", ast.unparse(node.func)).split(".")]
        in_memory = name in IN_MEMORY.get(owner, ())
        reads_package = package_data and owner and name.startswith(("read", "open", "iter", "is_"))
        silenced = "devnull" in ast.unparse(node)
        if (name in OPENING_CALLS or owner in OPENING_MODULES) and not (in_memory or reads_package or silenced):
            place = f"{path.relative_to(house.ROOT)}:{node.lineno}"
            yield f"{place}: {ast.unparse(node.func)}(...) belongs in socle.datasets"


@pytest.mark.parametrize("package", house.PACKAGES)
def test_no_file_or_folder_has_a_name_that_says_nothing(package):
    inside = [path.relative_to(house.ROOT) for path in house.committed() if path.is_relative_to(house.ROOT / package)]
    wrong = [str(path) for path in inside
             if any(set(re.split(r"[_\-.]", part.lower())) & EMPTY_WORDS for part in path.parts)]
    assert not wrong, "\n".join(wrong)


def test_no_class_has_a_name_that_says_nothing():
    wrong = []
    for path in house.python_files(*house.PACKAGES):
        for node in ast.walk(house.tree(path)):
            if isinstance(node, ast.ClassDef):
                words = {word.lower() for word in re.findall(r"[A-Z][a-z]*", node.name)}
                wrong += [f"{path.relative_to(house.ROOT)}:{node.lineno}: {node.name}"] if words & EMPTY_WORDS else []
    assert not wrong, "\n".join(wrong)


def test_no_file_is_longer_than_a_reader_can_hold():
    lengths = {path.relative_to(house.ROOT): len(path.read_text(encoding="utf-8").splitlines())
               for path in (*house.python_files(*house.PACKAGES, "benchmarks", "scripts"), house.ROOT / "start.py")}
    assert not {str(path): lines for path, lines in lengths.items() if lines > LONGEST}


def test_the_names_of_tests_are_sentences():
    wrong = []
    for path in house.python_files("tests"):
        for node in house.tree(path).body:
            names = [node, *getattr(node, "body", [])] if isinstance(node, ast.ClassDef) else [node]
            wrong += [f"{path.relative_to(house.ROOT)}:{one.lineno}: {one.name}" for one in names
                      if isinstance(one, ast.FunctionDef) and one.name.startswith("test_") and one.name.count("_") < 3]
    assert not wrong, "\n".join(wrong)


def test_nothing_is_swallowed_in_the_library():
    """The command line alone may catch a defect: it prints the traceback and leaves with 3."""
    wrong = []
    for path in house.python_files(house.LIBRARY):
        for node in ast.walk(house.tree(path)):
            broad = isinstance(node, ast.ExceptHandler) and (node.type is None or getattr(node.type, "id", "") in BROAD)
            if broad and not tells_the_defect(path, node):
                wrong.append(f"{path.relative_to(house.ROOT)}:{node.lineno}")
    assert not wrong, "\n".join(wrong)


def tells_the_defect(path, handler):
    said = ast.unparse(handler)
    return house.room_of(house.module_of(path)) == "cli" and "traceback.print_exc()" in said and "sys.exit(3)" in said
