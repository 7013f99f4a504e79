"""Worked cases: read, and compared with an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from socle import schemes

ONE = '[[case]]\nname = "One"\nday = 2024-01-01\nfacts = { age = 70 }\nanswer = { entitled = true, amount = 100 }\nsource = "Gazette, 4"\n'


@dataclass(frozen=True)
class Answered:
    entitled: bool | None = True
    amount: float | None = 100.0
    currency: str | None = "USD"
    per: str | None = "month"
    missing: tuple[str, ...] = ()


def only(text):
    (case,) = schemes.parse_cases(text).cases
    return case


def test_a_case_has_its_day_facts_answer_and_source():
    case = only(ONE)

    assert (case.name, case.day, dict(case.facts), dict(case.answer)) == ("One", date(2024, 1, 1), {"age": 70}, {"entitled": True, "amount": 100})
    assert (str(case.source), case.line) == ("Gazette, 4", 1)


def test_an_answer_is_compared_in_what_the_case_says_and_in_nothing_else():
    assert only(ONE).differences(Answered()) == ()
    assert only(ONE).differences(Answered(per="year", currency=None)) == ()
    assert len(only(ONE).differences(Answered(amount=99.0))) == 1
    assert len(only(ONE).differences(Answered(entitled=None, amount=None))) == 2


def test_amounts_are_equal_to_half_a_hundredth():
    assert only(ONE).differences(Answered(amount=100.004)) == ()
    assert only(ONE).differences(Answered(amount=100.006)) != ()


def test_unknown_is_not_false():
    unknown = only(ONE.replace("entitled = true, amount = 100", 'entitled = "unknown", amount = "unknown", missing = ["age"]'))

    assert unknown.differences(Answered(entitled=None, amount=None, missing=("age",))) == ()
    assert len(unknown.differences(Answered(entitled=False, amount=None))) == 2


def test_all_mistakes_of_a_file_of_cases_are_told_and_good_cases_are_kept():
    text = ONE + '[[case]]\nday = "soon"\nfacts = 3\nanswer = { entitled = "maybe", paid = 3 }\n' + "[[cases]]\nday = 2024\n"
    read = schemes.parse_cases(text, name="c.toml")

    assert len(read.cases) == 1
    assert sorted((one.code, one.row) for one in read.findings) == [
        ("day", 8), ("source_missing", 7), ("table", 9), ("truth", 10), ("unknown_key", 10), ("unknown_key", 11)]


def test_a_file_without_a_case_or_that_is_not_there_is_told(tmp_path):
    assert [one.code for one in schemes.parse_cases("# none\n").findings] == ["empty"]
    assert [one.code for one in schemes.parse_cases("").findings] == ["empty"]
    assert [one.code for one in schemes.read_cases(tmp_path / "none.toml").findings] == ["unreadable"]


def test_cases_are_found_beside_their_scheme(tmp_path):
    for name in ("scheme.toml", "cases.toml", "pension.toml", "pension.cases.toml", "alone.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")

    assert schemes.beside(tmp_path / "scheme.toml") == tmp_path / "cases.toml"
    assert schemes.beside(tmp_path / "pension.toml") == tmp_path / "pension.cases.toml"
    assert schemes.beside(tmp_path / "alone.toml") is None
    assert schemes.found(tmp_path) == (tmp_path / "scheme.toml",)
