"""What a result rests on, by name, and what it would be under other values: the work that tornadoes and bands repeat.

    model = of_projection(projection)
    model({"benefit": np.array([0.9, 1.1])}, "total")      [2, years]: the total cost with benefits a tenth lower and higher

Names: ``benefit``, ``beneficiaries``, ``gdp`` multiply (1: as costed); ``administration`` replaces the share of benefits;
``benefit_growth`` and ``gdp_growth`` are points a year that come on top from the second year on (0.01: one point). A name after
a scheme and a point (``old-age.benefit``) changes that scheme alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socle.costing.assumption_files import Entry, opened
from socle.costing.projection import Projection
from socle.errors import Finding, InputError
from socle.vocabulary import Source, say

Floats = npt.NDArray[np.float64]
#: What can be varied: for a scheme or for all; for the country.
OF_A_SCHEME = ("benefit", "beneficiaries", "administration", "benefit_growth")
OF_A_COUNTRY = ("gdp", "gdp_growth")
MEASURES = ("total", "share_of_gdp")
DISTRIBUTIONS = ("uniform", "triangular", "normal", "lognormal")
#: Values within which an assumption may lie: multipliers, a share, points a year.
BOUNDS = {"benefit": (0.0, 1e6), "beneficiaries": (0.0, 1e6), "gdp": (1e-6, 1e6), "administration": (0.0, 1.0),
          "benefit_growth": (-0.5, 1.0), "gdp_growth": (-0.5, 1.0)}


@dataclass(frozen=True, slots=True)
class Assumption:
    """``low`` and ``high`` are the values of a tornado. Draws are uniform between them, triangular with ``mode``, normal with
    ``mean`` and ``deviation``, or lognormal with the median ``mean`` and ``deviation`` of the logarithm; ``least`` and ``most`` cut
    the last two off, and the distribution within is the conditional one."""

    name: str
    low: float
    high: float
    label: str = ""
    distribution: str = "uniform"
    mode: float | None = None
    mean: float | None = None
    deviation: float | None = None
    least: float | None = None
    most: float | None = None
    source: Source | None = None


@dataclass(frozen=True)
class Model:
    """A costing taken apart into what multiplies. Arrays are [scheme, year]; ``gdp`` is [year]; NaN: not known."""

    schemes: tuple[str, ...]
    years: tuple[int, ...]
    spending: Floats
    administration: Floats
    gdp: Floats
    currency: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that can be varied here."""
        return (*OF_A_SCHEME, *OF_A_COUNTRY, *(f"{scheme}.{name}" for scheme in self.schemes for name in OF_A_SCHEME))

    def base(self, name: str) -> float:
        """What the assumption is as costed; of administration, the share of benefits of all years together."""
        if not name.endswith("administration"):
            return 1.0 if name.rpartition(".")[2] in ("benefit", "beneficiaries", "gdp") else 0.0
        of = [place for place, scheme in enumerate(self.schemes) if name in ("administration", f"{scheme}.administration")]
        spent = float(np.nansum(self.spending[of]))
        return float(np.nansum(self.administration[of])) / spent if spent else 0.0

    def __call__(self, values: Mapping[str, Floats], measure: str = "total") -> Floats:
        """The measure under these values (arrays of one length n): [n, year]. What is not named stays as costed.

        A scheme whose cost is not known in a year makes that year's sum NaN: a part is no total.
        """
        n = max((len(one) for one in values.values()), default=1)
        by_growth: dict[tuple[str, ...], list[int]] = {}
        for place, scheme in enumerate(self.schemes):
            own = tuple(key for key in ("benefit_growth", f"{scheme}.benefit_growth") if key in values)
            by_growth.setdefault(own, []).append(place)
        total: Floats | None = None  # [year, n]: what is done to all years of a draw is done in one sweep
        for keys, places in by_growth.items():
            part = self._without_growth(values, places, n)
            if keys:
                part *= _path(np.sum([values[key] for key in keys], axis=0), len(self.years))
            total = part if total is None else total + part
        if total is None:
            total = np.zeros((len(self.years), n))
        if measure == "total":
            return total.T
        if measure != "share_of_gdp":
            raise InputError(say("“{value}” cannot be measured here.", value=measure), where={"value": measure},
                             remedy=say("Use one of: {codes}.", codes=", ".join(MEASURES)))
        total /= self.gdp[:, np.newaxis]
        if "gdp" in values:
            total /= values["gdp"]
        if "gdp_growth" in values:
            total /= _path(values["gdp_growth"], len(self.years))
        return total.T

    def _without_growth(self, values: Mapping[str, Floats], places: list[int], n: int) -> Floats:
        """What these schemes cost under the values, their growth apart: [year, n]."""
        factors, costs = np.empty((len(places), n)), np.empty((len(places), len(self.years)))
        for at, place in enumerate(places):
            scheme = self.schemes[place]
            share = values.get(f"{scheme}.administration", values.get("administration"))  # its own replaces the one for all
            costs[at] = self.spending[place] + (self.administration[place] if share is None else 0.0)
            factors[at] = _product(values, scheme, "benefit") * _product(values, scheme, "beneficiaries")
            if share is not None:
                factors[at] *= 1.0 + share
        return np.asarray(costs.T @ factors, dtype=np.float64)


