"""Figures and days as people write them. Babel is the judge; the library does not load it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal

import numpy
import pytest
from babel.dates import format_date, get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol

from socle.vocabulary import LANGUAGES, Money, Period, day, money, month, number, percent, period, speaking
from socle.vocabulary.writing import _manners


@pytest.mark.parametrize(("value", "en", "fr", "es"), [
    (0, "0", "0", "0"),
    (999, "999", "999", "999"),
    (1234, "1,234", "1\u202f234", "1234"),
    (-1234, "-1,234", "-1\u202f234", "-1234"),
    (12345, "12,345", "12\u202f345", "12.345"),
    (18_267_500, "18,267,500", "18\u202f267\u202f500", "18.267.500"),
    (-123456, "-123,456", "-123\u202f456", "-123.456"),
    (1234.5, "1,234.5", "1\u202f234,5", "1234,5"),
    (Decimal("12345.678912"), "12,345.679", "12\u202f345,679", "12.345,679"),
    (31.0, "31", "31", "31"),
    (numpy.int64(1234), "1,234", "1\u202f234", "1234"),
    (None, "", "", ""),
])
def test_a_number_is_written_as_the_language_does(value, en, fr, es):
    assert [number(value, lang) for lang in LANGUAGES] == [en, fr, es]


def test_decimals_can_be_fixed():
    assert number(55.8, "en", decimals=2) == "55.80"
    assert number(7, "fr", decimals=1) == "7,0"
    assert number(Decimal("2.5"), "en", decimals=0) == "2"


@pytest.mark.parametrize(("lang", "written"), [("en", "45.6%"), ("fr", "45,6\u202f%"), ("es", "45,6\u00a0%")])
def test_a_share_is_written_as_per_cent(lang, written):
    assert percent(0.456, lang, decimals=1) == written
    assert percent(None, lang) == ""


def test_a_share_is_multiplied_exactly():
    assert percent(0.285, "en", decimals=1) == "28.5%"
    assert percent(1, "en") == "100%"
    assert percent(numpy.float64(0.5), "en") == "50%"


def test_money_is_written_with_its_iso_code():
    assert money(Money(Decimal("1234.5"), "USD"), lang="en") == "USD\u00a01,234.50"
    assert money(Decimal("48000000"), "USD", "fr") == "48\u202f000\u202f000\u00a0USD"
    assert money(Decimal("9000.00"), "EUR", "es") == "9000\u00a0EUR"
    assert money(None, "USD") == ""


def test_days_and_months_are_in_words():
    assert [day(date(2023, 12, 31), lang) for lang in LANGUAGES] == [
        "31 December 2023", "31 décembre 2023", "31 de diciembre de 2023"]
    assert [day(date(2024, 8, 1), lang) for lang in LANGUAGES] == ["1 August 2024", "1er août 2024", "1 de agosto de 2024"]
    assert [month(date(2024, 8, 1), lang) for lang in LANGUAGES] == ["August 2024", "août 2024", "agosto de 2024"]
    assert day(None) == ""


def test_a_period_is_a_year_a_day_or_from_a_day_to_a_day():
    assert period(Period.parse("2024")) == "2024"
    assert period(Period.parse("2024-06-30"), "fr") == "30 juin 2024"
    assert period(Period.from_text("2021/2025")) == "2021–2025"
    assert period(Period.from_text("2021-07-01/2022-06-30")) == "1 July 2021 – 30 June 2022"
    assert period(None) == ""


def test_the_language_spoken_now_is_the_default():
    with speaking("es"):
        assert number(12345.5) == "12.345,5"
        assert day(date(2024, 1, 2)) == "2 de enero de 2024"


def test_a_variant_of_a_language_is_written_as_the_language():
    assert number(1234567, "fr-CH") == number(1234567, "fr")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_separators_months_and_days_are_those_of_cldr(lang):
    manners = _manners(lang)
    assert manners.group == get_group_symbol(lang)
    assert manners.decimal == get_decimal_symbol(lang)
    assert list(manners.months) == [get_month_names("wide", locale=lang)[at] for at in range(1, 13)]
    if lang != "en":  # Babel's plain "en" writes the month first; the United Nations and the ILO write the day first
        assert day(date(2023, 12, 31), lang) == format_date(date(2023, 12, 31), "long", locale=lang)
    else:
        assert day(date(2023, 12, 31), lang) == format_date(date(2023, 12, 31), "long", locale="en_GB")


def test_the_words_are_ready_without_a_locale_library():
    loaded = "import sys, socle.vocabulary; print(*{name.partition('.')[0] for name in sys.modules})"
    modules = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout.split()
    assert not {"babel", "numpy", "django"} & set(modules)
