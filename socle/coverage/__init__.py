"""Who is covered: the inquiry, the series of SDG 1.3.1, spending and adequacy; regions, trends and the outlook.

    coverage.check(book, before=last_year, schemes=catalogue)     what the rows of an inquiry contradict or leave open
    coverage.report(book, economy=...)                            a Report: figures (1.3.1 and beside it), spending, adequacy, why
    coverage.of_records(table, mapping)                           the same series straight from unit records (Ibis)
    coverage.aggregate(values, by="ilo_region")                   regional and world averages, weighted by the denominators
    coverage.outlook(values, path=...)                            trend, targets, distance to 2030, who is left behind

Figures are in per cent, as the UN publishes the series; shares everywhere else.
"""

from socle.coverage.adequacy import Adequacy
from socle.coverage.figure import COLUMNS, Figure
from socle.coverage.records import of_records
from socle.coverage.records_figures import Records
from socle.coverage.records_mapping import Breakdown, Mark, RecordsMapping, read_mapping
from socle.coverage.report import Report, report
from socle.coverage.spending import Receipt, Spending

__all__ = ["COLUMNS", "Adequacy", "Breakdown", "Figure", "Mark", "Receipt", "Records", "RecordsMapping", "Report", "Spending",
           "of_records", "read_mapping", "report"]
