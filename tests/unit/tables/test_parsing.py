"""Reading the sheets of a form."""

from __future__ import annotations

from decimal import Decimal

import pytest

from socle.tables import PROGRAMME, Column, Form, Kind, RawSheet, Sheet, cells, parse

FORM = Form("small", (
    Sheet("people", "", (
        Column("person", Kind.KEY, "", required=True),
        Column("parent", Kind.REFERENCE, "", refers="people"),
        Column("friends", Kind.REFERENCES, "", refers="people"),
        Column("gain", Kind.NUMBER, "", signed=True),
        Column("posts", Kind.WHOLE, "", default="1"),
        Column("share", Kind.SHARE, ""),
        Column("note", Kind.TEXT, ""),
    ), key=("person",)),
))


def read(header, *rows, form=FORM, name="people"):
    return parse(form, [RawSheet(name, header.split(","), rows, range(2, len(rows) + 2))])


def column(name, *cells):
    parsed = read(f"person,{name}", *((f"p{n}", cell) for n, cell in enumerate(cells)))
    assert parsed.findings == ()
    return parsed.book["people"][name]


def test_header_names_are_trimmed_and_matched_without_case():
    parsed = read(" Person , NOTE", ("a", "x"), name=" People ")

    assert parsed.findings == ()
    assert parsed.book["people"]["note"] == ["x"]


def test_cells_are_stripped_and_empty_ones_are_none():
    assert column("note", "  x ", "", "  ", None, "\u00a0") == ["x", None, None, None, None]


def test_a_default_is_what_an_empty_cell_means():
    assert column("posts", "", 3, None) == [1, 3, 1]
    assert read("person", ("a",)).book["people"]["posts"] == [1]


def test_numbers_of_a_spreadsheet_and_of_a_text_are_the_same():
    assert column("posts", 3, 3.0, "3", "3.0", "+3", "003") == [3] * 6
    assert column("gain", -1.5, "-1.50", 1e-7) == [Decimal("-1.5"), Decimal("-1.5"), Decimal("0.0000001")]
    assert column("share", 0.1, "0.1", 1, 0) == [0.1, 0.1, 1.0, 0.0]


@pytest.mark.parametrize("cell", [True, "10 00", "0 500", "1 000\xa0000", "1  000", "١ ٠٠٠", "١٢", "0x10", "1_000", float("inf"), float("nan"), "--1", "1.", "½", "9" * 400])
def test_what_only_a_program_calls_a_number_is_refused(cell):
    (finding,) = read("person,posts", ("a", cell)).findings

    assert finding.code == "whole_number"


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f"])
def test_thousands_may_stand_apart(space):
    assert column("posts", f"27{space}500", f"1{space}000{space}000", f"+3{space}000", "27500", "0.000") == [27_500, 1_000_000, 3_000, 27_500, 0]
    (finding,) = read("person,posts", ("a", f"-27{space}500")).findings
    assert finding.code == "negative"


@pytest.mark.parametrize(("text", "told"), [
    ("27.500", ["27500", "27.5 "]), ("1,000", ["1000", "1?"]), ("1.000", ["1000", "1?"]), ("1,050", ["1050", "1.05?"]),
    ("1,000,000", ["1000000"]), ("1.000.000", ["1000000"]), ("-1,500", ["-1500", "-1.5?"]),
])
def test_a_number_that_languages_read_differently_is_refused_and_named_both_ways(text, told):
    (finding,) = read("person,posts", ("a", text)).findings
    assert finding.code == "whole_number"
    assert all(one.strip() in finding.remedy for one in told), finding.remedy
    assert "digits only" in finding.remedy


def test_zero_is_not_an_empty_cell():
    assert column("posts", 0, "0") == [0, 0]


def test_blank_rows_are_skipped_and_counted():
    parsed = read("person,posts", ("a", 1), (None, None), ("", "  "), (), ("b", "x"))

    assert [f.row for f in parsed.findings] == [6]
    assert list(parsed.book["people"].numbers) == [2]


