"""The annual report: to read, to take away, and to hold against what was printed."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from socle_web.pages import drawings, files, wording
from socle_web.pages.figures import Tables, keys_of
from socle_web.pages.forms import AsOf
from socle_web.pages.page import page, show
from socle_web.pages.queries.follow_up import reconciliation as reconcile
from socle_web.pages.queries.programme import changes_by_country
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
    form = AsOf(request.GET)
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
        "targets": [] if year else tables["targets"],
        "progress": "" if year or not tables["targets"] else drawings.ambition(tables["targets"]),
        "chapters": [(name, TITLES[name], [_printed(tables, table, read.partner_names) for table in PRINTED[name] if tables[table]])
                     for name in PRINTED],
        "warnings": tables.report.warnings,
        "reconciliation": _verdicts(tables),
        "downloads": [(label, reverse("report-download", args=[*here, form_]) + query) for form_, label in FORMATS],
    })


@page
def download(request: HttpRequest, phase: str, format: str, year: int | None = None) -> HttpResponse:
    """The report as a file."""
    if format not in dict(FORMATS):
        raise Http404
    return files.report_file(format, phase=phase, year=year, as_of=_as_of(AsOf(request.GET)))


@page
def reconciliation(request: HttpRequest) -> HttpResponse:
    compared = reconcile()
    verdicts = Counter(one.verdict for _phase, rows in compared for one in rows)
    return show(request, "reconciliation", {
        "verdicts": _in_words(verdicts),
        "groups": [(phase, [(wording.subject(one.table, one.row, one.column), wording.VERDICTS[one.verdict], one) for one in rows])
                   for phase, rows in compared],
    })


def _as_of(form: AsOf) -> date | None:
    return form.cleaned_data.get("as_of") if form.is_valid() else None


def _printed(tables: Tables, table: str, partners: dict[str, str]) -> dict[str, object]:
    """One table as it is printed: columns that say nothing in any row are left out."""
    rows = tables[table]
    columns = [column for column in rows[0].spec.figures if any(row[column] is not None for row in rows)]
    return {
        "name": table,
        "title": rows[0].spec.title,
        "columns": [wording.column_name(column) for column in columns],
        "rows": [(wording.row_label(table, row.values, partners), wording.is_total(row.values),
                  [(wording.column_name(column), row.cell(column)) for column in columns]) for row in rows],
    }


def _verdicts(tables: Tables) -> list[tuple[object, int]]:
    return _in_words(Counter(row["verdict"] for row in tables["reconciliation"]))


def _in_words(verdicts: Counter[str]) -> list[tuple[object, int]]:
    return [(words, verdicts[verdict]) for verdict, words in wording.VERDICTS.items() if verdicts[verdict]]
