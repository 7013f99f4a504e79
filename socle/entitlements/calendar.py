"""What a day is made of, in whole numbers: engines disagree about dates, and agree about numbers.

A day is written 10000 year + 100 month + day: a number, an array or a column. ``floor`` and ``number`` are how its kind rounds down
and writes a constant.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Floor = Callable[[Any], Any]
Constant = Callable[[float], Any]


def month(day: Any, floor: Floor, number: Constant) -> Any:
    """The running number of its month."""
    year = floor(day / number(10_000.0))
    return floor(day / number(100.0)) - year * number(88.0)


def day_of_month(day: Any, floor: Floor, number: Constant) -> Any:
    return day - floor(day / number(100.0)) * number(100.0)


def civil_day(day: Any, floor: Floor, number: Constant) -> Any:
    """The running number of the day (the Julian day number of the Gregorian calendar): a difference is the days that passed.

    The year is counted from March, so that the leap day comes last.
    """

    def whole(value: Any, by: float) -> Any:
        return floor(value / number(by))

    year = whole(day, 10_000.0)
    of_year = whole(day, 100.0) - year * number(100.0)
    early = whole(number(14.0) - of_year, 12.0)  # 1 in January and February
    since = year + number(4_800.0) - early
    place = of_year + early * number(12.0) - number(3.0)
    months = whole(place * number(153.0) + number(2.0), 5.0)
    leaps = whole(since, 4.0) - whole(since, 100.0) + whole(since, 400.0)
    return day_of_month(day, floor, number) + months + since * number(365.0) + leaps - number(32_045.0)
