"""Reading the population of a country from files: of the United Nations, of a country, of a register."""

import gzip
import zipfile

import numpy as np
import pytest

from socle import datasets
from socle.datasets import population_lines
from socle.errors import InputError
from socle.vocabulary import speaking

UN = "SortOrder,LocID,Notes,ISO3_code,LocTypeName,Location,VarID,Variant,Time,MidPeriod,AgeGrp,AgeGrpStart,AgeGrpSpan,PopMale,PopFemale,PopTotal"


def un_rows(country="MWI", *, years=(2024,), variant="Medium", groups=None, location="Malawi"):
    """As the UN writes them: thousands, men first."""
    names = groups or [*map(str, range(100)), "100+"]
    return [f"1,454,,{country},Country/Area,{location},2,{variant},{year},{year}.5,{name},0,1,{1000 - 9 * place}.5,{1001 - 9 * place},{0}"
            for year in years for place, name in enumerate(names)]


def long_rows(country="MWI", *, years=(2024,), ages=None, persons=lambda place: 100_000 - 900 * place):
    return [f"{country},{year},{sex},{age},{persons(place)}" for year in years for sex in ("female", "male")
            for place, age in enumerate(ages or [*range(100), "100+"])]


LONG = "country,year,sex,age,persons"


@pytest.fixture
def file(tmp_path):
    def written(*lines, name="population.csv", encoding="utf-8"):
        path = tmp_path / name
        content = "\n".join(lines).encode(encoding) + b"\n"
        if name.endswith(".gz"):
            content = gzip.compress(content)
        if name.endswith(".zip"):
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
                parts.writestr(name.removesuffix(".zip") + ".csv", content)
                parts.writestr("read_me.txt", b"whatever")
        else:
            path.write_bytes(content)
        return path
    return written


def findings(path, **asked):
    asked = {"country": "MWI", **asked}
    with pytest.raises(InputError) as refusal:
        datasets.read_population(path, **asked)
    assert not isinstance(refusal.value.__cause__, InputError)
    return refusal.value.findings


def told(path, **asked):
    return [(finding.code, finding.row, finding.column, finding.value) for finding in findings(path, **asked)]


@pytest.mark.parametrize("name", ["WPP2024_Population.csv", "WPP2024_Population.csv.gz", "WPP2024_Population.zip"])
def test_the_file_of_the_un_is_read_as_downloaded(file, name):
    path = file(UN, *un_rows("LAO", location='"Lao, People\'s"'), *un_rows(years=(2024, 2025)), *un_rows("ZMB"), name=name)
    people = datasets.read_population(path, country="MWI")
    assert people.years == (2024, 2025)
    assert people.persons[0, :, 0].tolist() == [1_001_000, 1_000_500]
    assert people.vintage == "WPP 2024"
    assert people.notes == ()


def test_the_byte_order_mark_of_the_un_is_no_part_of_a_name(file):
    path = file("\ufeff" + UN, *un_rows())
    assert datasets.read_population(path, country="MWI").years == (2024,)


def test_counts_of_january_are_said_to_be_so(file):
    path = file(UN, *(row.replace(",2024.5,", ",2024.0,") for row in un_rows()))
    assert "1 January" in datasets.read_population(path, country="MWI").notes[0]


def test_groups_of_five_of_the_un_are_graduated(file):
    groups = [f"{age}-{age + 4}" for age in range(0, 100, 5)] + ["100+"]
    people = datasets.read_population(file(UN, *un_rows(groups=groups)), country="MWI")
    assert people.persons[0, 0, :5].sum() == pytest.approx(1_001_000)
    assert "log_smooth" in people.notes[0]


def test_one_variant_is_read_of_several(file):
    high = [row.replace("1000.5", "2000.5") for row in un_rows(variant="High")]
    path = file(UN, *un_rows(), *high)
    assert datasets.read_population(path, country="MWI", variant="high").persons[0, 1, 0] == 2_000_500
    assert datasets.read_population(path, country="MWI").persons[0, 1, 0] == 1_000_500
    assert "High" in findings(path, variant="low")[0].remedy


