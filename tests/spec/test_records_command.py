"""socle coverage records: what it prints, what it writes, how it ends."""

import csv
import json

import pytest

from tests.spec.command import socle

MAPPING = """
country = "XUT"
year = 2024
suppress_below = 0
[groups]
older_persons = "old"
[[mark]]
scheme = "grant"
function = "old_age"
column = "grant"
"""
ROWS = "sex,old,grant\nfemale,1,1\nfemale,1,0\nmale,1,1\nmale,0,0\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "map.toml").write_text(MAPPING)
    (tmp_path / "rows.csv").write_text(ROWS)
    return tmp_path


def test_figures_without_a_warning_leave_with_nought(files):
    done = socle("coverage", "records", files / "rows.csv", "--map", files / "map.toml", "--format", "json")
    assert done.code == 0, done.err
    told = json.loads(done.out)
    assert told["warnings"] == []
    rows = {(row["series"], row["sex"]): row for row in told["rows"]}
    assert rows["SI_COV_PENSN", "total"]["value"] == pytest.approx(200 / 3)
    assert rows["SI_COV_PENSN", "female"] | {"definition": ""} == {
        "series": "SI_COV_PENSN", "country": "XUT", "sex": "female", "year": 2024, "numerator": 1.0, "denominator": 2.0, "value": 50.0,
        "bound": "exact", "records": ["records:grant/recipients/old_age"], "age_group": "total", "disability": "total", "area": "total",
        "family": "sdg", "status": "reported", "definition": ""}


def test_a_warning_leaves_with_one(files):
    (files / "rows.csv").write_text(ROWS + "male,1,\n")
    done = socle("coverage", "records", files / "rows.csv", "--map", files / "map.toml")
    assert done.code == 1
    assert "lower" in done.out
    assert "warning" in done.err


@pytest.mark.parametrize(("rows", "mapping", "told"), [
    ("sex,old\nfemale,1\n", MAPPING, "grant"),
    (ROWS, MAPPING.replace("country", "land"), "land is no key"),
    (ROWS, "country =", "TOML"),
    ("sex,old,grant\nfemale,1\nmale,1,1,1,1\n", MAPPING, "rows.csv"),
    (ROWS.replace("1,1", "1,yes"), MAPPING, "truths"),
    ("", MAPPING, "missing"),
])
def test_what_is_wrong_leaves_with_two_and_writes_nothing(files, rows, mapping, told):
    (files / "rows.csv").write_text(rows)
    (files / "map.toml").write_text(mapping)
    done = socle("coverage", "records", files / "rows.csv", "--map", files / "map.toml", "-o", files / "out.csv")
    assert done.code == 2, done.out + done.err
    assert "Traceback" not in done.err
    assert told in done.err
    assert not (files / "out.csv").exists()


def test_the_name_of_the_output_says_the_format(files):
    done = socle("coverage", "records", files / "rows.csv", "--map", files / "map.toml", "-o", files / "out.csv")
    assert done.code == 0
    with (files / "out.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["sex"] for row in rows if row["series"] == "SI_COV_PENSN"] == ["total", "female", "male"]


def test_a_column_that_turns_out_to_hold_texts_far_down_is_read(files):
    rows = [*("female,1,1,7\n" for _ in range(120_000)), "male,1,0,seven\n"]
    (files / "rows.csv").write_text("sex,old,grant,remark\n" + "".join(rows))
    done = socle("coverage", "records", files / "rows.csv", "--map", files / "map.toml", "--format", "json")
    assert done.code == 0, done.err
    assert {row["numerator"] for row in json.loads(done.out)["rows"] if row["sex"] == "total"} == {120_000}


def test_a_row_of_too_many_cells_far_down_is_refused(files):
    rows = [*("female,1,1\n" for _ in range(120_000)), "male,1,0,0,0\n"]
    (files / "rows.csv").write_text("sex,old,grant\n" + "".join(rows))
    done = socle("coverage", "records", files / "rows.csv", "--map", files / "map.toml")
    assert done.code == 2, done.out
    assert "rows.csv cannot be read" in done.err


def test_the_denominators_of_an_inquiry_and_the_schemes_of_a_folder(files):
    made_up = "socle/datasets/made_up/XUT"
    done = socle("coverage", "records", files / "rows.csv", "--map", files / "map.toml", "--denominators", f"{made_up}/inquiry",
                 "--format", "json")
    assert done.code == 0, done.err
    rows = {(row["series"], row["sex"]): row["denominator"] for row in json.loads(done.out)["rows"]}
    assert rows["SI_COV_BENFTS", "total"] == 15_051_388
    done = socle("coverage", "records", files / "rows.csv", "--map", files / "map.toml", "--scheme", files)
    assert done.code == 2
    assert "scheme.toml" in done.err
