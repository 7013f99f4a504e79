"""Write the answers of the made-up countries to the inquiry, the same every time: ``python -m scripts.made_up_inquiry``.

    socle/datasets/made_up/<ISO3>/inquiry/<sheet>.csv

Utania (XUT) answers every sheet for 2021 to 2025, out of the registers of scripts/made_up_registers.py; its neighbours answer
fewer sheets for 2023 to 2025 (scripts/made_up_neighbours.py). Recipients times the average amount are the total, which is what
the scheme spends on benefits; sexes and parts add up. Every figure is invented.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from scripts import made_up_neighbours
from scripts.made_up_registers import (
    ADMINISTRATION,
    ALL,
    ASSISTANCE,
    AVERAGES,
    BENEFITS,
    BOTH,
    CARE_COST,
    CARE_USED,
    DOMESTIC,
    HEALTH,
    HEALTH_CARDS,
    INJURY,
    MATERNITY,
    PENSION,
    RATES,
    SCHEMES,
    SELF_EMPLOYED,
    TO_HEALTH,
    UNEMPLOYMENT,
    Row,
    Sexes,
    Utania,
    both,
    less,
    shared,
)
from socle.tables import INQUIRY

FOLDER = Path(__file__).resolve().parent.parent / "socle" / "datasets" / "made_up"
SAID = "Made up for tutorials and tests"
EXACT = 2024    # the year whose overlaps are all known
#: XUD a month, 2021 to 2025: the wage contributions are paid on, the least pension (60% of the minimum wage).
INSURED_WAGE = (3_998, 4_418, 4_837, 5_200, 5_590)
LEAST_PENSION = (1_147, 1_267, 1_353, 1_440, 1_548)
#: Registers that are compared every year.
COMPARED = ((PENSION, MATERNITY), (PENSION, UNEMPLOYMENT), (PENSION, INJURY), (PENSION, "maternity-benefit"),
            (PENSION, "unemployment-benefit"), ("old-age-pension", "old-age-grant"), ("child-grant", "orphan-allowance"),
            ("disability-grant", "community-works"))
INTEREST = (291_300_000, 334_700_000, 402_900_000, 468_100_000, 541_600_000)


def inquiry(code: str) -> dict[str, str]:
    """The files of a country's answer: a text for each sheet that has rows."""
    sheets = utania() if code == "XUT" else made_up_neighbours.answer(code)
    return {sheet.name: sheet_csv(sheet.name, rows) for sheet in INQUIRY if (rows := list(sheets.get(sheet.name, ())))}


def sheet_csv(sheet: str, rows: Iterable[Row]) -> str:
    text = io.StringIO()
    names = INQUIRY[sheet].names
    usual = {"source": SAID, "status": "reported"}
    lines = csv.DictWriter(text, names, lineterminator="\n")
    lines.writeheader()
    for row in rows:
        lines.writerow({name: usual[name] for name in usual if name in names} | row)
    return text.getvalue()


def utania() -> dict[str, Iterable[Row]]:
    return {
        "schemes": schemes(), "benefits": benefits(), "protected": protected(), "recipients": recipients(), "amounts": amounts(),
        "expenditure": expenditure(), "receipts": receipts(), "denominators": denominators(), "overlaps": overlaps(),
        "legal": legal(), "published": published(),
    }


def schemes() -> Iterator[Row]:
    for scheme, (name, institution, kind, functions, law, since) in SCHEMES.items():
        yield {"scheme": scheme, "country": "XUT", "name": name, "institution": institution, "kind": kind, "functions": functions,
               "legal_basis": law, "since": since}


def benefits() -> Iterator[Row]:
    for benefit, (scheme, function, form, means_tested, contributory, _) in BENEFITS.items():
        yield {"benefit": benefit, "scheme": scheme, "function": function, "form": form, "payment": "periodic",
               "means_tested": means_tested, "contributory": contributory}


def by_sex(persons: Sexes, row: Row) -> Iterator[Row]:
    for sex in ("total", *BOTH):
        yield row | {"sex": sex, "persons": persons[sex]}


def statuses(one: Utania, scheme: str) -> dict[str, Sexes]:
    """Active contributors by status in employment; all of them first."""
    alone = one.told(SELF_EMPLOYED)
    if scheme == HEALTH:
        active = shared(one.told(HEALTH_CARDS), 0.36)
        few = shared(active, 0.074)
        return {"total": active, "employees": less(active, few), "self_employed": few}
    public, private = one.employees()
    if scheme == UNEMPLOYMENT:
        return {"total": private, "private_employees": private}
    if scheme == INJURY:
        return {"total": one.within(INJURY), "public_employees": public, "private_employees": private,
                "domestic_workers": one.told(DOMESTIC)}
    return {"total": one.within(scheme), "public_employees": public, "private_employees": private, "self_employed": alone}


