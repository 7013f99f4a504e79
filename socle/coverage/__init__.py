"""Who is covered: the inquiry, the series of SDG 1.3.1, spending and adequacy; regions, trends and the outlook.

    coverage.check(book, before=last_year, schemes=catalogue)     what the rows of an inquiry contradict or leave open
    coverage.report(book, economy=...)                            a Report: figures (1.3.1 and beside it), spending, adequacy, why
    coverage.of_records(table, mapping)                           the same series straight from unit records (Ibis)
    coverage.aggregate(values, by="ilo_region")                   regional and world averages, weighted by the denominators
    coverage.outlook(values, path=...)                            trend, targets, distance to 2030, who is left behind

Figures are in per cent, as the UN publishes the series; shares everywhere else.
"""

from socle.coverage.adequacy import ADEQUACY_COLUMNS, Adequacy
from socle.coverage.figure import COLUMNS, Figure
from socle.coverage.options import Options
from socle.coverage.records import of_records
from socle.coverage.records_figures import Records
from socle.coverage.records_mapping import Breakdown, Mark, RecordsMapping, read_mapping
from socle.coverage.report import Report, known_series, report
from socle.coverage.report_printed import KEYS, RECONCILIATION_COLUMNS, Reconciled
from socle.coverage.spending import RECEIPT_COLUMNS, SPENDING_COLUMNS, Receipt, Spending
from socle.coverage.union import Union, union
from socle.coverage.why import Line, Why

__all__ = [
    "ADEQUACY_COLUMNS", "COLUMNS", "KEYS", "RECEIPT_COLUMNS", "RECONCILIATION_COLUMNS", "SPENDING_COLUMNS", "Adequacy",
    "Breakdown", "Figure", "Line", "Mark", "Options", "Receipt", "Reconciled", "Records", "RecordsMapping", "Report",
    "Spending", "Union", "Why", "known_series", "of_records", "read_mapping", "report", "union",
]
