"""What is asked once and remembered until the records change."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.db import connection

from socle_web.results import queries as results

T = TypeVar("T")


def remembered(question: Callable[[], T]) -> Callable[[], T]:
    """``question`` with its last answer kept for as long as the stamp of the records stays the same."""
    answers = results.Remembered(most=1)

    @wraps(question)
    def ask() -> T:
        return answers.get((connection.settings_dict["NAME"], results.stamp()), question)

    return ask
