"""From age groups to single ages: the shape that bends least, with every group's total kept.

Methods (measured against the single ages of the UN in docs/explanation/from-age-groups-to-single-ages.md):

``log_smooth``
    The default. Minimises the sum of squared second differences of the logarithm of the persons by single age, subject to the exact
    total of every group; what the penalised composite link model (S. Rizzi, J. Gampe, P. Eilers, American Journal of Epidemiology
    182(2), 2015) tends to where the totals are known without error, and the logarithmic kin of the quadratic interpolation of
    J. Boot, W. Feibes, J. Lisman (Applied Statistics 16(1), 1967). Solved by Newton's method with Lagrange multipliers.
``sprague``
    The multipliers of T. B. Sprague (1880), as tabulated in H. S. Shryock, J. S. Siegel, The Methods and Materials of Demography,
    appendix C; what falls below zero is set to zero and the group scaled back to its total. Groups of five to 100 and over only.
``uniform``
    Each group split evenly.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from socle.errors import InputError
from socle.tables import LAST_AGE
from socle.vocabulary import say

Floats: TypeAlias = npt.NDArray[np.float64]
Graduation = Literal["log_smooth", "sprague", "uniform"]

#: First ages of the groups of the UN: 0-4, 5-9, ..., 95-99, 100 and over.
FIVES = tuple(range(0, LAST_AGE + 1, 5))

_AGES = LAST_AGE + 5           # the open group is shaped as if it ended here, so that the ages before it know where they lead
_FLOOR = 1e-6                  # of the mean group: an empty group is shaped like a very small one, and then emptied
_LEVEL = 1e-10
_ROUNDS, _CALM, _LARGEST_STEP, _ENOUGH = 40, 12, 1.5, 1e-5
_SPRAGUE = {
    "first": ((.3616, -.2768, .1488, -.0336, 0), (.264, -.096, .04, -.008, 0), (.184, .04, -.032, .008, 0),
              (.12, .136, -.072, .016, 0), (.0704, .1968, -.0848, .0176, 0)),
    "second": ((.0336, .2272, -.0752, .0144, 0), (.008, .232, -.048, .008, 0), (-.008, .216, -.008, 0, 0),
               (-.016, .184, .04, -.008, 0), (-.0176, .1408, .0912, -.0144, 0)),
    "middle": ((-.0128, .0848, .1504, -.024, .0016), (-.0016, .0144, .2224, -.0416, .0064), (.0064, -.0336, .2544, -.0336, .0064),
               (.0064, -.0416, .2224, .0144, -.0016), (.0016, -.024, .1504, .0848, -.0128)),
}


def graduate(groups: npt.ArrayLike, *, starts: Sequence[int] = FIVES, method: Graduation = "log_smooth") -> Floats:
    """Persons by single age, ``[..., 101]`` (100 and over last), from persons by group, ``[..., group]``.

    ``starts`` are the first completed ages of the groups, rising from 0; the last group is open. Every group's total is kept (to
    rounding error) and no age is negative. An open group that starts before 100 is shared out over its ages; nothing but the shape
    before it speaks for how.
    """
    totals = np.asarray(groups, dtype=np.float64)
    first = tuple(starts)
    rising = bool(first) and first[0] == 0 and all(a < b for a, b in pairwise(first)) and first[-1] <= LAST_AGE
    if not rising or totals.shape[-1] != len(first):
        raise ValueError(f"{totals.shape[-1]} groups do not start at the ages {first}")
    if not (np.isfinite(totals).all() and (totals >= 0).all()):
        raise InputError(say("An age group has less than no persons, or an unknown number."),
                         remedy=say("Every group needs a number of persons from 0 upwards."))
    if method not in get_args(Graduation):
        raise InputError(say("“{value}” is no method of graduation.", value=method), where={"value": method},
                         remedy=say("Use one of: {codes}.", codes=", ".join(get_args(Graduation))))
    if method == "sprague" and first != FIVES:
        raise InputError(say("Sprague's multipliers need age groups of five years up to 100 and over."),
                         where={"value": method}, remedy=say("Use one of: {codes}.", codes="log_smooth, uniform"))
    rows = totals.reshape(-1, len(first))
    group_of = np.searchsorted(first, np.arange(_AGES), side="right") - 1
    if method == "log_smooth":
        shape = _log_smooth(rows, group_of)
    elif method == "sprague":
        shape = np.concatenate([np.maximum(rows[:, :20] @ _multipliers().T, 0), np.repeat(rows[:, 20:] / 5, 5, axis=1)], axis=1)
    else:
        shape = np.ones((len(rows), _AGES))
    persons = _kept(shape, rows, group_of)
    closed = np.concatenate([persons[:, :LAST_AGE], persons[:, LAST_AGE:].sum(axis=1, keepdims=True)], axis=1)
    return closed.reshape(*totals.shape[:-1], LAST_AGE + 1)


def _kept(shape: Floats, totals: Floats, group_of: npt.NDArray[np.intp]) -> Floats:
    """The shape, scaled in each group to the group's total."""
    starts = np.flatnonzero(np.diff(group_of, prepend=-1))
    shaped = np.add.reduceat(shape, starts, axis=1)[:, group_of]
    even = 1 / np.bincount(group_of)[group_of]
    share = np.where(shaped > 0, np.divide(shape, shaped, out=np.zeros_like(shape), where=shaped > 0), even)
    kept: Floats = share * totals[:, group_of]
    return kept


