"""Presets of a floor: dated, attributed files of assumptions, each level marked verified or not, to be run side by side.

Shipped ones stand in ``presets`` as package data; a file of one's own has the same form (docs/reference/floor.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Literal, cast, get_args

from socle.costing.assumption_files import Entry, opened
from socle.costing.identity import A_YEAR
from socle.errors import Finding, InputError
from socle.schemes import Index
from socle.tables import SEXES
from socle.vocabulary import GUARANTEES, Source, language, say

LEVELS_OF = ("poverty_line", "gdp_per_capita", "minimum_wage", "average_wage")
Indexation = Literal["none", "prices", "wages", "gdp_per_capita", "fixed"]
INDEXATIONS: tuple[Indexation, ...] = get_args(Indexation)
_PERS = tuple(A_YEAR)


@dataclass(frozen=True, slots=True)
class Target:
    """Persons of these completed ages and this sex, or the births of the year; of them the ``share`` (0-1) who are meant; None: not
    stated."""

    of: Literal["persons", "births"]
    ages: tuple[int, int]
    sex: str | None
    share: float | None
    source: Source | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """Per payment: an ``amount`` in ``currency`` and prices of ``year``, or a ``share`` of a figure of the economy; None: not
    stated. ``times``: payments a year to one who is entitled."""

    per: str
    times: float
    amount: float | None
    currency: str | None
    share: float | None
    base: str | None
    year: int | None
    index: Index
    source: Source | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FloorBenefit:
    id: str
    guarantee: str
    names: Mapping[str, str]
    target: Target
    level: Level

    def label(self, lang: str | None = None) -> str:
        return self.names.get(lang or language()) or self.names["en"]

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the preset does not state and without which the benefit is not costed."""
        return tuple(name for name, value in ((f"{self.id}.share", self.target.share),
                                              (f"{self.id}.amount", self.level.amount if self.level.base is None else 0.0))
                     if value is None)

    @property
    def unverified(self) -> bool:
        return any(source is not None and not source.verified for source in (self.target.source, self.level.source))


@dataclass(frozen=True)
class Preset:
    """A package of benefits. ``verified`` is False where not every level was read in its source; a ``made_up`` one has none."""

    id: str
    names: Mapping[str, str]
    dated: int | None
    made_up: bool
    administration: float | None
    administration_of: Literal["benefits", "total", "none"]
    benefits: tuple[FloorBenefit, ...]
    source: Source
    note: str = ""
    findings: tuple[Finding, ...] = ()

    def label(self, lang: str | None = None) -> str:
        return self.names.get(lang or language()) or self.names["en"]

    @property
    def verified(self) -> bool:
        return self.source.verified and not any(benefit.unverified for benefit in self.benefits)


def presets(kind: str = "floor") -> tuple[str, ...]:
    """The names of the files that are shipped: of floors, or of another kind (crisis, fiscal-space, assumptions)."""
    return tuple(sorted(path.name.removesuffix(".toml") for path in files("socle.costing").joinpath("presets").iterdir()
                        if path.name.startswith(f"{kind}-") and path.name.endswith(".toml")))


def preset(name: str) -> Preset:
    """A shipped floor by name. Raises ``InputError`` that names those there are."""
    return read_preset(preset_text(name), name=f"{name}.toml")


def preset_text(name: str, kind: str = "floor") -> str:
    """The text of a shipped file, to copy and change."""
    if name not in presets(kind):
        raise InputError(say("There is no preset {name}.", name=name), where={"value": name},
                         remedy=say("Use one of: {codes}; or the path of a file.", codes=", ".join(presets(kind))))
    return files("socle.costing").joinpath("presets", f"{name}.toml").read_text("utf-8")


