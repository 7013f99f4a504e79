"""A pytest plugin for an environment without Django: collects only the tests that speak of the library alone.

    pytest -p tests.library_only

A test file belongs to the platform when it, or a ``conftest.py`` of its own folder, names Django or ``socle_web``. What names Spark
needs an extra of the library, and is left out as well.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

TESTS = Path(__file__).resolve().parent
PLATFORM = re.compile(r"\b(django|socle_web|playwright|pyspark|pytest\.mark\.(django_db|browser))\b|\bsocle-web\b")


def pytest_ignore_collect(collection_path, config):
    if collection_path.name == "architecture" or (collection_path.is_dir() and _platform_folder(collection_path)):
        return True
    if collection_path.suffix == ".py" and (_platform(collection_path) or _platform_folder(collection_path.parent)):
        return True
    return None


@cache
def _platform_folder(folder: Path) -> bool:
    return folder != TESTS and _platform(folder / "conftest.py")


def _platform(path: Path) -> bool:
    return path.is_file() and bool(PLATFORM.search(path.read_text(encoding="utf-8")))
