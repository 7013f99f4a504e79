"""Who is covered: the inquiry, the series of SDG 1.3.1, spending and adequacy; regions, trends and the outlook.

    coverage.check(book, before=last_year, schemes=catalogue)     what the rows of an inquiry contradict or leave open
    coverage.report(book, economy=...)                            a Report: figures (1.3.1 and beside it), spending, adequacy, why
    coverage.of_records(table, mapping)                           the same series straight from unit records (Ibis)
    coverage.aggregate(values, by="ilo_region")                   regional and world averages, weighted by the denominators
    coverage.outlook(values, path=...)                            trend, targets, distance to 2030, who is left behind

Figures are in per cent, as the UN publishes the series; shares everywhere else.
"""

from socle.coverage.adequacy import ADEQUACY_COLUMNS, Adequacy
from socle.coverage.aggregate import aggregate
from socle.coverage.aggregates import AGGREGATE_COLUMNS, Aggregates
from socle.coverage.checks import check
from socle.coverage.checks_asked import Limits
from socle.coverage.checks_filled import filled
from socle.coverage.figure import COLUMNS, Figure
from socle.coverage.figure_values import values_of
from socle.coverage.forms import PATHS, REGIONS_FORM, WEIGHTS
from socle.coverage.imputing import Imputation
from socle.coverage.options import Options
from socle.coverage.outlook import LEFT_COLUMNS, OUTLOOK_COLUMNS, TARGET_COLUMNS, Outlook, outlook
from socle.coverage.outlook_paths import TREND_COLUMNS, Path, trend
from socle.coverage.records import of_records
from socle.coverage.records_figures import Records
from socle.coverage.records_mapping import Breakdown, Mark, RecordsMapping, read_mapping
from socle.coverage.regions import GROUPINGS, label_of, regions_of
from socle.coverage.report import Report, known_series, report
from socle.coverage.report_printed import KEYS, RECONCILIATION_COLUMNS, Reconciled
from socle.coverage.spending import RECEIPT_COLUMNS, SPENDING_COLUMNS, Receipt, Spending
from socle.coverage.union import Union, union
from socle.coverage.vintage import RESTATED_COLUMNS, Restated, compare_editions, joined, of_vintage
from socle.coverage.weights import Weights
from socle.coverage.why import Line, Why

__all__ = [
    "ADEQUACY_COLUMNS", "AGGREGATE_COLUMNS", "COLUMNS", "GROUPINGS", "KEYS", "LEFT_COLUMNS", "OUTLOOK_COLUMNS", "PATHS",
    "RECEIPT_COLUMNS", "RECONCILIATION_COLUMNS", "REGIONS_FORM", "RESTATED_COLUMNS", "SPENDING_COLUMNS", "TARGET_COLUMNS",
    "TREND_COLUMNS", "WEIGHTS", "Adequacy", "Aggregates", "Breakdown", "Figure", "Imputation", "Limits", "Line", "Mark",
    "Options", "Outlook", "Path", "Receipt", "Reconciled", "Records", "RecordsMapping", "Report", "Restated", "Spending",
    "Union", "Weights", "Why", "aggregate", "check", "compare_editions", "filled", "joined", "known_series", "label_of",
    "of_records", "of_vintage", "outlook", "read_mapping", "regions_of", "report", "trend", "union", "values_of",
]
