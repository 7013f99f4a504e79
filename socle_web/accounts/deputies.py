"""On whose behalf somebody acts whose role needs no mandate. The room that knows of absences answers."""

from __future__ import annotations

from collections.abc import Callable

from socle_web.accounts.models import User

Answer = Callable[[User, str], str]
_answers: list[Answer] = []


def answers(answer: Answer) -> Answer:
    """Ask ``answer`` from now on: the username of the absent colleague for whom a person does a deed, or ""."""
    _answers.append(answer)
    return answer


def deputised(user: User, deed: str) -> str:
    return next((absent for answer in _answers if (absent := answer(user, deed))), "")
