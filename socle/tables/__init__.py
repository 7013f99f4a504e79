"""The tables that pass between rooms: their columns, their reading and checking.

    parsed = tables.parse(tables.PROGRAMME, raw_sheets)
    parsed.book["observations"]["persons"]    a column, as a list
    parsed.findings                           every error and warning, in the order of the form

``datasets`` opens the files and hands the raw sheets over.
"""

from typing import TYPE_CHECKING, Any

from socle.tables.cells import CURRENCIES, MOST_PERSONS, Wrong, escaped, reader, text_of
from socle.tables.columns import Column, Form, Kind, Sheet
from socle.tables.economy import A_YEAR, Economy, Series, extended, mixed_levels
from socle.tables.inquiry import INQUIRY
from socle.tables.monitor import MONITOR
from socle.tables.parsing import Parsed, in_order, parse
from socle.tables.people import LAST_AGE, SEXES, Population
from socle.tables.programme import PROGRAMME
from socle.tables.references import NOTHING_KNOWN, Known
from socle.tables.table import Book, RawSheet, Table, refuse_more_than_a_workbook_holds

if TYPE_CHECKING:
    from socle.tables.values import TEXTS as VALUE_TEXTS
    from socle.tables.values import Values, Words, numbered, written
    from socle.tables.values_together import together

__all__ = [
    "A_YEAR", "CURRENCIES", "INQUIRY", "LAST_AGE", "MONITOR", "MOST_PERSONS", "NOTHING_KNOWN", "PROGRAMME", "SEXES",
    "VALUE_TEXTS", "Book", "Column", "Economy", "Form", "Kind", "Known", "Parsed", "Population", "RawSheet", "Series",
    "Sheet", "Table", "Values", "Words", "Wrong", "escaped", "extended", "in_order", "mixed_levels", "numbered", "parse",
    "reader", "refuse_more_than_a_workbook_holds", "text_of", "together", "written",
]

_OF_VALUES = {"VALUE_TEXTS": "TEXTS", "Values": "Values", "Words": "Words", "numbered": "numbered", "written": "written"}


def __getattr__(name: str) -> Any:
    """Values of series, opened when somebody first asks for them (docs/decisions/0016)."""
    if name not in _OF_VALUES and name != "together":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from socle.tables import values, values_together  # noqa: PLC0415 - numpy takes a tenth of a second; a form does without

    return values_together.together if name == "together" else getattr(values, _OF_VALUES[name])
