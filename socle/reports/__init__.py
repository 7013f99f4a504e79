"""Looking at results: charts, the annual report as a document, its tables as a workbook or as text.

    paper = reports.document(report, chain)          in the language spoken now
    reports.render(paper, "pdf")                      html, docx or pdf, as bytes
    reports.workbook(report)                          xlsx, as bytes
    reports.tables_csv(report)                        file names and their bytes
    reports.table_text(report)                        for a terminal
    reports.charts.tile_map({"KEN": 3}, title=...)    inline SVG
    reports.bulletin(report, book, country="XUT")      the statistical bulletin of a country, from its inquiry
    reports.costing.cost_document([projection])      and cost_workbook, cost_chart: a costing, or scenarios side by side
    reports.picture(svg)                              a drawing as PNG
"""

from socle.reports import charts, costing
from socle.reports.annual import document
from socle.reports.document import Document
from socle.reports.html import fragment
from socle.reports.national import bulletin
from socle.reports.plain import table_text, tables_csv
from socle.reports.rendering import FORMATS, render
from socle.reports.typesetting import picture
from socle.reports.values import ValueTable, values_document, values_workbook
from socle.reports.workbook import workbook

__all__ = [
    "FORMATS", "Document", "ValueTable", "bulletin", "charts", "costing", "document", "fragment", "picture", "render",
    "table_text", "tables_csv", "values_document", "values_workbook", "workbook",
]