def _multipliers() -> Floats:
    matrix = np.zeros((LAST_AGE, 20))
    first, second, middle = (np.array(_SPRAGUE[panel]) for panel in ("first", "second", "middle"))
    for group in range(2, 18):
        matrix[5 * group:5 * group + 5, group - 2:group + 3] = middle
    matrix[0:5, :5], matrix[5:10, :5] = first, second
    matrix[-10:-5, -5:], matrix[-5:, -5:] = second[::-1, ::-1], first[::-1, ::-1]
    return matrix


@cache
def _inverse_of_bending(ages: int) -> Floats:
    """K⁺, the pseudo-inverse of D'D: the same for every country."""
    differences = np.diff(np.eye(ages), 2, axis=0)
    inverse = np.asarray(np.linalg.pinv(differences.T @ differences, rcond=1e-12, hermitian=True), dtype=np.float64)
    inverse.flags.writeable = False
    return inverse


def _log_smooth(totals: Floats, group_of: npt.NDArray[np.intp]) -> Floats:
    """``exp(z)`` where z minimises z'Kz, K = D'D of second differences, subject to ``sum(exp(z)) = total`` in every group.

    Each round linearises the constraints at z and solves the quadratic problem exactly: z = N n - K⁺J'm with J N n - J K⁺J'm = c
    and N'J'm = 0, where N spans the straight lines (which K does not see). What is solved is as large as the number of groups.
    """
    groups, ages = totals.shape[1], len(group_of)
    starts = np.flatnonzero(np.diff(group_of, prepend=-1))
    inverse = _inverse_of_bending(ages)
    lines = np.stack([np.ones(ages), np.linspace(-1, 1, ages)], axis=1)
    mean = np.maximum(totals.mean(axis=1, keepdims=True), np.finfo(np.float64).tiny / _FLOOR)
    target = np.log(np.maximum(totals, _FLOOR * mean) / mean)[:, group_of]
    z = target - np.log(np.bincount(group_of)[group_of])
    waiting = np.arange(len(totals))
    for number in range(_ROUNDS):
        share = np.exp(np.clip(z[waiting] - target[waiting], -50, 50))
        sums = np.add.reduceat(share, starts, axis=1)
        wanted = np.add.reduceat(share * z[waiting], starts, axis=1) - sums + 1
        bent = np.add.reduceat(share[:, :, None] * inverse, starts, axis=1)                       # [row, group, age]
        system = np.zeros((len(waiting), groups + 2, groups + 2))
        system[:, :groups, :groups] = -np.add.reduceat(bent * share[:, None, :], starts, axis=2)
        system[:, :groups, groups:] = np.add.reduceat(share[:, :, None] * lines, starts, axis=1)
        system[:, groups:, :groups] = system[:, :groups, groups:].transpose(0, 2, 1)
        system[:, groups + 1, groups + 1] = -_LEVEL  # a single group says nothing of the slope: level
        right = np.concatenate([wanted, np.zeros((len(waiting), 2))], axis=1)
        found = np.linalg.solve(system, right[..., None])[..., 0]
        step = found[:, groups:] @ lines.T - np.einsum("rga,rg->ra", bent, found[:, :groups]) - z[waiting]
        step = np.clip(step, -_LARGEST_STEP, _LARGEST_STEP) * (1.0 if number < _CALM else 0.5)
        z[waiting] += step
        waiting = waiting[np.abs(step).max(axis=1) > _ENOUGH]
        if not len(waiting):
            break
    highest = z.max(axis=1, keepdims=True)
    shape: Floats = np.exp(np.maximum(z - highest, -600))
    return shape
