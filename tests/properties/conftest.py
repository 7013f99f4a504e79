"""The engines that every installation has."""

from __future__ import annotations

import ibis
import pytest


@pytest.fixture(scope="module")
def engines():
    found = [ibis.duckdb.connect(), ibis.sqlite.connect()]
    yield found
    for engine in found:
        engine.disconnect()
