"""What is wrong with a rule, told with the place in its text."""

from __future__ import annotations

from dataclasses import dataclass, field

from socle.errors import Finding
from socle.vocabulary import say

MOST_FINDINGS = 50


class Misunderstood(Exception):
    """The rest of the rule cannot be read. Not an error of the family: the finding is told, and this ends the reading."""


@dataclass(slots=True)
class Findings:
    """Gathers what is wrong. ``sheet`` is the file, ``line`` the line of the file where the rule begins, ``key`` the path of its
    key."""

    text: str
    sheet: str | None = None
    line: int = 1
    key: str | None = None
    found: list[Finding] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether nothing more is told."""
        return len(self.found) >= MOST_FINDINGS

    def tell(self, code: str, start: int, end: int, message: str, remedy: str) -> None:
        if self.full:
            return
        before = self.text[:start]
        row, place = before.count("\n"), start - (before.rfind("\n") + 1) + 1
        if "\n" in self.text.strip():
            where = say("(line {line}, character {place} of the rule)", line=row + 1, place=place)
        else:
            where = say("(character {place} of the rule)", place=place)
        value = self.text[start:end].strip()
        finding = Finding("error", self.sheet, self.line + row, self.key, value if len(value) <= 80 else value[:79] + "…", code,
                          f"{message} {where}", remedy)
        if finding not in self.found:
            self.found.append(finding)
