"""What ``coverage.check`` says: a sound inquiry, changed in one place, and exactly the findings of that change.

The codes and what they mean are listed in docs/reference/inquiry-findings.md.
"""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from socle import coverage, datasets
from socle.coverage.checks import RULES
from socle.coverage.checks_filled import differences
from socle.errors import InputError
from tests.spec.documented import _codes
from tests.spec.inquiries import book, money, parsed, people, row, sound

TODAY = date(2026, 6, 1)
ROOT = Path(__file__).parents[2]
GRANT = {"benefit": "grant", "year": 2024, "age_group": "total", "area": "total"}
PENSION = {"scheme": "pension", "year": 2024, "employment_status": "total"}
GROUP = {"country": "XUT", "year": 2024}


def check(sheets, **more):
    return coverage.check(book(sheets), today=TODAY, **more)


def changed(sheet, column, value, /, **of):
    def change(sheets):
        row(sheets[sheet], **of)[column] = value
    return change


def added(sheet, one, /):
    return lambda sheets: sheets[sheet].append(one)


def removed(sheet, /, **of):
    return lambda sheets: sheets[sheet].remove(row(sheets[sheet], **of))


def both(*changes):
    def change(sheets):
        for one in changes:
            one(sheets)
    return change


#: What is changed; the code, sheet and column of the finding, its severity, and a word it says.
CASES = {
    "a status without a figure": (changed("recipients", "persons", None, **GRANT, sex="female"),
                                  ("figure_missing", "recipients", "persons", "error", "not available")),
    "a figure that is not available": (changed("recipients", "status", "not_available", **GRANT, sex="female"),
                                       ("figure_not_available", "recipients", "status", "error", "12000")),
    "no source": (changed("receipts", "source", None, scheme="pension", year=2024, item="employers"),
                  ("source_missing", "receipts", "source", "warning", "source")),
    "a year to come": (added("denominators", people(5, country="XUT", year=2030, group="poor", sex="total")),
                       ("year_ahead", "denominators", "year", "warning", "2030")),
    "a day of another year": (changed("legal", "reference_on", "2020-12-31", **GROUP, route="any"),
                              ("reference_outside_year", "legal", "reference_on", "warning", "2020-12-31")),
    "no ages": (added("recipients", people(5, benefit="grant", year=2024, sex="total", age_group="old")),
                ("age_group", "recipients", "age_group", "error", "“old”")),
    "ages backwards": (added("recipients", people(5, benefit="grant", year=2024, sex="total", age_group="74-65")),
                       ("age_group", "recipients", "age_group", "error", "74-65")),
    "no currency": (changed("receipts", "currency", None, scheme="pension", year=2024, item="employers"),
                    ("currency_missing", "receipts", "currency", "error", "20000000")),
    "no benefit": (added("schemes", {"scheme": "empty", "country": "XUT"}),
                   ("scheme_without_benefits", "schemes", "scheme", "warning", "empty")),
    "medical care in cash": (added("benefits", {"benefit": "care", "scheme": "grants", "function": "medical_care", "form": "cash"}),
                             ("medical_care_in_cash", "benefits", "form", "warning", "in_kind")),
    "contributions to a grant": (changed("benefits", "contributory", "yes", benefit="grant"),
                                 ("contributory_contradicts", "benefits", "contributory", "warning", "categorical")),
    "a means test where there is none": (changed("benefits", "means_tested", "yes", benefit="grant"),
                                         ("means_test_contradicts", "benefits", "means_tested", "warning", "categorical")),
    "another function": (changed("schemes", "functions", "family", scheme="grants"),
                         ("function_not_of_scheme", "benefits", "function", "warning", "family")),
    "the least of a benefit in kind": (changed("benefits", "form", "in_kind", benefit="old-age"),
                                       ("in_kind_amount", "amounts", "measure", "warning", "in kind")),
    "more contributors than affiliated": (changed("protected", "persons", 95_000, **PENSION, measure="active_contributors", sex="total"),
                                          ("contributors_exceed", "protected", "persons", "error", "90000")),
    "a table that no report has": (changed("published", "table", "figuers", column="value"),
                                   ("unknown_address", "published", "table", "warning", "figuers")),
    "half an address": (changed("published", "row", "SI_COV_PENSN/2024", column="value"),
                        ("unknown_address", "published", "row", "warning", "series/country/sex/year")),
    "a column that is not there": (changed("published", "column", "valu", table="figures"),
                                   ("unknown_address", "published", "column", "warning", "valu")),
    "more women and men than persons": (changed("recipients", "persons", 14_000, **GRANT, sex="female"),
                                        ("sexes_exceed", "recipients", "persons", "error", "23000")),
    "fewer women and men than persons": (changed("recipients", "persons", 11_000, **GRANT, sex="female"),
                                         ("sexes_do_not_add_up", "recipients", "persons", "warning", "20000 of 21000")),
    "no total": (removed("protected", scheme="pension", year=2024, measure="affiliated", sex="total"),
                 ("total_missing", "protected", "sex", "warning", "40000")),
    "a part that is larger": (changed("protected", "persons", 61_000, scheme="pension", year=2024, employment_status="self_employed"),
                              ("parts_exceed", "protected", "persons", "error", "self_employed")),
    "town and country are more": (changed("recipients", "persons", 10_000, benefit="grant", year=2024, area="urban"),
                                  ("parts_exceed", "recipients", "persons", "error", "urban, rural")),
    "town and country are fewer": (changed("recipients", "persons", 8_000, benefit="grant", year=2024, area="urban"),
                                   ("parts_do_not_add_up", "recipients", "persons", "warning", "20000 of 21000")),
    "ages are more": (changed("recipients", "persons", 16_000, benefit="grant", year=2024, age_group="65-74"),
                      ("parts_exceed", "recipients", "persons", "error", "65-74, 75+")),
    "more children than people": (changed("denominators", "persons", 1_100_000, **GROUP, group="children"),
                                  ("group_exceeds", "denominators", "persons", "error", "population")),
    "children and older persons": (both(changed("denominators", "persons", 950_000, **GROUP, group="children"),
                                        changed("denominators", "persons", 940_000, country="XUT", year=2023, group="children"),
                                        changed("denominators", "persons", 60_000, country="XUT", year=2023, group="older_persons")),
                                   ("group_exceeds", "denominators", "persons", "error", "950000")),
    "more employees than employed": (changed("denominators", "persons", 180_000, **GROUP, group="employed"),
                                     ("group_exceeds", "denominators", "persons", "error", "employees")),
    "more employed than in the labour force": (changed("denominators", "persons", 410_000, **GROUP, group="employed"),
                                               ("groups_disagree", "denominators", "persons", "warning", "labour_force")),
    "more recipients than people": (both(changed("denominators", "persons", 500_000, country="XUT", year=2024, group="population",
                                                 sex="male"),
                                         added("recipients", people(600_000, benefit="old-age", year=2024, sex="male", area="rural"))),
                                    ("over_population", "recipients", "persons", "error", "500000")),
    "more recipients than older persons": (changed("denominators", "persons", 20_500, **GROUP, group="older_persons"),
                                           ("over_denominator", "recipients", "persons", "warning", "102 per cent")),
    "less than the least": (changed("amounts", "amount", 400, benefit="old-age", year=2024, measure="minimum"),
                            ("amounts_out_of_order", "amounts", "amount", "error", "400")),
    "an average of a year": (changed("amounts", "amount", 8_000 * 12 * 30, benefit="old-age", year=2024, measure="total"),
                             ("total_differs", "amounts", "amount", "warning", "8000 recipients at 300 a month")),
    "spent otherwise than paid": (changed("expenditure", "amount", 27_000_000, scheme="pension", year=2024, function="old_age"),
                                  ("expenditure_differs", "expenditure", "amount", "warning", "28800000")),
    "functions and their total": (changed("expenditure", "amount", 30_000_000, scheme="pension", year=2024, item="benefits", function=None),
                                  ("functions_do_not_add_up", "expenditure", "amount", "warning", "28800000")),
    "two currencies": (changed("receipts", "currency", "USD", scheme="pension", year=2024, item="employers"),
                       ("mixed_currencies", "receipts", "currency", "warning", "XUD")),
    "another unit": (both(changed("receipts", "amount", 20_000, scheme="pension", year=2024, item="employers"),
                          changed("receipts", "amount", 15_000, scheme="pension", year=2024, item="protected_persons")),
                     ("receipts_apart", "receipts", "amount", "warning", "35000")),
    "a costly office": (changed("expenditure", "amount", 40_000_000, scheme="pension", year=2024, item="administration"),
                        ("administration_share", "expenditure", "amount", "warning", "58 per cent")),
    "a jump": (changed("denominators", "persons", 10_000, **GROUP, group="children"),
               ("jump", "denominators", "persons", "warning", "300000 in 2023 (row 5)")),
    "a gap": (lambda sheets: sheets["recipients"].remove(row(sheets["recipients"], benefit="old-age", year=2024)),
              ("gap_in_series", "benefits", "benefit", "warning", "2024")),
    "before it began": (changed("schemes", "since", "2024", scheme="grants"),
                        ("before_it_began", "recipients", "year", "warning", "2024")),
    "an unknown key": (changed("overlaps", "between", "old-age;grnat", between="old-age;grant", year=2024),
                       ("unknown_reference", "overlaps", "between", "error", "Did you mean grant?")),
    "one key": (changed("overlaps", "between", "grant;grant", between="old-age;grant", year=2024),
                ("overlap_keys", "overlaps", "between", "error", "named once")),
    "more than the smallest": (changed("overlaps", "persons", 9_000, between="old-age;grant", year=2024),
                               ("overlap_exceeds", "overlaps", "persons", "error", "8000 of old-age")),
    "more in three than in two": (changed("overlaps", "persons", 600, between="pension;grant;old-age", year=2024),
                                  ("overlap_exceeds", "overlaps", "persons", "error", "500 of old-age;grant")),
    "nobody to overlap": (added("overlaps", people(5, between="old-age;grant", year=2019)),
                          ("overlap_without_parts", "overlaps", "year", "warning", "2019")),
    "more than their group": (changed("denominators", "persons", 140_000, **GROUP, group="employees"),
                              ("over_group", "legal", "persons", "error", "140000")),
    "any route less than one": (changed("legal", "persons", 140_000, **GROUP, route="any"),
                                ("routes_contradict", "legal", "persons", "error", "150000")),
    "any route more than all there are": (changed("legal", "persons", 160_000, **GROUP, route="any"),
                                          ("routes_contradict", "legal", "persons", "warning", "150000")),
}
#: Changes that are wrong in more than one way.
ALSO = {
    "a status without a figure": {"sexes_do_not_add_up"}, "a figure that is not available": {"sexes_do_not_add_up"},
    "medical care in cash": {"function_not_of_scheme", "gap_in_series"}, "another function": set(),
    "more contributors than affiliated": {"jump"}, "more women and men than persons": set(),
    "more children than people": {"jump"}, "an average of a year": {"expenditure_differs", "jump"},
    "no total": {"jump"}, "a part that is larger": {"jump"}, "more recipients than people": {"parts_exceed", "jump"},
    "spent otherwise than paid": {"functions_do_not_add_up"}, "functions and their total": {"expenditure_differs"},
    "more employees than employed": set(), "more recipients than older persons": {"jump"}, "a costly office": {"jump"},
    "another unit": {"jump"}, "less than the least": {"jump"}, "any route more than all there are": set(), "two currencies": set(),
    "children and older persons": {"jump"}, "half an address": set(), "a gap": set(),
}


