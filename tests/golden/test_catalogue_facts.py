"""What the catalogue says is what the four documents print."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from socle import vocabulary
from socle.tables import PROGRAMME as FORM
from tests.golden.catalogue import PROGRAMME, rows, sheets

CHANGES_2024 = [row for row in rows("changes") if row["year"] == "2024"]
#: Table 4, copied by eye: the steps that have a dot.
DOTS = {
    "AGO": "3", "BFA": "23", "BDI": "1", "CPV": "13", "CIV": "3", "COD": "3", "EGY": "3", "KEN": "2", "MDG": "12", "MWI": "12",
    "MOZ": "3", "NGA": "23", "RWA": "3", "SEN": "3", "SLE": "3", "UGA": "1", "ZMB": "13", "SLV": "3", "SUR": "1", "IRQ": "3",
    "JOR": "3", "LBN": "12", "PSE": "23", "IND": "3", "LAO": "23", "NPL": "2", "PAK": "3", "TLS": "3", "VNM": "12", "ALB": "1",
    "TJK": "3",
}


def persons_2024(*columns: str, status: str = "achieved") -> dict[str, int]:
    impacts = {row["impact"]: row for row in rows("impacts")}
    found: Counter[str] = Counter()
    for row in rows("observations"):
        if (row["on"], row["status"]) == ("2024", status):
            found["/".join(impacts[row["impact"]][column] for column in columns)] += int(row["persons"])
    return dict(found)



def test_the_impacts_of_2024_add_up_to_table_1():
    assert persons_2024("kind", "branch") == {
        "legal_coverage/old_age": 4_610_000,
        "effective_coverage/old_age": 1_218_000,
        "effective_coverage/invalidity": 52_500,
        "effective_coverage/medical_care": 1_302_000,
        "adequacy/medical_care": 7_000_000,
        "adequacy/social_assistance": 4_000_000,
        "comprehensiveness/medical_care": 85_000,
    }
    assert sum(persons_2024("kind").values()) == 18_267_500


def test_potential_persons_stand_apart():
    assert persons_2024("country", status="potential") == {"KEN": 774_000, "NPL": 8_000_000}


def test_figures_the_report_does_not_place_are_marked_as_inferred():
    inferred = {row["impact"] for row in rows("impacts") if row["source"].startswith("inferred:")}
    assert inferred == {"NPL-effective-oa-migrants", "ZMB-effective-inv"}
    assert {row["impact"] for row in rows("observations") if row["source"].startswith("inferred:")} == inferred


def test_every_dot_of_table_4_is_a_change():
    assert len(CHANGES_2024) == 41
    assert Counter(row["step"] for row in CHANGES_2024) == {"1": 10, "2": 10, "3": 21}
    assert len({row["country"] for row in CHANGES_2024}) == 31
    dots = sorted((country, step) for country, steps in DOTS.items() for step in steps)
    assert sorted((row["country"], row["step"]) for row in CHANGES_2024) == dots
    printed = sorted(row["row"] for row in rows("published") if row["table"] == "country_results")
    assert printed == [f"{country}/2024/{step}" for country, step in dots]


def test_the_key_of_a_change_says_country_year_and_step():
    assert all(row["change"] == f"{row['country']}-2024-{row['step']}" for row in CHANGES_2024)


@pytest.mark.parametrize(("change", "words"), [
    ("CPV-2024-1", "no strategy"), ("VNM-2024-1", "no strategy"), ("SUR-2024-1", "not adopted"),
])
def test_a_step_the_country_text_does_not_bear_out_says_so(change, words):
    assert words in next(row["summary"] for row in rows("changes") if row["change"] == change)


def test_an_impact_is_made_possible_by_a_change_of_its_country_at_a_step_that_can():
    changes = {row["change"]: row for row in rows("changes")}
    for impact in rows("impacts"):
        change = changes[impact["change"]]
        assert change["country"] == impact["country"]
        assert change["step"] in ("2" if impact["kind"] == "legal_coverage" else "23")


def test_cambodia_is_the_observation_of_the_first_phase():
    impact = next(row for row in rows("impacts") if row["country"] == "KHM")
    assert (impact["kind"], impact["expected"], impact["expected_on"]) == ("access", "1100000", "2017-12-31")
    observation = next(row for row in rows("observations") if row["impact"] == impact["impact"])
    assert (observation["on"], observation["measure"], observation["persons"]) == ("2017-08-31", "level", "910000")
    assert observation["source"].startswith("AR2017")


def test_the_pilot_and_the_top_ups_are_left_out_with_a_reason():
    left_out = {(row["country"], row["persons"]): row["reason"] for row in rows("left_out")}
    assert {("JOR", "37500"), ("LBN", "10000")} <= set(left_out)
    assert all(left_out.values())


def test_a_phase_has_the_priority_countries_of_its_list():
    assert Counter((row["phase"], row["role"]) for row in rows("countries")) == {("1", "priority"): 21, ("2", "priority"): 50}


def test_step_ambitions_of_the_second_phase_are_there_twice():
    ambitions = {(row["indicator"], row["counts"]): int(row["target"]) for row in rows("targets") if row["phase"] == "2"}
    assert [ambitions[f"step{n}", counts] for counts in ("countries", "changes") for n in (1, 2, 3)] == [10, 30, 40] * 2
    assert [ambitions[name, "persons"] for name in ("legal_coverage", "effective_coverage", "better_protection", "people")] == [
        20_000_000, 30_000_000, 10_000_000, 60_000_000]


def test_earlier_totals_add_up_as_printed():
    totals = {(row["indicator"], row["start"]): int(row["value"]) for row in rows("aggregates") if row["phase"] == "2"}
    kinds = ("legal_coverage", "effective_coverage", "better_protection")
    assert [sum(totals[kind, year] for kind in kinds) for year in ("2021", "2023")] == [30_930_000, 6_330_000]
    assert [totals["people", year] for year in ("2021", "2023")] == [30_930_000, 6_330_000]
    assert sum(totals[f"step{n}", "2021"] for n in (1, 2, 3)) == totals["steps", "2021"] == 108
    assert [totals["new_projects", str(year)] for year in range(2021, 2025)] == [17, 9, 36, 21]
    assert sum(totals["new_funding", str(year)] for year in range(2021, 2024)) == 55_803_745


@pytest.mark.parametrize(("on", "gap"), [("2021", 75_000_000), ("2024-12-31", 27_880_174)])
def test_the_lines_of_a_budget_leave_the_printed_gap(on, gap):
    lines = [(row["kind"], int(row["amount"])) for row in rows("budget") if row["on"] == on]
    assert sum(amount if kind == "required" else -amount for kind, amount in lines) == gap


def test_staff_are_counted_by_place_and_contract():
    assert {(row["place"], row["contract"]): int(row["posts"]) for row in rows("staff")} == {
        ("headquarters", "regular_budget"): 27, ("headquarters", "technical_cooperation"): 24,
        ("field", "regular_budget"): 37, ("field", "technical_cooperation"): 109}


def test_the_financing_of_every_priority_country_is_named_without_amount():
    supported = {row["project"][:3] for row in rows("funding") if row["project"].endswith("-SUPPORT")}
    assert supported == {row["country"] for row in rows("countries") if row["phase"] == "2"}
    assert not any(row["amount"] for row in rows("funding") if row["project"].endswith("-SUPPORT"))


def test_no_action_has_an_owner_or_a_due_day_the_report_does_not_name():
    assert not any(row["owner"] or row["due_on"] for row in rows("actions"))


@pytest.mark.parametrize("sheet", sheets())
def test_a_sheet_is_of_the_form_and_its_keys_are_unique(sheet):
    form = FORM[sheet]
    assert set(rows(sheet)[0]) <= set(form.names)
    keys = Counter(tuple(row.get(column, "") for column in form.identity) for row in rows(sheet))
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("sheet", [sheet for sheet in sheets() if "source" in FORM[sheet].names])
def test_every_row_names_its_document_and_the_place_in_it(sheet):
    documents = "|".join(row["document"] for row in rows("sources"))
    place = re.compile(rf"(inferred: )?({documents}), \S")
    assert [row["source"] for row in rows(sheet) if not place.match(row["source"])] == []


def test_projects_name_their_source_in_the_evidence():
    borne_out = {row["record"] for row in rows("evidence")}
    assert [row["project"] for row in rows("projects") if f"projects:{row['project']}" not in borne_out] == []


def test_evidence_is_of_a_record_that_is_there():
    keys = {f"{sheet}:" + "/".join(row[column] for column in FORM[sheet].key) for sheet in sheets() for row in rows(sheet)}
    assert [row["record"] for row in rows("evidence") if row["record"] not in keys] == []


def test_countries_are_written_by_their_iso_code():
    for sheet in sheets():
        for row in rows(sheet):
            codes = [row.get("country") or "", *(row.get("countries") or "").split(";")]
            assert all(code in vocabulary.COUNTRIES for code in codes if code), (sheet, row)


def test_the_catalogue_carries_citation_licence_and_disclaimer():
    report = next(row for row in rows("sources") if row["document"] == "AR2024")
    readme = (PROGRAMME.parents[1] / "README.md").read_text(encoding="utf-8")
    prose = " ".join(readme.replace(">", " ").split())
    assert report["licence"] == "CC BY 4.0"
    assert report["citation"].endswith("Geneva: International Labour Office, 2025. © ILO.")
    assert report["disclaimer"] in prose
    assert "not an ILO publication" in rows("programme")[0]["notice"]
    assert "not an ILO publication" in prose
    assert "SPDX-License-Identifier: CC-BY-4.0" in (PROGRAMME.parents[1] / "LICENSE").read_text(encoding="utf-8")
