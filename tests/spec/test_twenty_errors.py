"""The inquiry of Utania with twenty errors of different kinds: all are found at once, each with its place and a remedy."""

from __future__ import annotations

import csv
import json
import zipfile

import openpyxl
import pytest

from socle import datasets
from socle.tables import INQUIRY
from tests.spec.command import socle

#: Sheet, the row by its first cells, the column, what is written there; the finding's code and column, where they differ its row.
ERRORS = [
    ("schemes", "xut-maternity-benefit", "country", "Utonia", "unknown_country"),
    ("schemes", "xut-social-assistance", "kind", "mean_tested", "unknown_code"),
    ("benefits", "orphan-allowance", "form", "", "required"),
    ("benefits", "child-grant", "means_tested", "perhaps", "truth"),
    ("protected", "xut-old-age-pension/2021/active_contributors/total/total", "persons", "681900", "contributors_exceed"),
    ("protected", "xut-health-insurance/2022/affiliated/total/total", "persons", "-5", "negative"),
    ("recipients", "old-age-pension/2021/female/total/total/total", "persons", "30000", "sexes_exceed"),
    ("recipients", "old-age-pension/2022/total/58-67/total/total", "age_group", "fifty-eight", "age_group"),
    ("protected", "xut-health-insurance/2023/affiliated/total/total", "persons", "90000000", "over_population"),
    ("recipients", "unemployment-benefit/2023/total/total/total/total", "persons", "many", "whole_number"),
    ("amounts", "old-age-pension/2022/minimum", "amount", "2500", "amounts_out_of_order"),
    ("amounts", "old-age-pension/2023/maximum", "currency", "", "currency_missing"),
    ("amounts", "old-age-pension/2024/total", "amount", "=B2*C2", "formula"),
    ("expenditure", "xut-health-insurance/2022/administration/", "amount", "", "figure_missing"),
    ("receipts", "xut-old-age-grant/2022/government", "status", "not_available", "figure_not_available"),
    ("denominators", "XUT/2023/employees/total", "persons", "12000000", "group_exceeds"),
    ("denominators", "XUT/2022/children/total", "year", "22", "year"),
    ("amounts", "old-age-pension/2024/minimum", "benefit", "old-age-pention", "unknown_reference"),
    ("overlaps", "old-age-pension;old-age-grant/2022/total", "persons", "900000", "overlap_exceeds"),
    ("legal", "XUT/2024/unemployment/labour_force/mandatory_contributory/total", "persons", "700000", "routes_contradict"),
]
#: Where the finding stands in another cell than the slip: in the row and column of the figure that it contradicts.
ELSEWHERE = {
    "sexes_exceed": ("old-age-pension/2021/total/total/total/total", "persons"),
    "routes_contradict": ("XUT/2024/unemployment/labour_force/any/total", "persons"),
    "amounts_out_of_order": ("old-age-pension/2022/average", "amount"),
}


def read(folder):
    sheets = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            sheets[path.stem] = list(csv.reader(lines))
    return sheets


def place(rows, sheet, key):
    """The number of the row with this key, as a spreadsheet shows it."""
    at = [rows[0].index(name) for name in INQUIRY[sheet].key]
    (found,) = [number for number, row in enumerate(rows, 1) if "/".join(row[i] for i in at) == key]
    return found


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("utania")
    datasets.write_made_up("XUT", folder)
    return read(folder / "inquiry")


@pytest.fixture(scope="module")
def broken(sheets):
    """The sheets with the slips, and the findings that must be told: sheet, row, column, code."""
    wanted = set()
    for sheet, key, column, _, code in ERRORS:
        where, told = ELSEWHERE.get(code, (key, column))
        wanted.add((sheet, place(sheets[sheet], sheet, where), told, code))
    slipped = {sheet: [list(row) for row in rows] for sheet, rows in sheets.items()}
    for sheet, key, column, value, _ in ERRORS:
        slipped[sheet][place(sheets[sheet], sheet, key) - 1][sheets[sheet][0].index(column)] = value
    return slipped, wanted


def as_folder(sheets, folder):
    folder.mkdir()
    for name, rows in sheets.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    return folder


