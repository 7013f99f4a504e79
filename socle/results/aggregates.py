"""Published totals whose records are not all here.

An aggregate is the total of its period, records included. What it says beyond the records is ``without_records``: the aggregate
minus the records of the same phase, indicator and counts in that period, never below zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from socle.errors import Finding
from socle.results.measuring import counted
from socle.results.scope import Scope
from socle.results.specification import PARTS
from socle.vocabulary import Period, say


@dataclass(frozen=True)
class Remainder:
    """What one aggregate says beyond the records. ``row`` is its row in the sheet."""

    row: int
    period: Period
    value: Decimal
    records: Decimal

    @property
    def without_records(self) -> Decimal:
        return max(Decimal(0), self.value - self.records)

    @property
    def years(self) -> str:
        """``2023`` for an aggregate inside one year, ``2021-2022`` for a longer one."""
        first, last = self.period.start.year, self.period.end.year
        return str(first) if first == last else f"{first}-{last}"


@dataclass(frozen=True)
class Aggregates:
    """The aggregates of a report's phase."""

    scope: Scope

    @cached_property
    def _rows(self) -> list[tuple[int, str, str, str | None, Period, Decimal]]:
        """(row, indicator, counts, currency, period, value) of the phase's aggregates as known on the as-of day."""
        table = self.scope.chain["aggregates"]
        if not self.scope.is_whole:
            return []
        out = []
        for row in range(len(table)):
            period = Period(table["start"][row].start, table["end"][row].end)
            recorded = table["recorded_on"][row]
            if table["phase"][row] == self.scope.phase and table["value"][row] is not None and self.scope.knows(period, recorded):
                out.append((row, table["indicator"][row], table["counts"][row], table["currency"][row], period,
                            table["value"][row]))
        return out

    @cached_property
    def currencies(self) -> set[str | None]:
        return {currency for _, indicator, _, currency, _, _ in self._rows if indicator == "new_funding"}

    def remainders(self, indicator: str, counts: str, *, currency: str | None = None,
                   left_out: set[int] | None = None) -> list[Remainder]:
        """What the aggregates of an indicator (or of its parts, where it has none of its own) say beyond the records.

        No two of them overlap: an indicator's own aggregate comes before those of its parts, a longer one before a shorter one.
        ``left_out`` gathers the rows that only partly lie within another, so that a sum lacks some of what they say.
        """
        taken: list[Remainder] = []
        for name in _and_parts(indicator):
            found = [self._remainder(row, name, counts, currency, period, value)
                     for row, own, unit, money, period, value in self._rows
                     if own == name and unit == counts and money == currency and _inside(period, self.scope.period)]
            found.sort(key=lambda r: (r.period.start - r.period.end, r.period.start))
            own_taken: list[Remainder] = []
            rivals = [r for r in taken if self._indicator(r.row) in _whole_of(name, indicator)]
            for remainder in found:
                others = [t for t in (*rivals, *own_taken) if remainder.period.overlaps(t.period)]
                if not others:
                    own_taken.append(remainder)
                elif left_out is not None and not any(_inside(remainder.period, t.period) for t in others):
                    left_out.add(remainder.row)
            taken += own_taken
        return sorted(taken, key=lambda r: (r.period.start, r.period.end, r.row))

    def _indicator(self, row: int) -> str:
        return str(self.scope.chain["aggregates"]["indicator"][row])

    def _remainder(self, row: int, indicator: str, counts: str, currency: str | None, period: Period, value: Decimal) -> Remainder:
        records = counted(self.scope, indicator, counts, period=period, currency=currency)
        return Remainder(row, period, value, Decimal(records or 0))

    def cut(self) -> dict[int, str]:
        """Rows that the report's period covers only in part: they are left out; each with a sentence that says so."""
        return {row: say("The total of {start} to {end} is left out: the report covers only a part of its period.",
                         start=period.start, end=period.end)
                for row, _, _, _, period, _ in self._rows
                if period.overlaps(self.scope.period) and not _inside(period, self.scope.period)}

    def findings(self) -> list[Finding]:
        """Aggregates that the report's period cuts, and aggregates that say less than the records."""
        out = []
        table, cut = self.scope.chain["aggregates"], self.cut()
        if not self.scope.is_whole and any(p == self.scope.phase for p in table["phase"]):
            out.append(Finding("warning", "aggregates", None, None, None, "aggregates_left_out",
                               say("Published totals are left out: they cannot be split by country or partner."),
                               say("Read the figures as those of the records alone.")))
        lost: set[int] = set()
        units = {unit for _, _, unit, _, _, _ in self._rows}
        for name in (*PARTS, *PARTS["people"], *PARTS["steps"]):
            for unit in units:
                self.remainders(name, unit, left_out=lost)
        out += [Finding("warning", "aggregates", table.numbers[row], "start", table["start"][row].text, "aggregate_overlap",
                        say("Another total covers a part of the same period: this one is left out of sums."),
                        say("Keep one total for a period.")) for row in sorted(lost)]
        for row, indicator, counts, currency, period, value in self._rows:
            number = table.numbers[row]
            if row in cut:
                out.append(Finding("warning", "aggregates", number, "start", period.text, "aggregate_cut", cut[row],
                                   say("Report on the whole phase, or enter the total year by year.")))
            if not _inside(period, self.scope.period):
                continue
            remainder = self._remainder(row, indicator, counts, currency, period, value)
            if remainder.records > value:
                out.append(Finding("warning", "aggregates", number, "value", str(value), "more_records_than_aggregate",
                                   say("The records of the period add up to {records}, more than the published {value}.",
                                               records=remainder.records, value=value),
                                   say("Check the records, or correct the published total.")))
        return out


def overlapping(rows: Sequence[tuple[int, Period]]) -> Iterable[int]:
    """Rows whose period overlaps that of a longer (or earlier listed) one: they are left out of totals."""
    taken: list[Period] = []
    for row, period in sorted(rows, key=lambda r: (r[1].start - r[1].end, r[1].start, r[0])):
        if any(period.overlaps(other) for other in taken):
            yield row
        else:
            taken.append(period)


def is_shown(indicator: str, counts: str, ambitions: Iterable[str]) -> bool:
    """Whether a table has room for an aggregate: one of changes, people or funding, or an ambition that counts the same.

    ``ambitions`` are the indicators of the phase's targets with these ``counts``.
    """
    if counts in ("projects", "money") or counts == ("changes" if indicator.startswith("step") else "persons"):
        return True
    return any(indicator in _and_parts(ambition) for ambition in ambitions)


def _and_parts(indicator: str) -> list[str]:
    """The indicator, then its parts, wholes before their parts."""
    out = [indicator]
    for part in PARTS.get(indicator, ()):
        out += _and_parts(part)
    return out


def _whole_of(part: str, top: str) -> set[str]:
    """Indicators at or below ``top`` that include ``part``."""
    return {name for name in _and_parts(top) if name != part and part in _and_parts(name)}


def _inside(period: Period, whole: Period) -> bool:
    return whole.start <= period.start and period.end <= whole.end
