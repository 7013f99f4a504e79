"""A small sound inquiry, written as a person would fill it in, to be changed in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from socle import tables

Rows = list[dict[str, object]]
A_REGISTER = {"source": "A register", "status": "reported"}


def people(persons: object, **more: object) -> dict[str, object]:
    return {**more, "persons": persons, **A_REGISTER}


def money(amount: object, **more: object) -> dict[str, object]:
    return {**more, "amount": amount, "currency": "XUD", **A_REGISTER}


def _of_year(year: int, plus: int) -> dict[str, Rows]:
    grant = 20_000 + plus
    pension = {"scheme": "pension", "year": year}
    return {
        "protected": [
            people(90_000, **pension, measure="affiliated", sex="total"), people(40_000, **pension, measure="affiliated", sex="female"),
            people(50_000, **pension, measure="affiliated", sex="male"),
            people(60_000, **pension, measure="active_contributors", sex="total"),
            people(25_000, **pension, measure="active_contributors", sex="total", employment_status="self_employed")],
        "recipients": [
            people(8_000, benefit="old-age", year=year, sex="total"),
            people(grant, benefit="grant", year=year, sex="total"), people(12_000, benefit="grant", year=year, sex="female"),
            people(8_000 + plus, benefit="grant", year=year, sex="male"),
            people(9_000, benefit="grant", year=year, sex="total", area="urban"),
            people(11_000 + plus, benefit="grant", year=year, sex="total", area="rural"),
            people(15_000, benefit="grant", year=year, sex="total", age_group="65-74"),
            people(5_000 + plus, benefit="grant", year=year, sex="total", age_group="75+")],
        "amounts": [
            money(8_000 * 12 * 300, benefit="old-age", year=year, measure="total"),
            money(300, benefit="old-age", year=year, measure="average", per="month"),
            money(200, benefit="old-age", year=year, measure="minimum", per="month"),
            money(12_000, benefit="old-age", year=year, measure="maximum", per="year")],
        "expenditure": [
            money(8_000 * 12 * 300, scheme="pension", year=year, item="benefits", function="old_age"),
            money(8_000 * 12 * 300, scheme="pension", year=year, item="benefits"),
            money(1_000_000, scheme="pension", year=year, item="administration")],
        "receipts": [money(20_000_000, scheme="pension", year=year, item="employers"),
                     money(15_000_000, scheme="pension", year=year, item="protected_persons")],
        "denominators": [
            people(1_000_000, country="XUT", year=year, group="population", sex="total"),
            people(500_000, country="XUT", year=year, group="population", sex="female"),
            people(500_000, country="XUT", year=year, group="population", sex="male"),
            people(300_000, country="XUT", year=year, group="children", sex="total"),
            people(80_000, country="XUT", year=year, group="older_persons", sex="total"),
            people(400_000, country="XUT", year=year, group="labour_force", sex="total"),
            people(360_000, country="XUT", year=year, group="employed", sex="total"),
            people(200_000, country="XUT", year=year, group="employees", sex="total")],
        "overlaps": [people(500, between="old-age;grant", year=year), people(700, between="pension;grant", year=year),
                     people(100, between="pension;grant;old-age", year=year)],
        "legal": [people(150_000, country="XUT", year=year, branch="old_age", group="employees", route="mandatory_contributory"),
                  people(150_000, country="XUT", year=year, branch="old_age", group="employees", route="any")],
        "published": [],
    }


def sound() -> dict[str, Rows]:
    """A pension that contributions pay for and a grant, in two years."""
    found: dict[str, Rows] = {
        "schemes": [
            {"scheme": "pension", "country": "XUT", "name": "Pension", "kind": "social_insurance", "functions": "old_age", "since": "2010"},
            {"scheme": "grants", "country": "XUT", "name": "Grants", "kind": "categorical", "functions": "old_age", "since": "2015"}],
        "benefits": [
            {"benefit": "old-age", "scheme": "pension", "function": "old_age", "form": "cash", "means_tested": "no",
             "contributory": "yes"},
            {"benefit": "grant", "scheme": "grants", "function": "old_age", "form": "cash", "means_tested": "no", "contributory": "no"}],
    }
    for year, plus in ((2023, 0), (2024, 1_000)):
        for sheet, rows in _of_year(year, plus).items():
            found.setdefault(sheet, []).extend(rows)
    found["published"] = [{"table": "figures", "row": "SI_COV_PENSN/XUT/total/2024", "column": "value", "value": "35.6", "source": "A bulletin"}]
    return found


def parsed(sheets: Mapping[str, Sequence[Mapping[str, object]]]) -> tables.Parsed:
    raw = []
    for name, rows in sheets.items():
        header = list(dict.fromkeys(column for row in rows for column in row))
        if header:
            raw.append(tables.RawSheet(name, header, [[row.get(c) for c in header] for row in rows], range(2, len(rows) + 2)))
    return tables.parse(tables.INQUIRY, raw)


def book(sheets: Mapping[str, Sequence[Mapping[str, object]]]) -> tables.Book:
    found = parsed(sheets)
    assert not found.errors, found.errors
    return found.book


def row(rows: Rows, /, **of: object) -> dict[str, object]:
    """The row of these cells; an empty cell says total."""
    (found,) = [one for one in rows if all(one.get(name, "total" if value == "total" else None) == value for name, value in of.items())]
    return found
