"""What costing answers, on paper and in workbooks: documents, sheets with live formulas, lines by year."""

from socle.reports.costing.paper import Listing, Part, cost_chart, cost_document, cost_listing, document
from socle.reports.costing.sheets import cost_workbook, workbook

__all__ = ["Listing", "Part", "cost_chart", "cost_document", "cost_listing", "cost_workbook", "document", "workbook"]
