"""Columns Django has no field for."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class Codes(models.TextField):  # type: ignore[type-arg]
    """A tuple of codes in order, kept as ``;old_age;family;``: one of them is found with ``contains=";family;"``."""

    def from_db_value(self, value: str | None, expression: object, connection: object) -> tuple[str, ...]:
        return tuple(value.strip(";").split(";")) if value else ()

    def to_python(self, value: Any) -> Any:
        return self.from_db_value(value, None, None) if isinstance(value, str) else tuple(value or ())

    def get_prep_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else joined(value or ())


def joined(codes: Iterable[str]) -> str:
    text = ";".join(codes)
    return f";{text};" if text else ""


class Exact(models.Field):  # type: ignore[type-arg]
    """A Decimal with the digits it was given: SQLite would make it a float, DecimalField would pad it with zeros."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "numeric" if connection.vendor == "postgresql" else "text"

    def from_db_value(self, value: Any, expression: object, connection: object) -> Decimal | None:
        return value if value is None or isinstance(value, Decimal) else Decimal(value)

    def to_python(self, value: Any) -> Any:
        return self.from_db_value(value, None, None)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value is None or connection.vendor == "postgresql":
            return value
        return str(value)
