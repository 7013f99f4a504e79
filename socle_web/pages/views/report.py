"""The annual report: to read, to take away, and to hold against what was printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from socle.results import TABLES
from socle.vocabulary import IMPACT_KINDS
from socle_web.pages import drawings, files, wording
from socle_web.pages.figures import OVERLAP, Cell, Row, Tables, in_the_language_spoken, keys_of, of_list, overlapping
from socle_web.pages.forms import AsOf
from socle_web.pages.page import exported, page, show
from socle_web.pages.queries.programme import changes_by_country
from socle_web.pages.queries.reconciling import reconciliation as reconcile
from socle_web.pages.queries.reporting import annual, phases

FORMATS = (("html", "HTML"), ("docx", "DOCX"), ("pdf", "PDF"), ("xlsx", "XLSX"), ("json", "JSON"), ("csv", "CSV"))

#: Tables of the report that the page prints in full, with their key columns and figures in order.
PRINTED = {
    "changes": ("changes_by_step", "changes_by_year"),
    "people": ("impacts", "impacts_by_year"),
    "money": ("funding_by_year", "funding_by_partner", "funding_gap"),
    "outputs": ("outputs",),
}
TITLES = {"changes": gettext_lazy("Institutional changes"), "people": gettext_lazy("Impacts on people"),
          "money": gettext_lazy("Funding"), "outputs": gettext_lazy("Outputs")}


@page
def reports(request: HttpRequest) -> HttpResponse:
    return show(request, "reports", {"phases": phases()})


@page
def report(request: HttpRequest, phase: str, year: int | None = None) -> HttpResponse:
    form = AsOf(request.GET, label_suffix="")
    read = annual(phase, year=year, as_of=_as_of(form))
    if read is None:
        raise Http404
    tables = read.tables
    here = [phase, year] if year else [phase]
    query = f"?as_of={tables.report.as_of}" if tables.report.as_of else ""
    countries = changes_by_country(tables)
    return show(request, "report", {
        "read": read,
        "year": year,
        "form": form,
        "about": wording.about(tables.report),
        "keys": keys_of(tables),
        "map": drawings.changes_map(countries),
        "progress": [] if year else drawings.ambition(tables["targets"]),
        "chapters": [(name, TITLES[name], _chapter(tables, PRINTED[name], read.partner_names)) for name in PRINTED],
        "warnings": in_the_language_spoken(tables.report).warnings,
        "reconciliation": _verdicts(tables),
        "downloads": [(label, reverse("report-download", args=[*here, form_]) + query) for form_, label in FORMATS],
    })


@page
def download(request: HttpRequest, phase: str, format: str, year: int | None = None) -> HttpResponse:
    """The report as a file."""
    if format not in dict(FORMATS):
        raise Http404
    response = files.report_file(format, phase=phase, year=year, as_of=_as_of(AsOf(request.GET, label_suffix="")))
    exported(request, kind="report", key=phase, format=format, asked=request.get_full_path())
    return response


@page
def reconciliation(request: HttpRequest) -> HttpResponse:
    compared = reconcile()
    verdicts = Counter(one.verdict for _phase, rows in compared for one in rows)
    names = wording.partner_names()
    return show(request, "reconciliation", {
        "verdicts": _in_words(verdicts),
        "groups": [(phase, [(wording.subject(one.record.table, one.record.row, one.record.column, names),
                             TABLES[one.record.table].title if one.record.table in TABLES else "",
                             wording.VERDICTS[one.verdict], one) for one in rows]) for phase, rows in compared],
    })


def _as_of(form: AsOf) -> date | None:
    return form.cleaned_data.get("as_of") if form.is_valid() else None


def _chapter(tables: Tables, names: Sequence[str], partners: Mapping[str, str]) -> list[dict[str, object]]:
    """The tables of a chapter that say something. A year's report has no use for tables by year."""
    unused = ("changes_by_year", "impacts_by_year") if tables.report.year else ()
    return [_printed(tables, name, partners) for name in names
            if tables[name] and name not in unused and not (name == "changes_by_step" and _is_empty(tables[name]))]


def _is_empty(steps: Sequence[Row]) -> bool:
    """Every step is listed, and no change is recorded at any."""
    return not any(row["changes"] or row["without_records"] for row in steps)


def _printed(tables: Tables, table: str, partners: Mapping[str, str]) -> dict[str, object]:
    """One table as it is printed: columns that say nothing in any row are left out."""
    rows = _in_order(tables[table]) if table == "impacts" else list(tables[table])
    columns = [column for column in rows[0].spec.figures if any(_says(tables, row, column) for row in rows)]
    if "persons_counted_once" in columns:
        columns.insert(columns.index("persons_counted_once") + 1, OVERLAP)
    return {
        "name": table,
        "title": rows[0].spec.title,
        "of_records": table == "funding_by_partner",  # its rows are named in the words of records
        "columns": [wording.column_name(column) for column in columns],
        "rows": [(wording.row_label(table, row.values, partners), _rank(row),
                  [(wording.column_name(column), _cell(row, column)) for column in columns]) for row in rows],
    }


def _says(tables: Tables, row: Row, column: str) -> bool:
    if column == "target" and tables.report.year:
        return False  # the ambition is the phase's, not the year's
    return row[column] is not None and not (column == "without_records" and row[column] == 0)


def _cell(row: Row, column: str) -> Cell | str:
    """Projects are counted in the row without a currency: beside an amount there is nothing to say about them.

    The overlap is how many of the persons are counted under another impact too.
    """
    if column == OVERLAP:
        overlap = overlapping(row)
        return "" if overlap is None else Cell(overlap, row.address(OVERLAP))
    return "" if row.table == "funding_by_year" and column == "projects" and row["currency"] else row.cell(column)


def _in_order(rows: Sequence[Row]) -> list[Row]:
    """Impacts as they are told: extension of coverage, better protection, access, all; each kind with its branches below it."""
    order = ("coverage_extension", "legal_coverage", "effective_coverage", "better_protection", "adequacy", "comprehensiveness",
             "access", "all")
    told = [row for row in rows if row["branch"] == "all" or row["kind"] in IMPACT_KINDS]
    return sorted(told, key=lambda row: (order.index(row["kind"]), row["branch"] != "all"))


def _rank(row: Row) -> str:
    """How a row stands in its table: a total, or within one."""
    if row.values.get("kind") in ("all", "coverage_extension", "better_protection") or row.values.get("step") == "all":
        return "total"
    return "within" if row.table == "impacts" and row["branch"] != "all" else ""


def _verdicts(tables: Tables) -> list[tuple[object, Cell]]:
    report = tables.report
    return _in_words(Counter(row["verdict"] for row in tables["reconciliation"]), phase=report.phase, year=report.year)


def _in_words(verdicts: Counter[str], **about: object) -> list[tuple[object, Cell]]:
    """How many published figures have each verdict."""
    return [(words, of_list(verdicts[verdict], "published", verdict=verdict, **about))
            for verdict, words in wording.VERDICTS.items() if verdicts[verdict]]
