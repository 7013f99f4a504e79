"""What ``socle results check`` says: for every code, a tiny workbook and exactly the finding it gives.

The codes and what they mean are listed in docs/reference/findings.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from socle import results, tables
from tests.spec.documented import documented_codes

PHASES = ["phase,start,end", "1,2020,2024"]
PARTNERS = ["partner", "N"]
PROJECTS = ["project", "P1", "P2"]
CHANGES = ["change,country,year,step", "C1,XUT,2022,2", "C2,XWE,2022,1"]
IMPACTS = ["impact,country,change,kind", "I1,XUT,C1,legal_coverage", "I2,XUT,C1,adequacy"]


@dataclass
class Case:
    """``sheets``: rows of cells between commas (``¦`` where a cell holds one). ``found``: (sheet, row, column, value)."""

    code: str
    found: tuple[str | None, int | None, str | None, str | None]
    sheets: dict[str, list[str]]
    says: str = ""
    severity: str = "error"
    also: list[str] = field(default_factory=list)


def case(code, found, says="", severity="error", also=(), **sheets):
    return Case(code, found, sheets, says, severity, list(also))


def warning(code, found, says="", **sheets):
    return case(code, found, says, "warning", **sheets)


CASES = [
    # The sheets and their columns
    case("empty", (None, None, None, None), "no sheet of the form", also=["unknown_sheet"], shopping=["a", "b"]),
    case("empty", ("changes", None, None, None), "has no header", changes=[]),
    warning("unknown_sheet", ("notes", None, None, None), "“notes”", notes=["a"], phases=PHASES),
    warning("unknown_sheet", ("phase", None, None, None), "Did you mean phases?", phase=["a"], phases=PHASES),
    warning("unknown_column", ("phases", None, "colour", None), "“colour”", phases=["phase,start,end,colour", "1,2020,2024,red"]),
    warning("unknown_column", ("phases", None, "titel", None), "Did you mean title?",
            phases=["phase,start,end,titel", "1,2020,2024,One"]),
    warning("unknown_column", ("phases", None, None, None), "without a name", phases=["phase,start,,end", "1,2020,x,2024"]),
    case("duplicate_column", ("phases", None, "end", None), "twice", phases=["phase,start,end,END", "1,2020,2024,2025"]),
    case("missing_column", ("phases", None, "phase", None), "missing", phases=["start,end", "2020,2024"]),
    case("missing_column", ("funding", None, "project", None), "missing", phases=PHASES, partners=PARTNERS,
         funding=["partner,on,amount,currency", "N,2022,5,USD"]),
    warning("not_counted", ("changes", None, "step", None), "2 rows cannot be counted", phases=PHASES,
            changes=["change,country,year", "C1,XUT,2022", "C2,XWE,2022"]),
    warning("no_phase", ("phases", None, None, None), "from 2022-01-01 to 2022-12-31", changes=CHANGES),
    case("extra_cells", ("phases", 2, None, "2025"), "more cells than the header", phases=["phase,start,end", "1,2020,2024,2025"]),
    # Rows
    case("required", ("phases", 3, "end", None), "empty", phases=[*PHASES, "2,2025,"]),
    case("required", ("phases", 3, "phase", None), "empty", phases=[*PHASES, ",2025,2026"]),
    case("duplicate_key", ("phases", 3, "phase", "1"), "already in row 2", phases=[*PHASES, "1,2025,2026"]),
    case("duplicate_key", ("countries", 3, "phase", "1/Utania"), "already in row 2", phases=PHASES,
         countries=["phase,country", "1,XUT", "1,Utania"]),
    case("unknown_reference", ("impacts", 2, "change", "C9"), "Sheet changes has no “C9”",
         phases=PHASES, changes=CHANGES, impacts=["impact,country,change,kind", "I1,XUT,C9,adequacy"]),
    case("unknown_reference", ("changes", 2, "projects", "P1;P9"), "“P9”", phases=PHASES, projects=PROJECTS,
         changes=["change,country,year,step,projects", "C1,XUT,2022,2,P1;P9"]),
    case("unknown_reference", ("outputs", 2, "project", "P1"), "Sheet projects has no “P1”", phases=PHASES,
         outputs=["output,project,on", "O1,P1,2022"]),
    case("period_order", ("projects", 2, "end", "2021"), "ends (2021) before it starts (2022-05-01)",
         projects=["project,start,end", "P1,2022-05-01,2021"]),
    case("period_order", ("phases", 2, "end", "2019"), "before it starts", phases=["phase,start,end", "1,2020,2019"]),
    case("period_order", ("aggregates", 2, "end", "2021"), "before it starts", phases=PHASES,
         aggregates=["phase,indicator,start,end,counts,value", "1,steps,2022,2021,changes,4"]),
    # Cells
    case("unknown_country", ("changes", 2, "country", "Republic of Korea n"), "Did you mean", phases=PHASES,
         changes=["change,country,year,step", "C1,Republic of Korea n,2022,2"]),
    case("unknown_country", ("projects", 2, "countries", "XUT;Nowhere"), "“Nowhere”",
         projects=["project,countries", "P1,XUT;Nowhere"]),
    case("unknown_code", ("changes", 2, "step", "4"), "Use one of: 1, 2, 3.", phases=PHASES,
         changes=["change,country,year,step", "C1,XUT,2022,4"]),
    case("unknown_code", ("changes", 2, "branches", "old age"), "Did you mean old_age?", phases=PHASES,
         changes=["change,country,year,step,branches", "C1,XUT,2022,2,old age"]),
    case("day", ("changes", 2, "year", "30/06/2024"), "Write a day as 2024-06-30 or a year as 2024.", phases=PHASES,
         changes=["change,country,year,step", "C1,XUT,30/06/2024,2"]),
    case("day", ("changes", 2, "year", "June 2024"), phases=PHASES, changes=["change,country,year,step", "C1,XUT,June 2024,2"]),
    case("day", ("changes", 2, "year", "2024-06"), phases=PHASES, changes=["change,country,year,step", "C1,XUT,2024-06,2"]),
    case("day", ("changes", 2, "year", "2023-02-29"), phases=PHASES, changes=["change,country,year,step", "C1,XUT,2023-02-29,2"]),
    case("day", ("changes", 2, "year", "24"), phases=PHASES, changes=["change,country,year,step", "C1,XUT,24,2"]),
    case("whole_number", ("impacts", 2, "expected", "about 500"), phases=PHASES, changes=CHANGES,
         impacts=["impact,country,change,kind,expected", "I1,XUT,C1,adequacy,about 500"]),
    case("whole_number", ("impacts", 2, "expected", "12.5"), phases=PHASES, changes=CHANGES,
         impacts=["impact,country,change,kind,expected", "I1,XUT,C1,adequacy,12.5"]),
    case("whole_number", ("impacts", 2, "expected", "1,200"), "digits only", phases=PHASES, changes=CHANGES,
         impacts=["impact,country,change,kind,expected", "I1,XUT,C1,adequacy,1¦200"]),
    case("negative", ("impacts", 2, "expected", "-5"), "below zero", phases=PHASES, changes=CHANGES,
         impacts=["impact,country,change,kind,expected", "I1,XUT,C1,adequacy,-5"]),
    case("negative", ("funding", 2, "amount", "-0.5"), "below zero", phases=PHASES, partners=PARTNERS,
         funding=["project,partner,on,amount,currency", ",N,2022,-0.5,USD"]),
    case("absurd", ("impacts", 2, "expected", "10000000001"), "more than the people on earth", phases=PHASES, changes=CHANGES,
         impacts=["impact,country,change,kind,expected", "I1,XUT,C1,adequacy,10000000001"]),
    case("absurd", ("funding", 2, "amount", "9999999999999999"), "larger than", phases=PHASES, partners=PARTNERS,
         funding=["project,partner,on,amount,currency", ",N,2022,9999999999999999,USD"]),
    case("number", ("funding", 2, "amount", "1e6"), "not a number", phases=PHASES, partners=PARTNERS,
         funding=["project,partner,on,amount,currency", ",N,2022,1e6,USD"]),
    case("number", ("published", 2, "value", "NaN"), phases=PHASES,
         published=["table,row,column,value", "changes_by_step,all,changes,NaN"]),
    case("share_range", ("contributions", 2, "share", "60%"), "0.25 for 25 per cent", phases=PHASES, changes=CHANGES,
         projects=PROJECTS, contributions=["change,project,share", "C1,P1,60%"]),
    case("share_range", ("contributions", 2, "share", "1.01"), "not between 0 and 1", phases=PHASES, changes=CHANGES,
         projects=PROJECTS, contributions=["change,project,share", "C1,P1,1.01"]),
    case("currency", ("funding", 2, "currency", "usd"), "USD", phases=PHASES, partners=PARTNERS,
         funding=["project,partner,on,amount,currency", ",N,2022,5,usd"]),
    case("formula", ("phases", 2, "title", "=1+1"), "Paste the value", phases=["phase,title,start,end", "1,=1+1,2020,2024"]),
    case("formula", ("phases", 2, "title", "@SUM(A1)"), phases=["phase,title,start,end", "1,@SUM(A1),2020,2024"]),
    case("formula", ("phases", 2, "title", "#REF!"), "error of the spreadsheet", phases=["phase,title,start,end", "1,#REF!,2020,2024"]),
    case("too_long", ("phases", 2, "title", "x" * 20_001), "20001", phases=["phase,title,start,end", f"1,{'x' * 20_001},2020,2024"]),
    case("unprintable", ("phases", 2, "title", "a\x07b"), phases=["phase,title,start,end", "1,a\x07b,2020,2024"]),
    case("key", ("partners", 2, "partner", "A B"), "without spaces", partners=["partner", "A B"]),
    case("key", ("partners", 2, "partner", "A/B"), partners=["partner", "A/B"]),
    case("key", ("partners", 2, "partner", "A;B"), partners=["partner", "A;B"]),
    case("key", ("partners", 2, "partner", "."), partners=["partner", "."]),
    case("key", ("partners", 2, "partner", ".."), partners=["partner", ".."]),
    # What rows say together
    case("sexes_exceed", ("outputs", 2, "persons", "10"), phases=PHASES,
         outputs=["output,on,persons,women,men", "O1,2022,10,6,5"]),
    warning("sexes_do_not_add_up", ("outputs", 2, "persons", "10"), phases=PHASES,
            outputs=["output,on,persons,women,men", "O1,2022,10,4,5"]),
    warning("no_change", ("impacts", 2, "change", None), impacts=["impact,country,kind", "I1,XUT,adequacy"]),
    warning("change_step", ("impacts", 2, "change", "C2"), phases=PHASES, changes=CHANGES,
            impacts=["impact,country,change,kind", "I1,XWE,C2,access"]),
    warning("change_country", ("impacts", 2, "change", "C1"), phases=PHASES, changes=CHANGES,
            impacts=["impact,country,change,kind", "I1,XVA,C1,access"]),
    case("reason_missing", ("observations", 3, "reason", None), phases=PHASES, changes=CHANGES, impacts=IMPACTS,
         observations=["observation,impact,on,measure,persons,supersedes", "B1,I1,2022,increase,5,", "B2,I1,2022,increase,6,B1"]),
    case("supersedes_other_impact", ("observations", 3, "supersedes", "B1"), phases=PHASES, changes=CHANGES, impacts=IMPACTS,
         observations=["observation,impact,on,measure,persons,supersedes,reason", "B1,I1,2022,increase,5,,",
                       "B2,I2,2022,increase,6,B1,wrong"]),
    case("superseded_twice", ("observations", 4, "supersedes", "B1"), phases=PHASES, changes=CHANGES, impacts=IMPACTS,
         observations=["observation,impact,on,measure,persons,supersedes,reason", "B1,I1,2022,increase,5,,",
                       "B2,I1,2022,increase,6,B1,wrong", "B3,I1,2022,increase,7,B1,wrong again"]),
    case("supersedes_itself", ("observations", 2, "supersedes", "B1"), phases=PHASES, changes=CHANGES, impacts=IMPACTS,
         observations=["observation,impact,on,measure,persons,supersedes,reason", "B1,I1,2022,increase,5,B1,wrong"]),
    warning("recorded_before", ("observations", 3, "supersedes", "B1"), phases=PHASES, changes=CHANGES, impacts=IMPACTS,
            observations=["observation,impact,on,measure,persons,recorded_on,supersedes,reason",
                          "B1,I1,2022,increase,5,2023-05-01,,", "B2,I1,2022,increase,6,2023-04-01,B1,wrong"]),
    warning("households", ("observations", 2, "unit", "households"), phases=PHASES, changes=CHANGES, impacts=IMPACTS,
            observations=["observation,impact,on,measure,persons,unit", "B1,I1,2022,increase,5,households"]),
    warning("no_baseline", ("observations", 2, "measure", "level"), phases=PHASES, changes=CHANGES, impacts=IMPACTS,
            observations=["observation,impact,on,measure,persons", "B1,I1,2022,level,5"]),
    warning("level_falls", ("observations", 3, "persons", "4"), phases=PHASES, changes=CHANGES, impacts=IMPACTS,
            observations=["observation,impact,on,measure,persons", "B1,I1,2021,baseline,5", "B2,I1,2022,level,4"]),
    case("shares_over_one", ("contributions", 3, "share", "0.5"), phases=PHASES, changes=CHANGES, projects=PROJECTS,
         contributions=["change,project,share", "C1,P1,0.6", "C1,P2,0.5"]),
    case("currency_missing", ("funding", 2, "currency", None), phases=PHASES, partners=PARTNERS,
         funding=["project,partner,on,amount", ",N,2022,5"]),
    case("counts", ("targets", 2, "counts", "persons"), phases=PHASES, targets=["phase,indicator,counts,target", "1,step1,persons,5"]),
    warning("outside_phases", ("changes", 2, "year", "2019"), phases=PHASES, changes=["change,country,year,step", "C1,XUT,2019,2"]),
    warning("undated", ("outputs", 2, "on", None), phases=PHASES, outputs=["output,kind", "O1,knowledge"]),
    warning("outside_phase", ("aggregates", 2, "start", "2019"), phases=PHASES,
            aggregates=["phase,indicator,start,end,counts,value", "1,steps,2019,2020,changes,4"]),
    warning("aggregate_overlap", ("aggregates", 3, "start", "2021"), phases=PHASES,
            aggregates=["phase,indicator,start,end,counts,value", "1,steps,2020,2022,changes,4", "1,steps,2021,2021,changes,1"]),
    warning("aggregate_not_shown", ("aggregates", 2, "counts", "countries"), phases=PHASES,
            aggregates=["phase,indicator,start,end,counts,value", "1,step1,2020,2020,countries,4"]),
    case("unknown_address", ("published", 2, "row", "9"), phases=PHASES,
         published=["table,row,column,value", "changes_by_step,9,changes,5"]),
    case("published_year", ("published", 2, "year", "1999"), phases=PHASES,
         published=["table,row,column,value,year", "changes_by_step,all,changes,5,1999"]),
    warning("unknown_record", ("evidence", 2, "record", "changes:C9"), phases=PHASES, changes=CHANGES,
            evidence=["evidence,record", "E1,changes:C9"]),
    warning("no_web_address", ("evidence", 2, "url", "see the annex"), "https://", phases=PHASES, changes=CHANGES,
            evidence=["evidence,record,url", "E1,changes:C1,see the annex"]),
    warning("no_web_address", ("evidence", 2, "url", "javascript:alert(1)"), phases=PHASES, changes=CHANGES,
            evidence=["evidence,record,url", "E1,changes:C1,javascript:alert(1)"]),
]

#: Codes that depend on the packaging (test_check_bad_input.py), on the report asked for (test_report_command.py), on the
#: command line's arguments or on what the database already holds.
ELSEWHERE = {"encoding", "delimiter", "quotes", "unreadable", "too_large", "duplicate_sheet", "pledged", "funding_not_divided", "aggregate_cut",
             "aggregates_left_out", "more_records_than_aggregate", "input", "append_only",
             "open_already", "out_of_scope", "not_for_the_role", "locked", "entered_here", "rejected",
             "looks_the_same"}  # of the database: tests/unit/web_results


def findings(sheets):
    raw = []
    for name, lines in sheets.items():
        header, *rows = [[cell.replace("¦", ",") for cell in line.split(",")] for line in lines] or [[]]
        raw.append(tables.RawSheet(name, header, rows, range(2, len(rows) + 2)))
    parsed = tables.parse(tables.PROGRAMME, raw)
    return [*parsed.findings, *results.check(parsed.book)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.found[0]}-{case.found[2]}-{str(case.found[3])[:20]}")
def test_a_mistake_gives_exactly_its_finding(case):
    found = [f for f in findings(case.sheets) if f.code not in case.also]

    assert [(f.code, f.sheet, f.row, f.column, f.value, f.severity) for f in found] == [(case.code, *case.found, case.severity)]
    assert case.says in str(found[0])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.found[0]}")
def test_a_finding_is_a_sentence_and_a_remedy(case):
    for finding in findings(case.sheets):
        assert finding.message.endswith(".")
        assert finding.message[0] in "“-" or finding.message[0].isdigit() or finding.message[0].isupper()
        assert finding.remedy.endswith((".", "?"))


def test_every_documented_code_is_shown_here():
    assert {case.code for case in CASES} | ELSEWHERE == documented_codes()


def test_all_mistakes_are_told_at_once_in_the_order_of_the_form():
    found = findings({
        "observations": ["observation,impact,on,measure,persons", "B1,I9,June,levels,-1"],
        "changes": ["change,country,year,step", "C1,Nowhere,2022,4", ",XUT,2022,1"],
        "phases": PHASES,
        "mine": ["x"],
    })

    assert [(f.sheet, f.row, f.column) for f in found] == [
        ("changes", 2, "country"), ("changes", 2, "step"), ("changes", 3, "change"),
        ("observations", 2, "impact"), ("observations", 2, "on"), ("observations", 2, "measure"), ("observations", 2, "persons"),
        ("mine", None, None),
    ]


def test_a_mistake_does_not_cascade_along_the_chain():
    found = findings({
        "phases": PHASES,
        "changes": ["change,country,year,step", "C1,XUT,2022,4"],
        "impacts": ["impact,country,change,kind", "I1,XUT,C1,adequacy"],
        "observations": ["observation,impact,on,measure,persons", "B1,I1,2022,increase,5"],
    })

    assert [(f.sheet, f.row, f.code) for f in found] == [("changes", 2, "unknown_code")]


def test_a_republic_of_korea_never_becomes_the_other_one():
    sheets = {"phases": PHASES, "changes": ["change,country,year,step", "C1,Republic of Korea,2022,2", "C2,Korea,2022,2"]}
    raw = [tables.RawSheet(name, lines[0].split(","), [line.split(",") for line in lines[1:]], range(2, len(lines) + 1))
           for name, lines in sheets.items()]
    parsed = tables.parse(tables.PROGRAMME, raw)

    assert parsed.book["changes"]["country"] == ["KOR"]
    assert [(f.row, f.code) for f in parsed.findings] == [(3, "unknown_country")]
