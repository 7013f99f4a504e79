"""Fiscal space: the eight options of the 2019 handbook as flows, against what the floor costs, year by year.

Every measure is a flow in shares of GDP: with its ``probability`` it comes about, at once or over its ramp, at a level that is
uniform between ``low`` and ``high``; measures are independent of each other. No figure is this library's: all are the user's.

    flow[t]     = ramp[t] x level          ramp[t] = min(1, (t - start + 1) / ramp years), 0 before the start and after the end
    expected[t] = sum probability x ramp[t] x (low + high) / 2
    P(space[t] >= cost[t]), exactly: over every set of measures that may come about, the distribution of a sum of uniforms,
        P(sum w U <= x) = 1 / (n! prod w) x sum over T of (-1)^|T| (x - sum of T's w)+^n
    in whole numbers, so that the alternating sum loses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import factorial, lcm, prod
from typing import Any

from socle.costing.assumption_files import Entry, opened
from socle.errors import Finding, InputError
from socle.vocabulary import Source, code_list, say

#: The columns of a row of the space, and of a row of the balance.
SPACE_COLUMNS = ("option", "year", "low", "high", "expected")
BALANCE_COLUMNS = ("year", "cost", "low", "high", "expected", "remaining", "probability")
#: Enumeration triples with every measure.
MOST_MEASURES = 10
#: No measure opens more than this share of GDP; a figure above is per cent written for a share.
LARGEST_FLOW = 0.5


@dataclass(frozen=True, slots=True)
class Measure:
    """One flow: shares of GDP from 0 to 1; ``ramp`` years until it flows in full; ``until`` its last year."""

    option: str               # a code of FISCAL_SPACE_OPTIONS
    label: str
    low: float
    high: float
    start: int
    ramp: int
    probability: float
    source: Source | None
    until: int | None = None

    def ramped(self, year: int) -> Fraction:
        """The share of the full flow in a year."""
        if year < self.start or (self.until is not None and year > self.until):
            return Fraction(0)
        return min(Fraction(1), Fraction(year - self.start + 1, max(self.ramp, 1)))


@dataclass(frozen=True, slots=True)
class Measures:
    """What a file says. ``cost`` is the floor's, in shares of GDP by year, where the file states it."""

    country: str
    measures: tuple[Measure, ...]
    cost: Mapping[int, float]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class FiscalSpace:
    """``rows()`` by option and year (``all``: together); ``balance()`` space against cost by year. Shares of GDP, 0-1."""

    country: str
    years: tuple[int, ...]
    measures: tuple[Measure, ...]
    cost: Mapping[int, float]
    warnings: tuple[Finding, ...] = ()

    columns = SPACE_COLUMNS

    def rows(self) -> Iterator[dict[str, Any]]:
        by_option = {option: [m for m in self.measures if m.option == option] for option in (m.option for m in self.measures)}
        for option, measures in (*by_option.items(), ("all", list(self.measures))):
            for year in self.years:
                low, high, expected = flows(measures, year)
                yield dict(zip(SPACE_COLUMNS, (option, year, low, high, expected), strict=True))

    def balance(self) -> Iterator[dict[str, Any]]:
        """Cost, space, what the expected space leaves open (below zero: it is more than the cost), and the probability that the
        space is at least the cost; None where no cost is known."""
        for year in self.years:
            low, high, expected = flows(self.measures, year)
            cost = self.cost.get(year)
            remaining = None if cost is None else cost - expected
            closing = None if cost is None else probability(self.measures, cost, year=year)
            yield dict(zip(BALANCE_COLUMNS, (year, cost, low, high, expected, remaining, closing), strict=True))


