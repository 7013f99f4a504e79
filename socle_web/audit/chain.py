"""How an event is written and chained: one text of JSON for one value, and a digest over all of it and of the event before.

The texts that are hashed are the texts that are kept, so that both databases give back what was written, to the last digit.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from json.encoder import encode_basestring as quoted
from typing import Any

from django.db import models

LEVEL = 1  # of compression: a load waits for it


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):  # and datetime
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} cannot be written into the log.")


canonical = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), default=_plain).encode


def digest(
    *, at: str, actor: str, deed: str, kind: str, key: str, summary: str, before: str | None, after: str | None,
    reason: str, on_behalf_of: str, attachment: str, previous: str,
) -> str:
    """SHA-256 of the canonical JSON of an event. ``at`` is an ``instant``; ``summary``, ``before`` and ``after`` are canonical
    JSON already."""
    text = (
        f'{{"actor":{quoted(actor)},"after":{after or "null"},"at":{quoted(at)},"attachment":{quoted(attachment)},'
        f'"before":{before or "null"},"deed":{quoted(deed)},"on_behalf_of":{quoted(on_behalf_of)},"previous":{quoted(previous)},'
        f'"reason":{quoted(reason)},"subject":[{quoted(kind)},{quoted(key)}],"summary":{summary}}}'
    )
    return hashlib.sha256(text.encode()).hexdigest()


def instant(at: datetime) -> str:
    """To the microsecond, which is what both databases keep."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def packed(rows: Iterable[object] | bytes) -> tuple[str, bytes]:
    """The digest of a document of many rows, and the document compressed. Rows are written a line each."""
    sha, squeeze, parts = hashlib.sha256(), zlib.compressobj(LEVEL), []
    for piece in (rows,) if isinstance(rows, bytes) else _lines(rows):
        sha.update(piece)
        parts.append(squeeze.compress(piece))
    parts.append(squeeze.flush())
    return sha.hexdigest(), b"".join(parts)


def _lines(rows: Iterable[object]) -> Iterator[bytes]:
    lines: list[str] = []
    for row in rows:
        lines.append(canonical(row))
        if len(lines) == 2_000:
            yield ("\n".join(lines) + "\n").encode()
            lines.clear()
    if lines:
        yield ("\n".join(lines) + "\n").encode()


class Written(models.TextField):  # type: ignore[type-arg]
    """JSON kept as the text it was written as. (A JSON column of PostgreSQL forgets how a number was written.)"""

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        return value if value is None else json.loads(value)

    def get_prep_value(self, value: object) -> str | None:
        return value if value is None else canonical(value)

    def to_python(self, value: Any) -> Any:
        return value
