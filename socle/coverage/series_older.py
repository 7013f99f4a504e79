"""Who is above the statutory retirement age, or an adult, among the recipients of a benefit."""

from __future__ import annotations

from socle.coverage.options import Options
from socle.coverage.series_inquiry import Found, Inquiry, Missing, ages_of, from_age
from socle.vocabulary import say

#: An open age group that begins between these ages is taken for those above the retirement age.
OPEN_GROUPS = range(50, 76)
ADULTS = (15, 16, 17, 18)
NEAREST = 65


def above_retirement(inquiry: Inquiry, benefit: str, year: int, sex: str, options: Options, missing: Missing) -> Found:
    """Recipients of the retirement age and over: of the age groups that begin at the option's age, or of one open age group; where
    there is none, recipients of any age, which is said."""
    groups = _groups(inquiry, benefit, year, sex)
    if options.retirement_age is not None:
        chain = from_age(groups, options.retirement_age)
    else:
        opened = [(ages[0], group) for group in groups if (ages := ages_of(group)) and ages[1] is None and ages[0] in OPEN_GROUPS]
        chain = (min(opened, key=lambda one: (abs(one[0] - NEAREST), one[0]))[1],) if opened else ()
    found = _summed(inquiry, benefit, year, sex, chain)
    if found is not None:
        first = (ages_of(chain[0]) or (0, None))[0]
        return Found(found.value, found.rows, (), say("Recipients of benefit {benefit} of {age} years and over are counted.",
                                                      benefit=benefit, age=first))
    everybody = inquiry.received(benefit, year, sex)
    youngest = min((ages[0] for group in groups if (ages := ages_of(group))), default=0)
    asked = options.retirement_age
    if everybody.value and not (youngest >= OPEN_GROUPS[0] and (asked is None or youngest >= asked)
                                and from_age(groups, youngest)):
        missing.warn("all_ages", say("Of benefit {benefit} recipients of any age are counted as older persons: no age group begins "
                                     "at the retirement age.", benefit=benefit),
                     say("Enter its recipients by age group, such as 65+, and choose retirement_age."),
                     sheet="recipients", column="age_group", value=benefit)
    return Found(everybody.value, everybody.rows, everybody.missing, say("Recipients of benefit {benefit} of any age are counted.",
                                                                         benefit=benefit))


def adults(inquiry: Inquiry, benefit: str, year: int, sex: str) -> Found:
    """Recipients of working age and above: of the age groups from 15 to 18 on, or of any age."""
    groups = _groups(inquiry, benefit, year, sex)
    for first in ADULTS:
        found = _summed(inquiry, benefit, year, sex, from_age(groups, first))
        if found is not None:
            return found
    return inquiry.received(benefit, year, sex)


def _groups(inquiry: Inquiry, benefit: str, year: int, sex: str) -> list[str]:
    """The age groups of a benefit, of that sex (of both where the total is not told)."""
    rows = inquiry.recipients.get((benefit, year), {})
    told = dict.fromkeys(age for one, age, disability, area in rows
                         if age != "total" and disability == area == "total" and (one == sex or sex == "total"))
    return list(told)


def _summed(inquiry: Inquiry, benefit: str, year: int, sex: str, chain: tuple[str, ...]) -> Found | None:
    parts = [inquiry.received(benefit, year, sex, (group, "total", "total")) for group in chain]
    if not parts or any(one.value is None for one in parts):
        return None
    return Found(sum(one.value or 0.0 for one in parts), tuple(row for one in parts for row in one.rows))
