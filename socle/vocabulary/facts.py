"""The facts that a rule may name: whose they are, what they are, what is plausible, and what they are called."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from socle.vocabulary.language import LANGUAGES, language

FactType = Literal["number", "truth", "day", "code"]
FactOf = Literal["person", "household", "country"]


@dataclass(frozen=True, slots=True)
class NamedFact:
    """One fact. ``low`` and ``high`` bound a number, or a day as a whole number (20240228). ``codes`` are the labels of a code's
    values, empty where every country has its own. ``derived``: the rule it follows from where it is not given. Money is in the
    scheme's currency."""

    name: str
    of: FactOf
    type: FactType
    labels: Mapping[str, str]
    unit: str = ""
    low: float | None = None
    high: float | None = None
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    derived: str | None = None

    def label(self, lang: str | None = None) -> str:
        """What it is called."""
        return self.labels.get(lang or language()) or self.labels["en"]

    def unit_label(self, lang: str | None = None) -> str:
        """The unit in words; empty where it has none."""
        return _in(UNITS_OF_FACTS[self.unit], lang) if self.unit else ""

    def code_label(self, code: str, lang: str | None = None) -> str:
        """What a value of a code is called; the code itself where the vocabulary does not know it."""
        return _in(self.codes[code], lang) if code in self.codes else code


def _in(labels: Mapping[str, str], lang: str | None) -> str:
    return labels.get(lang or language()) or labels["en"]


def _labels(row: Mapping[str, Any]) -> Mapping[str, str]:
    return MappingProxyType({lang: row[lang] for lang in LANGUAGES})


def _bound(value: float | date | None) -> float | None:
    return float(10000 * value.year + 100 * value.month + value.day) if isinstance(value, date) else value


def _fact(name: str, row: Mapping[str, Any]) -> NamedFact:
    codes = MappingProxyType({code: _labels(labels) for code, labels in row.get("codes", {}).items()})
    return NamedFact(name, row["of"], row["type"], _labels(row), row.get("unit", ""), _bound(row.get("low")),
                     _bound(row.get("high")), codes,
                     row.get("derived"))


_DOCUMENT = tomllib.loads(files("socle.vocabulary").joinpath("data", "facts.toml").read_text("utf-8"))

#: The units of numbers, each with its labels.
UNITS_OF_FACTS: Mapping[str, Mapping[str, str]] = MappingProxyType({unit: _labels(row) for unit, row in _DOCUMENT["units"].items()})
#: Every fact by name, persons first, then households, then the country.
FACTS: Mapping[str, NamedFact] = MappingProxyType({name: _fact(name, row) for name, row in _DOCUMENT["facts"].items()})
