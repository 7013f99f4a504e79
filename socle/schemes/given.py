"""The facts of one question: a JSON file."""

from __future__ import annotations

import json
import os
from typing import Any

from socle.errors import Finding
from socle.schemes.documents import decoded
from socle.schemes.reading import contents
from socle.vocabulary import say


def read_given(path: str | os.PathLike[str]) -> tuple[Any, tuple[Finding, ...]]:
    """What a JSON file of facts holds, and what is wrong with it as JSON; the facts themselves ``entitlements`` judges."""
    name = str(path)
    content, unread = contents(path, name)
    if content is None:
        return None, unread
    write = say("Write names and values: {example}.", example='{"age": 68, "resident": true}')
    if not content.strip():
        return None, (Finding("error", name, None, None, None, "facts_empty", say("The file is empty."), write),)
    text, wrong = decoded(content, name, begin=write)
    if text is None:
        return None, tuple(wrong)
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        seen = dict(pairs)
        twice.extend(dict.fromkeys(key for key, _ in pairs if sum(one == key for one, _ in pairs) > 1))
        return seen

    try:
        given = json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        return None, (Finding("error", name, error.lineno, None, None, "json", say("This is not JSON ({why}).", why=error.msg),
                              write),)
    except (RecursionError, ValueError):
        return None, (Finding("error", name, None, None, None, "json", say("The values are nested too deeply, or too long."),
                              write),)
    message, remedy = say("This stands in the file twice."), say("Remove one of the two.")
    return given, tuple(Finding("error", name, None, key, None, "duplicate_key", message, remedy) for key in twice)