def as_workbook(sheets, folder):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append([float(cell) if cell.replace(".", "", 1).isdecimal() else cell or None for cell in row])
    book.save(folder.with_suffix(".xlsx"))
    return folder.with_suffix(".xlsx")


@pytest.mark.parametrize("packed", [as_folder, as_workbook])
def test_all_twenty_are_found_with_place_and_remedy_and_nothing_else(broken, tmp_path, packed):
    slipped, wanted = broken
    ended = socle("coverage", "check", packed(slipped, tmp_path / "broken"), "--format", "json")
    found = [one for one in json.loads(ended.out) if one["severity"] == "error"]

    assert ended.code == 2
    assert len(wanted) == 20
    assert {(one["sheet"], one["row"], one["column"], one["code"]) for one in found} == wanted
    assert len(found) == 20
    assert all(one["remedy"] and one["message"] for one in found)


@pytest.mark.parametrize("packed", [as_folder, as_workbook])
def test_the_sound_inquiry_has_no_error(sheets, tmp_path, packed):
    ended = socle("coverage", "check", packed(sheets, tmp_path / "sound"), "--format", "json")

    assert ended.code == 1
    assert {(one["severity"], one["code"]) for one in json.loads(ended.out)} == {("warning", "jump")}


def test_the_twenty_are_of_different_kinds():
    assert len({code for *_, code in ERRORS}) == 20
    assert len({sheet for sheet, *_ in ERRORS}) >= 9


def test_a_broken_inquiry_has_no_report(broken, tmp_path):
    ended = socle("coverage", "report", as_folder(broken[0], tmp_path / "broken"))

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("error: ") >= 20


def test_an_inquiry_that_only_contradicts_itself_has_no_report(sheets, tmp_path):
    slipped = {sheet: [list(row) for row in rows] for sheet, rows in sheets.items()}
    slipped["legal"][place(sheets["legal"], "legal", "XUT/2021/old_age/working_age/any/total") - 1][
        sheets["legal"][0].index("persons")] = "10"
    ended = socle("coverage", "report", as_folder(slipped, tmp_path / "broken"))

    assert (ended.code, ended.out) == (2, "")
    assert "legal, row" in ended.err


# What people really send


def changed(sheets, sheet, change):
    found = {name: [list(row) for row in rows] for name, rows in sheets.items()}
    change(found[sheet])
    return found


def errors(path):
    ended = socle("coverage", "check", path, "--format", "json")
    assert "Traceback" not in ended.err
    assert ended.code == 2
    return [(one["sheet"], one["row"], one["column"], one["code"]) for one in json.loads(ended.out) if one["severity"] == "error"]


def test_an_empty_file_has_no_header(sheets, tmp_path):
    folder = as_folder(sheets, tmp_path / "a")
    (folder / "published.csv").write_bytes(b"")

    assert errors(folder) == [("published", None, None, "empty")]


def test_a_wrong_encoding_names_the_line(sheets, tmp_path):
    folder = as_folder(sheets, tmp_path / "a")
    (folder / "published.csv").write_bytes("table,row,column,source\nfigures,a,b,Année\n".encode("cp1252"))

    assert errors(folder) == [("published", 2, None, "encoding")]


def test_a_missing_key_is_a_missing_column(sheets, tmp_path):
    def without_year(rows):
        for row in rows:
            del row[1]

    assert errors(as_folder(changed(sheets, "legal", without_year), tmp_path / "a")) == [("legal", None, "year", "missing_column")]


def test_a_duplicate_key_names_the_first_row(sheets, tmp_path):
    again = changed(sheets, "receipts", lambda rows: rows.append(list(rows[1])))

    assert errors(as_folder(again, tmp_path / "a")) == [("receipts", len(sheets["receipts"]) + 1, "scheme", "duplicate_key")]


def test_an_absurd_number_is_a_slip(sheets, tmp_path):
    def absurd(rows):
        rows[1][rows[0].index("persons")] = "99999999999"

    assert errors(as_folder(changed(sheets, "denominators", absurd), tmp_path / "a")) == [("denominators", 2, "persons", "absurd")]


