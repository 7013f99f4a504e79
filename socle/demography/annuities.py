"""What a payment for life is worth: annuities and assurances on a life table, at a yearly rate of interest.

Formulas: D. C. M. Dickson, M. R. Hardy, H. R. Waters, Actuarial Mathematics for Life Contingent Risks, chapters 4 and 5. ``v`` is
1 / (1 + interest). Everything is a value today of 1 a year, or of 1 at death, for one person of exact age ``age``.
"""

from __future__ import annotations

import numpy as np

from socle.demography.life_tables import Floats, LifeTable
from socle.errors import InputError
from socle.vocabulary import say


def annuity_due(table: LifeTable, age: int, *, interest: float, per_year: int = 1, years: float | None = None,
                deferred: float = 0) -> float:
    """1 a year in ``per_year`` equal payments, each at the start of its part of the year, while the person lives.

    The sum of v^t · tp_x / m over t = 0, 1/m, 2/m ... ``years``: at most so long (None: for life). ``deferred``: from so many
    years on. """
    times = _times(table, age, per_year, years) + deferred
    return float((_present(interest, times) * table.survival(age, times)).sum() / per_year)


def annuity_immediate(table: LifeTable, age: int, *, interest: float, per_year: int = 1, years: float | None = None) -> float:
    """As ``annuity_due``, each payment at the end of its part of the year."""
    times = _times(table, age, per_year, years) + 1 / per_year
    return float((_present(interest, times) * table.survival(age, times)).sum() / per_year)


def assurance(table: LifeTable, age: int, *, interest: float, per_year: int = 1, years: float | None = None) -> float:
    """1 at the end of the year (of the 1/m of a year) of death: A_x, the sum of v^(t + 1/m) · (tp_x - t+1/m p_x).

    ``years``: where death comes within so many years (a term assurance).
    """
    times = _times(table, age, per_year, years)
    dying = table.survival(age, times) - table.survival(age, times + 1 / per_year)
    return float((_present(interest, times + 1 / per_year) * dying).sum())


def pure_endowment(table: LifeTable, age: int, *, interest: float, years: float) -> float:
    """1 in so many years, if the person lives: v^n · np_x."""
    times = np.array([years], dtype=np.float64)
    return float((_present(interest, times) * table.survival(age, times))[0])


def _times(table: LifeTable, age: int, per_year: int, years: float | None) -> Floats:
    """The starts of the parts of years, as far as the table reaches or as asked."""
    table.place(age)
    if per_year < 1:
        raise InputError(say("There is at least one payment a year."), where={"value": per_year}, remedy=say("Give 1, 4 or 12."))
    if years is not None and years < 0:
        raise InputError(say("An annuity cannot last less than no time."),
                         where={"value": years}, remedy=say("Give years from 0 upwards."))
    left = table.ages[-1] + 1 - age
    length = left if years is None else min(years, left)
    return np.arange(round(length * per_year), dtype=np.float64) / per_year


def _present(interest: float, times: Floats) -> Floats:
    if interest <= -1:
        raise InputError(say("A rate of interest is above -100 per cent."), where={"value": interest},
                         remedy=say("Write 0.05 for five per cent."))
    made: Floats = (1 + interest) ** -times
    return made
