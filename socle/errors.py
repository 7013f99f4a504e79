"""The family of errors.

    SocleError                      everything this library raises on purpose
    └── InputError                  the user's to mend: what is wrong, where, and how to mend it; holds findings
        ├── UnknownCode             a word that is not in the vocabulary
        ├── UnknownCountry          a name that is no country's; suggests, never guesses
        └── Unreadable              a file that is not what it says it is

Anything else that is raised is a defect and keeps its traceback. The platform adds ``Refused`` (a rule of the house said no to
the person who asked).

An input error shows no traceback: exit code 2 on the command line, 422 in the API, beside the field in a form. It carries
*all* errors of a file at once, as findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about a file or a record, and what to do about it.

    ``row`` is the number the spreadsheet shows (the header is row 1), None for a whole sheet; ``sheet`` is None for a whole
    file. ``value`` is the text of the cell. ``code`` is stable and listed in docs/reference; message and remedy are sentences.
    """

    severity: Severity
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    code: str
    message: str
    remedy: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.sheet,
                f"row {self.row}" if self.row is not None else None,
                f"column {self.column}" if self.column else None,
            )
            if part
        )
        return f"{place}: {self.message} {self.remedy}".strip(": ") if place else f"{self.message} {self.remedy}"


class SocleError(Exception):
    """Everything this library raises on purpose."""


class InputError(SocleError):
    """Something the user can mend. ``findings`` is never empty."""

    code = "input"

    def __init__(self, what: str, *, where: Mapping[str, object] | None = None, remedy: str = "",
                 findings: Iterable[Finding] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        place = dict(where or {})
        self.findings: tuple[Finding, ...] = tuple(findings) or (
            Finding(
                severity="error",
                sheet=_text(place.get("sheet")),
                row=place["row"] if isinstance(place.get("row"), int) else None,  # type: ignore[arg-type]
                column=_text(place.get("column")),
                value=_text(place.get("value")),
                code=self.code,
                message=what,
                remedy=remedy,
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}".strip()


class UnknownCode(InputError):
    """A word that is not in the vocabulary."""

    code = "unknown_code"


class UnknownCountry(InputError):
    """A name that is no country's. ``suggestions`` are for a person to choose from; nothing chooses for them."""

    code = "unknown_country"

    def __init__(self, what: str, *, remedy: str = "", suggestions: Iterable[str] = (), value: str | None = None) -> None:
        super().__init__(what, where={"value": value}, remedy=remedy)
        self.suggestions = tuple(suggestions)


class Unreadable(InputError):
    """A file that is not what it says it is: wrong encoding, not a workbook, larger than any honest file."""

    code = "unreadable"


def _text(value: object) -> str | None:
    return None if value is None else str(value)
