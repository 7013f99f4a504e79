"""How large an honest file may be. Beyond, it is refused before it fills the memory."""

from __future__ import annotations

from socle.errors import Finding, Unreadable
from socle.vocabulary import say

#: Bytes of one CSV file.
LARGEST_CSV = 1_000_000_000
#: Rows of one sheet (a workbook holds 1,048,576).
MOST_ROWS = 2_000_000
#: Columns of one sheet; the widest sheet of the form has 14.
MOST_COLUMNS = 256
#: Cells of one file, all sheets together.
MOST_CELLS = 60_000_000
#: Sheets of a workbook, CSV files of a folder.
MOST_SHEETS = 200
#: Bytes of a workbook unpacked.
LARGEST_UNPACKED = 1_500_000_000
#: Unpacked to packed, once there is more than ``SMALL_UNPACKED``: spreadsheets pack five to thirty times.
HIGHEST_RATIO = 150
SMALL_UNPACKED = 20_000_000
#: Parts inside the zip of a workbook.
MOST_PARTS = 5_000


def too_large(what: str, *, sheet: str | None = None) -> Unreadable:
    """The refusal of a file larger than any honest one; ``what`` is a sentence."""
    remedy = say("Split the file, or remove what is not part of the form.")
    return Unreadable(what, remedy=remedy, findings=[Finding("error", sheet, None, None, None, "too_large", what, remedy)])
