"""The inquiry: what a country answers about its schemes, who they protect and pay, and what that costs.

Two packagings of one form, as of the programme: a folder of CSV files or one XLSX workbook. After the ILO Social Security Inquiry
(an inventory of schemes, then data per scheme and per benefit). docs/reference/inquiry.md is generated from this file.

Zero and missing never mix: a figure that is not known is an empty cell with the status ``not_available``.
"""

from __future__ import annotations

from socle.tables.columns import Column as C
from socle.tables.columns import Form, Kind, Sheet

YEAR = C("year", Kind.YEAR, "the calendar year", required=True)
SEX = C("sex", Kind.CODE, "total, female or male", required=True, codes="SEXES_AND_TOTAL")
AMOUNT = C("amount", Kind.AMOUNT, "the amount; empty: not available")
CURRENCY = C("currency", Kind.CURRENCY, "ISO 4217")
PERSONS = C("persons", Kind.WHOLE, "number of persons; empty: not available")
FUNCTION = C("function", Kind.CODE, "the branch of social security", codes="BRANCHES")
#: How every sheet of figures ends.
ORIGIN = (
    C("source", Kind.TEXT, "the document, register or survey the figure comes from"),
    C("reference_on", Kind.PERIOD, "the day or year the figure describes; empty: the whole year"),
    C("status", Kind.CODE, "reported, estimated or not_available", codes="FIGURE_STATUSES", default="reported"),
)

INQUIRY = Form("inquiry", (
    Sheet("schemes", "the inventory of schemes", (
        C("scheme", Kind.KEY, "short identifier; may be the id of a scheme of the catalogue", required=True),
        C("country", Kind.COUNTRY, "the country", required=True),
        C("name", Kind.TEXT, "its name"),
        C("institution", Kind.TEXT, "who runs it"),
        C("kind", Kind.CODE, "kind of scheme", codes="SCHEME_KINDS"),
        C("functions", Kind.CODES, "the branches it covers", codes="BRANCHES"),
        C("legal_basis", Kind.TEXT, "the law it rests on"),
        C("since", Kind.PERIOD, "day or year it began"),
    ), key=("scheme",)),
    Sheet("benefits", "the benefits of each scheme", (
        C("benefit", Kind.KEY, "short identifier", required=True),
        C("scheme", Kind.REFERENCE, "the scheme", required=True, refers="schemes"),
        C("function", Kind.CODE, "the branch it belongs to", required=True, codes="BRANCHES"),
        C("form", Kind.CODE, "cash or in kind", required=True, codes="BENEFIT_FORMS"),
        C("payment", Kind.CODE, "periodic or lump sum", codes="BENEFIT_PAYMENTS", default="periodic"),
        C("means_tested", Kind.TRUTH, "whether a means test decides; empty: not known"),
        C("contributory", Kind.TRUTH, "whether contributions entitle; empty: as the kind of the scheme"),
    ), key=("benefit",)),
    Sheet("protected", "who is affiliated to a scheme, and who contributes", (
        C("scheme", Kind.REFERENCE, "the scheme", required=True, refers="schemes"),
        YEAR,
        C("measure", Kind.CODE, "affiliated or active_contributors", required=True, codes="PROTECTED_MEASURES"),
        SEX,
        C("employment_status", Kind.CODE, "status in employment", codes="EMPLOYMENT_STATUSES", default="total"),
        PERSONS, *ORIGIN,
    ), key=("scheme", "year", "measure", "sex", "employment_status")),
    Sheet("recipients", "who receives a benefit", (
        C("benefit", Kind.REFERENCE, "the benefit", required=True, refers="benefits"),
        YEAR, SEX,
        C("age_group", Kind.TEXT, "total, or ages such as 0-17, 18-64 or 65+", default="total"),
        C("disability", Kind.CODE, "total, with or without", codes="DISABILITY_STATUSES", default="total"),
        C("area", Kind.CODE, "total, urban or rural", codes="AREAS", default="total"),
        PERSONS, *ORIGIN,
    ), key=("benefit", "year", "sex", "age_group", "disability", "area")),
    Sheet("amounts", "what a benefit pays", (
        C("benefit", Kind.REFERENCE, "the benefit", required=True, refers="benefits"),
        YEAR,
        C("measure", Kind.CODE, "total, average, minimum or maximum", required=True, codes="AMOUNT_MEASURES"),
        AMOUNT, CURRENCY,
        C("per", Kind.CODE, "a year or a month (of a total: the year)", codes="AMOUNT_PERIODS", default="year"),
        *ORIGIN,
    ), key=("benefit", "year", "measure")),
    Sheet("expenditure", "what a scheme spends", (
        C("scheme", Kind.REFERENCE, "the scheme", required=True, refers="schemes"),
        YEAR,
        C("item", Kind.CODE, "benefits, administration, transfers or other", required=True, codes="EXPENDITURE_ITEMS"),
        FUNCTION, AMOUNT, CURRENCY, *ORIGIN,
    ), key=("scheme", "year", "item", "function")),
    Sheet("receipts", "what a scheme is financed from", (
        C("scheme", Kind.REFERENCE, "the scheme", required=True, refers="schemes"),
        YEAR,
        C("item", Kind.CODE, "employers, protected_persons, government, transfers or other", required=True, codes="RECEIPT_ITEMS"),
        AMOUNT, CURRENCY, *ORIGIN,
    ), key=("scheme", "year", "item")),
    Sheet("denominators", "how many people there are in each group", (
        C("country", Kind.COUNTRY, "the country", required=True),
        YEAR,
        C("group", Kind.CODE, "the group of people", required=True, codes="COVERAGE_GROUPS"),
        SEX, PERSONS, *ORIGIN,
    ), key=("country", "year", "group", "sex")),
    Sheet("overlaps", "how many persons are in all of several schemes or benefits at once", (
        C("between", Kind.TEXT, "keys of schemes or of benefits, between semicolons", required=True),
        YEAR,
        PERSONS,
        C("sex", Kind.CODE, "total, female or male", codes="SEXES_AND_TOTAL", default="total"),
        *ORIGIN,
    ), key=("between", "year", "sex")),
    Sheet("legal", "whom the law covers", (
        C("country", Kind.COUNTRY, "the country", required=True),
        YEAR,
        C("branch", Kind.CODE, "the branch of social security", required=True, codes="BRANCHES"),
        C("group", Kind.CODE, "the group of people the law speaks of", required=True, codes="COVERAGE_GROUPS"),
        C("route", Kind.CODE, "by which kind of scheme", required=True, codes="LEGAL_ROUTES"),
        PERSONS,
        C("sex", Kind.CODE, "total, female or male", codes="SEXES_AND_TOTAL", default="total"),
        *ORIGIN,
    ), key=("country", "year", "branch", "group", "route", "sex")),
    Sheet("published", "figures as printed elsewhere, to reconcile with", (
        C("table", Kind.TEXT, "one of the report's tables", required=True),
        C("row", Kind.TEXT, "its key values joined by `/`", required=True),
        C("column", Kind.TEXT, "one of its columns", required=True),
        C("value", Kind.NUMBER, "the figure as printed", signed=True),
        C("source", Kind.TEXT, "the document, table or section and year"),
    ), key=("table", "row", "column"), unique=("table", "row", "column", "source")),
))
