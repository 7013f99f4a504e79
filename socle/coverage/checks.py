"""What the rows of an inquiry must say together.

Errors are contradictions; warnings are questions a reader would ask. Columns, codes, days and references are checked before, in
``socle.tables``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from socle.coverage.checks_asked import Asked, Findings, Limits
from socle.coverage.checks_denominators import RULES as OF_DENOMINATORS
from socle.coverage.checks_figures import RULES as OF_FIGURES
from socle.coverage.checks_filled import differences, filled
from socle.coverage.checks_money import RULES as OF_MONEY
from socle.coverage.checks_overlaps import RULES as OF_OVERLAPS
from socle.coverage.checks_schemes import RULES as OF_SCHEMES
from socle.coverage.checks_sums import RULES as OF_SUMS
from socle.coverage.checks_years import RULES as OF_YEARS
from socle.coverage.series_inquiry import Inquiry
from socle.errors import Finding
from socle.schemes import Scheme
from socle.tables import Book, in_order

RULES: Sequence[Callable[[Asked], Findings]] = (
    *OF_FIGURES, *OF_SCHEMES, *OF_SUMS, *OF_DENOMINATORS, *OF_MONEY, *OF_YEARS, *OF_OVERLAPS,
)
#: The sheets where something was not found: while they have rows in error, nobody can say that it is missing.
MISSING_FROM: Mapping[str, tuple[str, ...]] = {
    "total_missing": (), "scheme_without_benefits": ("benefits",), "gap_in_series": ("recipients",),
    "overlap_without_parts": ("protected", "recipients"), "unknown_reference": ("schemes", "benefits"),
}


def check(book: Book, *, before: Book | None = None, schemes: Sequence[Scheme] = (),
          options: Limits | Mapping[str, object] | None = None, incomplete: Collection[str] = (),
          today: date | None = None) -> list[Finding]:
    """Every finding of an inquiry, in the order of the form's sheets and of their rows.

    ``before`` is the inquiry of an earlier year, to compare with; ``schemes`` are those of the catalogue, whose ids the inventory
    may use; ``options`` are ``Limits``; ``incomplete`` are sheets with rows that are not in the book, being in error:
    nothing is called missing that may be there. ``today``: a later year has not come. Raises ``InputError`` for an option.
    """
    limits = Limits.of(options)
    whole = filled(book, schemes)
    asked = Asked(Inquiry(whole), Inquiry(filled(before, schemes)) if before else None, limits, today or date.today())
    found = [*differences(book, schemes), *(finding for rule in RULES for finding in rule(asked))]
    return in_order(book.form, dict.fromkeys(one for one in found if not _may_be_there(one, incomplete)))


def _may_be_there(finding: Finding, incomplete: Collection[str]) -> bool:
    if finding.code == "total_missing":
        return finding.sheet in incomplete
    return any(sheet in incomplete for sheet in MISSING_FROM.get(finding.code, ()))
