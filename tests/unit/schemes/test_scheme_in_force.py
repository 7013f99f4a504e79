"""What of a scheme is in force on a day, and what it is called."""

from __future__ import annotations

from datetime import date

from socle import schemes
from socle.vocabulary import Period, Source, speaking
from tests.spec.schemes import GOOD, changed

LATER = """
[[benefit]]
tier = "basic"
from = 2022-01-01
until = 2023-12-31
amount = 200
currency = "USD"
per = "month"
source = "Gazette, article 6"

[[administration]]
share = 0.1
of = "benefits"
source = "Budget"

[[administration]]
from = 2022
share = 0.05
of = "total"
source = "Budget"

[[table]]
name = "steps"
from = 2020
codes = { a = 1 }
source = "Gazette"

[[table]]
name = "steps"
from = 2023
codes = { a = 2 }
source = "Gazette"
"""


def amounts(scheme, day):
    return [benefit.amount for benefit in scheme.on(day).benefits]


def test_the_latest_entry_of_a_name_that_has_begun_is_in_force():
    made = schemes.parse(GOOD + LATER).required()

    assert amounts(made, date(2019, 12, 31)) == []
    assert amounts(made, date(2020, 1, 1)) == [100]
    assert amounts(made, date(2021, 12, 31)) == [100]
    assert amounts(made, date(2022, 1, 1)) == [200]


def test_an_entry_that_ended_does_not_give_way_to_the_one_before_it():
    assert amounts(schemes.parse(GOOD + LATER).required(), date(2024, 1, 1)) == []


def test_what_administration_and_tables_are_in_force():
    made = schemes.parse(GOOD + LATER).required()

    assert [one.share for one in made.on(date(2021, 1, 1)).administration] == [0.1]
    assert [one.share for one in made.on(date(2022, 1, 1)).administration] == [0.05]
    assert [dict(one.codes) for one in made.on(date(2024, 1, 1)).tables] == [{"a": 2}]


def test_entries_without_a_name_hold_together_until_the_next_such_day():
    both = changed(('part = "age"\n', "")) + "".join(
        f'[[eligibility]]\nfrom = {day}\nrule = "{rule}"\nsource = "G"\n'
        for day, rule in [("2020-01-01", "resident"), ("2025-01-01", "age >= 65")])
    made = schemes.parse(both).required()

    assert [entry.rule.text for entry in made.on(date(2024, 12, 31)).eligibility] == ["age >= 70", "resident"]
    assert [entry.rule.text for entry in made.on(date(2025, 1, 1)).eligibility] == ["age >= 65"]


def test_a_name_is_said_in_the_language_spoken_or_in_english():
    made = schemes.parse(changed(("name.en", 'name.fr = "Allocation utanienne"\nname.en'))).required()

    assert (made.label("fr"), made.label("es"), made.label()) == ("Allocation utanienne", "Utanian grant", "Utanian grant")
    with speaking("fr"):
        assert made.label() == "Allocation utanienne"


def test_a_source_may_stand_in_a_document_that_is_named_once():
    text = changed(("[[law]]", '[source.GAZ]\ntitle = "Official Gazette"\nurl = "https://example.org"\non = 2019\n\n[[law]]'),
                   ('source = "Gazette, article 5"', 'source = "GAZ, article 5"'))

    assert schemes.parse(text).required().benefits[0].source == Source("Official Gazette", "article 5", "https://example.org", Period.parse(2019))


def test_a_source_may_be_a_table():
    text = changed(('"Gazette, article 5"', '{ document = "Gazette, part 2", place = "5", on = 2019-05-01, verified = false }'))

    source = schemes.parse(text).required().benefits[0].source
    assert (source.document, source.place, source.on.text, source.verified) == ("Gazette, part 2", "5", "2019-05-01", False)


def test_the_currency_of_the_scheme_is_that_of_its_benefits():
    assert schemes.parse(GOOD).required().currency == "USD"
    assert schemes.parse(changed(('currency = "USD"\n', ""), ("institution", 'currency = "USD"\ninstitution'))).required().benefits[0].currency == "USD"


def test_the_digest_is_that_of_the_bytes_read(tmp_path):
    import hashlib

    (tmp_path / "s.toml").write_bytes(GOOD.replace("\n", "\r\n").encode())

    assert schemes.read(tmp_path / "s.toml").required().digest == hashlib.sha256(GOOD.replace("\n", "\r\n").encode()).hexdigest()
    assert schemes.parse(GOOD).required().digest == hashlib.sha256(GOOD.encode()).hexdigest()


def test_a_rule_knows_its_line():
    assert schemes.parse(GOOD).required().eligibility[0].rule.line == 18
    assert schemes.parse(changed(('"age >= 70"', '"""\nage >= 70"""'))).required().eligibility[0].rule.line == 19


def test_a_file_with_errors_gives_no_scheme_and_says_all_of_them_when_one_is_wanted():
    import pytest

    from socle.errors import InputError

    with pytest.raises(InputError) as refused:
        schemes.parse(changed(("USD", "usd"), ("age >= 70", "agee"))).required()
    assert len(refused.value.findings) == 2
