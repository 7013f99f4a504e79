"""What the server writes down."""

from __future__ import annotations

from logging import Filter, LogRecord

from django.core.exceptions import PermissionDenied


class OneLine(Filter):
    """That somebody may not do something is no defect: one line. Defects keep their traceback."""

    def filter(self, record: LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], PermissionDenied):
            record.exc_info = record.exc_text = None
        return True