def test_a_country_that_the_file_has_not_is_told_those_it_has(file):
    found = findings(file(UN, *un_rows("LAO"), *un_rows("ZMB")))
    assert "Malawi" in found[0].message
    assert "LAO, ZMB" in found[0].remedy


def test_what_is_wrong_with_another_country_is_not_told(file):
    path = file(UN, *un_rows("LAO")[:5], *un_rows(), *(row.replace("1000.5", "?") for row in un_rows("ZMB")))
    assert datasets.read_population(path, country="MWI").years == (2024,)


def test_lines_are_counted_through_the_countries_before(file):
    path = file(UN, *un_rows("LAO"), *un_rows()[:7], un_rows()[7].replace("937.5", "x"), *un_rows()[8:])
    assert told(path) == [("number", 101 + 1 + 7 + 1, "PopMale", "x")]


def test_a_large_file_is_read_in_parts(file, monkeypatch):
    monkeypatch.setattr(population_lines, "_AT_A_TIME", 1000)
    path = file(UN, *un_rows("LAO", years=range(2000, 2010)), *un_rows(), name="un.csv.gz")
    assert datasets.read_population(path, country="MWI").persons[0, 0, 0] == 1_001_000


def test_a_national_projection_is_read_in_the_long_form(file):
    people = datasets.read_population(file(LONG + ",source", *(f"{row},Census office" for row in long_rows(years=(2024, 2025)))), country="Malawi")
    assert people.persons[0, 0, 1] == 99_100
    assert people.source.document == "Census office"


def test_a_source_that_is_not_said_is_not_verified(file):
    assert not datasets.read_population(file(LONG, *long_rows()), country="MWI").source.verified


def test_years_between_counts_are_filled_in_and_said(file):
    people = datasets.read_population(file(LONG, *long_rows(years=(2020, 2025))), country="MWI")
    assert people.years == tuple(range(2020, 2026))
    assert "4 years" in people.notes[-1]


def test_an_open_group_below_a_hundred_is_shared_out_and_said(file):
    people = datasets.read_population(file(LONG, *long_rows(ages=[*range(85), "85+"])), country="MWI")
    un = datasets.read_population(country="MWI", years=[2024])
    assert people.persons[0, 0, 85:].sum() == pytest.approx(100_000 - 900 * 85)
    assert people.persons[0, 0, 90] / people.persons[0, 0, 95] == pytest.approx(un.persons[0, 0, 90] / un.persons[0, 0, 95])
    assert "85+" in people.notes[-1]
    assert "the UN's figures" in people.notes[-1]


def test_an_open_group_of_a_country_without_figures_of_the_un_follows_the_shape_before_it(file):
    path = file(LONG, *long_rows("XUT", ages=[*range(85), "85+"], persons=lambda age: round(1e6 * 0.9 ** age * (1 if age < 85 else 8.784))))
    people = datasets.read_population(path, country="XUT")
    assert people.persons[0, 0, 90] == pytest.approx(0.9 * people.persons[0, 0, 89], rel=0.005)
    assert "the shape before" in people.notes[-1]


def test_ages_beyond_a_hundred_are_in_the_open_group(file):
    people = datasets.read_population(file(LONG, *long_rows(ages=[*range(110), "110+"], persons=lambda place: 10)), country="MWI")
    assert people.persons[0, 0, 100] == 110


