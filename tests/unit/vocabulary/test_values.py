"""Money, sources and dated values."""

from __future__ import annotations

from decimal import Decimal

import pytest

from socle.errors import InputError
from socle.vocabulary import DatedValue, Money, Period, Source


def test_amounts_of_one_currency_add_up_and_compare():
    assert Money(Decimal("1.10"), "USD") + Money(Decimal("2.20"), "USD") == Money(Decimal("3.30"), "USD")
    assert Money(Decimal(1), "USD") < Money(Decimal(2), "USD")
    assert -(Money(Decimal(1), "USD") - Money(Decimal(3), "USD")) == Money(Decimal(2), "USD")


def test_two_currencies_are_never_added_or_compared():
    with pytest.raises(InputError, match="never converted"):
        Money(Decimal(1), "USD") + Money(Decimal(1), "EUR")
    with pytest.raises(InputError):
        assert Money(Decimal(1), "USD") < Money(Decimal(1), "EUR")


@pytest.mark.parametrize("currency", ["", "US", "usd", "$", "USDX", "ÉUR"])
def test_a_currency_is_three_capital_letters(currency):
    with pytest.raises(InputError, match="ISO 4217"):
        Money(Decimal(1), currency)


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_an_amount_is_finite(amount):
    with pytest.raises(InputError):
        Money(Decimal(amount), "USD")


def test_a_source_is_a_document_and_a_place_in_it():
    source = Source.parse("Annual report 2024, Table 4, row 3")
    assert (source.document, source.place) == ("Annual report 2024", "Table 4, row 3")
    assert str(source) == "Annual report 2024, Table 4, row 3"
    assert str(Source("Strategy")) == "Strategy"


def test_not_reported_is_not_zero():
    year = Period.parse("2024")
    assert DatedValue(Decimal(0), year).reported
    assert not DatedValue(None, year).reported