@pytest.mark.parametrize("day", ["31/12/2021", "31 Dec 2021", "12-31-2021"])
def test_a_day_in_another_format_is_not_guessed(sheets, tmp_path, day):
    def of_day(rows):
        rows[1][rows[0].index("reference_on")] = day

    assert errors(as_folder(changed(sheets, "protected", of_day), tmp_path / "a")) == [("protected", 2, "reference_on", "day")]


def test_a_bomb_is_refused_before_it_is_opened(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("xl/workbook.xml", b" " * 60_000_000)

    assert errors(tmp_path / "a.xlsx") == [(None, None, None, "too_large")]


def test_what_is_marked_is_the_workbook_that_was_sent(broken, tmp_path):
    ended = socle("coverage", "check", as_folder(broken[0], tmp_path / "broken"), "--format", "xlsx", "-o", tmp_path / "marked.xlsx")

    assert ended.code == 2
    assert "20 errors" in ended.err
    assert (tmp_path / "marked.xlsx").stat().st_size > 10_000


def test_the_template_is_an_inquiry_that_can_be_checked(tmp_path):
    assert socle("coverage", "template", "-o", tmp_path / "mine.xlsx").code == 0
    assert socle("coverage", "check", tmp_path / "mine.xlsx").code == 0
    assert socle("coverage", "template", "-o", tmp_path / "mine.csv").code == 2


def test_the_template_may_be_a_folder_and_never_writes_over_answers(tmp_path):
    assert socle("coverage", "template", "-o", tmp_path / "mine").code == 0
    assert {path.stem for path in (tmp_path / "mine").glob("*.csv")} == {sheet.name for sheet in INQUIRY}
    assert "recipients.csv" in (tmp_path / "mine/read_me.txt").read_text(encoding="utf-8")
    assert socle("coverage", "check", tmp_path / "mine").code == 0
    assert socle("coverage", "template", "-o", tmp_path / "mine").code == 2


def test_several_inquiries_are_checked_at_once(sheets, broken, tmp_path):
    sound, slipped = as_folder(sheets, tmp_path / "sound"), as_folder(broken[0], tmp_path / "broken")
    ended = socle("coverage", "check", sound, slipped, "--format", "json")
    found = [one["sheet"] for one in json.loads(ended.out) if one["severity"] == "error"]

    assert ended.code == 2
    assert len(found) == 20
    assert all(sheet.startswith(f"{slipped}: ") for sheet in found)
    assert socle("coverage", "check", sound, slipped, "--format", "xlsx", "-o", tmp_path / "a.xlsx").code == 2


def test_limits_are_said_as_options(sheets, tmp_path):
    folder = as_folder(sheets, tmp_path / "a")

    assert socle("coverage", "check", folder, "--option", "jump=100").code == 0
    assert "Did you mean jump?" in socle("coverage", "check", folder, "--option", "jmp=1").err


def test_the_inquiry_before_is_compared_with(sheets, tmp_path):
    def revised(rows):
        rows[1][rows[0].index("persons")] = "13956000"

    before = as_folder(changed(sheets, "denominators", revised), tmp_path / "before")
    ended = socle("coverage", "check", as_folder(sheets, tmp_path / "now"), "--before", before, "--format", "json")

    assert [(one["sheet"], one["row"]) for one in json.loads(ended.out) if one["code"] == "restated"] == [("denominators", 2)]


def test_the_inventory_is_filled_from_the_schemes_that_are_named(sheets, tmp_path):
    def emptied(rows):
        for row in rows[1:]:
            row[2:] = ["", "", row[4], "", "", ""] if row[0] != "xut-old-age-grant" else ["Another grant", *row[3:]]

    datasets.write_made_up("XUT", tmp_path)
    folder = as_folder(changed(sheets, "schemes", emptied), tmp_path / "a")
    found = json.loads(socle("coverage", "check", folder, "--schemes", tmp_path / "schemes", "--format", "json").out)

    assert [(one["sheet"], one["row"], one["column"]) for one in found if one["code"] == "differs_from_scheme"] == [("schemes", 7, "name")]
    assert {one["code"] for one in found} == {"jump", "differs_from_scheme"}
    assert socle("coverage", "check", folder, "--schemes", tmp_path / "a").code == 2
