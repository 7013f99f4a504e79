"""The results chain: what a programme changed, whom it reached, what it set out to do, what it cost.

``check`` says what a book's rows contradict or leave open; ``report`` adds them up, each row with the records behind it; ``why``
takes one figure apart; ``consequence`` says what a record would change.
"""

from socle.results.chain import Chain
from socle.results.checks import check
from socle.results.consequence import Difference, consequence
from socle.results.observations import MEASURE_ORDER, Observations
from socle.results.report import Report, report
from socle.results.rules import rule_of
from socle.results.specification import PARTS, TABLES, TableSpec, why_not_an_address
from socle.results.why import Line, Why, why

__all__ = ["MEASURE_ORDER", "PARTS", "TABLES", "Chain", "Difference", "Line", "Observations", "Report", "TableSpec", "Why", "check",
           "consequence", "report", "rule_of", "why", "why_not_an_address"]
