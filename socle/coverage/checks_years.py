"""A year against the year before it, in this inquiry and in the one before; years that are not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from socle.coverage.checks_asked import FIGURES, Asked, Findings, at, figures_of
from socle.tables import Table
from socle.vocabulary import say

#: Sheets whose figures are compared from year to year.
COMPARED = tuple(sheet for sheet in FIGURES if sheet != "overlaps")
#: Columns by which a total is broken down: where the total jumps, its parts are not told too.
BROKEN_DOWN = ("sex", "employment_status", "age_group", "disability", "area", "function")
Key = tuple[Any, ...]


def jumps(asked: Asked) -> Findings:
    for sheet in COMPARED:
        table, figures = asked.table(sheet), asked.figures(sheet)
        keys = _keys(table)
        rows = {key: place for place, key in enumerate(keys)}
        earlier: Mapping[Key, Any] = _before(asked, sheet)
        totals = _totals(table, keys)
        jumped: dict[int, tuple[int, Any, str]] = {}
        for place, (key, figure) in enumerate(zip(keys, figures, strict=True)):
            last = (*key[:-1], key[-1] - 1)
            old = figures[rows[last]] if last in rows else earlier.get(last)
            if figure is None or old is None or not _is_jump(asked, sheet, old, figure):
                continue
            if not _just_begun(asked, sheet, place):
                told = say("row {row}", row=table.numbers[rows[last]]) if last in rows else say("the inquiry before")
                jumped[place] = key[-1] - 1, old, told
        for place, (year, old, told) in jumped.items():
            total = rows.get(totals[place])
            if total is not None and total != place and total in jumped:
                continue
            yield at(table, place, FIGURES[sheet], severity="warning", code="jump",
                     message=say("{figure} in {year}, {old} in {before} ({told}).", figure=figures[place], year=year + 1, old=old,
                                 before=year, told=told),
                     remedy=say("Check both figures; where the jump is real, say why."))


def restated(asked: Asked) -> Findings:
    """A year that the inquiry before has too, with another figure."""
    if asked.before is None:
        return
    for sheet, column in FIGURES.items():
        table, earlier = asked.table(sheet), _before(asked, sheet)
        for place, (key, figure) in enumerate(zip(_keys(table), asked.figures(sheet), strict=True)):
            old = earlier.get(key)
            if old is not None and figure is not None and old != figure:
                yield at(table, place, column, severity="warning", code="restated",
                         message=say("{figure} for {year}; the inquiry before said {old}.", figure=figure, year=key[-1], old=old),
                         remedy=say("Correct the figure, or say why it was revised."))


def gaps(asked: Asked) -> Findings:
    """A cash benefit that says nothing of a year in which others of its country have recipients."""
    inquiry, table = asked.inquiry, asked.table("benefits")
    there: dict[str, set[int]] = {}
    for benefit, year in inquiry.recipients:
        if benefit in inquiry.benefits:
            there.setdefault(inquiry.benefits[benefit].scheme.country, set()).add(year)
    for key, row in inquiry.benefits.items():
        since = row.scheme.since
        lacking = [year for year in sorted(there.get(row.scheme.country, ()))
                   if (since is None or year >= since) and (key, year) not in inquiry.recipients]
        if lacking and row.form == "cash":
            yield at(table, row.place, "benefit", severity="warning", code="gap_in_series",
                     message=say("Benefit {benefit} has no recipients of {years}; others have.", benefit=key,
                                 years=", ".join(map(str, lacking))),
                     remedy=say("Add them to sheet recipients; with the status not_available where they are not known."))


def before_it_began(asked: Asked) -> Findings:
    for sheet in FIGURES:
        table = asked.table(sheet)
        if not {"scheme", "benefit"} & table.columns.keys():
            continue
        told = set()
        for place, (year, figure) in enumerate(zip(table["year"], asked.figures(sheet), strict=True)):
            scheme = asked.inquiry.schemes.get(asked.scheme_of(sheet, place)) if figure else None
            if scheme and scheme.since is not None and year < scheme.since and (scheme.key, year) not in told:
                told.add((scheme.key, year))
                yield at(table, place, "year", severity="warning", code="before_it_began",
                         message=say("Scheme {scheme} began in {since}; the figure is of {year}.", scheme=scheme.key,
                                     since=scheme.since, year=year),
                         remedy=say("Correct the year, or since in sheet schemes."))


def _is_jump(asked: Asked, sheet: str, old: Any, new: Any) -> bool:
    least = asked.limits.least if FIGURES[sheet] == "persons" else 0
    apart = abs(float(new) - float(old))
    return apart >= least and apart > asked.limits.jump * float(old) and float(old) > 0


def _just_begun(asked: Asked, sheet: str, place: int) -> bool:
    """Whether the year before was the first of the scheme: a part of a year, or few as yet."""
    table = asked.table(sheet)
    if not {"scheme", "benefit"} & table.columns.keys():
        return False
    scheme = asked.inquiry.schemes.get(asked.scheme_of(sheet, place))
    return scheme is not None and scheme.since is not None and table["year"][place] - 1 <= scheme.since


def _keys(table: Table) -> list[Key]:
    """What a row is of: the columns of its key, its currency and what it is paid for; the year last."""
    names = [name for name in table.sheet.key if name != "year"]
    names += [name for name in ("currency", "per") if name in table.columns]
    columns = [[value or "total" for value in table[name]] if name in BROKEN_DOWN else table[name] for name in names]
    return list(zip(*columns, table["year"], strict=True))


def _totals(table: Table, keys: list[Key]) -> list[Key]:
    """For each row, the key of the row that it is a part of."""
    names = [name for name in table.sheet.key if name != "year"]
    broken = [place for place, name in enumerate(names) if name in BROKEN_DOWN]
    return [tuple("total" if place in broken else part for place, part in enumerate(key)) for key in keys]


def _before(asked: Asked, sheet: str) -> dict[Key, Any]:
    if asked.before is None:
        return {}
    table = asked.before.book[sheet]
    return {key: figure for key, figure in zip(_keys(table), figures_of(table), strict=True) if figure is not None}


RULES = (jumps, restated, gaps, before_it_began)
