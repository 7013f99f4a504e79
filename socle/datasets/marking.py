"""The workbook that goes back to its author: what is wrong is marked where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from socle.datasets.reading import read_raw
from socle.datasets.whole import appearing_whole
from socle.datasets.workbook import DAMAGE, damaged, refuse_unless_workbook
from socle.datasets.writing import PLAIN
from socle.errors import Finding
from socle.tables import refuse_more_than_a_workbook_holds

_FILLS = {
    "error": PatternFill("solid", fgColor="F8B4B4"),
    "warning": PatternFill("solid", fgColor="FCE5A8"),
}
_LONGEST_CELL = 32_767


def marked_workbook(path: Path | str, findings: Iterable[Finding], out: Path | str) -> None:
    """Write to ``out`` the workbook of ``path`` (of CSV files: one made of them) with each finding marked in its cell, and a
    sheet ``findings`` that lists them all."""
    findings = list(findings)
    refuse_more_than_a_workbook_holds("findings", len(findings))
    path = Path(path)
    packed = BytesIO(_as_workbook(path) if path.is_dir() or path.suffix.lower() in (".csv", ".zip") else path.read_bytes())
    refuse_unless_workbook(packed)
    try:
        workbook = openpyxl.load_workbook(packed)
    except DAMAGE as damage:
        raise damaged(damage) from None
    pages: dict[str, Any] = {page.title.strip().casefold(): page for page in workbook.worksheets}
    for (page_name, row, place), those in _by_cell(findings, pages).items():
        _mark(pages[page_name].cell(row, place), those)
    if "findings" in pages:
        workbook.remove(pages["findings"])
    _list(workbook.create_sheet("findings"), findings)
    with appearing_whole(Path(out)) as beside:
        workbook.save(beside)


def _as_workbook(folder: Path) -> bytes:
    sheets, _ = read_raw(folder)
    for sheet in sheets:
        refuse_more_than_a_workbook_holds(sheet.name, len(sheet.rows))
    packed = BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True, **PLAIN}) as workbook:
        bold = workbook.add_format({"bold": True})
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.name[:31])
            for row, cells in ((1, sheet.header), *zip(sheet.numbers, sheet.rows, strict=True)):
                for place, text in enumerate(cells):
                    page.write_string(row - 1, place, _printable(str(text)), bold if row == 1 else None)
        if not sheets:
            workbook.add_worksheet("findings")
    return packed.getvalue()


def _by_cell(findings: Sequence[Finding], pages: Mapping[str, Any]) -> dict[tuple[str, int, int], list[Finding]]:
    """The findings of each cell; what concerns a whole sheet stands in its first row, what concerns a row in its first cell."""
    places: dict[str, dict[str, int]] = {
        name: {str(cell.value).strip().casefold(): cell.column for cell in page[1] if cell.value is not None}
        for name, page in pages.items()
    }
    cells: dict[tuple[str, int, int], list[Finding]] = defaultdict(list)
    for finding in findings:
        name = (finding.sheet or "").strip().casefold()
        if name in pages:
            place = places[name].get((finding.column or "").casefold(), 1)
            cells[name, finding.row or 1, place].append(finding)
    return cells


def _mark(cell: Any, findings: Sequence[Finding]) -> None:
    worst = "error" if any(f.severity == "error" for f in findings) else "warning"
    cell.fill = _FILLS[worst]
    if isinstance(cell, MergedCell):  # inside a merged area only its first cell may speak
        return
    comment = Comment(_printable("\n".join(f"{f.message} {f.remedy}" for f in findings)), "socle")
    comment.width, comment.height = 320, 120
    cell.comment = comment


def _list(page: Worksheet, findings: Sequence[Finding]) -> None:
    names = [field.name for field in fields(Finding)]
    page.append(names)
    for row, finding in enumerate(findings, start=2):
        for place, value in enumerate(finding.as_dict().values(), start=1):
            cell: Any = page.cell(row, place)
            if isinstance(value, str):
                cell.value = _printable(value)
                cell.data_type = "s"
            else:
                cell.value = value
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"
    page.column_dimensions["G"].width = page.column_dimensions["H"].width = 60


def _printable(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)[:_LONGEST_CELL]