def test_every_mistake_is_told_at_once_with_its_line(file):
    rows = long_rows()
    rows[3] = "MWI,2024,female,3,-5"
    rows[4] = "MWI,20x4,female,4,5"
    rows[5] = "MWI,2024,women?,5,5"
    rows[6] = "MWI,2024,female,six,5"
    rows[7] = "MWI,2024,female,7,1e30"
    rows[8] = "Malavi,2024,female,8,"
    rows[9] = "MWI,2024,female,9,12,345"
    assert told(file(LONG, *rows)) == [
        ("negative", 5, "persons", "-5"), ("year", 6, "year", "20x4"), ("sex", 7, "sex", "women?"), ("age", 8, "age", "six"),
        ("absurd", 9, "persons", "1e30"), ("unknown_country", 10, "country", "Malavi"), ("required", 10, "persons", ""),
        ("extra_cells", 11, None, "345")]


def test_good_rows_are_kept_apart_from_wrong_ones(file):
    rows = long_rows()
    rows[3] = "MWI,2024,female,3,-5"
    reading = datasets.check_population(file(LONG, *rows), country="MWI")
    assert reading.population is None
    assert len(reading.good) == 201
    assert [finding.code for finding in reading.findings] == ["negative"]


def test_an_age_that_is_missing_is_named_with_its_year_and_sex(file):
    rows = [row for row in long_rows(years=(2024, 2025)) if not row.startswith(("MWI,2024,female,7,", "MWI,2025,male,100+"))]
    assert told(file(LONG, *rows)) == [("missing_ages", None, None, "2024 female"), ("missing_ages", None, None, "2025 male")]
    assert "age 7." in findings(file(LONG, *rows))[0].message


def test_a_sex_that_is_missing_is_named(file):
    rows = [row for row in long_rows() if ",male," not in row]
    assert told(file(LONG, *rows)) == [("missing_ages", None, None, "2024 male")]


def test_an_age_that_is_there_twice_names_both_lines(file):
    rows = long_rows()
    assert told(file(LONG, *rows, "MWI,2024,male,5-9,3")) == [("duplicate_key", 204, None, "5–9")]
    twice = findings(file(LONG, *rows, "MWI,2024,male,7,3"))
    assert [(finding.code, finding.row) for finding in twice] == [("duplicate_key", 204)]
    assert "line 110" in twice[0].message


def test_thousands_taken_for_persons_are_remarked(file):
    people = datasets.read_population(file(LONG, *long_rows(persons=lambda place: 200 - 2 * place)), country="MWI")
    assert "thousand" in people.notes[0]
    right = datasets.read_population(file(LONG, *long_rows(persons=lambda place: 200_000 - 2_000 * place)), country="MWI")
    assert right.notes == ()


@pytest.mark.parametrize(("lines", "code", "row"), [
    (("country;year;sex;age;persons", "MWI;2024;male;1;5"), "delimiter", 1),
    (("country,year,age,persons", "MWI,2024,1,5"), "missing_column", 1),
    (("country,year,sex,age,persons,year", "MWI,2024,male,1,5,2024"), "duplicate_column", 1),
    ((",,,",), "empty", 1),
    ((LONG, 'MWI,2024,"male,1,5'), "quotes", 2),
])
def test_a_file_of_another_form_is_told_what_form_it_needs(file, lines, code, row):
    found = findings(file(*lines))
    assert (found[0].code, found[0].row) == (code, row)
    assert found[0].remedy


def test_a_file_that_is_not_utf_8_names_the_line(file):
    assert told(file(LONG, *long_rows()[:3], "Côte,2024,male,1,5", encoding="latin-1"))[0][:2] == ("encoding", 5)
    assert told(file(LONG, *long_rows(), encoding="utf-16"))[0][0] == "encoding"


