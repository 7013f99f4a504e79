"""Draw the household survey of Utania, a made-up country: the same two thousand persons every time. Nobody in it exists.

Columns are facts of the vocabulary, and three keys: ``household``, ``person``, ``weight`` (for how many of 2024 each stands).
Money is in XUD a month; the day of the survey is 30 June 2024. An empty cell is not known, or does not apply.
"""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import numpy as np

from socle.datasets.made_up_people import made_up_population

DAY = date(2024, 6, 30)
PERSONS = 2_000
HOUSEHOLD = ("region", "area", "roof", "walls", "floor_material", "water", "toilet", "cooking_fuel", "rooms", "owns_dwelling",
             "electricity", "owns_land", "land_area", "livestock", "owns_phone", "owns_television", "owns_refrigerator",
             "owns_motor_vehicle", "registered", "affected_by_shock")
PERSON = ("head_of_household", "sex", "born", "marital_status", "citizen", "resident", "lost_father", "lost_mother",
          "attends_school", "education_years", "disabled", "disability_degree", "needs_care", "chronically_ill", "pregnant",
          "gave_birth", "delivered_on", "employed", "unemployed", "unemployed_since", "seeks_work", "dismissed", "retired",
          "works_formally",
          "self_employed", "contract", "sector", "weekly_hours", "monthly_earnings", "previous_earnings", "pension_income",
          "income", "insured", "contribution_months", "contribution_months_last_year")
Row = dict[str, Any]


