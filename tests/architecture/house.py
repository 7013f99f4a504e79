"""The repository as these tests see it: its rooms, its files, and what each imports."""

from __future__ import annotations

import ast
import configparser
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("socle", "socle_web")
LIBRARY = "socle"


@dataclass(frozen=True)
class Import:
    """``importer`` takes ``target`` (a module, as far as a module's name goes) at ``line``; ``written`` is the module it names."""

    path: Path
    importer: str
    target: str
    written: str
    line: int
    hidden: bool
    comment: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.importer} imports {self.target}"


@cache
def committed() -> tuple[Path, ...]:
    """Every file that git knows, or would with the next `git add`."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=True).stdout.split("\0")
    return tuple(sorted(path for name in names if name and (path := ROOT / name).is_file()))


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    return tuple(path for path in committed() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders
                 and "migrations" not in path.parts)


def rooms(package: str) -> set[str]:
    """The folders and files of a package that hold code."""
    inside = (path.relative_to(ROOT / package) for path in python_files(package))
    return {path.parts[0].removesuffix(".py") for path in inside} - {"__init__", "__main__"}


def room_of(module: str) -> str | None:
    """``tables`` for ``socle.tables.columns``; None for the package itself and for what is not ours."""
    parts = module.split(".")
    return parts[1] if parts[0] in PACKAGES and len(parts) > 1 else None


@cache
def floors(package: str) -> tuple[tuple[str, ...], ...]:
    """The layers of the import contract, the highest first; the rooms of one layer ignore each other."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    contract = next(section for section in contracts.values() if section.get("containers", "").strip() == package)
    return tuple(tuple(room.strip() for room in layer.split("|")) for layer in contract["layers"].strip().splitlines())


def drawn(package: str) -> tuple[tuple[str, ...], ...]:
    """The floors as ARCHITECTURE.md draws them."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    lines = re.search(rf"```floors {package}\n(.*?)```", text, re.DOTALL).group(1).splitlines()
    return tuple(tuple(room.strip() for room in line.split("|")) for line in lines if line.strip())


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> frozenset[str]:
    return frozenset(module_of(path) for path in python_files(*PACKAGES))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def imports() -> tuple[Import, ...]:
    """Every import of the two packages, those under TYPE_CHECKING and inside functions too."""
    return tuple(one for path in python_files(*PACKAGES) for one in _imports_of(path))


def _imports_of(path: Path) -> Iterator[Import]:
    importer, lines = module_of(path), path.read_text(encoding="utf-8").splitlines()
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = {id(child) for function in functions for child in ast.walk(function)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            targets = {alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            source = _source(node, importer if path.name == "__init__.py" else importer.rpartition(".")[0])
            named = [f"{source}.{alias.name}" for alias in node.names]
            targets = {name if name in modules() else source: source for name in named}
        else:
            continue
        comment = lines[node.lineno - 1].partition("#")[2]
        for target, written in targets.items():
            yield Import(path, importer, target, written, node.lineno, id(node) in inside, comment)


def _source(node: ast.ImportFrom, package: str) -> str:
    """The module named after ``from``, made absolute."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    return ".".join([*parts[: len(parts) - node.level + 1], *([node.module] if node.module else [])])
