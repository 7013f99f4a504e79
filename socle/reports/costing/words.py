"""The columns of what costing answers, and how their figures are put on paper."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from socle.reports.document import Cell, Column, Table, Text
from socle.vocabulary import COUNTRIES, GUARANTEES, INCOME_GROUPS, REGIONS, number, percent, say

Row = Mapping[str, Any]
#: Columns of words; every other column holds figures.
WORDS = frozenset({"scheme", "label", "currency", "prices", "scenario", "country", "region", "income_group", "guarantee", "average",
                   "option", "name", "assumption", "source", "note"})
_MONEY = frozenset({"spending", "administration", "total", "gap", "cost", "remaining"})
_MILLION = 1_000_000
SHARES = frozenset({"share_of_gdp", "share_of_government", "coverage", "probability", "share", "weight"})


def column_title(name: str) -> str:
    """The head of a column."""
    titles = {
        "scheme": say("Scheme"), "year": say("Year"), "target": say("Target group"), "beneficiaries": say("Beneficiaries"),
        "benefit": say("Benefit a year"), "spending": say("Spending"), "administration": say("Administration"),
        "total": say("Total"), "share_of_gdp": say("% of GDP"),
        "share_of_government": say("% of government expenditure"), "currency": say("Currency"),
        "prices": say("Prices"), "scenario": say("Scenario"), "country": say("Country"), "region": say("Region"),
        "income_group": say("Income group"), "guarantee": say("Guarantee"), "uncovered": say("Not covered"), "gap": say("Gap"),
        "average": say("Average"), "option": say("Option"), "low": say("Low"), "high": say("High"), "expected": say("Expected"),
        "cost": say("Cost"), "space": say("Space"), "shortfall": say("Shortfall"), "probability": say("Probability"),
        "assumption": say("Assumption"), "coverage": say("Coverage"), "source": say("Source"), "note": say("Note"),
    }
    return titles.get(name, name)


def is_share(name: str, shares: frozenset[str]) -> bool:
    return name in SHARES or name in shares


def word_of(name: str, value: object) -> str:
    """A code of a column in the reader's language; what is no code stays as it is."""
    if value in (None, ""):
        return ""
    text = str(value)
    if name == "country" and text in COUNTRIES:
        return COUNTRIES[text].name()
    lists = {"guarantee": GUARANTEES, "region": REGIONS, "income_group": INCOME_GROUPS}
    if name in lists and text in lists[name]:
        return lists[name][text].label()
    told = {"current": say("current"), "constant": say("constant"), "weighted": say("weighted"), "unweighted": say("unweighted"),
            "median": say("median"), "none": say("none"), "all": say("All")}
    return told.get(text, text)


def figure_of(name: str, value: float | int | None, shares: frozenset[str] = frozenset()) -> str:
    """A figure as people write it: shares with two decimals of a per cent, benefits with cents, everything else whole."""
    if value is None or not math.isfinite(value):
        return ""
    if name == "year":
        return str(int(value))
    if is_share(name, shares):
        return percent(value, decimals=2)
    if (name == "benefit" and abs(value) < 10_000) or (value and abs(value) < 100 and value != int(value)):
        return number(value, decimals=2)
    return number(round(value))


def cell(name: str, value: Any, shares: frozenset[str] = frozenset(), millions: frozenset[str] = frozenset()) -> Cell:
    """What cannot be said is said so, never shown as zero."""
    if name in millions and value is not None and math.isfinite(value):
        return Cell(Text(number(value / _MILLION, decimals=1)))
    said = word_of(name, value) if name in WORDS else figure_of(name, value, shares)
    return Cell(Text(said)) if said or name in WORDS else Cell(Text(say("cannot be said")), is_known=False)


def table(caption: str, rows: Sequence[Row], columns: Sequence[str], *, shares: frozenset[str] = frozenset(),
          totals: frozenset[int] = frozenset(), notes: Sequence[str] = ()) -> Table:
    """``rows`` on paper. A column of which nothing can be said is left out, and a note says so."""
    silent = [name for name in columns[1:] if rows and all(row.get(name) in (None, "") or _is_nan(row.get(name)) for row in rows)]
    shown = [name for name in columns if name not in silent]
    untold = [name for name in silent if name not in WORDS]
    millions = _in_millions(rows, shown, shares)
    scaled = ", ".join(column_title(name) for name in shown if name in millions)
    said = [say("In millions: {columns}.", columns=scaled)] if millions else []
    if untold:
        said.append(say("{columns}: cannot be said; the warnings say why.", columns=", ".join(map(column_title, untold))))
    return Table(
        caption,
        tuple(Column(column_title(n), n not in WORDS and n != "year", _weight(n)) for n in shown),
        tuple(tuple(cell(n, row.get(n), shares, millions) for n in shown) for row in rows),
        totals,
        (*said, *notes),
    )


def _in_millions(rows: Sequence[Row], columns: Sequence[str], shares: frozenset[str]) -> frozenset[str]:
    """The columns of money whose figures would not fit beside each other on a page: together, so that they can be added up."""
    money = [name for name in columns if name in _MONEY and not is_share(name, shares)]
    found = (row.get(name) for row in rows for name in money)
    largest = max((abs(value) for value in found if isinstance(value, int | float) and math.isfinite(value)), default=0)
    return frozenset(money) if largest >= 10 * _MILLION else frozenset()


def _weight(name: str) -> float:
    """The longest head has room for its word, which Word would break without a hyphen."""
    return 0.6 if name == "year" else 1.6 if name in WORDS else 1.3 if name == "administration" else 1.0


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)