class Draw:
    """Random numbers, the same every time."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng([seed, 1])

    def true(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    def of(self, **shares: float) -> str:
        names = list(shares)
        return names[int(self.rng.choice(len(names), p=np.array(list(shares.values())) / sum(shares.values())))]

    def whole(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high + 1))

    def money(self, middle: float, spread: float) -> int:
        return round(float(np.exp(self.rng.normal(np.log(middle), spread))) / 10) * 10

    def born(self, age: int) -> date:
        """A day of birth that makes somebody so old on the day of the survey."""
        return date(DAY.year - age, DAY.month, DAY.day) - timedelta(days=self.whole(0, 364))


def survey(seed: int) -> str:
    """The file: one row a person."""
    draw, rows, number = Draw(seed), [], 0
    while len(rows) < PERSONS:
        number += 1
        rows += household(draw, number)
    people = made_up_population("XUT")
    weight = round(float(people.total()[people.years.index(DAY.year)]) / len(rows), 3)
    text = io.StringIO()
    lines = csv.DictWriter(text, ["household", "person", "weight", *HOUSEHOLD, *PERSON], lineterminator="\n")
    lines.writeheader()
    for row in rows:
        lines.writerow({name: written(value) for name, value in (row | {"weight": weight}).items()})
    return text.getvalue()


def written(value: object) -> object:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else value


def household(draw: Draw, number: int) -> list[Row]:
    area = draw.of(rural=0.72, urban=0.28)
    wealth = float(draw.rng.normal(0.8 if area == "urban" else -0.3, 1.0))
    home = dwelling(draw, area, wealth)
    members = [person(draw, home, wealth, **who) for who in together(draw)]
    return [{"household": f"H{number:03d}", "person": f"H{number:03d}-{place:02d}", **home, **one}
            for place, one in enumerate(members, 1)]


def dwelling(draw: Draw, area: str, wealth: float) -> Row:
    def owns(at_zero: float) -> bool:
        return draw.true(1 / (1 + np.exp(-(np.log(at_zero / (1 - at_zero)) + 1.4 * wealth))))

    rural, good = area == "rural", wealth > 0.4
    land = rural and draw.true(0.8)
    return {
        "region": draw.of(north=0.3, lakes=0.27, coast=0.23, capital=0.2 if not rural else 0.05), "area": area,
        "roof": draw.of(metal=0.8, concrete=0.1, tiles=0.1) if good else draw.of(thatch=0.55, metal=0.42, other=0.03),
        "walls": draw.of(brick=0.6, concrete=0.3, wood=0.1) if good else draw.of(earth=0.7, brick=0.2, wood=0.1),
        "floor_material": draw.of(cement=0.7, tiles=0.25, wood=0.05) if good else draw.of(earth=0.85, cement=0.15),
        "water": draw.of(well=0.6, surface=0.25, piped=0.1, vendor=0.05) if rural else draw.of(piped=0.6, vendor=0.25, well=0.15),
        "toilet": draw.of(latrine=0.8, none=0.2) if not good else draw.of(latrine=0.6, flush=0.4),
        "cooking_fuel": draw.of(wood=0.85, charcoal=0.15) if rural else draw.of(charcoal=0.6, gas=0.25, electricity=0.15),
        "rooms": max(1, round(2.2 + 0.7 * wealth + float(draw.rng.normal(0, 0.7)))),
        "owns_dwelling": draw.true(0.88 if rural else 0.5),
        "electricity": owns(0.12 if rural else 0.65), "owns_land": land,
        "land_area": round(float(np.exp(draw.rng.normal(-0.3, 0.8))), 1) if land else 0,
        "livestock": draw.whole(0, 6) if land and draw.true(0.4) else 0, "owns_phone": owns(0.7), "owns_television": owns(0.2),
        "owns_refrigerator": owns(0.08), "owns_motor_vehicle": owns(0.06), "registered": draw.true(0.6 if wealth < 0 else 0.2),
        "affected_by_shock": draw.true(0.18 if rural else 0.06),
    }


def together(draw: Draw) -> list[Row]:
    """Who lives in a household: age, sex, and what they are to each other."""
    alone = draw.true(0.06)
    old = draw.true(0.12)
    age = draw.whole(60, 88) if old else draw.whole(20, 59)
    woman = draw.true(0.3)
    members: list[Row] = [{"age": age, "sex": "female" if woman else "male", "head": True, "married": False}]
    if alone:
        return members
    if draw.true(0.25 if woman else 0.85):
        other = max(18, age + (draw.whole(0, 8) if woman else -draw.whole(0, 9)))
        members.append({"age": min(other, 90), "sex": "male" if woman else "female", "head": False, "married": True})
        members[0]["married"] = True
    mother = next((one["age"] for one in members if one["sex"] == "female"), age)
    eldest = min(max(mother - 20, 0), 24)
    births = draw.rng.poisson(3.6) if mother >= 18 and not (old and draw.true(0.5)) else draw.rng.poisson(0.8)
    youngest = max(0, mother - 46)
    ages = sorted({draw.whole(youngest, eldest) for _ in range(births)}) if eldest >= youngest and births else []
    orphaned = draw.true(0.05)
    members += [{"age": child, "sex": draw.of(female=0.5, male=0.5), "head": False, "married": False, "child": True,
                 "orphan": orphaned} for child in ages]
    if not old and draw.true(0.14):
        members.append({"age": min(95, age + draw.whole(20, 34)), "sex": draw.of(female=0.64, male=0.36), "head": False,
                        "married": False})
    for one in members:
        one["newborn"] = (one["sex"] == "female" and one["age"] == mother and 0 in ages and not one.get("child"))
    return members


def person(draw: Draw, home: Row, wealth: float, *, age: int, sex: str, head: bool, married: bool, child: bool = False,
           orphan: bool = False, newborn: bool = False) -> Row:
    made: Row = dict.fromkeys(PERSON)
    fertile = sex == "female" and 15 <= age <= 49
    disabled = draw.true(0.012 if age < 40 else 0.04 if age < 65 else 0.12)
    made |= {
        "head_of_household": head, "sex": sex, "born": draw.born(age).isoformat(),
        "marital_status": "married" if married else "widowed" if age > 55 else "single" if age < 25 or child else "separated",
        "citizen": draw.true(0.97), "resident": draw.true(0.988), "disabled": disabled,
        "lost_father": orphan and draw.true(0.7) if age < 18 else None,
        "lost_mother": orphan and draw.true(0.35) if age < 18 else None,
        "attends_school": draw.true(0.86 if age < 13 else 0.5) if 5 <= age <= 20 else age < 25 and age > 4 and draw.true(0.1),
        "education_years": max(0, min(age - 6, round(6 + 2.4 * wealth + float(draw.rng.normal(0, 2.5))))) if age > 5 else 0,
        "disability_degree": round(float(draw.rng.uniform(0.3, 1)), 2) if disabled else 0,
        "needs_care": disabled and draw.true(0.25), "chronically_ill": draw.true(0.03 if age < 50 else 0.2),
        "pregnant": (not newborn and draw.true(0.09)) if fertile else False,
        "gave_birth": newborn, "delivered_on": (DAY - timedelta(days=draw.whole(5, 350))).isoformat() if newborn else None,
    }
    return made | work(draw, home, wealth, made, age)


def work(draw: Draw, home: Row, wealth: float, one: Row, age: int) -> Row:
    """What a person does, earns and has contributed."""
    made: Row = {"employed": False, "unemployed": False, "seeks_work": False, "dismissed": False, "retired": False,
                 "works_formally": False, "self_employed": False, "contract": "none", "monthly_earnings": 0, "pension_income": 0,
                 "insured": False, "contribution_months": 0, "contribution_months_last_year": 0}
    if age < 15:
        return made | {"income": 0}
    able = not one["needs_care"] and not (one["attends_school"] and age < 20)
    if age >= 60 and draw.true(0.13 if one["sex"] == "male" else 0.05):
        before = draw.money(4_800, 0.5)
        months = draw.whole(120, 420)
        made |= {"retired": True, "insured": True, "contribution_months": months, "previous_earnings": before,
                 "pension_income": round(max(1_440, before * 0.4) / 10) * 10 if months >= 180 else 0}
    elif able and draw.true((0.78 if one["sex"] == "male" else 0.62) * (1 if age < 65 else 0.45)):
        if draw.true(0.06):
            return made | jobless(draw)
        formal = age < 65 and draw.true(0.05 + 0.12 * max(0.0, wealth + 0.5) * (1.4 if home["area"] == "urban" else 0.6))
        made |= formally(draw, wealth, age) if formal else informally(draw, home, wealth)
    made["income"] = None if draw.true(0.01) else made["monthly_earnings"] + made["pension_income"]
    return made


def jobless(draw: Draw) -> Row:
    insured = draw.true(0.25)
    return {"unemployed": True, "seeks_work": draw.true(0.9), "dismissed": insured and draw.true(0.6),
            "unemployed_since": (DAY - timedelta(days=draw.whole(10, 700))).isoformat(), "insured": insured,
            "contribution_months": draw.whole(3, 120) if insured else 0,
            "contribution_months_last_year": draw.whole(0, 10) if insured else 0,
            "previous_earnings": draw.money(3_900, 0.4) if insured else None, "income": 0}


def formally(draw: Draw, wealth: float, age: int) -> Row:
    earned = max(2_400, draw.money(4_600 * np.exp(0.2 * wealth), 0.45))
    return {"employed": True, "works_formally": True, "sector": draw.of(private=0.65, public=0.35),
            "weekly_hours": draw.whole(36, 50), "contract": draw.of(permanent=0.7, fixed_term=0.3),
            "monthly_earnings": earned, "previous_earnings": earned, "insured": True,
            "contribution_months": draw.whole(1, max(2, (age - 18) * 10)), "contribution_months_last_year": draw.whole(4, 12)}


def informally(draw: Draw, home: Row, wealth: float) -> Row:
    farm = home["owns_land"] and draw.true(0.75)
    alone = farm or draw.true(0.6)
    return {"employed": True, "sector": "agriculture" if farm else draw.of(informal=0.85, domestic=0.15), "self_employed": alone,
            "contract": "none" if alone else "casual", "weekly_hours": draw.whole(12, 56),
            "monthly_earnings": draw.money((1_100 if farm else 1_700) * np.exp(0.35 * wealth), 0.6)}