def test_an_empty_file_and_one_that_is_not_there_are_refused(tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    assert told(tmp_path / "empty.csv")[0][0] == "unreadable"
    assert told(tmp_path / "nowhere.csv")[0][0] == "unreadable"
    assert told(tmp_path)[0][0] == "unreadable"


def test_a_file_with_a_header_only_has_no_row(file):
    assert "no row" in findings(file(LONG))[0].remedy


def test_a_damaged_archive_is_refused(tmp_path):
    (tmp_path / "un.csv.gz").write_bytes(gzip.compress(b"x" * 1000)[:-9])
    assert told(tmp_path / "un.csv.gz")[0][0] == "unreadable"
    (tmp_path / "un.zip").write_bytes(b"PK\x03\x04 nothing")
    assert told(tmp_path / "un.zip")[0][0] == "unreadable"


def test_an_archive_with_several_files_asks_which(tmp_path):
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as parts:
        parts.writestr("a.csv", "x")
        parts.writestr("b.csv", "x")
    assert "2 CSV files" in findings(tmp_path / "two.zip")[0].message


def test_a_bomb_is_refused_before_it_fills_the_memory(tmp_path):
    with gzip.open(tmp_path / "bomb.csv.gz", "wb") as stream:
        stream.write(f"{UN}\n".encode())
        for _ in range(40):
            stream.write(un_rows("LAO")[0].encode() * 10 + b"\n" * 10_000 + b"x" * 500_000 + b"\n")
    assert told(tmp_path / "bomb.csv.gz")[0][0] == "too_large"


def test_a_line_without_an_end_is_refused(tmp_path):
    (tmp_path / "line.csv").write_bytes(b"country," + b"x" * 6_000_000)
    assert told(tmp_path / "line.csv")[0][0] == "too_large"


def test_a_register_takes_the_place_of_the_ages_it_counts(file):
    register = file(LONG + ",source", "MWI,2025,female,70+,100000,Register of 2025", "MWI,2025,male,30,7,Register of 2025", name="register.csv")
    before = datasets.read_population(country="MWI", years=[2024, 2025])
    people = datasets.read_population(country="MWI", years=[2024, 2025], register=register)
    assert people.persons[1, 0, 70:].sum() == pytest.approx(100_000)
    assert people.persons[1, 1, 30] == 7
    assert np.array_equal(people.persons[0], before.persons[0])
    assert people.persons[1, 0, 70] / people.persons[1, 0, 71] == pytest.approx(before.persons[1, 0, 70] / before.persons[1, 0, 71])
    note = people.notes[-1]
    assert "Register of 2025" in note
    assert "100,000" in note
    assert "female 70+" in note


def test_a_register_of_both_sexes_scales_both(file):
    register = file(LONG, "MWI,2025,total,0-4,1000", name="register.csv")
    people = datasets.read_population(country="MWI", years=[2025], register=register)
    assert people.persons[0, :, :5].sum() == pytest.approx(1000)
    assert (people.persons[0, :, :5].sum(axis=1) > 450).all()


def test_what_is_wrong_with_a_register_is_told_and_a_year_outside_is_remarked(file):
    register = file(LONG, "MWI,2025,male,30,-7", "MWI,2025,male,31,7", "MWI,2025,male,31,8", "MWI,1900,male,31,8", name="register.csv")
    assert [code for code, *_ in told(None, years=[2025], register=register)] == ["negative", "duplicate_key"]
    late = file(LONG, "MWI,2031,male,30,7", name="late.csv")
    assert "2031" in datasets.read_population(country="MWI", years=[2025], register=late).notes[-1]


def test_a_count_of_one_sex_or_age_goes_over_one_of_all(file):
    register = file(LONG, "MWI,2025,female,3,7", "MWI,2025,male,0-4,500", "MWI,2025,total,0-9,9000", name="register.csv")
    people = datasets.read_population(country="MWI", years=[2025], register=register)
    assert people.persons[0, 0, 3] == pytest.approx(7)
    assert people.persons[0, 1, :5].sum() == pytest.approx(500)


def test_a_register_in_the_form_of_the_un_is_refused(file):
    register = file(UN, *un_rows(), name="register.csv")
    assert "long form" in findings(None, years=[2025], register=register)[0].message


def test_the_sentences_are_told_in_the_language_spoken(file):
    with speaking("fr"):
        assert findings(file("country,year,age,persons", "MWI,2024,1,5"))[0].code == "missing_column"