def read_preset(text: str, *, name: str) -> Preset:
    """A preset file. Raises ``InputError`` with every fault of the file, each with its line."""
    document = opened(text, name=name)
    root = document.root
    key, names = root.text("id", required=True), root.labels("name", required=True)
    dated, made_up, note = root.year("dated"), root.flag("made_up", default=False), root.text("note")
    source = root.source(required=True)
    share, of, _ = _administration(root)
    entries = root.entries("benefit", required=True)
    benefits = [one for entry in entries if (one := _benefit(entry)) is not None]
    seen: set[str] = set()
    for entry in entries:
        benefit = str(entry.table.get("id"))
        if benefit in seen:
            entry.wrong("id", "duplicate_key", say("{name} is there twice.", name=benefit),
                        say("Give each benefit an id of its own."))
        seen.add(benefit)
    if "benefit" in root and not entries and not document.findings:
        root.wrong("benefit", "required", say("There is no benefit."), say("Write [[benefit]] above each of them."))
    root.rest()
    document.refuse()
    return Preset(key, names, dated, made_up, share, of, tuple(benefits), source or Source(""), note, tuple(document.findings))


def _administration(root: Entry) -> tuple[float | None, Literal["benefits", "total", "none"], Source | None]:
    entry = root.entry("administration")
    if entry is None:
        return None, "none", None
    of = entry.choice("of", ("benefits", "total", "none"), required=True)
    share = entry.share("share", required=of != "none")
    source = entry.source(required=True)
    entry.text("note")
    entry.rest()
    if of == "total" and share == 1:
        entry.wrong("share", "share_range", say("Administration cannot be the whole cost."), say("Write a smaller share."))
    return (0.0 if of == "none" else share), ("benefits" if of == "benefits" else "total" if of == "total" else "none"), source


def _benefit(entry: Entry) -> FloorBenefit | None:
    key = entry.text("id", required=True)
    if key and (key in ("all",) or any(sign.isspace() or sign in "./;=" for sign in key)):
        entry.wrong("id", "key", say("“{value}” is no id.", value=key), say("Write letters, digits and hyphens."))
    guarantee = entry.choice("guarantee", GUARANTEES, required=True)
    names = entry.labels("name", required=True)
    target, level = entry.entry("target", required=True), entry.entry("level", required=True)
    entry.rest()
    meant = None if target is None else _target(target)
    paid = None if level is None else _level(level)
    if not key or not guarantee or not names or meant is None or paid is None:
        return None
    return FloorBenefit(key, guarantee, names, meant, paid)


def _target(entry: Entry) -> Target:
    of = entry.choice("of", ("persons", "births"), default="persons")
    ages = entry.ages()
    sex = entry.choice("sex", (*SEXES, "total"), default="total")
    share = entry.share("share")
    stated = not entry.flag("share_not_stated", default=False)
    source, note = entry.source(required=True), entry.text("note")
    entry.rest()
    if of == "births" and (ages is not None or sex != "total"):
        entry.wrong("of", "births", say("Births have no ages and no sex here."), say("Leave ages and sex out."))
    if share is not None and not stated:
        entry.wrong("share_not_stated", "contradiction", say("The share is stated."), say("Leave one of the two out."))
    return Target("births" if of == "births" else "persons", ages or (0, 120), None if sex == "total" else sex,
                  (1.0 if share is None else share) if stated else None, source, note)


def _level(entry: Entry) -> Level:
    amount, currency = entry.number("amount", low=0), entry.currency()
    share, base = entry.number("share", low=0, high=10), entry.choice("of", LEVELS_OF)
    per = entry.choice("per", _PERS, default="month")
    times, year, rate = entry.number("times", low=0, high=366), entry.year("year"), entry.number("rate", low=-0.5, high=1)
    missing = entry.flag("amount_not_stated", default=False)
    index = entry.choice("index", INDEXATIONS, default="prices")
    source, note = entry.source(required=True), entry.text("note")
    entry.rest()
    for key, code, message, remedy in _unfit(entry, missing=missing, fixed=index == "fixed"):
        entry.wrong(key, code, message, remedy)
    return Level(per, A_YEAR[per] if times is None else times, amount, currency or None, share, base or None, year,
                 Index({cast(Indexation, index): 1.0}, rate), source, note)


def _unfit(entry: Entry, *, missing: bool, fixed: bool) -> Iterator[tuple[str, str, str, str]]:
    """What keys of a level do not fit together."""
    amount, share = "amount" in entry or missing, "share" in entry or "of" in entry
    if amount == share:
        yield ("amount", "one_of", say("A level is either an amount with its currency, or a share of a figure of the economy."),
               say("Write amount and currency, or share and of."))
    elif amount and "currency" not in entry:
        yield "currency", "currency_missing", say("An amount has no currency."), say("Write currency = \"USD\".")
    for key in ("share", "of"):
        if share and not amount and key not in entry:
            yield key, "required", say("{key} is missing.", key=key), say("Fill it in.")
    if fixed != ("rate" in entry):
        yield ("rate", "rate", say("A rate belongs to the index fixed, and to no other."),
               say("Write index = \"fixed\" and rate = 0.03."))


