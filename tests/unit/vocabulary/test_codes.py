"""The closed lists of words."""

from __future__ import annotations

import pytest

from socle import vocabulary
from socle.errors import UnknownCode
from socle.tables import PROGRAMME
from socle.vocabulary import LANGUAGES, code_list, code_lists, speaking

BINDING = {
    "STEPS": "1 2 3",
    "BRANCHES": "medical_care sickness unemployment old_age employment_injury family maternity invalidity survivors "
                "social_assistance several",
    "IMPACT_KINDS": "legal_coverage effective_coverage adequacy comprehensiveness access",
    "THEMES": "old_age_pensions social_health_protection unemployment_protection informal_economy disability "
              "migrants_refugees just_transition gender_equality social_dialogue rights_based adaptation culture financing "
              "statistics actuarial digital",
    "PRINCIPLES": "a b c d e f g h i j k l m n o p q r",
    "GUARANTEES": "health children working_age older_persons",
    "PARTNER_KINDS": "bilateral multilateral un rbsa regular_budget domestic development_bank foundation private other",
    "OUTPUT_KINDS": "technical_advice capacity_building knowledge ratification partnership",
    "COUNTRY_ROLES": "priority supported",
    "PROJECT_KINDS": "development_cooperation regular_budget",
    "FUNDING_STATUSES": "pledged committed received",
    "BUDGET_KINDS": "required available mobilised",
    "CONSTITUENCIES": "government employers workers other",
    "MEASURES": "baseline level increase",
    "UNITS": "persons households",
    "STATUSES": "achieved potential",
    "INDICATORS": "step1 step2 step3 steps legal_coverage effective_coverage adequacy comprehensiveness access "
                  "better_protection people",
    "AGGREGATE_INDICATORS": "step1 step2 step3 steps legal_coverage effective_coverage adequacy comprehensiveness access "
                            "better_protection people new_projects new_funding",
    "TARGET_COUNTS": "countries changes persons",
    "AGGREGATE_COUNTS": "countries changes persons projects money",
    "KINDS_AND_TOTALS": "legal_coverage effective_coverage adequacy comprehensiveness access coverage_extension "
                        "better_protection all",
    "RATIFICATION_STATUSES": "ratified in_progress",
    "RESPONSES": "accepted partly rejected",
    "ACTION_STATUSES": "planned ongoing done dropped",
    "EVIDENCE_KINDS": "document law statistics website other",
    "POST_PLACES": "headquarters field",
    "POST_CONTRACTS": "regular_budget technical_cooperation",
    "REGIONS": "africa americas arab_states asia_pacific europe_central_asia",
    "INCOME_GROUPS": "low lower_middle upper_middle high",
    "SEVERITIES": "error warning",
}


@pytest.mark.parametrize(("name", "codes"), BINDING.items())
def test_the_codes_of_a_list_are_binding_and_in_order(name, codes):
    assert list(code_list(name)) == codes.split()
    assert getattr(vocabulary, name) is code_list(name)


def test_every_list_is_named_at_the_door():
    assert all(getattr(vocabulary, name) is codes for name, codes in code_lists().items())


def test_every_code_has_a_label_in_every_language_and_a_source():
    for codes in code_lists().values():
        for code in codes.values():
            assert set(code.labels) == set(LANGUAGES)
            assert all(label.strip() == label and label for label in code.labels.values())
            assert code.source


def test_no_two_codes_of_a_list_share_a_label():
    for codes in code_lists().values():
        for lang in LANGUAGES:
            labels = [code.label(lang) for code in codes.values()]
            assert len(set(labels)) == len(labels), (codes.name, lang)


def test_labels_use_the_typographic_apostrophe():
    assert not [code for codes in code_lists().values() for code in codes.values() if "'" in "".join(code.labels.values())]


def test_every_list_that_the_exchange_form_names_exists():
    named = {column.codes for sheet in PROGRAMME for column in sheet.columns if column.codes}
    assert named <= set(code_lists())


def test_a_label_is_in_the_language_spoken_now():
    with speaking("fr"):
        assert code_list("BRANCHES")["old_age"].label() == "Vieillesse"
    assert code_list("BRANCHES")["old_age"].label() == "Old age"
    assert code_list("BRANCHES")["old_age"].label("es") == "Vejez"


def test_the_two_groups_of_themes_hold_eight_each():
    themes = code_list("THEMES")
    assert len(themes.group("protection")) == len(themes.group("systems")) == 8
    assert {code.group for code in themes.values()} == set(code_list("THEME_GROUPS"))


def test_every_subregion_belongs_to_a_region():
    subregions = code_list("SUBREGIONS")
    assert len(subregions) == 11
    assert {code.group for code in subregions.values()} == set(code_list("REGIONS"))


def test_a_principle_whose_letter_was_not_read_in_the_recommendation_is_not_verified():
    principles = code_list("PRINCIPLES")
    assert [letter for letter, code in principles.items() if not code.verified] == list("abcdefghi")


def test_an_unknown_word_is_refused_with_the_nearest_ones():
    with pytest.raises(UnknownCode, match=r"old_age") as refusal:
        code_list("BRANCHES").require("oldage")
    assert refusal.value.findings[0].value == "oldage"
    with pytest.raises(UnknownCode, match="Use one of: 1, 2, 3"):
        code_list("STEPS").require("four")
    with pytest.raises(UnknownCode):
        code_list("NONSENSE")


def test_a_known_word_is_its_code():
    assert code_list("STEPS").require("2") is code_list("STEPS")["2"]


def test_a_list_cannot_be_changed():
    with pytest.raises(TypeError):
        code_list("STEPS")["4"] = code_list("STEPS")["1"]
    with pytest.raises(TypeError):
        code_list("STEPS")["1"].labels["en"] = "First step"