def _path(points: Floats, years: int) -> Floats:
    """What so many points a year make of 1, from the second year on: [year, n]."""
    path = np.ones((years, len(points)))
    step = 1.0 + points
    for year in range(1, years):
        np.multiply(path[year - 1], step, out=path[year])
    return path


def _product(values: Mapping[str, Floats], scheme: str, name: str) -> Floats | float:
    product: Floats | float = 1.0
    for key in (name, f"{scheme}.{name}"):
        if key in values:
            product = product * values[key]
    return product


def of_projection(projection: Projection) -> Model:
    """The model of a costing. Its GDP is read off the shares: where no share is known, shares stay unknown."""
    lines = [line for line in projection.lines if line.scheme not in ("", "all")]
    if not lines:
        raise InputError(say("Nothing was costed."), remedy=say("Name a scheme."))
    spending, administration = (np.array([getattr(line, name) for line in lines]) for name in ("spending", "administration"))
    gdp = np.full(len(projection.years), np.nan)
    for line in projection.lines:
        with np.errstate(invalid="ignore", divide="ignore"):
            told = np.where(line.share_of_gdp > 0, line.total / line.share_of_gdp, np.nan)
        gdp = np.where(np.isnan(gdp), told, gdp)
    currencies = {line.currency for line in lines}
    return Model(tuple(line.scheme for line in lines), projection.years, spending, administration, gdp,
                 currencies.pop() if len(currencies) == 1 else None)


def check_names(model: Model, assumptions: tuple[Assumption, ...]) -> None:
    """Refuse, all at once, what the model does not know."""
    unknown = [one for one in assumptions if one.name not in model.names]
    if unknown:
        remedy = say("Use one of: {codes}.", codes=", ".join(model.names))
        raise InputError(say("Assumptions are not known."), findings=[
            Finding("error", None, None, "name", one.name, "unknown_assumption",
                    say("There is no assumption “{name}” in this costing.", name=one.name), remedy) for one in unknown])


def read_assumptions(text: str, *, name: str) -> tuple[Assumption, ...]:
    """A file of ``[[assumption]]``; see docs/reference/floor.md. Raises ``InputError`` with every fault of the file."""
    document = opened(text, name=name)
    root = document.root
    root.text("note")
    root.labels("name")
    entries = root.entries("assumption", required=True)
    found = [one for entry in entries if (one := _assumption(entry)) is not None]
    seen: set[str] = set()
    for entry in entries:
        key = str(entry.table.get("name"))
        if key in seen:
            entry.wrong("name", "duplicate_key", say("{name} is there twice.", name=key), say("Keep one."))
        seen.add(key)
    root.rest()
    document.refuse()
    return tuple(found)


def _assumption(entry: Entry) -> Assumption | None:
    name = entry.text("name", required=True)
    word = name.rpartition(".")[2]
    if name and word not in BOUNDS:
        entry.wrong("name", "unknown_assumption", say("There is no assumption “{name}”.", name=name),
                    say("Use one of: {codes}; for one scheme, write its id and a point before.", codes=", ".join(BOUNDS)))
        return None
    least, most = BOUNDS.get(word, (None, None))
    numbers = {key: entry.number(key, low=least, high=most, required=key in ("low", "high"))
               for key in ("low", "high", "mode", "mean", "least", "most")}
    deviation = entry.number("deviation", low=0, high=100)
    shape = entry.choice("distribution", DISTRIBUTIONS, default="uniform")
    label = entry.text("label")
    source = entry.source(required=True)
    entry.rest()
    low, high = numbers["low"], numbers["high"]
    if low is None or high is None or not name:
        return None
    made = Assumption(name, low, high, label, shape, numbers["mode"], numbers["mean"], deviation, numbers["least"],
                      numbers["most"], source)
    for key, code, message, remedy in _unfit(made):
        entry.wrong(key, code, message, remedy)
    return made


def _unfit(one: Assumption) -> list[tuple[str, str, str, str]]:
    """What does not fit together."""
    wrong = []
    correct = say("Correct one of the two.")
    if one.low > one.high:
        wrong.append(("high", "low_over_high", say("high is less than low."), correct))
    if one.distribution == "triangular" and one.mode is not None and not one.low <= one.mode <= one.high:
        wrong.append(("mode", "out_of_range", say("mode is not between low and high."), say("Write a value between them.")))
    if one.distribution in ("normal", "lognormal") and (one.mean is None or not one.deviation):
        wrong.append(("distribution", "required", say("A {distribution} distribution needs mean and deviation.",
                                                       distribution=one.distribution), say("Add them.")))
    if one.distribution == "lognormal" and one.mean is not None and one.mean <= 0:
        wrong.append(("mean", "out_of_range", say("The median of a lognormal distribution is above zero."), say("Correct it.")))
    if one.least is not None and one.most is not None and one.least >= one.most:
        wrong.append(("most", "low_over_high", say("most is not above least."), correct))
    return wrong