def test_a_sound_inquiry_has_nothing_to_be_said_of():
    assert check(sound()) == []


@pytest.mark.parametrize("case", CASES)
def test_a_change_gives_its_finding(case):
    change, (code, sheet, column, severity, says) = CASES[case]
    sheets = sound()
    change(sheets)
    found = check(sheets)

    mine = [one for one in found if (one.code, one.sheet, one.column, one.severity) == (code, sheet, column, severity)]
    assert mine, found
    assert any(says in str(one) for one in mine), mine
    assert all(one.row and one.remedy for one in mine)
    assert {one.code for one in found} - {code} <= ALSO.get(case, set())


def test_zero_is_a_figure():
    sheets = sound()
    for one in sheets["overlaps"]:
        one["persons"] = 0

    assert check(sheets) == []


def test_what_is_not_available_is_no_contradiction():
    sheets = sound()
    for one in sheets["recipients"]:
        if one["benefit"] == "grant":
            one.update(persons=None, status="not_available")

    assert check(sheets) == []


def test_findings_stand_in_the_order_of_the_form():
    sheets = sound()
    for case in ("any route less than one", "no total", "no source", "half an address", "contributions to a grant"):
        CASES[case][0](sheets)
    order = [one.sheet for one in check(sheets)]

    assert order == ["benefits", "protected", "receipts", "legal", "published"]


