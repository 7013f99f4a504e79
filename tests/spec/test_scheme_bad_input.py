"""What a scheme file is told, whatever is brought: every mistake at once, each with its line, its key and what to do."""

from __future__ import annotations

import pytest

from socle import schemes
from tests.spec.schemes import GOOD, changed, codes, findings, told


def test_a_good_file_has_no_finding():
    reading = schemes.parse(GOOD)

    assert reading.findings == ()
    assert reading.scheme is not None
    assert reading.scheme.benefits[0].amount == 100


def test_every_finding_says_what_is_wrong_and_what_to_do():
    text = changed(("USD", "usd"), ("old_age", "oldage"), ("2020-01-01", '"1/1/2020"'), ("[[benefit]]", "[[benefits]]"))
    for finding in findings(text):
        assert finding.sheet == "scheme.toml"
        assert finding.message.endswith((".", "”"))
        assert finding.remedy.endswith((".", "?"))


def test_all_mistakes_of_a_file_are_told_at_once():
    text = changed(('country = "XUT"', 'country = "Utania"'), ('branch = "old_age"', 'branch = "old age"'),
                   ("contributory = false", 'contributory = "no"'), ("age >= 70", "agee >= 70"), ("amount = 100", "amount = -5"),
                   ('per = "month"', 'per = "monthly"'), ('source = "Gazette, article 5"', ""))

    assert told(text) == [
        ("unknown_country", 2, "country", "Utania"),
        ("unknown_code", 4, "branch", "old age"),
        ("truth", 6, "contributory", "no"),
        ("rule_unknown_word", 18, "eligibility[1].rule", "agee"),
        ("source_missing", 22, "benefit[1]", None),
        ("negative", 25, "benefit[1].amount", "-5"),
        ("unknown_code", 27, "benefit[1].per", "monthly"),
    ]


# -- files that are none

def test_an_empty_file_is_told_so():
    assert told("") == told(" \n\n") == [("empty", None, None, None)]


def test_a_file_of_remarks_lacks_everything():
    assert {"required", "never_everyone"} == set(codes("# nothing yet\n"))


@pytest.mark.parametrize(("content", "line"), [
    (GOOD.replace("Pension office", "Caisse générale").encode("latin-1"), 8), (GOOD.encode("utf-16"), 1),
    (GOOD.encode("utf-16-le"), 1), (b"\x00" * 100, 1), (b"PK\x03\x04\x14\x00\xff\xfe", 1),
])
def test_what_is_not_utf_8_is_told_with_its_line(content, line):
    assert told(content) == [("encoding", line, None, None)]


def test_a_byte_order_mark_before_utf_8_is_no_mistake():
    assert findings(b"\xef\xbb\xbf" + GOOD.encode()) == ()


def test_lines_that_end_as_windows_ends_them_are_no_mistake():
    assert told(changed(("amount = 100", "amount = -1")).replace("\n", "\r\n")) == [("negative", 25, "benefit[1].amount", "-1")]


def test_a_hundred_times_the_size_is_read():
    many = "".join(f'\n[[law]]\ntitle = "Act {number}"\nfrom = 2020\nsource = "Gazette, {number}"\n' for number in range(100))

    assert len(schemes.parse(GOOD + many).required().laws) == 101


def test_a_file_larger_than_any_honest_one_is_refused(tmp_path):
    (tmp_path / "scheme.toml").write_text(GOOD + "#" * 1_000_000, encoding="utf-8")

    assert [one.code for one in schemes.read(tmp_path / "scheme.toml").findings] == ["too_large"]


def test_a_file_that_is_not_there_or_is_a_folder_is_told_so(tmp_path):
    assert [one.code for one in schemes.read(tmp_path / "none.toml").findings] == ["unreadable"]
    assert [one.code for one in schemes.read(tmp_path).findings] == ["unreadable"]


# -- what is not TOML