def fiscal_space(measures: Measures, *, years: Sequence[int], cost: Mapping[int, float] | None = None) -> FiscalSpace:
    """Space by option and year against ``cost`` (shares of GDP by year; without it, what the file states).

    Raises ``InputError`` for more measures than can be enumerated. Years without a cost are told and keep their space.
    """
    if not years:
        raise InputError(say("No years are asked for."), remedy=say("Write --years 2025:2035."))
    if len(measures.measures) > MOST_MEASURES:
        raise InputError(say("There are {n} measures; at most {most} are enumerated.", n=len(measures.measures),
                             most=MOST_MEASURES),
                         remedy=say("Add measures of one option that stand or fall together."))
    against = {year: share for year, share in (measures.cost if cost is None else cost).items() if year in set(years)}
    missing = [year for year in years if year not in against]
    warnings = list(measures.findings)
    if missing:
        warnings.append(Finding("warning", None, None, "cost", None, "cost_missing",
                                say("No cost as a share of GDP is known for {years}: no gap and no probability is said for them.",
                                    years=_spoken(missing)),
                                say("Add the years under [cost], or hand over the JSON of socle cost or socle floor with --cost.")))
    return FiscalSpace(measures.country, tuple(years), measures.measures, against, tuple(warnings))


def flows(measures: Sequence[Measure], year: int) -> tuple[float, float, float]:
    """Low and high where every measure comes about, and what is to be expected; shares of GDP."""
    ramped = [float(m.ramped(year)) for m in measures]
    low = sum((share * m.low for share, m in zip(ramped, measures, strict=True)), 0.0)
    high = sum((share * m.high for share, m in zip(ramped, measures, strict=True)), 0.0)
    return low, high, sum((share * m.probability * (m.low + m.high) / 2 for share, m in zip(ramped, measures, strict=True)), 0.0)


def probability(measures: Sequence[Measure], cost: float, *, year: int) -> float:
    """P(space >= cost), exact for independent measures with uniform levels. Figures are taken as written (0.1 is one tenth)."""
    flowing = tuple((_exact(m.probability), share * _exact(m.low), share * (_exact(m.high) - _exact(m.low)))
                    for m in measures if (share := m.ramped(year)) and m.high > 0 and m.probability > 0)
    return float(_at_least(flowing, _exact(cost)))


@cache
def _at_least(flowing: tuple[tuple[Fraction, Fraction, Fraction], ...], cost: Fraction) -> Fraction:
    """Over every set that comes about: its probability times that of its sum reaching the cost."""
    unit = lcm(cost.denominator, *(part.denominator for _, low, width in flowing for part in (low, width)))
    whole = [(chance, int(low * unit), int(width * unit)) for chance, low, width in flowing]
    needed = int(cost * unit)
    reached = Fraction(0)
    sets: list[tuple[Fraction, int, tuple[int, ...]]] = [(Fraction(1), 0, ())]
    for chance, low, width in whole:
        without = [(p * (1 - chance), fixed, widths) for p, fixed, widths in sets] if chance < 1 else []
        sets = without + [(p * chance, fixed + low, (*widths, width) if width else widths) for p, fixed, widths in sets]
    for p, fixed, widths in sets:
        reached += p * (1 - _below(needed - fixed, widths))
    return reached


def _below(x: int, widths: tuple[int, ...]) -> Fraction:
    """P(sum of w U < x), U uniform on [0, 1], in whole units. Nothing uniform: whether 0 is below x."""
    if x <= 0:
        return Fraction(0)
    if x >= sum(widths):
        return Fraction(1)
    sums = [(1, 0)]
    for width in widths:
        sums += [(-sign, total + width) for sign, total in sums]
    n = len(widths)
    return Fraction(sum(sign * (x - total) ** n for sign, total in sums if total < x), factorial(n) * prod(widths))


