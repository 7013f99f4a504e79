"""Life tables: from the probabilities of dying, from death rates, or from a law of mortality.

Notation of actuaries and of the UN: for a person of exact age x, ``q`` the probability of dying before x + 1, ``l`` the survivors
of ``radix`` births, ``d`` those who die between x and x + 1, ``L`` the years lived between, ``T`` the years lived from x on, ``e``
the complete expectation of life. Formulas: S. H. Preston, P. Heuveline, M. Guillot, Demography (2001), chapter 3; D. C. M.
Dickson, M. R. Hardy, H. R. Waters, Actuarial Mathematics for Life Contingent Risks, chapters 2 and 3. """

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from socle.errors import InputError
from socle.vocabulary import say

Floats: TypeAlias = npt.NDArray[np.float64]
#: How deaths fall within a year of age.
Within = Literal["uniform_deaths", "constant_force"]

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(12)
_LAST_OF_A_LAW = 130


@dataclass(frozen=True, slots=True)
class Makeham:
    """The force of mortality ``a + b c^x``; with ``a = 0`` it is Gompertz's.

    The Standard Ultimate Survival Model of Dickson, Hardy and Waters is ``Makeham(0.00022, 2.7e-6, 1.124)``.
    """

    a: float
    b: float
    c: float

    def __post_init__(self) -> None:
        if not (self.b > 0 and self.c > 1 and self.a >= -self.b):
            raise InputError(say("No law of mortality has these parameters."),
                             where={"value": f"a={self.a}, b={self.b}, c={self.c}"},
                             remedy=say("b must be above 0, c above 1, and no force of mortality below 0."))

    def force(self, age: npt.ArrayLike) -> Floats:
        """The force of mortality at an exact age, a year."""
        made: Floats = self.a + self.b * self.c ** np.asarray(age, dtype=np.float64)
        return made

    def survival(self, age: npt.ArrayLike, years: npt.ArrayLike) -> Floats:
        """The probability that somebody of exact age ``age`` lives ``years`` more: exp(-a t - b c^x (c^t - 1) / ln c)."""
        x, t = np.asarray(age, dtype=np.float64), np.asarray(years, dtype=np.float64)
        made: Floats = np.exp(-self.a * t - self.b / np.log(self.c) * self.c ** x * (self.c ** t - 1))
        return made


@dataclass(frozen=True, eq=False)
class LifeTable:
    """Arrays by age from ``first_age``; nobody outlives the last row (``q`` is 1 there: it is the open interval, of which ``L``
    and ``e`` say how long it lasts)."""

    first_age: int
    q: Floats
    l: Floats  # noqa: E741 - the name that everybody gives it
    d: Floats
    L: Floats
    T: Floats
    e: Floats
    within: Within = "uniform_deaths"
    law: Makeham | None = field(default=None)

    @property
    def ages(self) -> range:
        return range(self.first_age, self.first_age + len(self.q))

    @property
    def m(self) -> Floats:
        """Central death rates, d / L."""
        return np.divide(self.d, self.L, out=np.zeros_like(self.d), where=self.L > 0)

    def place(self, age: int) -> int:
        """The row of an age; an ``InputError`` names the ages there are."""
        if age not in self.ages:
            raise InputError(say("The life table has no age {age}.", age=age), where={"value": age},
                             remedy=say("It has the ages {first} to {last}.", first=self.ages[0], last=self.ages[-1]))
        return age - self.first_age

    def survival(self, age: int, years: npt.ArrayLike) -> Floats:
        """The probability that somebody of exact age ``age`` lives ``years`` more (fractions as ``within``, or as the law,
        says)."""
        start = self.place(age)
        t = np.asarray(years, dtype=np.float64)
        if self.law is not None:
            return self.law.survival(age, t)
        last = len(self.l)
        survivors = np.append(self.l, 0.0)
        whole = np.minimum(np.floor(t).astype(np.intp) + start, last)
        part = t - np.floor(t)
        left, right = survivors[whole], survivors[np.minimum(whole + 1, last)]
        if self.within == "uniform_deaths":
            reached = left - part * (left - right)
        else:
            reached = np.where(part > 0, left * np.divide(right, left, out=np.zeros_like(left), where=left > 0) ** part, left)
        return reached / self.l[start] if self.l[start] > 0 else np.zeros_like(reached)

    def expectation(self, age: int) -> float:
        """Years that somebody of this exact age has still to live, on average: T / l."""
        return float(self.e[self.place(age)])