def test_lines_that_are_not_toml_are_each_told_and_the_rest_is_read_on():
    text = changed(('country = "XUT"', "country = XUT"), ("from = 2020-01-01\nrule", "from = 01/02/2020\nrule"),
                   ("amount = 100", "amount = 1 00"), ('currency = "USD"', 'currency = "US Dollar"'))

    assert told(text) == [
        ("toml", 2, "country", "country = XUT"),
        ("toml", 17, "eligibility[1].from", "from = 01/02/2020"),
        ("toml", 25, "benefit[1].amount", "amount = 1 00"),
        ("currency", 26, "benefit[1].currency", "US Dollar"),
    ]


def test_a_text_that_is_never_closed_spoils_only_its_own_line():
    text = changed(('"Pensions Act"', '"Pensions Act'), ("amount = 100", "amount = -100"))

    assert [(code, line) for code, line, *_ in told(text)] == [("toml", 11), ("negative", 25)]


def test_a_header_without_its_brackets_is_told_and_its_keys_belong_to_nothing_else():
    text = changed(("[[benefit]]", "[[benefit]"))

    assert [(code, line) for code, line, *_ in told(text)] == [("toml", 22)]


def test_a_key_that_stands_twice_is_told_at_the_second():
    assert told(changed(("amount = 100", "amount = 100\namount = 200")))[0][:3] == ("duplicate_key", 26, "benefit[1].amount")


def test_a_table_that_stands_twice_is_told():
    twice = GOOD + '\n[administration]\nshare = 0.1\nof = "total"\nsource = "G"\n[administration]\nshare = 0.2\n'

    assert ("duplicate_key", 34) in [(code, line) for code, line, *_ in told(twice)]


@pytest.mark.parametrize("text", ["[" * 5000, "a = " + "[" * 5000, "a = " + "{b=" * 3000, "=\n" * 500, '"' * 3000, "a=1\n" * 300, "'''",
                                  "[a]\n" * 300, "x = 1e999999\n", "x = " + "9" * 5000, "\\" * 200])
def test_nonsense_is_refused_without_a_traceback(text):
    assert 1 <= len(told(text)) <= 80


# -- keys

@pytest.mark.parametrize("key", ["id", "country", "branch", "contributory", "unit"])
def test_a_key_that_every_scheme_needs_is_missed(key):
    line = next(line for line in GOOD.splitlines() if line.startswith(key))
    assert [(code, column) for code, _, column, _ in told(changed((line + "\n", "")))] == [("required", None)]


def test_the_key_that_is_missing_is_named_with_its_meaning():
    (finding,) = findings(changed(('per = "month"\n', "")))

    assert (finding.code, finding.row, finding.column) == ("required", 22, "benefit[1]")
    assert "per" in finding.message
    assert "how often" in finding.remedy


def test_an_unknown_key_is_told_with_the_nearest_known_one():
    (finding,) = findings(changed(("per = ", "index = \"none\"\nwaitingdays = 3\nper = ")))

    assert (finding.code, finding.row, finding.column, finding.value) == ("unknown_key", 28, "benefit[1].waitingdays", "3")
    assert finding.remedy == "Did you mean waiting_days?"


def test_an_unknown_section_is_told_with_the_nearest_known_one():
    assert [one.remedy for one in findings(GOOD + '\n[[contributions]]\npayer = "self"\n')] == ["Did you mean contribution?"]


def test_one_bracket_where_there_may_be_several_entries_is_told():
    assert told(changed(("[[benefit]]", "[benefit]"))) == [("brackets", 22, "benefit", None)]


def test_a_scheme_without_an_english_name_is_told():
    assert [code for code, *_ in told(changed(("name.en", "name.fr")))] == ["required"]
    assert [code for code, *_ in told(changed(("name.en", "name.de")))] == ["unknown_key"]


# -- values