def affiliated(one: Utania, scheme: str) -> Sexes:
    """Whoever is registered, contributing or not."""
    if scheme == HEALTH:
        return one.told(HEALTH_CARDS)
    many = {PENSION: 1.72, MATERNITY: 1.72, UNEMPLOYMENT: 1.18, INJURY: 1.04}
    return shared(statuses(one, scheme)["total"], many[scheme])


def protected() -> Iterator[Row]:
    for scheme in (PENSION, MATERNITY, UNEMPLOYMENT, INJURY, HEALTH):
        for year, one in ALL.items():
            if scheme == UNEMPLOYMENT and year < 2023:
                continue
            row = {"scheme": scheme, "year": year, "reference_on": f"{year}-12-31"}
            yield from by_sex(affiliated(one, scheme), row | {"measure": "affiliated", "employment_status": "total"})
            for status, persons in statuses(one, scheme).items():
                yield from by_sex(persons, row | {"measure": "active_contributors", "employment_status": status,
                                                  "reference_on": ""})


def paid(year: int) -> Iterator[tuple[str, Utania]]:
    """The benefits that are paid in a year."""
    yield from ((benefit, ALL[year]) for benefit, told in BENEFITS.items() if year >= told[5])


def recipients() -> Iterator[Row]:
    for benefit in BENEFITS:
        for year, one in ALL.items():
            if year < BENEFITS[benefit][5]:
                continue
            row = {"benefit": benefit, "year": year, "age_group": "total", "disability": "total", "area": "total",
                   "reference_on": f"{year}-12-31"}
            everybody = received(one, benefit)
            if benefit in ("maternity-benefit", "health-care"):     # in the course of the year
                yield from by_sex(everybody, row | {"reference_on": ""})
                continue
            yield from by_sex(everybody, row)
            for column, parts in parts_of(one, benefit, everybody).items():
                for value, persons in parts.items():
                    yield from by_sex(persons, row | {column: value})


def received(one: Utania, benefit: str) -> Sexes:
    return shared(one.told(HEALTH_CARDS), CARE_USED) if benefit == "health-care" else one.within(benefit)


def parts_of(one: Utania, benefit: str, everybody: Sexes) -> dict[str, dict[str, Sexes]]:
    """Recipients by age, disability and area, where the registers know."""
    if not everybody["total"]:
        return {}
    urban = {"old-age-pension": 0.63, "old-age-grant": 0.214, "child-grant": 0.247, "community-works": 0.183}.get(benefit)
    found: dict[str, dict[str, Sexes]] = {}
    if urban:
        there = shared(everybody, urban)
        found["area"] = {"urban": there, "rural": less(everybody, there)}
    if benefit == "old-age-grant":
        oldest = both(*(round(everybody[sex] * one.aged(80)[sex] / one.aged(68)[sex]) for sex in BOTH))
        found["age_group"] = {"68-79": less(everybody, oldest), "80+": oldest}
    elif benefit == "old-age-pension":
        younger, oldest = shared(everybody, 0.478), shared(everybody, 0.092)
        found["age_group"] = {"58-67": younger, "68-79": less(everybody, younger, oldest), "80+": oldest}
    elif benefit == "child-grant":
        infants = one.child_grants(infants=True)
        found["age_group"] = {"0-1": infants, "2-4": less(everybody, infants)}
    elif benefit == "disability-grant":
        young = shared(everybody, 0.394)
        found |= {"disability": {"with": everybody}, "age_group": {"18-39": young, "40-67": less(everybody, young)}}
    elif benefit == "community-works":
        disabled = shared(everybody, 0.021)
        found["disability"] = {"with": disabled, "without": less(everybody, disabled)}
    return found


def grant(year: int) -> int:
    """XUD a month: 45 per cent of the poverty line."""
    economy = made_up_neighbours.economy("XUT")
    return round(0.45 * (economy.at("poverty_line", 2022) or 0.0) * economy.level("prices", [year], base=2022)[0])


def average(one: Utania, benefit: str) -> tuple[int, str]:
    """What a recipient gets, in whole XUD, and per what."""
    if benefit == "old-age-grant":
        oldest = one.aged(80)["total"] / one.aged(68)["total"]
        return grant(one.year) + (round(150 * oldest) if one.year >= 2024 else 0), "month"
    if benefit == "health-care":
        return CARE_COST[one.at], "year"
    per, told = AVERAGES[benefit]
    return told[one.at], per


def total(one: Utania, benefit: str) -> int:
    """XUD a year."""
    amount, per = average(one, benefit)
    return received(one, benefit)["total"] * amount * (12 if per == "month" else 1)


