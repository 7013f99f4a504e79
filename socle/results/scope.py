"""What a report is about: a phase, a period, perhaps one country or one partner, as known on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from socle import vocabulary
from socle.errors import InputError
from socle.results.chain import Chain
from socle.results.counting import Contributions, count
from socle.results.observations import Bools
from socle.vocabulary import Period, say

#: The sheets whose rows fall in a phase by their date, and the column that has it.
DATED = (("changes", "year"), ("outputs", "on"), ("observations", "on"), ("funding", "on"))


@dataclass(frozen=True)
class Scope:
    """The records of ``chain`` that a report counts. ``as_of``: only what was recorded by that day."""

    chain: Chain
    phase: str
    period: Period
    year: int | None = None
    country: str | None = None
    partner: str | None = None
    as_of: date | None = None

    @property
    def is_whole(self) -> bool:
        """Neither one country nor one partner: only then can published totals and ambitions be compared with the records."""
        return self.country is None and self.partner is None

    def has(self, period: Period | None, recorded: Period | None = None) -> bool:
        """Whether a row dated ``period`` falls in the report's period and was recorded by the as-of day."""
        return period is not None and self.knows(period, recorded) and self.period.start <= period.end <= self.period.end

    def knows(self, period: Period, recorded: Period | None = None) -> bool:
        return self.as_of is None or (recorded or period).end <= self.as_of

    @cached_property
    def projects(self) -> frozenset[str] | None:
        """The partner's projects; None when the report is not about a partner."""
        return None if self.partner is None else self.chain.funded_by.get(self.partner, frozenset())

    @cached_property
    def change_rows(self) -> list[int]:
        """Rows of the changes that count, in the order of the file."""
        return list(self._changes(self.period))

    def changes_in(self, period: Period) -> list[int]:
        return list(self._changes(period))

    def _changes(self, period: Period) -> Iterator[int]:
        changes = self.chain["changes"]
        columns = zip(*(changes[name] for name in ("change", "country", "year", "recorded_on", "partners")), strict=True)
        for row, (key, country, on, recorded, partners) in enumerate(columns):
            if self.country is not None and country != self.country:
                continue
            if not (period.start <= on.end <= period.end and self.knows(on, recorded)):
                continue
            if self.projects is None or self._took_part(key, partners):
                yield row

    def _took_part(self, change: str, partners: tuple[str, ...] | None) -> bool:
        projects = self.projects or frozenset()
        return self.partner in (partners or ()) or not projects.isdisjoint(self.chain.credited.get(change, ()))

    @cached_property
    def impacts(self) -> Bools:
        """Which impacts the report is about, whatever the period."""
        impacts = self.chain["impacts"]
        mask = np.ones(len(impacts), dtype=bool)
        if self.country is not None:
            mask &= np.array([c == self.country for c in impacts["country"]], dtype=bool)
        if self.partner is not None:
            changes = self.chain["changes"]
            of_partner = {key for key, partners in zip(changes["change"], changes["partners"], strict=True)
                          if self._took_part(key, partners)}
            mask &= np.array([c in of_partner for c in impacts["change"]], dtype=bool)
        return mask

    @cached_property
    def contributions(self) -> Contributions:
        return count(self.chain.observations, as_of=self.as_of.toordinal()) if self.as_of else self.chain.contributions

    def observed_in(self, period: Period) -> Bools:
        """Observations in force, of the report's impacts, dated in ``period``."""
        observations = self.chain.observations
        if not len(observations):
            return np.zeros(0, dtype=bool)
        dated = (observations.on >= period.start.toordinal()) & (observations.on <= period.end.toordinal())
        return dated & self.contributions.counts & self.impacts[observations.impact]

    @cached_property
    def observed(self) -> Bools:
        return self.observed_in(self.period)


def span(chain: Chain) -> Period | None:
    """From the first dated record to the last; None where no record has a date."""
    dated = [on for sheet, column in DATED for on in set(chain[sheet][column]) if on is not None]
    return Period(min(on.start for on in dated), max(on.end for on in dated)) if dated else None


def scope(chain: Chain, *, phase: str | None = None, year: int | None = None, country: str | None = None,
          partner: str | None = None, as_of: date | None = None, phaseless: bool = False) -> Scope:
    """Resolve a request. Without ``phase`` the latest; without ``year`` the whole phase.

    Raises InputError for a phase, year, country or partner that is not there. ``phaseless``: a book without any phase is reported
    on from its first record to its last, as the phase ``""``.
    """
    phases = chain["phases"]
    periods = {key: Period(start.start, end.end)
               for key, start, end in zip(phases["phase"], phases["start"], phases["end"], strict=True)}
    if not periods and phaseless and phase is None and (whole := span(chain)):
        periods[""] = whole
    if not periods:
        raise InputError(say("There is no phase to report on."), where={"sheet": "phases"},
                         remedy=say("Add a row to sheet phases, with its start and end."))
    if phase is None:
        phase = max(periods, key=lambda key: (periods[key].start, periods[key].end))
    if phase not in periods:
        raise InputError(say("There is no phase {phase}.", phase=phase), where={"sheet": "phases", "value": phase},
                         remedy=say("The phases are {phases}.", phases=", ".join(periods)))
    period = periods[phase]
    if year is not None:
        if not period.start.year <= year <= period.end.year:
            raise InputError(
                say("Year {year} is outside phase {phase}, which runs from {start} to {end}.", year=year, phase=phase,
                    start=period.start, end=period.end) if phase else
                say("No record is of {year}: they run from {start} to {end}.", year=year, start=period.start, end=period.end),
                where={"sheet": "phases", "value": year},
                remedy=say("Ask for a year of the phase, or for another phase.") if phase else say("Ask for another year."))
        period = Period(max(period.start, date(year, 1, 1)), min(period.end, date(year, 12, 31)))
    if country is not None:
        country = vocabulary.country(country).alpha3
    if partner is not None and partner not in chain["partners"]["partner"]:
        raise InputError(say("There is no partner {partner}.", partner=partner), where={"sheet": "partners", "value": partner},
                         remedy=say("The partners are {partners}.", partners=", ".join(chain["partners"]["partner"][:50]))
                         if len(chain["partners"]) else say("Add partners to sheet partners, or ask without a partner."))
    return Scope(chain, phase, period, year, country, partner, as_of)