@pytest.mark.parametrize(("value", "suggested"), [("Republic of Korea", "KOR"), ("Malawi", "MWI"), ("mwi", "MWI"), ("Viet-Nam", "VNM")])
def test_a_country_by_its_name_is_not_guessed_but_suggested(value, suggested):
    (finding,) = findings(changed(("XUT", value)))

    assert finding.code == "unknown_country"
    assert suggested in finding.remedy
    assert "PRK" not in finding.remedy


def test_a_name_that_two_countries_share_suggests_both():
    (finding,) = findings(changed(("XUT", "Korea")))

    assert "KOR" in finding.remedy or "Republic of Korea" in finding.remedy


@pytest.mark.parametrize(("written", "code"), [
    ("-5", "negative"), ('"100"', "number"), ("true", "number"), ("nan", "number"), ("1e30", "absurd"), ("inf", "absurd"),
    ("2020-01-01", "number"), ("[100]", "number"), ("9" * 400, "number"),
])
def test_an_amount_that_is_none_is_refused(written, code):
    assert told(changed(("amount = 100", f"amount = {written}")))[0][0] == code


@pytest.mark.parametrize(("key", "code"), [
    ("months = 1e9", "absurd"), ("months = 0", "absurd"), ("months = -3", "negative"), ("waiting_days = 2.5", "whole_number"),
    ("waiting_days = -1", "negative"), ('index = "inflation"', "unknown_code"), ("index = { prices = 0.5, wages = 0.6 }", "weights"),
    ("index = { price = 1 }", "unknown_code"), ('index = "fixed"', "needs"), ("rate = 0.03", "needs"), ("floor = -1", "negative"),
])
def test_a_part_of_a_benefit_that_cannot_be_is_refused(key, code):
    assert [one[0] for one in told(changed(("amount = 100", f"amount = 100\n{key}")))] == [code]


@pytest.mark.parametrize(("written", "fine"), [
    ("2020-01-01", True), ('"2020-01-01"', True), ("2020", True), ('"01/01/2020"', False), ('"1 January 2020"', False),
    ('"2020-02-30"', False), ("2020-01-01T10:00:00", False), ("12020", False), ("true", False), ("1850-01-01", False), ("20200101", False),
])
def test_a_day_is_written_in_one_way(written, fine):
    assert [code for code, *_ in told(changed(("from = 2020-01-01\namount", f"from = {written}\namount")))] == ([] if fine else ["day"])


@pytest.mark.parametrize(("written", "code"), [
    ("rate = 1.3", "share_range"), ("rate = 9", "share_range"), ("rate = -0.1", "negative"), ('rate = "9%"', "number"),
    ("rate = 0.1\nceiling = 5\nfloor = 10", "floor_above_cap"), ('rate = 0.1\nbase = "age > 3"', "rule_type"),
])
def test_a_contribution_that_cannot_be_is_refused(written, code):
    text = changed(("contributory = false", "contributory = true")) + f'[[contribution]]\npayer = "worker"\nfrom = 2020\nsource = "G"\n{written}\n'

    assert [one[0] for one in told(text)] == [code]


@pytest.mark.parametrize("currency", ["usd", "US$", "Dollar", "XXXX", "UTD"])
def test_a_currency_that_iso_4217_does_not_list_is_refused(currency):
    assert [code for code, *_ in told(changed(("USD", currency)))] == ["currency"]


def test_an_amount_needs_a_currency_its_own_or_the_schemes():
    without = changed(('currency = "USD"\n', ""))

    assert [code for code, *_ in told(without)] == ["needs"]
    assert told(changed(("institution", 'currency = "USD"\ninstitution'), text=without)) == []


def test_two_currencies_in_one_scheme_are_refused():
    assert [code for code, *_ in told(changed(("institution", 'currency = "EUR"\ninstitution')))] == ["currency_differs"]


# -- what the keys of an entry say together