def amounts() -> Iterator[Row]:
    for benefit in BENEFITS:
        for year, one in ALL.items():
            if year < BENEFITS[benefit][5]:
                continue
            row = {"benefit": benefit, "year": year, "currency": "XUD"}
            yield row | {"measure": "total", "amount": total(one, benefit), "per": "year"}
            if not total(one, benefit):     # paid to nobody yet
                yield row | {"measure": "average", "amount": "", "per": "month", "status": "not_available"}
                continue
            amount, per = average(one, benefit)
            yield row | {"measure": "average", "amount": amount, "per": per}
            least, most = {"old-age-pension": (LEAST_PENSION[one.at], 16_000), "child-grant": (160, 240),
                           "old-age-grant": (grant(year), grant(year) + (150 if year >= 2024 else 0)),
                           "disability-grant": (559, 892)}.get(benefit, (None, None))
            if least is not None:
                yield row | {"measure": "minimum", "amount": least, "per": per}
                yield row | {"measure": "maximum", "amount": most, "per": per}


def spending(year: int) -> Iterator[Row]:
    """What every scheme spends in a year."""
    one = ALL[year]
    for scheme in SCHEMES:
        own = [benefit for benefit, _ in paid(year) if BENEFITS[benefit][0] == scheme]
        if not own:
            continue
        row = {"scheme": scheme, "year": year, "currency": "XUD"}
        whole = sum(total(one, benefit) for benefit in own)
        for benefit in own:
            yield row | {"item": "benefits", "function": BENEFITS[benefit][1], "amount": total(one, benefit)}
        running = round(whole * ADMINISTRATION[scheme]) if whole else 3_914_000   # before the first payment: getting ready
        yield row | {"item": "administration", "amount": running}
        if scheme == PENSION:
            yield row | {"item": "transfers", "amount": TO_HEALTH[one.at]}


def expenditure() -> Iterator[Row]:
    for year in ALL:
        yield from spending(year)


def receipts() -> Iterator[Row]:
    for year, one in ALL.items():
        spent: dict[str, int] = {}
        for row in spending(year):
            spent[row["scheme"]] = spent.get(row["scheme"], 0) + row["amount"]
        for scheme, amount in spent.items():
            yield from ({"scheme": scheme, "year": year, "currency": "XUD", "item": item, "amount": received}
                        for item, received in received_by(one, scheme, amount).items())


def received_by(one: Utania, scheme: str, spent: int) -> dict[str, int]:
    if scheme == ASSISTANCE:
        partners = round(spent * (0.34 - 0.03 * one.at))
        return {"government": spent - partners, "other": partners}
    if scheme not in RATES:
        return {"government": spent}
    base = statuses(one, scheme)["total"]["total"]
    worker, employer = (round(base * INSURED_WAGE[one.at] * 12 * rate) for rate in RATES[scheme])
    found = {"employers": employer} | ({"protected_persons": worker} if worker else {})
    if scheme == HEALTH:
        found |= {"transfers": TO_HEALTH[one.at], "government": round(spent * 0.11)}
    return found | ({"other": INTEREST[one.at]} if scheme == PENSION else {})


def denominators() -> Iterator[Row]:
    for year, one in ALL.items():
        for group, (persons, status) in one.groups().items():
            row = {"country": "XUT", "year": year, "group": group, "status": status,
                   "reference_on": f"{year}-07-01" if status == "reported" else ""}
            sexes = ("total", "female") if group == "women_giving_birth" else ("total", *BOTH)
            yield from (row | {"sex": sex, "persons": persons[sex]} for sex in sexes)


def overlaps() -> Iterator[Row]:
    """Of the exact year every pair, and all of more than two that somebody is in. Of the others every pair but those with the
    community works, whose lists are on paper: at least one benefit lies between bounds."""
    for year, one in ALL.items():
        row = {"year": year, "reference_on": f"{year}-12-31"}
        keys = [key for key in (PENSION, MATERNITY, UNEMPLOYMENT, INJURY, *BENEFITS) if one.within(key)["total"]]
        several = [some for size in range(3, 6) for some in combinations(keys, size) if one.within(*some)["total"]]
        pairs = [*combinations(keys, 2)]
        if year != EXACT:
            several, pairs = [], [pair for pair in COMPARED if one.within(pair[0])["total"] and one.within(pair[1])["total"]]
        for some in (*pairs, *several):
            yield from by_sex(one.within(*some), row | {"between": ";".join(some)})
        if year != EXACT:
            apart = [pair for pair in combinations(keys, 2) if "community-works" not in pair and pair not in pairs]
            yield from (row | {"between": ";".join(pair), "sex": "total", "persons": one.within(*pair)["total"]} for pair in apart)


