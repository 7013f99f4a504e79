"""Key columns are required, other columns may be absent: what cannot be counted without them is set aside, and said once."""

from __future__ import annotations

import json

import pytest

from socle import results, tables
from socle.errors import InputError
from tests.spec import books
from tests.spec.command import socle

FULL = {
    "phases.csv": "phase,start,end\nP,2021,2025\n",
    "partners.csv": "partner\nN\n",
    "targets.csv": "phase,indicator,counts,target\nP,step2,changes,2\n",
    "changes.csv": "change,country,year,step\nC,XUT,2022,2\nD,XWE,2023,3\n",
    "contributions.csv": "change,project,share\nC,X,0.5\n",
    "projects.csv": "project\nX\n",
    "impacts.csv": "impact,country,kind,branch,change\nI,XUT,legal_coverage,old_age,C\nJ,XWE,adequacy,family,D\n",
    "observations.csv": "observation,impact,on,measure,persons\nO,I,2023,increase,5\nQ,J,2024,increase,7\n",
    "evidence.csv": "evidence,record\nE,changes:C\n",
    "left_out.csv": "item,reason\nL,a pilot\n",
}
NOT_KEYS = [(sheet.name, column.name) for sheet in tables.PROGRAMME for column in sheet.columns
            if column.required and column.name not in sheet.key]


def without(folder, sheet, column):
    for name, text in FULL.items():
        lines = [line.split(",") for line in text.splitlines()]
        if name == f"{sheet}.csv":
            place = lines[0].index(column)
            lines = [[*line[:place], *line[place + 1:]] for line in lines]
        (folder / name).write_text("\n".join(",".join(line) for line in lines) + "\n", encoding="utf-8")
    return folder


def found(folder):
    return json.loads(socle("results", "check", folder, "--format", "json").out)


def test_the_whole_book_is_clean(tmp_path):
    assert found(without(tmp_path, None, None)) == []


@pytest.mark.parametrize(("sheet", "column"), NOT_KEYS)
def test_an_absent_column_that_is_no_key_is_one_warning(tmp_path, sheet, column):
    folder = without(tmp_path, sheet, column)
    findings = [f for f in found(folder) if f["code"] != "no_phase"]
    expected = [] if (sheet, column) == ("impacts", "country") else [("warning", sheet, None, column, "not_counted")]

    assert [(f["severity"], f["sheet"], f["row"], f["column"], f["code"]) for f in findings] == expected
    assert socle("results", "check", folder).code == len(expected)
    for format in ("json", "table", "html"):
        assert socle("results", "report", folder, "--format", format).code == len(expected)


@pytest.mark.parametrize("column", [column.name for sheet in tables.PROGRAMME for column in sheet.columns if column.name in sheet.key])
def test_every_key_column_is_required(column):
    sheet = next(sheet for sheet in tables.PROGRAMME if column in sheet.key)
    header = [name for name in sheet.names if name != column]
    parsed = tables.parse(tables.PROGRAMME, [tables.RawSheet(sheet.name, header, [], range(0))])

    assert ("missing_column", column) in [(f.code, f.column) for f in parsed.errors]


def test_what_leans_on_rows_set_aside_is_counted_in_the_warning(tmp_path):
    (finding,) = found(without(tmp_path, "changes", "year"))

    assert finding["message"] == (
        "Column year is missing: 2 rows cannot be counted and are set aside. So are 5 rows that refer to them.")
    assert "Add a column year" in finding["remedy"]


def test_what_is_not_set_aside_is_reported(tmp_path):
    report = json.loads(socle("results", "report", without(tmp_path, "observations", "measure"), "--format", "json").out)

    assert [row["changes"] for row in report["tables"]["changes_by_step"] if row["step"] == "all"] == [2]
    assert all(not row["persons"] for row in report["tables"]["impacts"])
    assert [warning["code"] for warning in report["warnings"]] == ["not_counted"]


def test_the_country_of_an_impact_is_that_of_its_change():
    impacts = [{"impact": "I", "kind": "access", "change": "C"}, {"impact": "J", "kind": "access", "change": None}]
    parsed = books.parsed(phases=books.PHASES, changes=[books.change("C", "KEN")], impacts=impacts)

    assert parsed.book["impacts"]["country"] == ["KEN"]
    assert "country" not in parsed.book["impacts"].absent
    assert [f.message for f in parsed.findings] == ["Column country is missing: 1 row cannot be counted and is set aside."]


def test_an_empty_cell_of_a_column_that_is_there_is_an_error():
    parsed = books.parsed(phases=books.PHASES, impacts=[books.impact("I", country=None), books.impact("J")])

    assert [(f.code, f.row, f.column) for f in parsed.errors] == [("required", 2, "country")]


def test_a_book_without_phases_is_checked_and_reported_alike(tmp_path):
    folder = without(tmp_path, "phases", "end")
    for command in ("check", "report"):
        ended = socle("results", command, folder)
        assert (ended.code, "There is no phase: a report covers all records" in ended.out + ended.err) == (1, True)
    report = json.loads(socle("results", "report", folder, "--format", "json").out)

    assert (report["phase"], report["period"]) == (None, {"start": "2022-01-01", "end": "2024-12-31"})
    assert socle("results", "report", folder, "--phase", "P").code == 2
    assert socle("results", "report", folder, "--year", "1999").code == 2


def test_a_reader_who_keeps_phases_is_not_given_a_report_without_one():
    chain = results.Chain.of(books.parsed(changes=[books.change("C")]).book)
    with pytest.raises(InputError, match="no phase"):
        results.report(chain)


def test_without_phases_a_printed_year_may_be_one_without_records():
    said = [{"table": "changes_by_step", "row": "all", "column": "changes", "value": "1", "year": "1999"}]
    made = results.report(results.Chain.of(books.parsed(changes=[books.change("C")], published=said).book), phaseless=True)

    assert [row["verdict"] for row in made.tables["reconciliation"]] == ["not_computed"]