def test_a_benefit_says_its_height_in_exactly_one_way():
    assert [code for code, *_ in told(changed(("amount = 100", 'amount = 100\nshare = 0.2\nof = "poverty_line"')))] == ["one_of"]
    assert [code for code, *_ in told(changed(("amount = 100", 'amount = 100\nformula = "age"')))] == ["one_of"]
    assert [code for code, *_ in told(changed(("amount = 100\n", "")))] == ["one_of"]


def test_a_share_and_what_it_is_of_need_each_other():
    assert [code for code, *_ in told(changed(("amount = 100", "share = 0.2")))] == ["needs"]
    assert [code for code, *_ in told(changed(("amount = 100", 'amount = 100\nof = "poverty_line"')))] == ["needs"]


def test_a_benefit_of_more_than_the_whole_is_remarked_and_one_of_forty_five_refused():
    assert codes(changed(("amount = 100", 'share = 1.5\nof = "minimum_wage"'))) == ["share_above_one"]


@pytest.mark.parametrize("rule", ["true", "not false", "age >= 70 or true", "1 < 2 and true", "false", "age >= 70 and false", "-1 > 0"])
def test_a_rule_that_asks_nothing_of_anybody_is_warned_of(rule):
    (warning,) = findings(changed(("age >= 70", rule)))
    assert (warning.severity, warning.code, warning.row, warning.column) == ("warning", "asks_nothing", 18, "eligibility[1].rule")
    assert ("everyone" in warning.message) is (rule not in ("false", "age >= 70 and false", "-1 > 0"))


def test_a_tier_for_everyone_by_a_rule_is_warned_of_and_a_rule_that_asks_is_not():
    assert codes(changed(('tier = "basic"', 'tier = "basic"\nrule = "true"'))) == ["asks_nothing"]
    assert codes(changed(("age >= 70", "age >= 70 and (resident or age > 90)"))) == []


@pytest.mark.parametrize("formula", ["100 / 0", "monthly_earnings / 0.0", "min(5, 3 / -0) + 1", "if age > 80 then 1 / 0 else 100"])
def test_a_division_by_a_written_zero_is_warned_of(formula):
    (warning,) = findings(changed(("amount = 100", f'formula = "{formula}"')))
    assert (warning.severity, warning.code, warning.column) == ("warning", "divides_by_zero", "benefit[1].formula")
    assert codes(changed(("amount = 100", 'formula = "100 / household_size"'))) == []
    assert codes(changed(("amount = 100", 'share = 45\nof = "minimum_wage"'))) == ["share_range"]


def test_a_floor_above_the_cap_is_refused():
    assert told(changed(("amount = 100", "amount = 100\nfloor = 50\ncap = 20"))) == [("floor_above_cap", 26, "benefit[1].floor", "50")]


def test_an_entry_that_ends_before_it_begins_is_refused():
    assert [code for code, *_ in told(changed(("amount", "until = 2019-12-31\namount")))] == ["period_order"]


# -- what the entries say together

ANOTHER = '\n[[benefit]]\ntier = "basic"\nfrom = {day}\namount = 200\ncurrency = "USD"\nper = "month"\nsource = "Gazette, 2"\n'


def test_two_entries_of_one_tier_from_the_same_day_are_refused():
    (finding,) = findings(GOOD + ANOTHER.format(day="2020-01-01"))

    assert (finding.code, finding.row) == ("same_day", 32)
    assert "line 24" in finding.message


def test_two_entries_of_one_tier_from_different_days_follow_each_other():
    assert findings(GOOD + ANOTHER.format(day="2022-01-01")) == ()


def test_an_entry_that_runs_on_into_the_next_of_its_tier_is_refused():
    text = changed(("amount = 100", "until = 2023-12-31\namount = 100")) + ANOTHER.format(day="2022-01-01")

    assert [code for code, *_ in told(text)] == ["overlap"]