def legal() -> Iterator[Row]:
    for year, one in ALL.items():
        for (branch, group), routes in covered_by_law(one).items():
            for route, persons in routes.items():
                sexes = ("total", "female") if group == "women_giving_birth" else ("total", *BOTH)
                yield from ({"country": "XUT", "year": year, "branch": branch, "group": group, "route": route, "sex": sex,
                             "persons": persons[sex], "status": "estimated"} for sex in sexes)


def together(*several: Sexes) -> Sexes:
    return both(*(sum(one[sex] for one in several) for sex in BOTH))


def covered_by_law(one: Utania) -> dict[tuple[str, str], dict[str, Sexes]]:
    """By branch and group, the persons of each route; routes that share nobody add up to any."""
    group = {name: persons for name, (persons, _) in one.groups().items()}
    employees, residents = shared(group["employees"], 0.94), shared(group["working_age"], 0.985)
    alone = less(shared(group["employed"], 0.96), employees)
    pensioners = one.within("old-age-pension")
    older, early = shared(one.aged(68), 0.99), shared(pensioners, 0.478)    # a pension of the fund comes before 68 to many
    mothers, domestic = shared(group["women_giving_birth"], 0.118), one.told(DOMESTIC)
    insured, orphans = shared(group["population"], 0.142), shared(group["children"], 0.048)
    found: dict[tuple[str, str], dict[str, Sexes]] = {
        ("old_age", "working_age"): {"mandatory_contributory": employees, "voluntary_contributory": alone,
                                     "non_contributory": residents, "any": residents},
        ("old_age", "older_persons"): {"mandatory_contributory": pensioners, "non_contributory": older,
                                       "any": together(older, early)},
        ("maternity", "women_giving_birth"): {"mandatory_contributory": mothers, "any": mothers},
        ("employment_injury", "employed"): {"mandatory_contributory": together(employees, shared(domestic, 1.6)),
                                            "any": together(employees, shared(domestic, 1.6))},
        ("medical_care", "population"): {"mandatory_contributory": insured,
                                         "voluntary_contributory": less(group["population"], insured),
                                         "any": group["population"]},
    }
    if one.year >= 2023:
        dismissed = shared(employees, 0.71)
        found["unemployment", "labour_force"] = {"mandatory_contributory": dismissed, "any": dismissed}
    if one.year >= 2024:
        entitled = both(31_000, 29_000) if one.year == 2024 else both(31_800, 29_700)
        found["invalidity", "severe_disability"] = {"non_contributory": entitled, "any": entitled}
    children = together(orphans, shared(one.aged(0, 4), 0.95)) if one.year >= 2025 else orphans
    found["family", "children"] = {"non_contributory": children, "any": children}
    return found


def published() -> Iterator[Row]:
    """What the annual report on social protection of 2024 would print: persons whole, per cent to one decimal."""
    one = ALL[EXACT]
    cash = [benefit for benefit, told in BENEFITS.items() if told[2] == "cash"]
    counted = {
        "SI_COV_BENFTS": (one.within(PENSION, INJURY, *cash, any_of=True), "population"),
        "SI_COV_PENSN": (one.within("old-age-pension", "old-age-grant", any_of=True), "older_persons"),
        "SI_COV_MATNL": (one.within("maternity-benefit"), "women_giving_birth"),
        "SI_COV_UEMP": (one.within("unemployment-benefit"), "unemployed"),
    }
    for series, (persons, group) in counted.items():
        sex = "female" if group == "women_giving_birth" else "total"
        row: Row = {"table": "figures", "row": f"{series}/XUT/{sex}/{EXACT}"}
        yield row | {"column": "numerator", "value": persons[sex]}
        yield row | {"column": "value", "value": round(100 * persons[sex] / one.groups()[group][0][sex], 1)}
    spent, gdp = total(one, "old-age-grant"), made_up_neighbours.economy("XUT").at("gdp", EXACT) or 0.0
    row = {"table": "spending", "row": f"XUT/xut-old-age-grant/old_age/benefits/{EXACT}"}
    yield row | {"column": "amount", "value": spent}
    yield row | {"column": "share_of_gdp", "value": round(spent / gdp, 4)}
    yield {"table": "adequacy", "row": f"old-age-grant/{EXACT}", "column": "average_per_month",
           "value": average(one, "old-age-grant")[0]}


def main() -> None:
    for code in ("XUT", *made_up_neighbours.COUNTRIES):
        folder = FOLDER / code / "inquiry"
        folder.mkdir(exist_ok=True)
        for name, text in inquiry(code).items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
