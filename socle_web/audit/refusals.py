"""A rule of the house said no to the person who asked."""

from __future__ import annotations

from socle.errors import SocleError


class Refused(SocleError):
    """``what`` and ``remedy`` are sentences for the person who asked; ``code`` is stable."""

    def __init__(self, what: str, *, remedy: str = "", code: str = "refused") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.code = code

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}".strip()
