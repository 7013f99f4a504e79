"""The arithmetic of a costing, on numbers or on arrays of any shape (methods.md, section 1).

beneficiaries = target x coverage x take_up
spending      = beneficiaries x benefit x payments
total         = spending + administration
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from socle.schemes import Per

Floats = npt.NDArray[np.float64]
#: A month is a twelfth of a year of 365 days.
MONTH_DAYS = 365 / 12
#: Payments in a year, of one who is entitled all year.
A_YEAR: dict[str, float] = {"month": 12.0, "year": 1.0, "week": 365 / 7, "day": 365.0, "case": 1.0}


def payments(per: Per, *, months: float | None = None, waiting_days: int | None = None) -> float:
    """Payments in a year to a beneficiary, or to a case that lasts ``months`` of which the first days are not paid: months x
    payments a year / 12. A case is paid once, however long it lasts."""
    if per == "case":
        return 1.0
    if months is None:
        return A_YEAR[per]
    return max(0.0, months - (waiting_days or 0) / MONTH_DAYS) * A_YEAR[per] / 12


def administration(spending: Floats, share: float | Floats, of: Literal["benefits", "total", "none"]) -> Floats:
    """Its cost: a share of the benefits paid, or of the total cost (benefits and administration), or nothing."""
    if of == "none":
        return np.zeros_like(spending)
    return np.asarray(spending * share if of == "benefits" else spending * share / (1 - share))


def spent(
    target: Floats, coverage: float | Floats, take_up: float | Floats, benefit: float | Floats, paid: float | Floats = 1.0
) -> Floats:
    """What is paid out, in the currency of ``benefit``."""
    return np.asarray(target * coverage * take_up * benefit * paid)


def share(part: Floats, whole: Floats) -> Floats:
    """Part over whole; NaN where the whole is not known or nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = part / whole
    return np.where(np.isfinite(found), found, np.nan)
