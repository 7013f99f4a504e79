"""A rule comes from anybody: no room of the library turns a text into code."""

from __future__ import annotations

import ast

from tests.architecture import house

EXECUTING = {"eval", "exec", "compile", "__import__", "import_module", "literal_eval", "run_path", "run_module"}
MODULES = {"ast", "pickle", "marshal", "shelve", "code", "codeop", "runpy", "dill", "cloudpickle"}


def called(node):
    """The name that is called; other modules compile patterns and documents."""
    owner, _, name = ast.unparse(node.func).rpartition(".")
    return "" if owner and name == "compile" else name


def test_the_library_executes_no_text():
    wrong = []
    for path in house.python_files(house.LIBRARY):
        for node in ast.walk(house.tree(path)):
            if isinstance(node, ast.Call) and called(node) in EXECUTING:
                wrong.append(f"{path.relative_to(house.ROOT)}:{node.lineno}: {ast.unparse(node.func)}")
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else (
                [node.module or ""] if isinstance(node, ast.ImportFrom) else [])
            wrong += [f"{path.relative_to(house.ROOT)}:{node.lineno}: {name}" for name in names if name.split(".")[0] in MODULES]
    assert wrong == []