def test_two_benefits_without_a_name_for_the_same_people_from_the_same_day_are_refused():
    text = changed(('tier = "basic"\n', "")) + ANOTHER.format(day="2020-01-01").replace('tier = "basic"\n', "")

    assert [code for code, *_ in told(text)] == ["same_day"]
    assert told(text.replace('amount = 200', 'amount = 200\nrule = "needs_care"')) == []


def test_entries_without_a_name_may_begin_on_one_day():
    text = changed(('tier = "basic"\n', 'rule = "age < 80"\n')) + ANOTHER.format(day="2020-01-01").replace(
        'tier = "basic"', 'rule = "age >= 80"')

    assert [benefit.tier for benefit in schemes.parse(text).required().benefits] == ["1", "2"]


@pytest.mark.parametrize(("years", "code"), [
    ([(2025, 0.5), (2024, 0.6)], ["ramp_order"]), ([(2025, 0.5), (2025, 0.6)], ["ramp_order"]), ([(2025, 1.2)], ["share_range"]),
    ([(2025, -0.2)], ["negative"]), ([(25, 0.2)], ["absurd"]), ([(2025, 0.5), (2026, 0.4)], []),
])
def test_a_ramp_rises_in_years_and_stays_within_the_whole(years, code):
    text = GOOD + "".join(f'[[ramp]]\nyear = {year}\ncoverage = {share}\nsource = "Plan"\n' for year, share in years)

    assert [one[0] for one in told(text)] == code


def test_a_ramp_is_a_coverage_or_a_count():
    assert [code for code, *_ in told(GOOD + '[[ramp]]\nyear = 2025\nsource = "P"\n')] == ["one_of"]
    assert told(GOOD + '[[ramp]]\nyear = 2025\nbeneficiaries = 5000\nsource = "P"\n') == []


def test_a_scheme_without_eligibility_is_never_for_everyone():
    entry = GOOD[GOOD.index("[[eligibility]]"):GOOD.index("[[benefit]]")]
    without = changed((entry, ""))

    assert [code for code, *_ in told(without)] == ["never_everyone"]
    assert [code for code, *_ in told(changed(("institution", "eligibility = []\ninstitution"), text=without))] == ["never_everyone"]


def test_what_the_source_does_not_say_is_a_warning_once_it_is_said():
    missing = '\n[[missing]]\nkey = "{key}"\nnote = "Not told."\nsource = "Gazette"\n'
    entry = GOOD[GOOD.index("[[eligibility]]"):GOOD.index("[[benefit]]")]

    assert codes(changed((entry, "")) + missing.format(key="eligibility")) == ["missing"]
    assert codes(changed(("amount = 100\n", "")) + missing.format(key="benefit.amount")) == ["missing"]
    assert codes(changed(("amount = 100\n", "")) + missing.format(key="benefit.basic.amount")) == ["missing"]
    assert codes(changed(("amount = 100\n", "")) + missing.format(key="benefit.other.amount")) == ["one_of", "missing"]


def test_a_missing_key_that_no_scheme_has_is_refused():
    text = GOOD + '\n[[missing]]\nkey = "benefit.amonut"\nnote = "Not told."\nsource = "Gazette"\n'

    assert [(one.code, one.remedy) for one in findings(text) if one.severity == "error"] == [
        ("unknown_key", "Did you mean benefit.amount?")]


@pytest.mark.parametrize("rule", ["", "   ", "age >=", "age >= 70 70", "70", "agee > 3", "age > \"x\"", "import os", "__import__('os')",
                                  "age > 70 and", "members", "age = 70"])
def test_a_rule_that_cannot_be_understood_is_an_error_at_its_line(rule):
    text = changed(('"age >= 70"', f"'''{rule}'''"))

    assert {(line, column) for _, line, column, _ in told(text)} == {(18, "eligibility[1].rule")}
    assert schemes.parse(text).scheme is None


