"""What a report speaks about, and how its figures and words are put on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from socle import vocabulary
from socle.reports.document import Cell, Column, Table, Text
from socle.results import TABLES, Chain, Report
from socle.vocabulary import Period, day, language, number, percent, say

Row = Mapping[str, Any]
Writer = Callable[[Any], Cell]


@dataclass(frozen=True)
class Subject:
    """A report, the records it was made from, and the language these records are written in."""

    report: Report
    chain: Chain
    written_in: str

    def told(self, words: object) -> Text:
        """Words from the records: in their own language, and marked so."""
        return Text(str(words or ""), None if self.written_in == language() else self.written_in)

    def cell(self, words: object) -> Cell:
        return Cell(self.told(words)) if words else unknown()

    def rows(self, sheet: str) -> list[dict[str, Any]]:
        return list(self.chain[sheet].rows())

    def covers(self, on: Period | None, country: str | None = None, recorded: Period | None = None) -> bool:
        """Whether a row of that date and country belongs in the report. Without a date it belongs to the whole phase only."""
        if self.report.country not in (None, country):
            return False
        if on is None:
            return self.report.year is None
        return self.report.scope.has(on, recorded)

    @cached_property
    def programme(self) -> dict[str, Any]:
        rows = self.rows("programme")
        return rows[0] if rows else {}

    @cached_property
    def phase(self) -> dict[str, Any]:
        return next((row for row in self.rows("phases") if row["phase"] == self.report.phase), {})

    @cached_property
    def partner_names(self) -> Mapping[str, str]:
        return {row["partner"]: row["name"] or row["partner"] for row in self.rows("partners")}


    def label(self, key: str, value: str | None) -> str:
        """``label_of``, and a partner by its name."""
        return self.partner_names.get(value, value) if key == "partner" and value else label_of(key, value)


def country_name(alpha3: str | None) -> str:
    if alpha3 is None:
        return say("Several countries")
    found = vocabulary.COUNTRIES.get(alpha3)
    return found.name() if found else alpha3


def country_order(alpha3: str | None) -> str:
    """What country names are sorted by: É beside E."""
    return vocabulary.fold(country_name(alpha3))


def unknown() -> Cell:
    """What was not reported; never a figure."""
    return Cell(Text(say("not reported")), is_known=False)


def words(text: object) -> Cell:
    return Cell(Text(str(text)))


def figure(value: Any) -> Cell:
    return unknown() if value is None else words(written(value))


def share(value: float | None) -> Cell:
    return unknown() if value is None else words(percent(value))


def written(value: Any) -> str:
    """A number as people write it; money without its currency, without cents where there are none."""
    if isinstance(value, Decimal):
        return number(int(value)) if value == value.to_integral_value() else number(value, decimals=2)
    if isinstance(value, float):
        return number(int(value)) if value.is_integer() else number(value)
    return number(value)


def years(value: str) -> str:
    """``2021-2022`` as people write a span of years."""
    return value.replace("-", "–") if len(value) == 9 else value


def when(on: str) -> str:
    """An ISO day or a year, as people write it."""
    return day(date.fromisoformat(on)) if len(on) == 10 else years(on)


def verdict(word: str) -> str:
    return {"equal": say("equal"), "differs": say("differs"), "not_computed": say("not computed")}.get(word, word)


def label_of(key: str, value: str | None) -> str:
    """A key or a word of a report's table, in the reader's language."""
    if not value:
        return say("not reported")
    if key == "country":
        return country_name(value)
    if key == "year":
        return years(value)
    if key == "on":
        return when(value)
    if key in ("partner", "currency", "region"):
        return value
    if value == "all":
        return {"step": say("All steps"), "branch": say("All branches"), "kind": say("All kinds")}.get(key, say("All"))
    lists = {
        "step": vocabulary.STEPS, "kind": vocabulary.KINDS_AND_TOTALS, "branch": vocabulary.BRANCHES,
        "indicator": vocabulary.INDICATORS, "counts": vocabulary.TARGET_COUNTS, "target_counts": vocabulary.TARGET_COUNTS,
        "output": vocabulary.OUTPUT_KINDS, "partner_kind": vocabulary.PARTNER_KINDS,
    }
    return lists[key][value].label() if key in lists and value in lists[key] else value


def column_title(name: str) -> str:
    """The head of a column of a report's table."""
    titles = {
        "step": say("Step"), "year": say("Year"), "kind": say("Kind"), "branch": say("Branch"), "country": say("Country"),
        "indicator": say("Indicator"), "counts": say("Counted in"), "currency": say("Currency"), "partner": say("Partner"),
        "on": say("On"), "region": say("Region"), "countries": say("Countries"), "changes": say("Changes"),
        "without_records": say("Published without records"), "target": say("Ambition"), "target_counts": say("Counted in"),
        "persons": say("Persons"), "persons_counted_once": say("Counted once"), "women": say("Women"), "men": say("Men"),
        "potential": say("Potential"), "achieved": say("Achieved, with records"), "total": say("Total"),
        "share": say("Share"), "projects": say("Projects"), "amount": say("Amount"), "required": say("Required"),
        "available": say("Available"), "mobilised": say("Mobilized"), "gap": say("Gap"), "number": say("Number"),
        "published": say("Published"), "computed": say("Computed"), "difference": say("Difference"), "verdict": say("Verdict"),
        "source": say("Source"), "table": say("Table"), "row": say("Row"), "column": say("Column"), "records": say("Records"),
    }
    return titles.get(name, name)


def table(caption: str, rows: Sequence[Row], columns: Mapping[str, Writer], *, titles: Mapping[str, str] | None = None,
          figures: Iterable[str] | None = None, weights: Mapping[str, float] | None = None,
          totals: Callable[[Row], bool] | None = None, notes: Iterable[str] = ()) -> Table:
    """A table of ``rows``. A column of which nothing is known is left out, and a note says so."""
    named = {name: (titles or {}).get(name) or column_title(name) for name in columns}
    numeric = set(figures) if figures is not None else {n for n, write in columns.items() if write in (figure, share)}
    silent = {name for name in list(columns)[1:] if rows and all(row.get(name) in (None, "") for row in rows)}
    shown = [name for name in columns if name not in silent]
    said = [say("{columns}: not reported.", columns=", ".join(named[n] for n in columns if n in silent))] if silent else []
    return Table(
        caption,
        tuple(Column(named[n], n in numeric, (weights or {}).get(n, 1.0 if n in numeric else 1.6)) for n in shown),
        tuple(tuple(columns[n](row.get(n)) for n in shown) for row in rows),
        frozenset(i for i, row in enumerate(rows) if totals and totals(row)),
        (*said, *notes),
    )


def key_writer(key: str) -> Writer:
    return lambda value: unknown() if value in (None, "") else words(label_of(key, value))


def title_of(name: str) -> str:
    return TABLES[name].title
