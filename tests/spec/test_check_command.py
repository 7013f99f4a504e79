"""``socle results check``: what it prints, what it writes, how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.spec.command import MADE_UP, socle

KEYS = ["severity", "sheet", "row", "column", "value", "code", "message", "remedy"]


@pytest.fixture
def clean(tmp_path):
    (tmp_path / "phases.csv").write_text("phase,start,end\n1,2020,2024\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def wrong(clean):
    (clean / "partners.csv").write_text("partner,name,kind,colour\nA,=1+1,bilaterall,red\n", encoding="utf-8")
    return clean


def test_a_clean_file_ends_with_0(clean):
    ended = socle("results", "check", clean)

    assert (ended.code, ended.out) == (0, "")
    assert "No errors and no warnings." in ended.err


def test_warnings_only_end_with_1():
    ended = socle("results", "check", MADE_UP)

    assert ended.code == 1
    assert "0 errors, 5 warnings." in ended.err


def test_errors_end_with_2(wrong):
    ended = socle("results", "check", wrong)

    assert ended.code == 2
    assert "2 errors, 1 warning." in ended.err
    assert "Did you mean bilateral" in ended.out


def test_json_is_a_list_of_findings_and_nothing_else(wrong):
    ended = socle("results", "check", wrong, "--format", "json")
    found = json.loads(ended.out)

    assert [list(finding) for finding in found] == [KEYS] * 3
    assert [(f["severity"], f["sheet"], f["row"], f["column"], f["value"], f["code"]) for f in found] == [
        ("warning", "partners", None, "colour", None, "unknown_column"),
        ("error", "partners", 2, "name", "=1+1", "formula"),
        ("error", "partners", 2, "kind", "bilaterall", "unknown_code"),
    ]


def test_a_mistake_in_one_sheet_is_not_told_again_of_another(tmp_path):
    for name, text in {
        "phases": "phase,start,end\n1,2020,soon\n",
        "changes": "change,country,year,step\nC1,XUT,2022,2\nC2,XUT,2022,9\n",
        "impacts": "impact,country,change,kind\nI1,XUT,C1,access\n",
        "observations": "observation,impact,on,measure,persons\nB1,I1,2021,baseline,many\nB2,I1,2022,level,5\n",
        "published": "table,row,column,value,year\nchanges_by_step,all,changes,5,2022\n",
        "evidence": "evidence,record\nE1,changes:C2\nE2,projects:P1\n",
    }.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    found = json.loads(socle("results", "check", tmp_path, "--format", "json").out)

    assert [(f["sheet"], f["row"], f["code"]) for f in found] == [
        ("phases", 2, "day"), ("changes", 3, "unknown_code"), ("observations", 2, "whole_number"), ("evidence", 3, "unknown_record"),
    ]


def test_json_of_a_clean_file_is_an_empty_list(clean):
    assert json.loads(socle("results", "check", clean, "--format", "json").out) == []


def test_json_of_a_file_that_cannot_be_read_is_its_finding(tmp_path):
    ended = socle("results", "check", tmp_path / "nowhere", "--format", "json")

    assert ended.code == 2
    assert [finding["code"] for finding in json.loads(ended.out)] == ["unreadable"]


def test_csv_is_one_table_without_formulas(wrong):
    ended = socle("results", "check", wrong, "--format", "csv")
    rows = list(csv.reader(io.StringIO(ended.out)))

    assert rows[0] == KEYS
    assert rows[2][4] == "'=1+1"


def test_a_file_is_written_with_what_would_be_printed(wrong, tmp_path):
    out = tmp_path / "findings.json"
    ended = socle("results", "check", wrong, "--format", "json", "-o", out)

    assert (ended.code, ended.out) == (2, "")
    assert len(json.loads(out.read_text(encoding="utf-8"))) == 3


def test_xlsx_is_the_workbook_with_its_cells_marked(wrong, tmp_path):
    out = tmp_path / "marked.xlsx"
    ended = socle("results", "check", wrong, "--format", "xlsx", "-o", out)
    book = openpyxl.load_workbook(out)

    assert ended.code == 2
    assert book["partners"]["B2"].comment is not None
    assert book["findings"].max_row == 4


def test_xlsx_needs_a_place_to_write(wrong):
    ended = socle("results", "check", wrong, "--format", "xlsx")

    assert (ended.code, ended.out) == (2, "")
    assert "-o FILE" in ended.err


def test_a_place_that_cannot_be_written_is_the_users_to_mend(wrong, tmp_path):
    ended = socle("results", "check", wrong, "--format", "json", "-o", tmp_path / "phases.csv" / "x.json")

    assert ended.code == 2
    assert "cannot be written" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("arguments", [["--format", "doc"], ["--lang", "xx"], ["--colour"], []])
def test_wrong_usage_ends_with_2(wrong, arguments):
    ended = socle("results", "check", *([wrong, *arguments] if arguments else []))

    assert ended.code == 2
    assert "Usage" in ended.err


def test_findings_are_said_in_the_language_asked_for(wrong):
    english, french = (socle("results", "check", wrong, "--format", "json", "--lang", lang) for lang in ("en", "fr"))
    keep = ("severity", "sheet", "row", "column", "value", "code")

    assert [[f[k] for k in keep] for f in json.loads(english.out)] == [[f[k] for k in keep] for f in json.loads(french.out)]
    assert "est une formule" in french.out
    assert "2 erreurs, 1 avertissement." in french.err


def test_a_defect_keeps_its_traceback_and_ends_with_3(clean, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("a defect of ours")

    monkeypatch.setattr("socle.datasets.read_book", broken)
    ended = socle("results", "check", clean)

    assert ended.code == 3
    assert "Traceback" in ended.err
    assert "a defect of ours" in ended.err


def test_the_template_can_be_filled_in_and_checked(tmp_path):
    ended = socle("results", "template", "-o", tmp_path / "mine.xlsx")

    assert (ended.code, ended.out) == (0, "")
    assert socle("results", "check", tmp_path / "mine.xlsx").code == 0


def test_the_template_is_a_workbook(tmp_path):
    ended = socle("results", "template", "-o", tmp_path / "mine.csv")

    assert ended.code == 2
    assert list(tmp_path.iterdir()) == []


def run(*arguments, **options):
    command = [sys.executable, "-c", "from socle.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, **options)


def test_the_command_is_the_same_from_a_shell(wrong):
    ended = run("results", "check", wrong, "--format", "json", env={**os.environ, "PYTHONIOENCODING": "ascii"})

    assert ended.returncode == 2
    assert len(json.loads(ended.stdout.decode())) == 3


def test_a_reader_that_stops_reading_is_no_defect():
    command = f"{sys.executable} -c 'from socle.cli import main; main()' results check {MADE_UP} --format json | head -c 1"
    ended = subprocess.run(command, shell=True, capture_output=True, timeout=60, check=False)

    assert b"Traceback" not in ended.stderr


def test_help_imports_nothing_heavy():
    code = "import sys, socle.cli; print([m for m in ('openpyxl', 'numpy', 'docx', 'typst', 'xlsxwriter') if m in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])

    assert ended.stdout.strip() == "[]"
