"""What Welkara, Valmoria and Yoralia answer to the inquiry: 2023 to 2025, fewer sheets. Every figure is invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from scripts.made_up_registers import BOTH, Row, Sexes, both, shared
from socle.datasets.economy import read_economy
from socle.datasets.made_up_people import folder_of, made_up_population
from socle.tables import Economy

YEARS = (2023, 2024, 2025)


@cache
def economy(code: str) -> Economy:
    read = read_economy(folder_of(code).joinpath("economy.toml").read_bytes(), name="economy.toml").economy
    if read is None:
        raise ValueError(f"the economy of {code} cannot be read")
    return read


@dataclass(frozen=True)
class Paid:
    """A benefit and its scheme. It reaches ``reached[year]`` of the persons of ``ages`` (or of a group), who get ``average``
    a month; contributors are ``contributors[year]`` of the working age, and pay ``rates`` (workers, employers) of the wage.
    Who contributes to a scheme contributes to every one above it; ``also``: so many also receive the benefit above."""

    scheme: str
    name: str
    institution: str
    kind: str
    law: str
    since: str
    benefit: str
    function: str
    of: tuple[int, int] | str
    reached: tuple[float, float, float]
    average: tuple[int, int, int]
    administration: float
    contributors: tuple[float, ...] = ()
    rates: tuple[float, float] = (0.0, 0.0)
    also: float = 0.0


@dataclass(frozen=True)
class Neighbour:
    currency: str
    retirement: int
    employed: tuple[int, int, int]
    unemployed: float           # of the employed
    employees: float            # of the employed
    severe_disability: float    # of the population
    poor: float | None          # of the population; None: not told
    paid: tuple[Paid, ...]
    #: scheme, name, institution, persons affiliated to it for health care
    health: tuple[str, str, str, tuple[int, int, int]] | None = None


COUNTRIES: dict[str, Neighbour] = {
    "XWE": Neighbour("XWD", 62, (19_350_000, 19_800_000, 20_280_000), 0.066, 0.38, 0.023, 0.27, (
        Paid("xwe-old-age-allowance", "Old-age Allowance", "Department of Welfare of Welkara", "means_tested",
             "Old-age Allowance Rules, 2019", "2019-04-01", "old-age-allowance", "old_age", (65, 100), (0.31, 0.325, 0.341),
             (900, 900, 1_125), 0.06),
        Paid("xwe-provident-fund", "Employees’ Pension Fund", "Pension Fund of Welkara", "social_insurance",
             "Pension Fund Act, 1998", "1999-01-01", "pension", "old_age", (62, 100), (0.174, 0.178, 0.183),
             (8_140, 8_710, 9_320), 0.04, (0.187, 0.191, 0.196), (0.06, 0.08), 0.04),
        Paid("xwe-maternity-insurance", "Maternity Insurance", "Pension Fund of Welkara", "social_insurance",
             "Maternity Insurance Act, 2004", "2005-01-01", "maternity-cash", "maternity", "women_giving_birth",
             (0.196, 0.203, 0.211), (4_650, 4_975, 5_320), 0.05, (0.151, 0.155, 0.16), (0.0, 0.006)),
        Paid("xwe-stipend", "School Stipend", "Department of Welfare of Welkara", "means_tested", "Stipend Rules, 2011", "2011",
             "school-stipend", "family", (6, 15), (0.241, 0.252, 0.263), (240, 260, 280), 0.05),
        Paid("xwe-disability-allowance", "Disability Allowance", "Department of Welfare of Welkara", "categorical",
             "Disability Rules, 2013", "2013", "disability-allowance", "invalidity", "severe_disability", (0.214, 0.23, 0.247),
             (850, 900, 950), 0.07),
    ), ("xwe-health-insurance", "Health Insurance", "Health Insurance Agency of Welkara", (210_000, 195_000, 221_000))),
    "XVA": Neighbour("XVD", 64, (3_880_000, 3_900_000, 3_905_000), 0.083, 0.71, 0.041, None, (
        Paid("xva-citizens-pension", "Citizens’ Pension", "Pension Office of Valmoria", "universal",
             "Citizens' Pension Law of Valmoria, 2021", "2021-01-01", "citizens-pension", "old_age", (70, 100),
             (0.871, 0.884, 0.896), (688, 802, 829), 0.0256),
        Paid("xva-state-insurance", "State Pension Insurance", "Pension Office of Valmoria", "social_insurance",
             "Pension Law, 1994", "1994", "retirement-pension", "old_age", (64, 100), (0.553, 0.561, 0.568),
             (2_950, 3_104, 3_263), 0.021, (0.412, 0.418, 0.425), (0.08, 0.13), 0.61),
        Paid("xva-child-allowance", "Child Allowance", "Ministry of Labour of Valmoria", "means_tested",
             "Family Law of Valmoria, 2018", "2018-09-01", "child-allowance", "family", (0, 17),
             (0.527, 0.535, 0.541), (214, 226, 238), 0.04),
        Paid("xva-maternity-insurance", "Maternity Insurance", "Pension Office of Valmoria", "social_insurance",
             "Maternity Law, 2001", "2001", "maternity-pay", "maternity", "women_giving_birth", (0.612, 0.634, 0.655),
             (1_240, 1_304, 1_372), 0.03, (0.38, 0.385, 0.391), (0.004, 0.006)),
        Paid("xva-unemployment-insurance", "Unemployment Insurance", "Employment Service of Valmoria", "social_insurance",
             "Employment Law, 2009", "2009", "unemployment-pay", "unemployment", "unemployed", (0.226, 0.238, 0.247),
             (810, 852, 896), 0.09, (0.341, 0.346, 0.352), (0.005, 0.01)),
        Paid("xva-accident-insurance", "Accident Insurance", "Pension Office of Valmoria", "social_insurance",
             "Accident Law, 1997", "1997", "accident-pension", "employment_injury", "employed", (0.0061, 0.006, 0.0059),
             (1_015, 1_068, 1_123), 0.05, (0.34, 0.345, 0.351), (0.0, 0.008)),
        Paid("xva-disability-pension", "Disability Pension", "Pension Office of Valmoria", "social_insurance",
             "Pension Law, 1994", "1994", "disability-pension", "invalidity", "severe_disability", (0.583, 0.588, 0.594),
             (1_402, 1_475, 1_551), 0.02, (0.339, 0.344, 0.35), (0.01, 0.02)),
    )),
    "XYO": Neighbour("XYD", 66, (2_575_000, 2_600_000, 2_622_000), 0.051, 0.88, 0.047, None, (
        Paid("xyo-child-benefit", "Child Benefit", "Family Office of Yoralia", "universal", "Social Code of Yoralia, 2015",
             "2015-01-01", "child-benefit", "family", (0, 17), (0.981, 0.982, 0.983), (175, 181, 187), 0.02),
        Paid("xyo-pension-insurance", "Pension Insurance", "Pension Institute of Yoralia", "social_insurance",
             "Social Code of Yoralia, book 3", "1961", "retirement-pension", "old_age", (66, 100), (0.938, 0.94, 0.941),
             (1_930, 1_992, 2_056), 0.012, (0.702, 0.706, 0.711), (0.09, 0.12)),
        Paid("xyo-basic-pension", "Basic Pension", "Family Office of Yoralia", "means_tested", "Social Code of Yoralia, book 9",
             "1972", "basic-pension", "old_age", (66, 100), (0.058, 0.057, 0.057), (1_120, 1_156, 1_193), 0.03, also=0.55),
        Paid("xyo-parental-insurance", "Parental Insurance", "Pension Institute of Yoralia", "social_insurance",
             "Social Code of Yoralia, book 5", "1974", "maternity-pay", "maternity", "women_giving_birth", (0.914, 0.917, 0.92),
             (2_610, 2_694, 2_780), 0.01, (0.684, 0.688, 0.692), (0.004, 0.006)),
        Paid("xyo-unemployment-insurance", "Unemployment Insurance", "Employment Office of Yoralia", "social_insurance",
             "Social Code of Yoralia, book 2", "1956", "unemployment-pay", "unemployment", "unemployed", (0.648, 0.655, 0.661),
             (1_760, 1_816, 1_874), 0.03, (0.652, 0.656, 0.66), (0.012, 0.012)),
        Paid("xyo-accident-insurance", "Accident Insurance", "Pension Institute of Yoralia", "social_insurance",
             "Social Code of Yoralia, book 6", "1931", "accident-pension", "employment_injury", "employed", (0.0082, 0.0081, 0.008),
             (1_310, 1_352, 1_395), 0.03, (0.651, 0.655, 0.659), (0.0, 0.011)),
        Paid("xyo-disability-pension", "Disability Pension", "Pension Institute of Yoralia", "social_insurance",
             "Social Code of Yoralia, book 4", "1965", "disability-pension", "invalidity", "severe_disability",
             (0.891, 0.894, 0.896), (1_540, 1_589, 1_640), 0.015, (0.65, 0.654, 0.658), (0.01, 0.015)),
    )),
}


def answer(code: str) -> dict[str, Iterator[Row]]:
    return {"schemes": _schemes(code), "benefits": _benefits(code), "protected": _protected(code), "recipients": _recipients(code),
            "amounts": _amounts(code), "expenditure": _expenditure(code), "receipts": _receipts(code),
            "denominators": _denominators(code), "overlaps": _overlaps(code)}


def _aged(code: str, year: int, first: int, last: int = 100) -> Sexes:
    people = made_up_population(code)
    total, female = (round(float(people.total(first=first, last=last, sex=sex)[people.years.index(year)]))
                     for sex in (None, "female"))
    return both(female, total - female)


@cache
def _groups(code: str, year: int) -> dict[str, tuple[Sexes, str]]:
    told, at = COUNTRIES[code], YEARS.index(year)
    people = made_up_population(code)
    births = people.births[people.years.index(year)] if people.births is not None else 0
    employed = both(round(told.employed[at] * 0.44), told.employed[at] - round(told.employed[at] * 0.44))
    unemployed, everybody = shared(employed, told.unemployed), _aged(code, year, 0)
    return {
        "population": (everybody, "reported"), "children": (_aged(code, year, 0, 17), "reported"),
        "women_giving_birth": (both(round(float(births) / 1.014), 0), "estimated"),
        "severe_disability": (shared(everybody, told.severe_disability), "estimated"),
        "unemployed": (unemployed, "estimated"), "employed": (employed, "estimated"),
        "employees": (shared(employed, told.employees), "estimated"),
        "labour_force": (both(*(round(employed[sex] * 0.98) + unemployed[sex] for sex in BOTH)), "estimated"),
        "working_age": (_aged(code, year, 15, 64), "reported"),
        "older_persons": (_aged(code, year, told.retirement), "reported"),
    } | ({} if told.poor is None else {"poor": (shared(everybody, told.poor), "estimated")})


def _reached(code: str, year: int, one: Paid) -> Sexes:
    of = _groups(code, year)[one.of][0] if isinstance(one.of, str) else _aged(code, year, *one.of)
    return shared(of, one.reached[YEARS.index(year)])


def _schemes(code: str) -> Iterator[Row]:
    for one in COUNTRIES[code].paid:
        yield {"scheme": one.scheme, "country": code, "name": one.name, "institution": one.institution, "kind": one.kind,
               "functions": one.function, "legal_basis": one.law, "since": one.since}
    if health := COUNTRIES[code].health:
        yield {"scheme": health[0], "country": code, "name": health[1], "institution": health[2], "kind": "social_insurance",
               "functions": "medical_care"}


def _benefits(code: str) -> Iterator[Row]:
    for one in COUNTRIES[code].paid:
        yield {"benefit": one.benefit, "scheme": one.scheme, "function": one.function, "form": "cash", "payment": "periodic",
               "means_tested": "yes" if one.kind == "means_tested" else "no",
               "contributory": "yes" if one.kind == "social_insurance" else "no"}
    if health := COUNTRIES[code].health:
        yield {"benefit": "health-care", "scheme": health[0], "function": "medical_care", "form": "in_kind", "payment": "periodic",
               "means_tested": "no", "contributory": "yes"}


def _contributors(code: str, year: int, one: Paid) -> Sexes:
    """Of the working age; men a little more often."""
    people, share = _groups(code, year)["working_age"][0], one.contributors[YEARS.index(year)]
    return both(round(people["female"] * share * 0.9), round(people["male"] * share * 1.1))


def _protected(code: str) -> Iterator[Row]:
    for year in YEARS:
        for one in COUNTRIES[code].paid:
            if one.contributors:
                persons = _contributors(code, year, one)
                yield from ({"scheme": one.scheme, "year": year, "measure": "active_contributors", "sex": sex,
                             "employment_status": "total", "persons": persons[sex]} for sex in ("total", *BOTH))
        if health := COUNTRIES[code].health:
            yield {"scheme": health[0], "year": year, "measure": "affiliated", "sex": "total", "employment_status": "total",
                   "persons": health[3][YEARS.index(year)], "reference_on": f"{year}-12-31"}


def _recipients(code: str) -> Iterator[Row]:
    for one in COUNTRIES[code].paid:
        for year in YEARS:
            persons = _reached(code, year, one)
            row = {"benefit": one.benefit, "year": year, "age_group": "total", "disability": "total", "area": "total"}
            yield from (row | {"sex": sex, "persons": persons[sex]} for sex in ("total", *BOTH))
            if code == "XYO" and one.function == "old_age":
                younger = shared(persons, 0.68)
                yield from (row | {"sex": sex, "persons": younger[sex], "age_group": "66-75"} for sex in ("total", *BOTH))
                yield from (row | {"sex": sex, "persons": persons[sex] - younger[sex], "age_group": "76+"}
                            for sex in ("total", *BOTH))


def _overlaps(code: str) -> Iterator[Row]:
    """Pairs only: contributors of one scheme within those of another, mothers and others within them, two pensions at once."""
    for year in YEARS:
        told = COUNTRIES[code].paid
        insured = [one for one in told if one.contributors]
        pairs = [(one.scheme, other.scheme, {sex: min(_contributors(code, year, one)[sex], _contributors(code, year, other)[sex])
                                             for sex in ("total", *BOTH)}) for one, other in combinations(insured, 2)]
        for one, other in combinations(told, 2):
            pairs.append((one.benefit, other.benefit, shared(_reached(code, year, other),
                                                             other.also if one.function == other.function else 0.0)))
        for scheme in insured:
            for one in told:
                share = {"maternity": 1.0, "unemployment": 0.5}.get(one.function, 0.0) if one.contributors else 0.0
                pairs.append((scheme.scheme, one.benefit, shared(_reached(code, year, one), share)))
        yield from ({"between": f"{one};{other}", "year": year, "sex": sex, "persons": persons[sex], "status": "estimated"}
                    for one, other, persons in pairs for sex in ("total", *BOTH))


def _cost(code: str, year: int, one: Paid) -> int:
    """In the currency of the country, a year; maternity and unemployment are paid for four months."""
    months = 4 if one.of in ("women_giving_birth", "unemployed") else 12
    return _reached(code, year, one)["total"] * one.average[YEARS.index(year)] * months


def _amounts(code: str) -> Iterator[Row]:
    for one in COUNTRIES[code].paid:
        for at, year in enumerate(YEARS):
            row = {"benefit": one.benefit, "year": year, "currency": COUNTRIES[code].currency}
            yield row | {"measure": "total", "amount": _cost(code, year, one), "per": "year"}
            shortly = one.of in ("women_giving_birth", "unemployed")
            yield row | {"measure": "average", "amount": one.average[at] * (4 if shortly else 1),
                         "per": "year" if shortly else "month"}


def _expenditure(code: str) -> Iterator[Row]:
    for year in YEARS:
        for one in COUNTRIES[code].paid:
            row = {"scheme": one.scheme, "year": year, "currency": COUNTRIES[code].currency}
            cost = _cost(code, year, one)
            yield row | {"item": "benefits", "function": one.function, "amount": cost}
            yield row | {"item": "administration", "amount": round(cost * one.administration)}
        if health := COUNTRIES[code].health:
            row = {"scheme": health[0], "year": year, "currency": COUNTRIES[code].currency}
            yield row | {"item": "benefits", "function": "medical_care", "amount": _health_cost(code, year)}


def _health_cost(code: str, year: int) -> int:
    health = COUNTRIES[code].health
    return round(health[3][YEARS.index(year)] * 3_400 * 1.09 ** (year - 2023)) if health else 0


def _receipts(code: str) -> Iterator[Row]:
    """Contributions are what the rates bring; the government pays what is missing."""
    for year in YEARS:
        for one in COUNTRIES[code].paid:
            row = {"scheme": one.scheme, "year": year, "currency": COUNTRIES[code].currency}
            spent = round(_cost(code, year, one) * (1 + one.administration))
            wages = _wages(code, year, one)
            worker, employer = (round(wages * rate) for rate in one.rates)
            if worker:
                yield row | {"item": "protected_persons", "amount": worker}
            if employer:
                yield row | {"item": "employers", "amount": employer}
            if (missing := spent - worker - employer) > 0:
                yield row | {"item": "government", "amount": missing}
        if health := COUNTRIES[code].health:
            yield {"scheme": health[0], "year": year, "currency": COUNTRIES[code].currency, "item": "government",
                   "amount": _health_cost(code, year)}


def _wages(code: str, year: int, one: Paid) -> float:
    """The wages contributions are paid on, a year."""
    insured = _contributors(code, year, one)["total"] if one.contributors else 0
    wage = economy(code).at("average_wage", 2024) or 0.0
    growth = economy(code).level("wages", [year], base=2024)[0]
    return insured * wage * growth * 12


def _denominators(code: str) -> Iterator[Row]:
    for year in YEARS:
        for group, (persons, status) in _groups(code, year).items():
            for sex in ("total", "female") if group == "women_giving_birth" else ("total", *BOTH):
                yield {"country": code, "year": year, "group": group, "sex": sex, "persons": persons[sex], "status": status}
