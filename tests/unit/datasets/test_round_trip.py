"""What is written is read again as the same book, in either packaging."""

from __future__ import annotations

import os
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from socle import datasets
from socle.errors import Finding, InputError, Unreadable
from socle.tables import PROGRAMME, Book, RawSheet, Table, parse
from socle.vocabulary import Period
from tests.unit.datasets.books import books

MADE_UP = Path(__file__).parents[3] / "catalogue/programmes/made-up"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(books())
def test_a_book_survives_both_packagings(book):
    with tempfile.TemporaryDirectory() as folder:
        for path in (Path(folder, "as-csv"), Path(folder, "book.xlsx")):
            datasets.write_book(book, path)
            parsed = datasets.read_book(path)

            assert parsed.findings == ()
            assert parsed.book == book


@pytest.mark.parametrize("name", ["book.xlsx", "folder"])
def test_the_made_up_programme_survives(tmp_path, name):
    book = datasets.read_book(MADE_UP).book
    datasets.write_book(book, tmp_path / name)

    assert datasets.read_book(tmp_path / name).book == book


def test_both_packagings_give_the_same_findings(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "phases.csv").write_text("phase,start,end,colour\n1,2020,2024,red\n1,2020,2019,\n", encoding="utf-8")
    (folder / "changes.csv").write_text(
        "change,country,year,step,title\nC1,Nowhere,30/06/2024,4,=1+1\n\nC2,XUT,2022,2,'=fine\n", encoding="utf-8")
    (folder / "impacts.csv").write_text("impact,country,change,kind,expected\nI1,XUT,C3,adequacy,-5\n", encoding="utf-8")
    (folder / "notes.csv").write_text("a\n", encoding="utf-8")
    first = datasets.read_book(folder)
    datasets.marked_workbook(folder, first.findings, tmp_path / "book.xlsx")
    second = datasets.read_book(tmp_path / "book.xlsx")

    assert len(first.findings) > 8
    assert second.findings == first.findings
    assert second.book == first.book
    assert second.bad_rows == first.bad_rows


def test_an_empty_book_is_written_with_a_header(tmp_path):
    book = Book(PROGRAMME, {})
    for name in ("book.xlsx", "folder"):
        datasets.write_book(book, tmp_path / name)

        assert datasets.read_book(tmp_path / name).book == book


def test_a_sheet_that_became_empty_vanishes_and_other_files_stay(tmp_path):
    datasets.write_book(datasets.read_book(MADE_UP).book, tmp_path)
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    phases = Table.of(PROGRAMME["phases"], [{"phase": "1", "start": Period.year(2020), "end": Period.year(2021)}])
    datasets.write_book(Book(PROGRAMME, {"phases": phases}), tmp_path)

    assert sorted(p.name for p in tmp_path.iterdir()) == ["README.md", "phases.csv"]


def test_a_number_no_spreadsheet_can_hold_is_written_as_text(tmp_path):
    exact = Decimal("12345678901234.56789")
    rows = [{"table": "funding_gap", "row": "2024/USD", "column": "gap", "value": exact}]
    book = Book(PROGRAMME, {"published": Table.of(PROGRAMME["published"], rows)})
    datasets.write_book(book, tmp_path / "book.xlsx")

    assert datasets.read_book(tmp_path / "book.xlsx").book["published"]["value"] == [exact]


def test_a_text_is_never_written_as_a_formula(tmp_path):
    rows = [{"partner": "A", "name": text} for text in ("=1+1", "@x", "+1", "-1")]
    book = Book(PROGRAMME, {"partners": Table.of(PROGRAMME["partners"], rows)})
    datasets.write_book(book, tmp_path)

    cells = [line.split(",")[1] for line in (tmp_path / "partners.csv").read_text(encoding="utf-8").splitlines()[1:]]
    assert cells == ["'=1+1", "'@x", "'+1", "'-1"]


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("before", encoding="utf-8")

    def write_half():
        with datasets.appearing_whole(path) as beside:
            beside.write_text("half", encoding="utf-8")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()

    assert path.read_text(encoding="utf-8") == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_place_that_cannot_be_written_is_the_users_to_mend(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")

    with pytest.raises(Unreadable, match="cannot be written"):
        datasets.write_book(Book(PROGRAMME, {}), tmp_path / "file" / "book.xlsx")
    with pytest.raises(Unreadable, match="cannot be written"):
        datasets.write_book(Book(PROGRAMME, {}), tmp_path / "file")


def test_of_several_files_all_appear_or_none(tmp_path):
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(Unreadable):
        datasets.write_files(tmp_path, {"a.csv": b"a", "b.csv": b"b"})

    assert [p.name for p in tmp_path.iterdir()] == ["b.csv"]


def test_a_link_keeps_leading_where_it_led(tmp_path):
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    datasets.write_file(tmp_path / "link.json", b"written")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_bytes() == b"written"


def test_what_is_no_file_is_written_to_and_stays_what_it_is(tmp_path):
    """Whoever writes to /dev/null as root would otherwise put a file in its place."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        datasets.write_file(pipe, b"written")
        assert os.read(reader, 100) == b"written"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.parametrize("what", ["book", "findings", "folder"])
def test_more_rows_than_a_workbook_holds_are_refused_and_not_dropped(tmp_path, monkeypatch, what):
    book = parse(PROGRAMME, [RawSheet("partners", ["partner"], [["A"], ["B"], ["C"]], range(2, 5))]).book
    datasets.write_book(book, tmp_path / "folder")
    monkeypatch.setattr("socle.tables.table.MOST_ROWS_OF_A_WORKBOOK", 3)
    found = [Finding("warning", "partners", 2, None, None, "x", "X.", "Y.")] * (3 if what == "findings" else 0)
    write = {"book": lambda: datasets.write_book(book, tmp_path / "a.xlsx")}
    with pytest.raises(InputError, match="CSV") as refused:
        write.get(what, lambda: datasets.marked_workbook(tmp_path / "folder", found, tmp_path / "a.xlsx"))()

    assert "3 rows; a workbook holds 2" in str(refused.value)
    assert not (tmp_path / "a.xlsx").exists()
