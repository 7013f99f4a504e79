"""The inverse questions: which benefit, which age, which ramp costs what there is to spend. Every answer is projected again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from socle.costing.ageing import Bound, ages_of, at_age, bounds_of
from socle.costing.asked import peopled, years_asked
from socle.costing.options import Options
from socle.costing.project import project
from socle.costing.projection import Projection
from socle.errors import Finding, InputError
from socle.schemes import Benefit, Ramp, Rule, Scheme, expressions, written
from socle.tables import LAST_AGE, Economy, Population
from socle.vocabulary import Source, say

Floats = npt.NDArray[np.float64]
By = Literal["benefit", "age", "ramp"]
Measure = Literal["share_of_gdp", "share_of_government", "total"]
MEASURES: tuple[Measure, ...] = ("share_of_gdp", "share_of_government", "total")
COLUMNS = ("scheme", "by", "year", "measure", "wanted", "reached", "value", "unit", "next")
#: Halvings: beyond these a double says nothing new.
_STEPS = 200


@dataclass(frozen=True)
class Solution:
    """``projection`` is of the schemes as the answer has them: what it says is ``reached``."""

    scheme: Scheme
    by: By
    measure: Measure
    answers: tuple[dict[str, Any], ...]
    projection: Projection

    def rows(self) -> Iterator[dict[str, Any]]:
        """In the order of ``COLUMNS``: ``value`` is the factor on every benefit, the age, or the coverage; ``next`` is what the
        nearest age on the other side of the budget would reach."""
        for answer in self.answers:
            yield {name: answer.get(name) for name in COLUMNS}


@dataclass(frozen=True)
class _Question:
    schemes: tuple[Scheme, ...]
    which: int
    population: Population
    economy: Economy | None
    years: tuple[int, ...]
    options: Options
    measure: Measure
    wanted: Mapping[int, float]

    def projected(self, scheme: Scheme, *, years: Sequence[int] | None = None, options: Options | None = None) -> Projection:
        changed = (*self.schemes[: self.which], scheme, *self.schemes[self.which + 1 :])
        return project(changed, self.population, self.economy, years=years or self.years, options=options or self.options)

    def reached(self, projection: Projection) -> Floats:
        """By year, of all schemes together; an ``InputError`` where it cannot be said."""
        figures: Floats = getattr(projection.lines[-1], self.measure)
        if not np.isfinite(figures).all():
            raise InputError(
                say("The cost cannot be said as {measure}.", measure=self.measure),
                findings=[
                    replace(one, severity="error")
                    for one in projection.warnings
                    if one.code in ("economy_missing", "fact_missing", "currency_mismatch")
                ]
                or [
                    Finding(
                        "error",
                        None,
                        None,
                        "fit",
                        self.measure,
                        "input",
                        say("The cost cannot be said as {measure}.", measure=self.measure),
                        "",
                    )
                ],
            )
        return figures


def solve(
    schemes: Scheme | Iterable[Scheme],
    population: Population | None,
    economy: Economy | None = None,
    *,
    years: int | Iterable[int],
    by: By,
    share_of_gdp: float | Mapping[int, float] | None = None,
    share_of_government: float | Mapping[int, float] | None = None,
    total: float | Mapping[int, float] | None = None,
    scheme: str | None = None,
    year: int | None = None,
    options: Options | Mapping[str, object] | None = None,
) -> Solution:
    """What fits a budget: a share of GDP (0-1), a share of government expenditure, or an amount; one figure or one a year.

    ``by="benefit"``: the factor on every amount, share and formula of the scheme with which all schemes together cost the budget
    in ``year`` (default: the last). ``by="age"``: the lowest first age (or the highest last age) that the budget of ``year`` pays.
    ``by="ramp"``: the coverage that it pays in each year, at most 1. The other schemes stay as they are. Raises ``InputError``
    where the cost cannot be said, or nothing fits.
    """
    chosen = (schemes,) if isinstance(schemes, Scheme) else tuple(schemes)
    span = years_asked(years)
    population = peopled(population, span)
    asked = [
        (name, figure)
        for name, figure in zip(MEASURES, (share_of_gdp, share_of_government, total), strict=True)
        if figure is not None
    ]
    if len(asked) != 1:
        raise InputError(
            say("A budget is a share of GDP, a share of government expenditure or an amount: one of them."),
            remedy=say("Write share_of_gdp=1.5%."),
        )
    measure, figure = asked[0]
    wanted = dict(figure) if isinstance(figure, Mapping) else {one: float(figure) for one in span}
    question = _Question(chosen, _which(chosen, scheme), population, economy, span, Options.of(options), measure, wanted)
    at = span[-1] if year is None else year
    if by != "ramp" and (at not in span or at not in wanted):
        raise InputError(say("The budget of {year} is not known.", year=at), remedy=say("Name one of the years of the costing."))
    if by == "benefit":
        return _by_benefit(question, at)
    return _by_age(question, at) if by == "age" else _by_ramp(question)


def _which(schemes: Sequence[Scheme], scheme: str | None) -> int:
    if scheme is None and len(schemes) == 1:
        return 0
    ids = [one.id for one in schemes]
    if scheme not in ids:
        raise InputError(
            say("Which of the schemes is to fit the budget?"),
            where={"column": "scheme", "value": scheme},
            remedy=say("Use one of: {codes}.", codes=", ".join(ids)),
        )
    return ids.index(scheme)


def _by_benefit(question: _Question, year: int) -> Solution:
    scheme, wanted = question.schemes[question.which], question.wanted[year]

    def cost(factor: float) -> float:
        return float(question.reached(question.projected(scaled(scheme, factor), years=_from_first(question, year)))[-1])

    nothing, now = cost(0.0), cost(1.0)
    if wanted < nothing or now <= nothing:
        raise _nothing_fits(
            say("The other schemes alone cost more than the budget.")
            if wanted < nothing
            else say("The cost does not hang on the benefit.")
        )
    factor = (wanted - nothing) / (now - nothing)  # exact where nothing is capped or rounded
    if not np.isclose(cost(factor), wanted, rtol=1e-9, atol=0.0):
        low, high = 0.0, max(1.0, factor)
        while cost(high) < wanted:
            high *= 2
            if high > 1e9:
                raise _nothing_fits(say("No benefit costs so much: a cap holds it."))
        for _ in range(_STEPS):
            factor = (low + high) / 2
            if factor in (low, high):
                break
            low, high = (factor, high) if cost(factor) <= wanted else (low, factor)
        factor = low
    solved = scaled(scheme, factor)
    projection = question.projected(solved)
    reached = float(question.reached(projection)[question.years.index(year)])
    told = {"scheme": scheme.id, "by": "benefit", "year": year, "measure": question.measure, "wanted": wanted, "reached": reached}
    return Solution(
        solved,
        "benefit",
        question.measure,
        (
            {**told, "value": factor, "unit": "factor"},
            *(
                {
                    **told,
                    "value": benefit.amount if benefit.amount is not None else benefit.share,
                    "unit": f"{benefit.tier}: {benefit.currency or scheme.currency} per {benefit.per}"
                    if benefit.amount is not None
                    else f"{benefit.tier}: share of {benefit.of}",
                }
                for benefit in solved.benefits
                if benefit.amount is not None or benefit.share is not None
            ),
        ),
        projection,
    )


def _from_first(question: _Question, year: int) -> tuple[int, ...]:
    """The first year, in whose prices amounts are, and the year asked for."""
    return tuple(sorted({question.years[0], year}))


def _by_age(question: _Question, year: int) -> Solution:
    scheme, wanted = question.schemes[question.which], question.wanted[year]
    bounds = bounds_of(scheme)
    if not bounds:
        raise _nothing_fits(say("No rule of {scheme} compares the age with a number.", scheme=scheme.id))
    bound: Bound = (
        "last" if "last" in bounds and (scheme.guarantee == "children" or "first" not in bounds) else "first"
    )

    def cost(age: int) -> float | None:
        """None where it cannot be said: of these ages the scheme assumes nothing."""
        projection = question.projected(at_age(scheme, bound, age), years=_from_first(question, year))
        figure = float(getattr(projection.lines[-1], question.measure)[-1])
        return figure if np.isfinite(figure) else None

    question.reached(question.projected(scheme))
    age, dearer = _age_now(scheme, bound), -1 if bound == "first" else 1
    while (now := cost(age)) is not None and now > wanted and 0 <= age - dearer <= LAST_AGE:
        age -= dearer
    if now is None or now > wanted:
        raise _nothing_fits(say("At no age is the cost within the budget."))
    beyond = None
    while 0 <= age + dearer <= LAST_AGE and (beyond := cost(age + dearer)) is not None and beyond <= wanted:
        age, beyond = age + dearer, None
    cheap = age
    solved = at_age(scheme, bound, cheap)
    projection = question.projected(solved)
    reached = float(question.reached(projection)[question.years.index(year)])
    return Solution(
        solved,
        "age",
        question.measure,
        (
            {
                "scheme": scheme.id,
                "by": "age",
                "year": year,
                "measure": question.measure,
                "wanted": wanted,
                "reached": reached,
                "value": cheap,
                "unit": f"{bound} age",
                "next": beyond,
            },
        ),
        projection,
    )


def _age_now(scheme: Scheme, bound: Bound) -> int:
    """The age that the rules state now: the highest first, or the lowest last."""
    stated = ages_of(scheme, bound)
    return max(stated) if bound == "first" else min(stated)


def _by_ramp(question: _Question) -> Solution:
    scheme = question.schemes[question.which]
    source = Source(say("What the budget pays"), verified=False)
    none, full = (
        question.reached(
            question.projected(
                _covering(scheme, [share] * len(question.years), question.years, source), options=_free(question.options)
            )
        )
        for share in (0.0, 1.0)
    )
    wanted = np.array([question.wanted.get(year, np.nan) for year in question.years])
    if not np.isfinite(wanted).all():
        raise InputError(say("The budget does not say every year."), remedy=say("Give a figure for each year of the costing."))
    with np.errstate(divide="ignore", invalid="ignore"):
        coverage = np.where(full > none, np.clip((wanted - none) / (full - none), 0.0, 1.0), 0.0)
    solved = _covering(scheme, [float(one) for one in coverage], question.years, source)
    free = _free(question.options)
    projection = question.projected(solved, options=free)
    reached = question.reached(projection)
    answers = tuple(
        {
            "scheme": scheme.id,
            "by": "ramp",
            "year": year,
            "measure": question.measure,
            "wanted": float(budget),
            "reached": float(cost),
            "value": float(share),
            "unit": "coverage",
        }
        for year, budget, cost, share in zip(question.years, wanted, reached, coverage, strict=True)
    )
    return Solution(solved, "ramp", question.measure, answers, projection)


def _free(options: Options) -> Options:
    """The options without what would override the ramp that is asked for."""
    return replace(options, coverage=None, ramp=None, ramp_between="step")


def _covering(scheme: Scheme, shares: Sequence[float], years: Sequence[int], source: Source) -> Scheme:
    return replace(scheme, ramp=tuple(Ramp(year, share, source) for year, share in zip(years, shares, strict=True)))


def scaled(scheme: Scheme, factor: float) -> Scheme:
    """The scheme with every amount, share and formula times a factor; floors and caps stay."""
    return replace(scheme, benefits=tuple(_scaled(one, factor) for one in scheme.benefits))


def _scaled(benefit: Benefit, factor: float) -> Benefit:
    if benefit.formula is not None:
        times = expressions.Arithmetic("*", expressions.Number(factor), benefit.formula.expression)
        return replace(benefit, formula=Rule(written(times), times, benefit.formula.line))
    return replace(
        benefit,
        amount=None if benefit.amount is None else benefit.amount * factor,
        share=None if benefit.share is None else benefit.share * factor,
    )


def _nothing_fits(why: str) -> InputError:
    return InputError(say("Nothing fits the budget: {why}", why=why), remedy=say("Ask for another budget, or change the scheme."))
