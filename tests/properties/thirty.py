"""Thirty rules and a population that are always the same: for engines that are too slow to be drawn for."""

from __future__ import annotations

from datetime import date

from socle.schemes import parse_rule
from tests.properties.rules import TABLES

ON = date(2024, 2, 28)

#: Of a person.
OF_PERSONS = (
    "age >= 60",
    "age >= 60 and resident or disabled",
    "not (disabled and pregnant)",
    "born < 1954-03-01",
    "years(born, today)",
    "months(delivered_on, today)",
    "days(delivered_on, today)",
    "days(today, delivered_on) / 7",
    "monthly_earnings / (age - 60)",
    "round(monthly_earnings * 0.015, 2)",
    "round(1.005 + 0 * age, 2)",
    "round(-monthly_earnings / 8)",
    "min(monthly_earnings, poverty_line, 900)",
    "max(min(0.4 * previous_earnings, 500), 100)",
    "clip(monthly_earnings, minimum_wage, 4 * minimum_wage)",
    "if disabled then 100 else monthly_earnings / 10",
    'sex == "female" and age in (60, 65, 70)',
    'area in ("rural") or land_area < 0.5',
    "accrual[contribution_months / 12]",
    "band[age] + zone[area]",
    "abs(floor(-monthly_earnings / 3))",
    "orphan or receives_pension",
    "contribution_years >= 15",
    "0.1 + 0.2 == 0.3",
)
#: Of a household.
OF_HOUSEHOLDS = (
    "count(members, age < 18)",
    "sum(members, monthly_earnings)",
    "sum(members, monthly_earnings, works_formally) / household_size",
    "any(members, disabled) and not all(members, age >= 60)",
    "household_income < poverty_line * household_size",
    "clip(50 * count(members, age < 6 or pregnant), 0, 150) + (if female_headed then 25 else 0)",
)
assert len(OF_PERSONS) + len(OF_HOUSEHOLDS) == 30

PERSON_RULES = [parse_rule(text, tables=TABLES).expression for text in OF_PERSONS]
HOUSEHOLD_RULES = [parse_rule(text, tables=TABLES, unit="household").expression for text in OF_HOUSEHOLDS]

_SEXES, _AREAS = ("female", "male"), ("urban", "rural", None)


def _person(n: int) -> dict[str, object]:
    """Facts that repeat in different rhythms, so that every combination comes up; each is missing now and then."""
    facts: dict[str, object] = {
        "age": n * 7 % 101, "sex": _SEXES[n % 2], "disabled": n % 5 == 0, "pregnant": n % 4 == 1, "resident": n % 3 != 0,
        "monthly_earnings": n * 137 % 2_000 / 4, "previous_earnings": n * 211 % 9_000 / 4, "contribution_months": n * 31 % 420,
        "born": date(1930 + n * 11 % 90, 1 + n % 12, 1 + n * 5 % 28), "delivered_on": date(2004 + n % 20, 2, 28 if n % 4 else 29),
        "lost_father": n % 6 == 0, "lost_mother": n % 9 == 0, "pension_income": n % 4 * 25.0, "works_formally": n % 2 == 0,
        "income": n * 53 % 800 / 4, "head_of_household": n % 3 == 0}
    facts = {name: value for place, (name, value) in enumerate(facts.items()) if (n + place * 3) % 11}
    if n % 2:
        facts.pop("age", None)  # then it follows from the day of birth
    else:
        facts.pop("born", None)
    return facts


_HOME = {"poverty_line": 250.0, "minimum_wage": 100.0}
PERSONS = [{**_person(n), **_HOME, "area": _AREAS[n % 3], "land_area": n % 7 / 4} for n in range(60)]
HOUSEHOLDS: list[dict[str, object]] = [
    {**_HOME, "members": [_person(5 * n + m) for m in range(1 + n % 4)]} for n in range(20)] + [dict(_HOME)]
