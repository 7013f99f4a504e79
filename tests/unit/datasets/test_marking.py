"""The workbook that goes back to its author, and the one to start from."""

from __future__ import annotations

import openpyxl
import pytest

from socle import datasets, vocabulary
from socle.errors import Finding
from socle.tables import PROGRAMME, Kind

RED, AMBER = "00F8B4B4", "00FCE5A8"


@pytest.fixture(params=["folder", "workbook"])
def wrong(request, tmp_path):
    """One programme with mistakes, in both packagings."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "partners.csv").write_text("partner,name,colour\nA,=1+1,red\nA,x,\nB,fine,\n", encoding="utf-8")
    if request.param == "folder":
        return folder
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Partners"
    for row in (["partner", "name", "colour"], ["A", "=1+1", "red"], ["A", "x"], ["B", "fine"]):
        page.append(row)
    page["A4"].font = openpyxl.styles.Font(bold=True)
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


@pytest.fixture
def marked(wrong, tmp_path):
    findings = datasets.read_book(wrong).findings
    datasets.marked_workbook(wrong, findings, tmp_path / "marked.xlsx")
    return openpyxl.load_workbook(tmp_path / "marked.xlsx")


def test_errors_are_red_warnings_amber_and_the_rest_untouched(marked):
    page = marked.worksheets[0]
    fills = {cell.coordinate: cell.fill.fgColor.rgb for row in page for cell in row if cell.fill.fill_type}

    assert fills == {"C1": AMBER, "B2": RED, "A3": RED}


def test_a_comment_says_what_is_wrong_and_what_to_do(marked):
    assert "“A” is already in row 2." in marked.worksheets[0]["A3"].comment.text
    assert "Paste the value" in marked.worksheets[0]["B2"].comment.text


def test_the_cells_are_as_they_were(marked):
    page = marked.worksheets[0]

    assert [page["A2"].value, page["B2"].value, page["C2"].value] == ["A", "=1+1", "red"]


def test_a_sheet_lists_all_findings(marked):
    rows = list(marked["findings"].values)

    assert rows[0] == ("severity", "sheet", "row", "column", "value", "code", "message", "remedy")
    assert [(r[0], r[1], r[2], r[3], r[5]) for r in rows[1:]] == [
        ("warning", "partners", None, "colour", "unknown_column"),
        ("error", "partners", 2, "name", "formula"),
        ("error", "partners", 3, "partner", "duplicate_key"),
    ]
    assert marked["findings"]["E3"].data_type == "s"


def test_the_marks_of_an_author_stay(wrong, marked):
    if wrong.suffix == ".xlsx":
        assert marked.worksheets[0]["A4"].font.bold


def test_a_cell_inside_a_merged_area_is_marked_too(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "partners"
    for row in (["partner", "name"], ["A B", "x"]):
        page.append(row)
    page.merge_cells("A2:B2")
    book.save(tmp_path / "a.xlsx")
    finding = Finding("error", "partners", 2, "name", "x", "code", "Wrong.", "Mend it.")
    datasets.marked_workbook(tmp_path / "a.xlsx", [finding], tmp_path / "b.xlsx")

    assert openpyxl.load_workbook(tmp_path / "b.xlsx")["findings"]["F2"].value == "code"


def test_a_marked_workbook_is_read_like_the_first(wrong, tmp_path):
    findings = datasets.read_book(wrong).findings
    datasets.marked_workbook(wrong, findings, tmp_path / "marked.xlsx")
    datasets.marked_workbook(tmp_path / "marked.xlsx", findings, tmp_path / "again.xlsx")

    assert datasets.read_book(tmp_path / "again.xlsx").findings == findings
    assert openpyxl.load_workbook(tmp_path / "again.xlsx").sheetnames[-1] == "findings"


def test_the_template_holds_every_sheet_and_column_and_reads_clean(tmp_path):
    datasets.write_template(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")

    assert book.sheetnames == [*(sheet.name for sheet in PROGRAMME), "code_lists"]
    for sheet in PROGRAMME:
        header = list(book[sheet.name][1])
        assert tuple(cell.value for cell in header) == sheet.names
        assert all(cell.comment is not None for cell in header)
    parsed = datasets.read_book(tmp_path / "t.xlsx")
    assert (parsed.findings, sum(map(len, parsed.book))) == ((), 0)


def test_the_template_offers_the_codes_of_every_list(tmp_path):
    datasets.write_template(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    for sheet in PROGRAMME:
        offered = {str(v.sqref).split(":")[0]: v.formula1 for v in book[sheet.name].data_validations.dataValidation}
        for place, column in enumerate(sheet.columns, start=1):
            if column.kind is Kind.CODE:
                where = offered[f"{openpyxl.utils.get_column_letter(place)}2"].removeprefix("code_lists!").replace("$", "")
                cells = [row[0].value for row in book["code_lists"][where]]
                assert cells == list(vocabulary.code_list(column.codes))