def test_a_breakdown_that_no_row_has_needs_no_column():
    sheets = sound()
    assert not any("disability" in one for one in sheets["recipients"])
    assert set(book(sheets)["recipients"]["disability"]) == {"total"}
    sheets["recipients"].append(people(20_000, benefit="grant", year=2023, sex="total"))

    assert [(one.code, one.row) for one in parsed(sheets).errors] == [("duplicate_key", 18)]


def test_a_sheet_without_a_source_or_status_is_told_once():
    sheets = sound()
    for one in sheets["recipients"]:
        one.pop("source")
        one.pop("status")
    sheets["recipients"][0]["persons"] = None
    found = check(sheets)

    assert [(one.code, one.row, one.severity) for one in found if one.code in ("source_missing", "figure_missing")] == [
        ("source_missing", None, "warning"), ("figure_missing", 2, "warning")]


def test_last_year_is_compared_with_the_inquiry_before():
    before, now = sound(), sound()
    now = {sheet: [one for one in rows if one.get("year") != 2023] for sheet, rows in now.items()}
    row(now["recipients"], **GRANT, sex="male")["persons"] = 3_000
    row(now["recipients"], **GRANT, sex="total")["persons"] = 15_000
    before = {sheet: [one for one in rows if one.get("year") != 2024] for sheet, rows in before.items()}
    found = [one for one in check(now, before=book(before)) if one.code == "jump"]

    assert [(one.sheet, one.value) for one in found] == [("recipients", "3000")]
    assert "8000 in 2023 (the inquiry before)" in found[0].message


