"""Tables and books, as the rooms pass them to each other."""

from __future__ import annotations

import pytest

from socle.tables import PROGRAMME, Book, Table
from socle.vocabulary import Period

FUNDING = PROGRAMME["funding"]


@pytest.fixture
def funding():
    return Table.of(FUNDING, [
        {"project": "P1", "partner": "N", "on": Period.year(2022)},
        {"partner": "N", "on": Period.parse("2022-06-30"), "currency": "USD"},
    ])


def test_a_table_holds_every_column_of_its_sheet(funding):
    assert tuple(funding.columns) == FUNDING.names
    assert funding["currency"] == [None, "USD"]
    assert len(funding) == 2


def test_a_key_joins_its_columns_and_writes_periods_as_people_do(funding):
    assert [funding.key(0), funding.key(1)] == ["P1/N/2022", "/N/2022-06-30"]
    assert funding.keys == ["P1/N/2022", "/N/2022-06-30"]


def test_rows_are_mappings_in_the_order_of_the_columns(funding):
    first = next(funding.rows())

    assert tuple(first) == FUNDING.names
    assert first["project"] == "P1"


def test_a_mask_keeps_rows_and_their_numbers(funding):
    kept = funding.where(currency == "USD" for currency in funding["currency"])

    assert kept["project"] == [None]
    assert list(kept.numbers) == [3]


def test_a_book_has_every_sheet_of_its_form():
    book = Book(PROGRAMME, {"funding": Table.of(FUNDING, [{"partner": "N"}])})

    assert len(book["funding"]) == 1
    assert len(book["changes"]) == 0
    assert [table.sheet.name for table in book] == [sheet.name for sheet in PROGRAMME]


def test_tables_are_equal_when_their_values_are(funding):
    assert funding == Table(FUNDING, funding.columns, [7, 9])
    assert funding != funding.where([True, False])
