"""A small inquiry, written by hand, whose every figure can be computed on paper."""

from __future__ import annotations

import csv
import io

from socle.tables import INQUIRY, Book, RawSheet, parse

SHEETS = {
    "schemes": """scheme,country,name,institution,kind,functions,legal_basis,since
fund,XUT,Pension Fund,,social_insurance,old_age;employment_injury,,2000
health,XUT,Health Insurance,,social_insurance,medical_care,,2005
agency,XUT,Social Agency,,categorical,family;maternity;invalidity;old_age,,2010
aid,XUT,Aid for the Poor,,means_tested,social_assistance,,2010
jobs,XUT,Unemployment Insurance,,social_insurance,unemployment,,2010
""",
    "benefits": """benefit,scheme,function,form,payment,means_tested,contributory
pension,fund,old_age,cash,periodic,no,
grant,agency,old_age,cash,periodic,no,
child,agency,family,cash,periodic,no,
birth,agency,maternity,cash,lump_sum,no,
invalid,agency,invalidity,cash,periodic,no,
help,aid,social_assistance,cash,periodic,yes,
dole,jobs,unemployment,cash,periodic,no,
care,health,medical_care,in_kind,periodic,no,
""",
    "protected": """scheme,year,measure,sex,persons
fund,2024,active_contributors,total,3000
fund,2024,active_contributors,female,1000
fund,2024,active_contributors,male,2000
jobs,2024,active_contributors,total,1500
health,2024,affiliated,total,6000
health,2024,active_contributors,total,2500
""",
    "recipients": """benefit,year,sex,age_group,disability,area,persons
pension,2024,total,,,,400
pension,2024,female,,,,100
pension,2024,male,,,,300
pension,2024,total,60+,,,300
grant,2024,total,,,,500
grant,2024,female,,,,350
grant,2024,male,,,,150
grant,2024,total,60+,,,500
child,2024,total,,,,2000
child,2024,total,,,urban,1500
child,2024,total,,,rural,500
birth,2024,female,,,,100
invalid,2024,total,,,,50
help,2024,total,,,,800
dole,2024,total,,,,60
""",
    "amounts": """benefit,year,measure,amount,currency,per
pension,2024,average,200,XUD,month
pension,2024,minimum,1200,XUD,year
grant,2024,total,300000,XUD,year
birth,2024,average,500,XUD,year
""",
    "expenditure": """scheme,year,item,function,amount,currency
fund,2024,benefits,old_age,960000,XUD
fund,2024,administration,,40000,XUD
fund,2024,transfers,,100000,XUD
health,2024,benefits,,500000,XUD
health,2024,administration,,50000,XUD
agency,2024,benefits,old_age,300000,XUD
agency,2024,benefits,family,200000,XUD
agency,2024,administration,,50000,XUD
aid,2024,benefits,social_assistance,80000,XUD
jobs,2024,benefits,unemployment,20000,XUD
""",
    "receipts": """scheme,year,item,amount,currency
fund,2024,employers,700000,XUD
fund,2024,protected_persons,500000,XUD
health,2024,employers,450000,XUD
health,2024,transfers,100000,XUD
agency,2024,government,550000,XUD
aid,2024,government,80000,XUD
jobs,2024,employers,20000,XUD
""",
    "denominators": """country,year,group,sex,persons,status
XUT,2024,population,total,20000,
XUT,2024,population,female,10000,
XUT,2024,population,male,10000,
XUT,2024,children,total,8000,
XUT,2024,women_giving_birth,female,400,
XUT,2024,severe_disability,total,200,estimated
XUT,2024,unemployed,total,600,
XUT,2024,employed,total,8000,
XUT,2024,employed,female,4000,
XUT,2024,employed,male,4000,
XUT,2024,labour_force,total,10000,
XUT,2024,working_age,total,12000,
XUT,2024,older_persons,total,1000,
XUT,2024,older_persons,female,600,
XUT,2024,older_persons,male,400,
XUT,2024,poor,total,5000,
""",
    "overlaps": """between,year,persons,sex
pension;grant,2024,0,total
fund;jobs,2024,1500,
""",
    "legal": """country,year,branch,group,route,persons,sex
XUT,2024,old_age,working_age,mandatory_contributory,4000,total
XUT,2024,old_age,working_age,non_contributory,9000,total
XUT,2024,old_age,older_persons,any,1000,total
""",
    "published": """table,row,column,value,source
figures,SI_COV_CHLD/XUT/total/2024,value,25.0,Bulletin
figures,SI_COV_WKINJRY/XUT/total/2024,value,38,Bulletin
figures,SI_COV_UEMP/XUT/total/2024,value,12,Bulletin
figures,SI_COV_BENFTS/XUT/total/2024,value,25,Bulletin
figures,SI_COV_NONE/XUT/total/2024,value,25,Bulletin
spending,XUT/all/all/all/2024,amount,2200000,Bulletin
receipts,XUT/all/all/2024,amount,2300000,Bulletin
adequacy,pension/2024,average_per_month,200,Bulletin
""",
}


def inquiry(**changed: str | None) -> Book:
    """The inquiry, with other texts for some of its sheets; None leaves a sheet out. Without a finding, or the test fails."""
    sheets = {name: text for name, text in {**SHEETS, **changed}.items() if text}
    raw = []
    for name, text in sheets.items():
        header, *rows = csv.reader(io.StringIO(text))
        silent = [column for column in INQUIRY[name].names if column not in header]
        raw.append(RawSheet(name, [*header, *silent], [[*row, *("" for _ in silent)] for row in rows], range(2, len(rows) + 2)))
    parsed = parse(INQUIRY, raw)
    assert [str(one) for one in parsed.errors] == []
    return parsed.book


def without(sheet: str, *starts: str) -> dict[str, str]:
    """A sheet without the rows that begin so."""
    lines = SHEETS[sheet].splitlines(keepends=True)
    left = [line for line in lines if not line.startswith(starts)]
    assert len(left) < len(lines)
    return {sheet: "".join(left)}


def with_rows(sheet: str, *rows: str) -> dict[str, str]:
    return {sheet: SHEETS[sheet] + "".join(f"{row}\n" for row in rows)}