def read_measures(text: str, *, name: str) -> Measures:
    """A file of measures; see docs/reference/fiscal-space.md. Raises ``InputError`` with every fault of the file."""
    document = opened(text, name=name)
    root = document.root
    country = root.country()
    root.labels("name")
    root.text("note")
    measures = [one for entry in root.entries("option", required=True) if (one := _measure(entry)) is not None]
    if "option" in root and not root.table["option"]:
        root.wrong("option", "required", say("There is no option."), say("Write [[option]] above each of them."))
    cost: dict[int, float] = {}
    stated = root.entry("cost")
    if stated is not None:
        stated.source()
        for key in stated.table:
            if key not in ("source", "verified"):
                share = stated.number(key, low=0, high=1)
                if key.isdecimal() and len(key) == 4 and share is not None:
                    cost[int(key)] = share
                elif share is not None:
                    stated.wrong(key, "year", say("{key} is no year.", key=key), say("Write 2026 = 0.015, a line a year."))
    root.rest()
    document.refuse()
    return Measures(country, tuple(measures), cost, tuple(document.findings))


def _measure(entry: Entry) -> Measure | None:
    option = entry.choice("option", code_list("FISCAL_SPACE_OPTIONS"), required=True)
    label = entry.text("measure")
    low = entry.number("low", required=True, low=0, high=LARGEST_FLOW)
    high = entry.number("high", required=True, low=0, high=LARGEST_FLOW)
    start, until = entry.year("start", required=True), entry.year("until")
    ramp = entry.number("ramp", low=1, high=100)
    chance = entry.share("probability", required=True)
    source = entry.source(required=True)
    entry.rest()
    if ramp is not None and ramp != int(ramp):
        entry.wrong("ramp", "whole_number", say("{key} is no whole number of years.", key="ramp"), say("Write digits only."))
    if low is not None and high is not None and low > high:
        entry.wrong("high", "low_over_high", say("high is less than low."), say("Correct one of the two."))
    if start is not None and until is not None and until < start:
        entry.wrong("until", "period_order", say("It ends before it starts."), say("Correct one of the two."))
    if not option or low is None or high is None or start is None or chance is None:
        return None
    return Measure(option, label or code_list("FISCAL_SPACE_OPTIONS")[option].label(), low, high, start, int(ramp or 1), chance,
                   source, until)


def cost_of_rows(text: str, *, name: str) -> Mapping[int, float]:
    """The cost by year as a share of GDP, from the JSON of ``socle cost`` or ``socle floor``.

    Raises ``InputError`` where it is none, where it holds several countries or scenarios, or no share at all.
    """
    try:
        told = json.loads(text)
        rows = [row for row in told["rows"] if isinstance(row["year"], int)]
        wanted = [row for row in rows if row["scheme"] in ("", "all")] or rows
        shares = [(row["year"], row["share_of_gdp"], row["scheme"], row.get("country", ""), row.get("scenario", ""))
                  for row in wanted]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputError(say("{name} is not the JSON of socle cost or socle floor.", name=name), where={"sheet": name},
                         remedy=say("Make it with: socle cost ... --format json -o cost.json")) from None
    if len({(country, scenario) for *_, country, scenario in shares}) > 1:
        raise InputError(say("{name} holds several countries or scenarios.", name=name), where={"sheet": name},
                         remedy=say("Hand over the cost of one country and one scenario."))
    if any(share is not None and (isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share < 10)
           for _, share, *_ in shares):
        raise InputError(say("{name} has a share of GDP that is none.", name=name), where={"sheet": name, "column": "share_of_gdp"},
                         remedy=say("Write shares from 0 to 1."))
    found: dict[int, float | None] = {}
    for year, share, *_ in shares:
        found[year] = None if share is None or (year in found and found[year] is None) else (found.get(year) or 0.0) + share
    known = {year: share for year, share in found.items() if share is not None}
    if not known:
        raise InputError(say("{name} has no share of GDP.", name=name), where={"sheet": name, "column": "share_of_gdp"},
                         remedy=say("Cost the floor with an economy file (--economy)."))
    return known


def _exact(number: float) -> Fraction:
    """The decimal as it is written: 0.1 is one tenth. Costs that were computed keep twelve digits."""
    return Fraction(f"{number:.12g}")


def _spoken(years: Sequence[int]) -> str:
    """2025-2027, 2030."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


