"""A scheme as its file defines it: who is entitled, to what, for how long, who pays, by which law.

Everything dated is a list of entries, each in force from its ``since`` until the next of the same kind begins. ``scheme.on(day)``
is what is in force on a day. Nothing here computes an entitlement or a cost: see ``entitlements`` and ``costing``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, Protocol, TypeVar

from socle.schemes.language.expressions import Expression
from socle.vocabulary import Source, language

Unit = Literal["person", "household"]
Of = Literal["poverty_line", "gdp_per_capita", "minimum_wage", "average_wage", "previous_earnings"]
Per = Literal["month", "year", "week", "day", "case"]
Payer = Literal["worker", "employer", "self", "state"]
Indexation = Literal["none", "prices", "wages", "gdp_per_capita", "fixed"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the language: its text as written, and what it says. ``line`` is where it stands in the file."""

    text: str
    expression: Expression
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Law:
    title: str
    article: str
    since: date
    source: Source


@dataclass(frozen=True, slots=True)
class Eligibility:
    """All entries in force hold together (and): each may be its own article of the law. ``part`` names the entry that a later one
    of the same name replaces; ``article`` is what a refused person is told."""

    part: str
    since: date
    rule: Rule
    source: Source
    article: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """How a benefit moves from year to year: weights by indexation that sum to 1 (``{"prices": 0.5, "wages": 0.5}``); ``rate`` is
    the yearly growth (0.03) of the weight under ``fixed``."""

    weights: Mapping[Indexation, float]
    rate: float | None = None


@dataclass(frozen=True, slots=True)
class Benefit:
    """One tier of what is paid. Exactly one of ``amount`` (with ``currency``), ``share`` (with ``of``) and ``formula`` is given,
    or none where the source does not say (``missing``). ``rule`` says who of the entitled gets this tier; None: all of them."""

    tier: str
    since: date
    source: Source
    per: Per
    amount: float | None = None
    currency: str | None = None
    share: float | None = None
    of: Of | None = None
    formula: Rule | None = None
    rule: Rule | None = None
    floor: Rule | None = None          # an amount, or a formula, in the scheme's currency, per ``per``
    cap: Rule | None = None
    months: float | None = None        # duration of a case in months; None: as long as one is entitled
    waiting_days: int | None = None
    index: Index = Index({"none": 1.0})
    article: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """``rate`` of ``base`` (a rule, default the insurable earnings), between ``floor`` and ``ceiling``; ``subsidy``: the share of
    it that the state pays in the payer's stead. One rate a payer in force at a time; None where the source does not say
    (``missing``)."""

    payer: Payer
    since: date
    source: Source
    rate: float | None = None
    base: Rule | None = None
    floor: float | None = None
    ceiling: float | None = None
    subsidy: float | None = None
    article: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Administration:
    """``share`` (0-1) of the benefits paid, or of the total cost."""

    share: float
    of: Literal["benefits", "total"]
    source: Source
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Ramp:
    """From this year on, this share (0-1) of the target group is covered; or this many ``beneficiaries`` (persons or households,
    as the scheme's unit) are, as a register counts them. Exactly one of ``coverage`` and ``beneficiaries`` is given."""

    year: int
    coverage: float | None
    source: Source | None = None       # None: the file names none (a warning)
    beneficiaries: float | None = None


@dataclass(frozen=True, slots=True)
class Assumption:
    """What age and sex do not give, for projections: of the persons of these ages and this sex, the ``share`` (0-1) for whom the
    fact is true; or the ``value`` of a number; or the ``shares`` of the codes of a fact."""

    fact: str
    source: Source | None = None       # None: the file names none (a warning)
    share: float | None = None
    value: float | None = None
    shares: Mapping[str, float] = field(default_factory=dict)
    sex: Literal["female", "male", "total"] = "total"
    ages: tuple[int, int] = (0, 120)   # first and last completed age
    since: int | None = None           # year


@dataclass(frozen=True, slots=True)
class LookupTable:
    """A dated table of the scheme: ``rows`` are (upto or code, value); of numbers, the first row whose ``upto`` is not exceeded."""

    name: str
    since: date
    source: Source
    bands: tuple[tuple[float, float], ...] = ()   # (upto, value), upto rising; the last may be infinite
    codes: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Missing:
    """A key that the source does not state, and what is known about it. The file still checks; costing says which fact it lacks.
    ``key`` is ``benefit.amount``, ``benefit.TIER.amount``, or a whole section: ``contribution``."""

    key: str
    note: str
    source: Source


@dataclass(frozen=True, slots=True)
class Reported:
    """What a source says of the persons (or households) of a year: those who may claim (``entitled``) or those who were ``paid``.
    Not an input of a costing: what it is compared with."""

    year: int
    count: float
    of: Literal["entitled", "paid"]
    source: Source
    note: str = ""


@dataclass(frozen=True)
class Scheme:
    """A whole scheme file."""

    id: str
    country: str                       # ISO 3166-1 alpha-3
    name: Mapping[str, str]            # en, fr, es
    branch: str
    guarantee: str | None
    contributory: bool
    unit: Unit
    institution: str
    currency: str | None
    laws: tuple[Law, ...] = ()
    eligibility: tuple[Eligibility, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    administration: tuple[Administration, ...] = ()
    ramp: tuple[Ramp, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    tables: tuple[LookupTable, ...] = ()
    missing: tuple[Missing, ...] = ()
    reported: tuple[Reported, ...] = ()
    note: str = ""                     # for the reader; nothing is computed from it
    digest: str = ""                   # SHA-256 of the file's bytes
    text: str = field(default="", compare=False, repr=False)

    def label(self, lang: str | None = None) -> str:
        """The name in the language spoken now, or in English, or the only one there is."""
        return self.name.get(lang or language()) or self.name.get("en") or next(iter(self.name.values()), self.id)

    def on(self, day: date) -> Scheme:
        """The same scheme with only what is in force on this day: of entries of one name, the latest that has begun and has not
        ended.

        What is not dated by the day stays: the ramp, the assumptions (dated by year), what is missing or reported. An empty
        ``eligibility`` says that nobody can say who is entitled on that day; it never says everyone.
        """
        return replace(
            self,
            laws=tuple(law for law in self.laws if law.since <= day),
            eligibility=_in_force(self.eligibility, day, lambda entry: entry.part),
            benefits=_in_force(self.benefits, day, lambda entry: entry.tier),
            contributions=_in_force(self.contributions, day, lambda entry: entry.payer),
            administration=_latest(self.administration, day),
            tables=_in_force(self.tables, day, lambda entry: entry.name),
        )


class _Dated(Protocol):
    @property
    def since(self) -> date: ...


D = TypeVar("D", bound=_Dated)


def _in_force(entries: tuple[D, ...], day: date, named: Callable[[D], str]) -> tuple[D, ...]:
    """Of each name the latest that has begun; nothing of a name whose latest has ended."""
    latest: dict[str, D] = {}
    for entry in entries:
        name = named(entry)
        if entry.since <= day and (name not in latest or entry.since > latest[name].since):
            latest[name] = entry
    return tuple(entry for entry in latest.values() if (until := getattr(entry, "until", None)) is None or day <= until)


def _latest(entries: tuple[Administration, ...], day: date) -> tuple[Administration, ...]:
    begun = [entry for entry in entries if entry.since is None or entry.since <= day]
    return tuple(sorted(begun, key=lambda entry: entry.since or date.min)[-1:])