def test_a_short_row_is_filled_up_and_a_long_blank_one_cut():
    parsed = read("person,posts,note", ("a",), ("b", 2, "x", "", None))

    assert parsed.findings == ()
    assert parsed.book["people"]["note"] == [None, "x"]


def test_a_cell_beyond_the_header_is_found_even_in_a_blank_row():
    parsed = read("person", ("a",), (), ("", "lost"))

    assert [(f.row, f.code, f.value) for f in parsed.findings] == [(4, "required", None), (4, "extra_cells", "lost")][::-1]


def test_a_list_is_separated_by_semicolons_each_part_once():
    parsed = read("person,friends", ("a", " b ; c;b;; "), ("b", ";"), ("c", None))

    assert parsed.findings == ()
    assert parsed.book["people"]["friends"] == [("b", "c"), None, None]


def test_a_reference_may_lead_to_a_later_row():
    assert read("person,parent", ("a", "b"), ("b", "")).findings == ()


def test_rows_in_error_are_kept_apart_and_so_is_what_leans_on_them():
    parsed = read("person,parent,friends,posts", ("a", "", "", "x"), ("b", "a", "", 1), ("c", "", "d;b", 1), ("d", "", "", 1))

    assert [(f.row, f.code) for f in parsed.findings] == [(2, "whole_number")]
    assert parsed.bad_rows == {"people": {2, 3, 4}}
    assert parsed.book["people"].keys == ["d"]


def test_a_second_row_with_a_key_does_not_take_the_first_down():
    parsed = read("person,parent", ("a", ""), ("a", ""), ("b", "a"))

    assert parsed.bad_rows == {"people": {3}}
    assert parsed.book["people"].keys == ["a", "b"]


def test_a_long_chain_of_references_to_a_bad_row_is_set_aside_in_one_go():
    rows = [("p0", "", "x"), *((f"p{n}", f"p{n - 1}", "") for n in range(1, 20_000))]
    parsed = read("person,parent,posts", *rows)

    assert len(parsed.book["people"]) == 0
    assert len(parsed.findings) == 1


def test_a_sheet_that_lost_its_keys_takes_what_refers_to_it_along():
    changes = RawSheet("changes", ["country", "year", "step"], [("XUT", "2022", "2")], [2])
    impacts = RawSheet("impacts", ["impact", "country", "kind", "change"],
                       [("I1", "XUT", "access", "C1"), ("I2", "XUT", "access", "")], [2, 3])
    parsed = parse(PROGRAMME, [changes, impacts])

    assert [f.code for f in parsed.findings] == ["missing_column"]
    assert parsed.book["impacts"].keys == ["I2"]


@pytest.mark.parametrize(("start", "end"), [("2022", "2022"), ("2022-05-01", "2022"), ("2022", "2022-01-01"), ("2022", ""), ("", "2021")])
def test_a_period_may_end_in_the_year_it_starts(start, end):
    projects = RawSheet("projects", ["project", "start", "end"], [("P1", start, end)], [2])

    assert parse(PROGRAMME, [projects]).findings == ()


def test_two_mistakes_of_one_row_are_two_findings():
    parsed = read("person,posts,share", ("a", "x", "2"))

    assert [(f.column, f.code) for f in parsed.findings] == [("posts", "whole_number"), ("share", "share_range")]
    assert len(parsed.errors) == 2
    assert parsed.warnings == ()


def test_each_distinct_text_of_a_column_is_converted_once(monkeypatch):
    seen = []
    monkeypatch.setitem(cells._CONVERTERS, Kind.TEXT, lambda column: lambda text: seen.append(text) or text)
    read("person,note", *((f"p{n}", f"note {n % 3}") for n in range(1_000)))

    assert sorted(seen) == ["note 0", "note 1", "note 2"]


def test_findings_speak_the_language_of_the_reader():
    from socle.vocabulary import speaking

    with speaking("fr"):
        (finding,) = read("person,posts", ("a", "x")).findings

    assert finding.code == "whole_number"
    assert finding.value == "x"