def read_assumed(text: str, *, name: str) -> Mapping[str, tuple[float, Source]]:
    """What a country's file states for benefits of presets: ``[orphans]`` with ``share`` (or ``amount``) and ``source``.

    Raises ``InputError`` with every fault of the file, each with its line.
    """
    document = opened(text, name=name)
    found: dict[str, tuple[float, Source]] = {}
    for key in document.table:
        entry = document.root.entry(key)
        if entry is None:
            continue
        share, amount = entry.share("share"), entry.number("amount", low=0)
        source = entry.source(required=True)
        entry.rest()
        if "share" not in entry and "amount" not in entry:
            entry.wrong("share", "required", say("{key} is missing.", key="share"), say("Write share or amount."))
        for part, value in (("share", share), ("amount", amount)):
            if value is not None and source is not None:
                found[f"{key}.{part}"] = value, source
    document.refuse()
    return found


def fitting(one: Preset, told: Mapping[str, tuple[float, Source]]) -> Preset:
    """The preset with what a country states of its benefits; of others, and of levels that are no amounts, it says nothing here."""
    amounts = {benefit.id: benefit.level.currency is not None for benefit in one.benefits}
    fits = {key: stated for key, stated in told.items() if (name := key.rpartition(".")[0]) in amounts
            and (key.endswith(".share") or amounts[name])}
    return assumed(one, {key: value for key, (value, _) in fits.items()},
                   sources={key: source for key, (_, source) in fits.items()})


def assumed(one: Preset, values: Mapping[str, float], *, sources: Mapping[str, Source] | None = None) -> Preset:
    """The preset with what it does not state, or states otherwise: ``{"orphans.share": 0.03, "essential-health.amount": 50}``.

    A share is one of the target group; an amount is per payment, in the level's currency. Raises ``InputError`` for all that does
    not fit, at once.
    """
    read: list[Finding] = []
    findings, benefits = [], {benefit.id: benefit for benefit in one.benefits}
    for key, value in values.items():
        source = (sources or {}).get(key) or Source(say("Assumed by who asked"), verified=False)
        benefit_id, _, part = key.rpartition(".")
        benefit = benefits.get(benefit_id)
        known = [f"{benefit.id}.{part}" for benefit in one.benefits for part in ("share", "amount")]
        if benefit is None or part not in ("share", "amount"):
            findings.append(_assume(key, value, "unknown_assumption",
                                    say("There is no assumption “{name}” in this preset.", name=key),
                                    say("Use one of: {codes}.", codes=", ".join(known))))
        elif not 0 <= value <= (1 if part == "share" else 1e18):
            findings.append(_assume(key, value, "share_range" if part == "share" else "out_of_range",
                                    say("{key} cannot be {value}.", key=key, value=value), say("Check the figure and its unit.")))
        elif part == "share":
            benefits[benefit_id] = replace(benefit, target=replace(benefit.target, share=value, source=source))
        elif benefit.level.currency is None:
            findings.append(_assume(key, value, "one_of", say("{name} is a share of a figure of the economy.", name=benefit_id),
                                    say("Copy the preset and change the level.")))
        else:
            benefits[benefit_id] = replace(benefit, level=replace(benefit.level, amount=value, source=source))
            read.append(Finding("warning", one.id, None, key, str(value), "assumed_amount",
                                say("{key} is read in {currency}, the currency of the preset.", key=key,
                                    currency=benefit.level.currency),
                                say("Give it in {currency}, or copy the preset and change the level.",
                                    currency=benefit.level.currency)))
    if findings:
        raise InputError(say("Assumptions are not known."), findings=findings)
    return replace(one, benefits=tuple(benefits.values()), findings=(*one.findings, *read))


def _assume(key: str, value: float, code: str, message: str, remedy: str) -> Finding:
    return Finding("error", None, None, key, str(value), code, message, remedy)