def test_a_mistake_in_the_third_line_of_a_rule_is_told_there():
    text = changed(('"age >= 70"', '"""\nage >= 70\nand resident\nand citizenn"""'))

    assert told(text) == [("rule_unknown_word", 21, "eligibility[1].rule", "citizenn")]


# -- assumptions, tables, remarks

@pytest.mark.parametrize(("written", "code"), [
    ("resident = 1.2", "share_range"), ("residennt = 0.9", "unknown_fact"), ("disabled = [{ages = [0, 9], share = 0.1}, {share = 0.2}]", "overlap"),
    ("disabled = {ages = [9, 0], share = 0.1}", "ages"), ("age = {share = 0.5}", "assumption_kind"), ("area = {shares = {urban = 0.7, rural = 0.6}}", "weights"),
    ("area = {shares = {town = 0.7}}", "unknown_code"), ("disabled = {sex = \"women\", share = 0.1}", "unknown_code"), ("disabled = {}", "one_of"),
    ("born = {value = 3}", "assumption_kind"), ("disabled = \"many\"", "number"),
])
def test_an_assumption_that_cannot_be_is_refused(written, code):
    assert code in [one[0] for one in told(GOOD + f'[assumptions]\nsource = "Survey"\n{written}\n')]


@pytest.mark.parametrize("written", [
    "resident = 0.9", "income = 120", "disabled = [{ages = [0, 9], share = 0.1}, {ages = [10, 120], share = 0.2}]",
    "disabled = [{sex = \"female\", share = 0.1}, {sex = \"male\", share = 0.2}]", "area = {shares = {urban = 0.7, rural = 0.3}}",
    "disabled = [{share = 0.1}, {share = 0.2, from = 2030}]",
])
def test_an_assumption_is_a_share_a_value_or_shares(written):
    assert findings(GOOD + f'[assumptions]\nsource = "Survey"\n{written}\n') == ()


@pytest.mark.parametrize(("written", "code"), [
    ("bands = [[10, 1], [5, 2]]", "bands"), ("bands = []", "bands"), ("bands = [[1, 2, 3]]", "bands"), ("codes = {}", "table"),
    ("bands = [[1, 2]]\ncodes = { a = 1 }", "one_of"), ("", "one_of"), ('bands = [["a", 2]]', "bands"),
])
def test_a_table_that_cannot_be_looked_up_is_refused(written, code):
    text = GOOD + f'[[table]]\nname = "steps"\nfrom = 2020\nsource = "G"\n{written}\n'

    assert [one[0] for one in told(text)] == [code]


def test_a_rule_looks_up_the_tables_of_its_scheme():
    text = changed(("amount = 100", 'formula = "steps[age]"')) + (
        '[[table]]\nname = "steps"\nfrom = 2020\nbands = [[75, 10], [inf, 20]]\nsource = "G"\n')

    assert findings(text) == ()
    assert codes(text.replace('"steps"', '"step"')) == ["rule_unknown_table"]


def test_what_nobody_read_in_its_source_is_remarked():
    assert codes(changed(("amount = 100", "amount = 100\nverified = false"))) == ["unverified"]
    reading = schemes.parse(changed(("amount = 100", "amount = 100\nverified = false")))
    assert reading.scheme.benefits[0].source.verified is False


def test_a_ramp_or_an_assumption_without_a_source_is_remarked():
    assert codes(GOOD + "[[ramp]]\nyear = 2025\ncoverage = 0.5\n") == ["source_missing"]
    assert codes(GOOD + "[assumptions]\nresident = 0.5\n") == ["source_missing"]


def test_a_contributory_scheme_that_nobody_pays_into_is_remarked():
    assert codes(changed(("contributory = false", "contributory = true"))) == ["no_contribution"]
    paid = '[[contribution]]\npayer = "worker"\nfrom = 2020\nrate = 0.1\nsource = "G"\n'
    assert codes(GOOD + paid) == ["no_contribution"]
