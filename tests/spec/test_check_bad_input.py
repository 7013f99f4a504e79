"""What people really send: the wrong encoding, half a file, a bomb. One clear finding each, no traceback."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from itertools import pairwise

import openpyxl
import pytest

from socle import datasets
from socle.datasets import bounds
from socle.errors import Unreadable

PHASES = "phase,start,end\n1,2020,2024\n"


@pytest.fixture
def folder(tmp_path):
    """A folder that holds a sheet of phases, to write more files into."""
    (tmp_path / "phases.csv").write_text(PHASES, encoding="utf-8")
    return tmp_path


def found(path):
    return [(f.severity, f.sheet, f.row, f.column, f.code) for f in datasets.read_book(path).findings]


def refusal(source, **options):
    with pytest.raises(Unreadable) as raised:
        datasets.read_book(source, **options)
    (finding,) = raised.value.findings
    return finding


def workbook(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


# Files


def test_an_empty_csv_file_has_no_header(folder):
    (folder / "changes.csv").write_bytes(b"")

    assert found(folder) == [("error", "changes", None, None, "empty")]


def test_an_empty_folder_has_no_sheet(tmp_path):
    assert found(tmp_path) == [("error", None, None, None, "empty")]


def test_an_empty_workbook_file_is_refused(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"")

    assert refusal(tmp_path / "a.xlsx").code == "unreadable"


def test_a_path_that_does_not_exist_is_refused(tmp_path):
    assert "There is no" in refusal(tmp_path / "nowhere").message


@pytest.mark.parametrize("content", [b"not a workbook", b"%PDF-1.7", b"PK\x03\x04 but cut short", "{}".encode("utf-16")])
def test_what_is_no_workbook_is_refused(tmp_path, content):
    (tmp_path / "a.xlsx").write_bytes(content)

    assert "not an XLSX workbook" in refusal(tmp_path / "a.xlsx").message


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as parts:
        parts.writestr("changes.csv", "change")

    assert "not an XLSX workbook" in refusal(tmp_path / "a.xlsx").message


def test_a_workbook_with_a_password_is_refused(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)

    assert "password" in refusal(tmp_path / "a.xlsx").message


def test_a_workbook_without_its_first_part_is_damaged(tmp_path):
    with zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("xl/workbook.xml", "<workbook/>")
    assert "damaged" in refusal(tmp_path / "bad.xlsx").message


def test_a_damaged_workbook_is_refused(tmp_path):
    whole = workbook(tmp_path / "whole.xlsx", phases=[["phase", "start", "end"], ["1", 2020, 2024]])
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            bad.writestr(name, content[: len(content) // 2] if name.startswith("xl/worksheets/") else content)

    assert "damaged" in refusal(tmp_path / "bad.xlsx").message


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("xl/workbook.xml", b" " * 60_000_000)

    assert refusal(tmp_path / "a.xlsx").code == "too_large"


def test_an_entity_bomb_is_refused(tmp_path):
    whole = workbook(tmp_path / "whole.xlsx", phases=[["phase", "start", "end"], ["1", 2020, 2024]])
    more = "".join(f'<!ENTITY {n} "{f"&{p};" * 10}">' for p, n in pairwise("abcdefghij"))
    laughs = f'<!DOCTYPE l [<!ENTITY a "ha">{more}]>'
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = laughs.encode() + content.replace(b"<sheetData>", b"<sheetData>&j;")
            bad.writestr(name, content)

    assert "damaged" in refusal(tmp_path / "bad.xlsx").message


def test_a_row_number_beyond_any_spreadsheet_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("socle.datasets.workbook.MOST_ROWS", 1_000)
    whole = workbook(tmp_path / "whole.xlsx", phases=[["phase", "start", "end"], ["1", 2020, 2024]])
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(b'<row r="2"', b'<row r="99999999"').replace(b'"A2"', b'"A99999999"')
                         .replace(b'"B2"', b'"B99999999"').replace(b'"C2"', b'"C99999999"'))

    assert refusal(tmp_path / "bad.xlsx").code == "too_large"


# CSV


def test_a_file_in_another_encoding_names_file_and_line(folder):
    (folder / "partners.csv").write_bytes("partner,name\nA,Agence\nB,Coopération\n".encode("cp1252"))
    (finding,) = datasets.read_book(folder).findings

    assert (finding.sheet, finding.row, finding.code) == ("partners", 3, "encoding")
    assert "partners.csv" in finding.message
    assert "line 3" in finding.message


@pytest.mark.parametrize("content", ["partner\nA\n".encode("utf-16"), b"partner\nA\0B\n"])
def test_nul_bytes_are_no_text(folder, content):
    (folder / "partners.csv").write_bytes(content)

    assert found(folder)[0][4] == "encoding"


def test_a_byte_order_mark_is_no_part_of_the_first_column(folder):
    (folder / "partners.csv").write_text("partner,name\nA,Ã\n", encoding="utf-8-sig")

    assert found(folder) == []


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_another_delimiter_is_named(folder, mark):
    (folder / "partners.csv").write_text(f"partner{mark}name\nA{mark}B\n", encoding="utf-8")

    assert found(folder) == [("error", "partners", 1, None, "delimiter")]


@pytest.mark.parametrize("content", ['partner,name\nA,"never closed\nB,x\n', 'partner,name\nA,"said "hello" twice"\n'])
def test_a_quotation_mark_that_is_not_closed_is_found(folder, content):
    (folder / "partners.csv").write_text(content, encoding="utf-8")

    assert [f[4] for f in found(folder)] == ["quotes"]


def test_a_sheet_that_cannot_be_read_does_not_cascade(folder):
    (folder / "changes.csv").write_bytes(b"change,country,year,step\nC1,XUT,2022,\xff\n")
    (folder / "impacts.csv").write_text("impact,country,change,kind\nI1,XUT,C1,adequacy\n", encoding="utf-8")

    assert found(folder) == [("error", "changes", 2, None, "encoding")]


def test_rows_are_counted_as_records_and_blank_ones_too(folder):
    (folder / "partners.csv").write_text('partner,name\nA,"two\nlines"\n\n  , \nB B,x\n', encoding="utf-8")

    assert found(folder) == [("error", "partners", 5, "partner", "key")]


def test_a_comma_inside_a_text_is_found(folder):
    (folder / "partners.csv").write_text("partner,name,kind\nA,Fund, the second,bilateral\n", encoding="utf-8")

    assert ("error", "partners", 2, None, "extra_cells") in found(folder)


def test_two_files_for_one_sheet_are_an_error(folder):
    (folder / "Phases.csv").write_text(PHASES, encoding="utf-8")
    if len(list(folder.glob("*.csv"))) == 1:
        pytest.skip("this file system does not tell Phases.csv from phases.csv")

    assert ("error", "phases", None, None, "duplicate_sheet") in found(folder)


def test_other_files_of_a_folder_are_nobodys_business(folder):
    (folder / "README.md").write_text("# about", encoding="utf-8")
    (folder / ".hidden.csv").write_text("x", encoding="utf-8")

    assert found(folder) == []


# Cells


def test_a_missing_key_column_is_told_once(folder):
    (folder / "changes.csv").write_text("country,year,step\nXUT,2022,2\nXUT,2023,2\n", encoding="utf-8")
    (folder / "impacts.csv").write_text("impact,country,change,kind\nI1,XUT,C1,adequacy\n", encoding="utf-8")

    assert found(folder) == [("error", "changes", None, "change", "missing_column")]


@pytest.mark.parametrize("day", ["30/06/2024", "06/30/2024", "30.06.2024", "June 2024", "2024-06", "2024-6-1", "20240630", "24", "2024-02-30"])
def test_a_day_in_another_format_is_never_guessed(folder, day):
    (folder / "partners.csv").write_text("partner\nN\n", encoding="utf-8")
    (folder / "funding.csv").write_text(f"project,partner,on,amount,currency\n,N,{day},1,USD\n", encoding="utf-8")

    assert found(folder) == [("error", "funding", 2, "on", "day")]


def test_cells_of_a_spreadsheet_are_taken_as_they_are_meant(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx",
        phases=[["phase", "start", "end"], [1.0, 2020, datetime(2024, 12, 31)]],
        changes=[["change", "country", "year", "step"], [7, "XUT", 2022.0, 2], ["C8", "Utania", date(2023, 5, 1), "3"]],
        contributions=[["change", "project", "share"], [7, "P1", 0.1]],
        projects=[["project", "start", "end"], ["P1", 2020, 2021]],
        impacts=[["impact", "country", "change", "kind", "expected"], ["I", "XU", "7", "Adequacy", 1200.0]],
    )
    parsed = datasets.read_book(path)

    assert parsed.findings == ()
    assert list(parsed.book["changes"].keys) == ["7", "C8"]
    assert [p.text for p in parsed.book["changes"]["year"]] == ["2022", "2023-05-01"]
    assert parsed.book["changes"]["step"] == ["2", "3"]
    assert parsed.book["phases"].keys == ["1"]
    assert parsed.book["phases"]["end"][0].text == "2024-12-31"
    assert parsed.book["contributions"]["share"] == [0.1]
    assert (parsed.book["impacts"]["expected"], parsed.book["impacts"]["kind"]) == ([1200], ["adequacy"])


def test_a_formula_cell_is_refused(tmp_path):
    path = workbook(tmp_path / "a.xlsx", partners=[["partner", "name"], ["A", "=1+1"], ["B", '=HYPERLINK("http://x")']])

    assert found(path) == [("error", "partners", 2, "name", "formula"), ("error", "partners", 3, "name", "formula")]


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "=cmd|'/c calc'!A1"])
def test_a_formula_is_refused_in_csv_too(folder, cell):
    quoted = cell.replace('"', '""')
    (folder / "partners.csv").write_text(f'partner,name\nA,"{quoted}"\n', encoding="utf-8")

    assert found(folder) == [("error", "partners", 2, "name", "formula")]


def test_a_text_that_looks_like_a_formula_is_written_with_an_apostrophe(folder):
    (folder / "partners.csv").write_text("partner,name\nA,'=E=mc2\n", encoding="utf-8")

    assert datasets.read_book(folder).book["partners"]["name"] == ["=E=mc2"]


# Size


def test_a_hundred_times_as_many_rows_are_read_all_the_same(folder):
    rows = "".join(f"P{n},Partner {n},bilateral\n" for n in range(100_000))
    (folder / "partners.csv").write_text(f"partner,name,kind\n{rows}", encoding="utf-8")
    parsed = datasets.read_book(folder)

    assert len(parsed.book["partners"]) == 100_000


def test_a_hundred_thousand_wrong_rows_are_all_told(folder):
    rows = "".join(f"P{n},x\n" for n in range(100_000))
    (folder / "partners.csv").write_text(f"partner,kind\n{rows}", encoding="utf-8")

    assert len(datasets.read_book(folder).findings) == 100_000


@pytest.mark.parametrize(("bound", "room"), [("MOST_ROWS", "folder"), ("MOST_CELLS", "folder"), ("LARGEST_CSV", "folder"),
                                             ("MOST_COLUMNS", "folder"), ("MOST_SHEETS", "folder")])
def test_more_than_any_honest_folder_holds_is_refused(folder, monkeypatch, bound, room):
    (folder / "partners.csv").write_text("partner,name\nA,B\nC,D\nE,F\n", encoding="utf-8")
    monkeypatch.setattr(f"socle.datasets.{room}.{bound}", 1)

    assert refusal(folder).code == "too_large"


@pytest.mark.parametrize("bound", ["MOST_ROWS", "MOST_CELLS", "MOST_COLUMNS", "MOST_SHEETS", "MOST_PARTS", "LARGEST_UNPACKED"])
def test_more_than_any_honest_workbook_holds_is_refused(tmp_path, monkeypatch, bound):
    path = workbook(tmp_path / "a.xlsx", partners=[["partner", "name"], ["A", "B"], ["C", "D"]], phases=[["phase"]])
    monkeypatch.setattr(f"socle.datasets.workbook.{bound}", 1)

    assert refusal(path).code == "too_large"


def test_the_size_a_workbook_claims_is_not_believed(tmp_path):
    whole = workbook(tmp_path / "whole.xlsx", partners=[["partner", "name"], ["A", "B"], ["C", "D"]])
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(tmp_path / "lies.xlsx", "w") as lies:
        for name in good.namelist():
            lies.writestr(name, good.read(name).replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1:A1"'))

    assert datasets.read_book(tmp_path / "lies.xlsx").book["partners"]["name"] == ["B", "D"]


def test_cells_that_are_only_formatted_are_no_data(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "partners"
    for row in (["partner", "name"], ["A", "B"]):
        page.append(row)
    page.cell(row=500, column=bounds.MOST_COLUMNS + 50).number_format = "0.00"
    book.save(tmp_path / "a.xlsx")
    parsed = datasets.read_book(tmp_path / "a.xlsx")

    assert (parsed.findings, len(parsed.book["partners"])) == ((), 1)


def test_bytes_and_streams_are_read_like_files(tmp_path):
    path = workbook(tmp_path / "a.xlsx", partners=[["partner", "name"], ["A", "B"]])
    content = path.read_bytes()

    assert datasets.read_book(content).book == datasets.read_book(io.BytesIO(content)).book == datasets.read_book(path).book
    assert datasets.read_book(b"partner\nA\n", name="partners.csv").book["partners"].keys == ["A"]
    assert refusal(b"").code == "unreadable"


def test_a_file_of_another_encoding_and_separator_is_told_both_at_once(folder):
    (folder / "partners.csv").write_bytes("partner;name\nA;Coopération\n".encode("latin-1"))
    parsed = datasets.read_book(folder)

    assert [(f.row, f.code) for f in parsed.findings if f.sheet == "partners"] == [(1, "delimiter"), (2, "encoding")]