def test_a_year_that_is_restated_is_told_with_both_figures():
    now = sound()
    row(now["denominators"], country="XUT", year=2023, group="children")["persons"] = 310_000
    (found,) = check(now, before=book(sound()))

    assert (found.code, found.severity, found.value) == ("restated", "warning", "310000")
    assert "300000" in found.message


def test_limits_are_options():
    sheets = sound()
    row(sheets["expenditure"], scheme="pension", year=2024, function="old_age")["amount"] = 27_000_000

    assert check(sheets, options={"tolerance": 0.1}) == []
    with pytest.raises(InputError) as wrong:
        check(sheets, options={"tolerence": 0.1, "jump": "much"})
    assert [(one.code, one.column) for one in wrong.value.findings] == [("unknown_option", "tolerence"), ("number", "jump")]


@pytest.mark.parametrize(("persons", "severity"), [(505_000, "warning"), (515_000, "error")])
def test_a_register_may_count_a_little_more_than_the_population_is_estimated(persons, severity):
    sheets = sound()
    both(changed("denominators", "persons", 500_000, country="XUT", year=2024, group="population", sex="male"),
         added("recipients", people(persons, benefit="old-age", year=2024, sex="male", area="rural")))(sheets)
    assert [one.severity for one in check(sheets) if one.code == "over_population"] == [severity]


def test_a_jump_of_few_persons_is_none():
    sheets = sound()
    row(sheets["overlaps"], between="pension;grant", year=2024)["persons"] = 600
    sheets["denominators"] += [people(100, country="XUT", year=2023, group="poor", sex="total"),
                               people(900, country="XUT", year=2024, group="poor", sex="total")]

    assert check(sheets) == []
    assert [one.code for one in check(sheets, options={"least": 500})] == ["jump"]


