"""The form of the studio: which country, which schemes, what is moved in them, by which conventions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from socle.costing import Options
from socle.schemes import Benefit, Scheme
from socle.vocabulary import EXTRAPOLATIONS, language
from socle_web.schemes import bridge, wording
from socle_web.schemes.models import Version

MOST_SCHEMES = 6
FIRST_YEAR, LAST_YEAR, MOST_YEARS = 1990, 2100, 60
YEARS = 10              # shown unless others are asked for
MOST_TIERS = 6
LARGEST_AMOUNT = 1e12
INDEXATIONS = ("none", "prices", "wages", "gdp_per_capita", "fixed")
ADMINISTRATION_OF = ("benefits", "total", "none")
PRICES = ("current", "constant")


@dataclass(frozen=True)
class Lever:
    """One number of one scheme, or of all: ``of_file`` is what the file says, ``typed`` what was asked."""

    name: str
    label: str
    unit: str = ""
    of_file: float | None = None
    typed: str = ""
    low: float = 0
    high: float = 100
    step: str = "1"
    slides: bool = False
    error: str = ""

    @property
    def shown(self) -> str:
        return self.typed or ("" if self.of_file is None else plain(self.of_file))

    @property
    def is_moved(self) -> bool:
        return bool(self.typed) and not self.error and (self.of_file is None or _number(self.typed) != self.of_file)

    @property
    def value(self) -> float | None:
        """What is asked, where it differs from the file."""
        return _number(self.typed) if self.is_moved else None


@dataclass(frozen=True)
class Chosen:
    """A scheme of the question and its levers."""

    version: Version
    scheme: Scheme
    levers: Sequence[Lever]
    text: str

    @property
    def label(self) -> str:
        return self.scheme.label()

    @property
    def has_contributions(self) -> bool:
        """A costing counts what is paid out: their rates move nothing in it."""
        return bool(self.scheme.contributions)

    @property
    def moved(self) -> bridge.Moved:
        """What is asked of it; shares were typed as per cent."""
        asked = {lever.name.partition(".")[2]: lever.value for lever in self.levers if lever.value is not None}
        amounts = tuple((name.removeprefix("amount."), value) for name, value in asked.items() if name.startswith("amount."))
        shares = tuple((name.partition(".")[2], value / 100) for name, value in asked.items()
                       if name.startswith(("share.", "level.")))
        cover, full = asked.get("cover"), asked.get("full")
        return bridge.Moved(_whole(asked.get("first")), _whole(asked.get("last")), amounts + shares,
                            None if cover is None else cover / 100, _whole(full) if cover is not None else None)


@dataclass(frozen=True)
class Question:
    """What is asked. ``problems`` are sentences about what was asked and cannot be."""

    country: str
    chosen: Sequence[Chosen]
    start: int
    end: int
    options: Options
    conventions: Sequence[Lever]
    choices: Mapping[str, str]
    economy: Version | None = None
    economy_text: str | None = None
    problems: Sequence[str] = ()
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def papers(self) -> list[bridge.Paper]:
        return [bridge.Paper(one.text, one.moved) for one in self.chosen]

    @property
    def address(self) -> str:
        """The question as the query of an address: only what was asked."""
        sent = QueryDict(mutable=True)
        for name, values in self.query.items():
            sent.setlist(name, list(values))
        return sent.urlencode()

    @property
    def moves_something(self) -> bool:
        return any(lever.is_moved for one in self.chosen for lever in one.levers)


def question(query: QueryDict, versions: Sequence[Version], *, country: str, economy: Version | None,
             texts: Mapping[int, str] | None = None, economy_text: str | None = None) -> Question:
    """Read the form. ``texts``: the files as they were when the scenario was saved, by number of version."""
    texts, problems = texts or {}, []
    this_year = timezone.localdate().year
    start_lever = _asked(query, Lever("start", _("From"), of_file=this_year, low=FIRST_YEAR, high=LAST_YEAR))
    start = _whole(start_lever.value) or this_year
    end_lever = _asked(query, Lever("end", _("To"), of_file=start + YEARS - 1, low=FIRST_YEAR, high=LAST_YEAR))
    end = _whole(end_lever.value) or start + YEARS - 1
    if end < start or end - start >= MOST_YEARS:
        problems.append(_("The last year is not before the first, and at most %(n)s years are shown.") % {"n": MOST_YEARS})
        end = start + YEARS - 1
    chosen = []
    for version in versions[:MOST_SCHEMES]:
        text = texts.get(version.pk, version.text)
        told = bridge.read(text)
        if told.scheme is None or not told.is_sound:
            problems.append(_("%(file)s has errors and cannot be costed: open it to see them.") % {"file": version.name_of_file})
            continue
        own = [_asked(query, lever) for lever in _levers(version.pk, text, start, language())]
        chosen.append(Chosen(version, told.scheme, own, text))
    administration = _asked(query, Lever("administration", _("Administration"), "%", of_file=None, high=100, step="any"))
    take_up = _asked(query, Lever("take_up", _("Take-up"), "%", of_file=100, high=100, step="any", slides=True))
    rate = _asked(query, Lever("rate", _("Fixed rate a year"), "%", of_file=None, low=-50, high=100, step="any"))
    choices = {"indexation": _one(query, "indexation", INDEXATIONS), "prices": _one(query, "prices", PRICES) or "current",
               "administration_of": _one(query, "administration_of", ADMINISTRATION_OF),
               "extrapolate": _one(query, "extrapolate", (*EXTRAPOLATIONS,))}
    indexation: Any = choices["indexation"] or None
    if indexation == "fixed":
        indexation = (rate.value or 0.0) / 100
    options = Options(
        administration=None if administration.value is None else administration.value / 100,
        administration_of=choices["administration_of"] or None,  # type: ignore[arg-type]
        prices=choices["prices"], indexation=indexation,  # type: ignore[arg-type]
        take_up=1.0 if take_up.value is None else take_up.value / 100, extrapolate=choices["extrapolate"])
    conventions = (start_lever, end_lever, administration, take_up, rate)
    levers = (*conventions, *(lever for one in chosen for lever in one.levers))
    problems += [f"{lever.label}: {lever.error}" for lever in levers if lever.error]
    economy_text = economy_text or (economy.text if economy else None)
    return Question(country, chosen, start, end, options, conventions, choices, economy, economy_text, problems,
                    _said(query, conventions, chosen, country, versions))


@lru_cache(maxsize=256)
def _levers(pk: int, text: str, start: int, _language: str) -> Sequence[Lever]:
    scheme = bridge.scheme_of(text)
    first, last = bridge.ages_of(scheme)
    found = []
    if first is not None:
        found.append(Lever(f"{pk}.first", _("From age"), _("years"), first, high=100, slides=True))
    if last is not None:
        found.append(Lever(f"{pk}.last", _("To age"), _("years"), last, high=100, slides=True))
    tiers = _tiers(scheme, start)
    for benefit in tiers[:MOST_TIERS]:
        of_tier = f" ({wording.tier(benefit.tier)})" if len(tiers) > 1 else ""
        if benefit.share is not None:
            found.append(Lever(f"{pk}.share.{benefit.tier}", wording.share_of(benefit) + of_tier, "%",
                               round(benefit.share * 100, 6), high=1_000, step="any"))
        elif benefit.formula is not None:
            found.append(Lever(f"{pk}.level.{benefit.tier}", _("Level of what the formula gives") + of_tier, "%", 100,
                               high=1_000, step="any"))
        else:
            found.append(Lever(f"{pk}.amount.{benefit.tier}", _("Amount") + of_tier,
                               f"{benefit.currency or scheme.currency or ''} {wording.per(benefit)}".strip(), benefit.amount,
                               high=LARGEST_AMOUNT, step="any"))
    covered = next((entry.coverage for entry in sorted(scheme.ramp, key=lambda entry: -entry.year) if entry.year <= start), None)
    found.append(Lever(f"{pk}.cover", _("Covered in the first year"), "%", None if scheme.ramp and covered is None
                       else round((1.0 if covered is None else covered) * 100, 6), high=100, step="any", slides=True))
    found.append(Lever(f"{pk}.full", _("Everybody covered in"), "", None, low=start, high=LAST_YEAR))
    return found


def _tiers(scheme: Scheme, year: int) -> list[Benefit]:
    """The tiers that are paid in the middle of a year; before the scheme begins, those it begins with."""
    begun = min((benefit.since for benefit in scheme.benefits), default=date.min)
    return list(scheme.on(max(date(year, 7, 1), begun)).benefits)


def _asked(query: QueryDict, lever: Lever) -> Lever:
    typed = query.get(lever.name, "").strip().replace(",", ".")[:30]
    if not typed:
        return lever
    value, error = _number(typed), ""
    if value is None:
        error = _("This is not a number.")
    elif not lever.low <= value <= lever.high:
        error = _("Between %(low)s and %(high)s.") % {"low": plain(lever.low), "high": plain(lever.high)}
    return Lever(lever.name, lever.label, lever.unit, lever.of_file, typed, lever.low, lever.high, lever.step, lever.slides, error)


def _said(query: QueryDict, conventions: Sequence[Lever], chosen: Sequence[Chosen], country: str,
          versions: Sequence[Version]) -> dict[str, list[str]]:
    """What was asked and differs from the files, in order: the same question has the same address."""
    said: dict[str, list[str]] = {"country": [country], "s": [str(one.pk) for one in versions[:MOST_SCHEMES]]}
    levers = (*conventions, *(lever for one in chosen for lever in one.levers))
    said |= {lever.name: [lever.typed] for lever in levers if lever.is_moved}
    words = ("indexation", "administration_of", "prices", "extrapolate", "economy")
    said |= {name: [query.get(name, "")] for name in words if query.get(name)}
    return {name: values for name, values in said.items() if values != [""] and (name, values) != ("prices", ["current"])}


def _one(query: QueryDict, name: str, allowed: Sequence[str]) -> str:
    asked = query.get(name, "")
    return asked if asked in allowed else ""


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def plain(value: float) -> str:
    """A number as a form takes it: 65, 12.5."""
    return f"{value:.6f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))