def life_table(*, q: npt.ArrayLike | None = None, m: npt.ArrayLike | None = None, law: Makeham | None = None, first_age: int = 0,
               last_age: int | None = None, radix: float = 100_000, infant: float | None = None,
               within: Within = "uniform_deaths") -> LifeTable:
    """A life table from exactly one of: ``q`` (probabilities of dying by single age), ``m`` (death rates by single age), a ``law``.

    Whoever dies at age x has lived half of that year; ``infant`` is the share of the first year that those who die in it have
    lived (None: half as well). The last row is the open interval: of ``m`` it lasts 1 / m, of ``q`` those who reach it live half a
    year. A ``law`` needs no such assumption; it is followed to ``last_age`` (None: 130). """
    if sum(given is not None for given in (q, m, law)) != 1:
        raise InputError(say("A life table is made of probabilities, of rates or of a law."),
                         remedy=say("Give exactly one of q, m and law."))
    if law is not None:
        return _of_a_law(law, first_age, _LAST_OF_A_LAW if last_age is None else last_age, radix, within)
    lived = None if infant is None or first_age else infant
    if m is not None:
        rates = _checked(m, "m", highest=np.inf)
        share = _shares(len(rates), lived)
        dying = np.minimum(rates / (1 + (1 - share) * rates), 1.0)
        rest = 1 / rates[-1] if rates[-1] > 0 else 0.0
        if rest == 0.0:
            raise InputError(say("Nobody dies in the last age group."), where={"value": 0},
                             remedy=say("Give a death rate above 0 for the open group."))
        return _table(dying, share, rest, first_age, radix, within)
    dying = _checked(q, "q", highest=1.0)
    return _table(dying, _shares(len(dying), lived), 0.5, first_age, radix, within)


def _checked(values: npt.ArrayLike | None, name: str, *, highest: float) -> Floats:
    made: Floats = np.asarray(values, dtype=np.float64)
    wrong = np.flatnonzero(~((made >= 0) & (made <= highest))) if made.ndim == 1 else np.array([0])
    if made.ndim != 1 or not len(made) or len(wrong):
        raise InputError(say("{name} is no row of probabilities or rates.", name=name),
                         where={"column": name, "value": made.flat[wrong[0]] if len(wrong) and made.size else None},
                         remedy=say("Give one figure from 0 upwards for each age; a probability is at most 1."))
    return made


def _shares(ages: int, infant: float | None) -> Floats:
    share = np.full(ages, 0.5)
    if infant is not None:
        share[0] = infant
    return share


def _table(dying: Floats, share: Floats, rest: float, first_age: int, radix: float, within: Within) -> LifeTable:
    q = dying.copy()
    q[-1] = 1.0
    survivors = radix * np.concatenate([[1.0], np.cumprod(1 - q[:-1])])
    deaths = survivors * q
    years = survivors - (1 - share) * deaths
    years[-1] = survivors[-1] * rest
    return _with_expectations(first_age, q, survivors, deaths, years, within, None)


def _of_a_law(law: Makeham, first_age: int, last_age: int, radix: float, within: Within) -> LifeTable:
    ages = np.arange(first_age, last_age + 1, dtype=np.float64)
    survivors = radix * law.survival(first_age, ages - first_age)
    q = 1 - law.survival(ages, 1.0)
    inside = law.survival(ages[:, None], (_NODES + 1) / 2)
    years = survivors * (inside * _WEIGHTS / 2).sum(axis=1)
    q[-1] = 1.0
    return _with_expectations(first_age, q, survivors, survivors * q, years, within, law)


def _with_expectations(first_age: int, q: Floats, survivors: Floats, deaths: Floats, years: Floats, within: Within,
                       law: Makeham | None) -> LifeTable:
    still = np.cumsum(years[::-1])[::-1]
    expected = np.divide(still, survivors, out=np.zeros_like(still), where=survivors > 0)
    return LifeTable(first_age, q, survivors, deaths, years, still, expected, within, law)