def test_nothing_is_called_missing_from_a_sheet_with_rows_in_error():
    sheets = sound()
    row(sheets["recipients"], benefit="old-age", year=2024)["persons"] = "many"
    reading = parsed(sheets)

    assert [one.code for one in coverage.check(reading.book, today=TODAY)] == ["gap_in_series"]
    assert coverage.check(reading.book, today=TODAY, incomplete=reading.bad_rows) == []


# Schemes of the catalogue


@pytest.fixture(scope="module")
def utania():
    return datasets.made_up("XUT")


def named(scheme, **cells):
    sheets = sound()
    sheets["schemes"].append({"scheme": scheme, "country": "XUT", **cells})
    sheets["benefits"].append({"benefit": "b", "scheme": scheme, "function": "family", "form": "cash"})
    return sheets


def test_empty_cells_are_filled_from_the_scheme_that_is_named(utania):
    filled = coverage.filled(book(named("xut-child-grant")), utania.schemes)
    told = {name: filled["schemes"][name][-1] for name in ("name", "institution", "functions", "legal_basis")}

    assert told == {"name": "Child Grant", "institution": "Ministry of Families of Utania", "functions": ("family",),
                    "legal_basis": "Child Grant Act, 2024"}
    assert filled["schemes"]["since"][-1].text == "2025-01-01"
    assert filled["benefits"]["contributory"][-1] is False
    assert filled["schemes"]["kind"][-1] is None


@pytest.mark.parametrize(("column", "value", "other"), [
    ("name", "Old Grant", "Child Grant"), ("institution", "Nobody", "Ministry"), ("kind", "social_insurance", "not contributory"),
    ("functions", "old_age", "family"), ("legal_basis", "A decree", "Child Grant Act, 2024"), ("since", "2019", "2025-01-01"),
])
def test_what_differs_from_the_scheme_is_told(utania, column, value, other):
    found = [one for one in check(named("xut-child-grant", **{column: value}), schemes=utania.schemes)
             if one.code == "differs_from_scheme"]

    assert [(one.sheet, one.row, one.column, one.value) for one in found] == [("schemes", 4, column, value)]
    assert other in found[0].message


def test_a_name_in_another_language_is_the_same_name(utania):
    found = check(named("xut-child-grant", name="Allocation pour enfant"), schemes=utania.schemes)

    assert "differs_from_scheme" not in {one.code for one in found}


# The made-up countries, and the reference


@pytest.mark.parametrize("country", ["XUT", "XVA", "XWE", "XYO"])
def test_a_made_up_inquiry_has_no_error(country):
    made = datasets.made_up(country)
    found = coverage.check(made.inquiry, schemes=made.schemes, today=TODAY)

    assert {one.code for one in found} <= {"jump"}
    assert [one for one in found if one.severity == "error"] == []


def codes_of_checks():
    modules = {rule.__module__ for rule in (*RULES, differences)}
    paths = [ROOT / f"{module.replace('.', '/')}.py" for module in modules]
    return {code for path in paths for code in _codes(ast.parse(path.read_text(encoding="utf-8")))}


def test_every_code_is_in_the_reference_and_is_tried_here():
    page = (ROOT / "docs/reference/inquiry-findings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([a-z_]+)` \| (?:error|warning)", page, re.MULTILINE))
    here = {expected[0] for _, expected in CASES.values()} | {"restated", "differs_from_scheme"}

    assert documented == codes_of_checks()
    assert documented == here


def test_very_many_rows_are_checked():
    """No rule compares every row with every other: this would not end."""
    sheets = sound()
    keys = [f"b{n}" for n in range(2_000)]
    sheets["benefits"] += [{"benefit": key, "scheme": "grants", "function": "old_age", "form": "cash"} for key in keys]
    sheets["recipients"] += [people(100, benefit=key, year=2000 + year, sex=sex)
                             for key in keys for year in range(15, 25) for sex in ("total", "female")]
    sheets["overlaps"] += [people(10, between=f"{one};{other}", year=2024) for one in keys[:100] for other in keys[300:700]]
    sheets["expenditure"] += [money(5, scheme="grants", year=1950 + n, item="other") for n in range(50)]
    found = check(sheets)

    assert {one.code for one in found} == {"before_it_began", "gap_in_series"}
    assert sum(map(len, sheets.values())) > 80_000
