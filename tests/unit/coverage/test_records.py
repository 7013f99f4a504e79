"""Coverage counted over unit records: the union person by person, weights, what is unknown, small cells, several rows a person."""

from dataclasses import replace

import ibis
import pytest

from socle import coverage, datasets
from socle.coverage import Breakdown, Mark, RecordsMapping
from socle.errors import InputError

GRANT = Mark("grant", "old_age", column="grant")
PENSION = Mark("fund", "old_age", contributory=True, column="pension")
CHILD = Mark("child", "family", column="child")
PAYS = Mark("fund", "old_age", "active_contributors", column="pays")
MAPPING = RecordsMapping("XUT", 2024, (GRANT, PENSION, CHILD, PAYS), groups={"older_persons": "old", "children": "young"},
                         suppress_below=None)


def people(*rows, names=("sex", "old", "young", "grant", "pension", "child", "pays")):
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


SIX = people(
    ("female", 1, 0, 1, 0, 0, 0),
    ("female", 1, 0, 1, 1, 0, 0),
    ("female", 0, 1, 0, 0, 1, 0),
    ("male", 1, 0, 0, 0, 0, 0),
    ("male", 0, 0, 0, 0, 0, 1),
    ("male", 0, 1, 0, 0, 0, 0),
)


def counted(columns, mapping=MAPPING, **more):
    made = coverage.of_records(ibis.memtable(columns) if isinstance(columns, dict) else columns, mapping, **more)
    return made, {(one.series, one.sex, one.bound): one for one in made.figures}


def figures(columns, mapping=MAPPING, **more):
    found = counted(columns, mapping, **more)[1]
    return {key: (one.numerator, one.denominator) for key, one in found.items()}


def test_somebody_with_two_benefits_is_counted_once():
    found = figures(SIX)
    assert found["SI_COV_PENSN", "total", "exact"] == (2, 3)
    assert found["SI_COV_BENFTS", "total", "exact"] == (4, 6)


def test_women_and_men_are_counted_apart_and_the_value_is_in_per_cent():
    _, found = counted(SIX)
    assert (found["SI_COV_PENSN", "female", "exact"].value, found["SI_COV_PENSN", "male", "exact"].value) == (100.0, 0.0)
    assert found["SI_COV_CHLD", "total", "exact"].value == 50.0


def test_whoever_has_something_contributory_is_not_vulnerable():
    """Of six, one has a pension and one contributes; of the other four, two have a grant."""
    assert figures(SIX)["SI_COV_VULN", "total", "exact"] == (2, 4)


def test_each_record_counts_for_its_weight():
    found = figures({**SIX, "weight": [10.0, 20.0, 30.0, 40.0, 50.0, 60.0]}, replace(MAPPING, weight="weight"))
    assert found["SI_COV_PENSN", "total", "exact"] == (30, 70)
    assert found["SI_COV_BENFTS", "male", "exact"] == (50, 150)


def test_a_record_without_a_usable_weight_is_not_counted_and_told():
    made, found = counted({**SIX, "weight": [10.0, None, -1.0, 40.0, float("nan"), 60.0]}, replace(MAPPING, weight="weight"))
    assert found["SI_COV_BENFTS", "total", "exact"].denominator == 110
    assert [(one.code, one.value) for one in made.warnings] == [("no_weight", "3")]


def test_unknown_is_not_no():
    """The second woman's grant is unknown, and her pension too: she may be covered. The man without anything known may be as well."""
    columns = {**SIX, "grant": [1, None, 0, None, 0, 0], "pension": [0, 0, 0, 0, 0, 0]}
    made, found = counted(columns)
    assert (found["SI_COV_PENSN", "total", "lower"].numerator, found["SI_COV_PENSN", "total", "upper"].numerator) == (1, 3)
    assert found["SI_COV_PENSN", "total", "lower"].denominator == 3
    assert ("SI_COV_PENSN", "total", "exact") not in found
    assert "unknown_coverage" in {one.code for one in made.warnings}


def test_one_yes_is_enough_whatever_else_is_unknown():
    found = figures({**SIX, "pension": [None, 1, 0, 0, 0, 0]})
    assert found["SI_COV_PENSN", "female", "exact"] == (2, 2)


def test_whose_group_is_unknown_is_in_no_denominator_and_told():
    made, found = counted({**SIX, "old": [1, None, 0, 1, 0, 0]})
    assert found["SI_COV_PENSN", "total", "exact"].denominator == 2
    assert ("unknown_group", "1") in {(one.code, one.value) for one in made.warnings}


def test_whose_sex_is_unknown_is_in_the_total_only():
    made, found = counted({**SIX, "sex": ["female", "female", None, "male", "x", "male"]})
    assert [found["SI_COV_BENFTS", sex, "exact"].denominator for sex in ("total", "female", "male")] == [6, 2, 2]
    assert ("unknown_breakdown", "2") in {(one.code, one.value) for one in made.warnings}


def test_a_breakdown_may_hold_other_codes_and_stand_in_another_column():
    columns = {**SIX, "gender": [2, 2, 2, 1, 1, 1]}
    del columns["sex"]
    found = figures(columns, replace(MAPPING, columns={"sex": Breakdown("gender", {2: "female", 1: "male"})}))
    assert found["SI_COV_PENSN", "female", "exact"] == (2, 2)


def test_the_codes_of_a_breakdown_may_be_numbers_of_any_kind():
    columns = {**SIX, "gender": [2.0, 2.0, 2.0, 1.0, None, 1.0]}
    found = figures(columns, replace(MAPPING, columns={"sex": Breakdown("gender", {2: "female", 1: "male", "M": "male"})}))
    assert (found["SI_COV_PENSN", "female", "exact"], found["SI_COV_BENFTS", "male", "exact"]) == ((2, 2), (0, 2))


def test_disability_may_be_a_truth():
    made, _ = counted({**SIX, "disability": [True, False, None, True, False, False]}, replace(MAPPING, by=("disability",)))
    assert {one.disability: one.denominator for one in made.figures if one.series == "SI_COV_BENFTS"} == {
        "total": 6, "with": 2, "without": 3}


def test_age_groups_are_the_readers_own():
    made, _ = counted({**SIX, "age_group": ["0-17", "18-64", "65+"] * 2}, replace(MAPPING, by=("age_group",)))
    assert {one.age_group: one.denominator for one in made.figures if one.series == "SI_COV_BENFTS"} == {
        "total": 6, "0-17": 2, "18-64": 2, "65+": 2}


def test_total_is_no_age_group():
    made, _ = counted({**SIX, "age_group": ["total", "18-64", "65+"] * 2}, replace(MAPPING, by=("age_group",)))
    assert {one.age_group: one.denominator for one in made.figures if one.series == "SI_COV_BENFTS"} == {
        "total": 6, "18-64": 2, "65+": 2}
    assert ("unknown_breakdown", "2") in {(one.code, one.value) for one in made.warnings}


def test_breakdowns_are_crossed_with_totals():
    made, _ = counted({**SIX, "area": ["urban", "rural"] * 3}, replace(MAPPING, by=("sex", "area")))
    found = {(one.sex, one.area): one.denominator for one in made.figures if one.series == "SI_COV_BENFTS"}
    assert found == {("total", "total"): 6, ("total", "rural"): 3, ("total", "urban"): 3, ("female", "total"): 3,
                     ("female", "rural"): 1, ("female", "urban"): 2, ("male", "total"): 3, ("male", "rural"): 2, ("male", "urban"): 1}


def test_truths_do_as_well_as_one_and_nought():
    truths = {name: values if name == "sex" else [bool(value) for value in values] for name, values in SIX.items()}
    assert figures(truths) == figures(SIX)


def test_contributors_are_beside_1_3_1_and_health_never_inside():
    health = Mark("cards", "medical_care", "active_contributors", column="card")
    made, found = counted({**SIX, "card": [1] * 6, "adult": [1, 1, 0, 1, 1, 0]},
                          replace(MAPPING, marks=(*MAPPING.marks, health), groups={**MAPPING.groups, "working_age": "adult"}))
    assert found["SI_COV_BENFTS", "total", "exact"].numerator == 4
    assert {one.family for one in made.figures if one.series == "health_affiliation"} == {"health"}
    contributors = [one for one in made.figures if one.family == "contributors" and one.sex == "total"]
    assert [(one.numerator, one.denominator) for one in contributors] == [(1, 4)]


def test_what_is_in_kind_is_no_cash_benefit():
    meals = Mark("meals", "family", form="in_kind", column="child")
    found = figures(SIX, replace(MAPPING, marks=(GRANT, meals)))
    assert found["SI_COV_BENFTS", "total", "exact"] == (2, 6)
    assert ("SI_COV_CHLD", "total", "exact") not in found


MANY = people(*[("female", 1, 0, int(place < 3), 0, 0, 0) for place in range(20)],
              *[("male", 1, 0, int(place < 9), 0, 0, 0) for place in range(20)])


def test_a_cell_of_fewer_than_five_records_is_kept_back_and_so_is_what_would_give_it_away():
    made, found = counted(MANY, replace(MAPPING, suppress_below=5))
    shown = {sex: found["SI_COV_PENSN", sex, "exact"] for sex in ("total", "female", "male")}
    assert (shown["total"].numerator, shown["total"].denominator) == (12, 40)
    for sex in ("female", "male"):
        assert (shown[sex].numerator, shown[sex].denominator, shown[sex].value, shown[sex].status) == (None, None, None, "not_available")
    assert ("suppressed", "SI_COV_PENSN", "2") in {(one.code, one.column, one.value) for one in made.warnings}


def test_nothing_is_kept_back_where_nobody_asks():
    assert figures(MANY)["SI_COV_PENSN", "female", "exact"] == (3, 20)


def test_nobody_is_a_figure_and_no_small_cell():
    found = figures(people(*[("female", 1, 0, int(place < 7), 0, 0, 0) for place in range(20)],
                           *[("male", 1, 0, 0, 0, 0, 0) for place in range(20)]), replace(MAPPING, suppress_below=5))
    assert found["SI_COV_PENSN", "male", "exact"] == (0, 20)
    assert found["SI_COV_PENSN", "female", "exact"] == (7, 20)


# several rows a person

LISTED = RecordsMapping("XUT", 2024, (Mark("grant", "old_age", value="OAG"), Mark("fund", "old_age", contributory=True, value="PEN"),
                                      Mark("child", "family", value="CG")),
                        person="id", named="programme", suppress_below=None)
LIST = {"id": [1, 1, 2, 3, 3], "programme": ["OAG", "PEN", "OAG", "CG", "CG"], "sex": ["female", "female", "male", "male", "male"]}


def test_a_list_of_beneficiaries_counts_persons_not_rows():
    made, found = counted(LIST, LISTED)
    assert {key: one.numerator for key, one in found.items() if key[0] in ("SI_COV_BENFTS", "SI_COV_PENSN", "SI_COV_CHLD")
            and key[1] == "total"} == {("SI_COV_BENFTS", "total", "exact"): 3, ("SI_COV_PENSN", "total", "exact"): 2,
                                       ("SI_COV_CHLD", "total", "exact"): 1}
    assert {(one.denominator, one.value) for one in made.figures} == {(None, None)}
    assert "no_denominators" in {one.code for one in made.warnings}


def test_the_denominators_of_a_list_come_from_elsewhere():
    found = figures(LIST, LISTED, denominators={("older_persons", "total"): 50.0, ("older_persons", "female"): 30.0})
    assert found["SI_COV_PENSN", "total", "exact"] == (2, 50)
    assert found["SI_COV_PENSN", "female", "exact"] == (1, 30)
    assert found["SI_COV_PENSN", "male", "exact"] == (1, None)
    assert found["SI_COV_CHLD", "total", "exact"] == (1, None)


def test_an_inquiry_gives_the_denominators():
    found = figures(LIST, LISTED, denominators=datasets.made_up("XUT").inquiry)
    assert found["SI_COV_BENFTS", "total", "exact"] == (3, 15_051_388)


def test_a_scheme_that_no_mark_names_is_told_and_rows_that_differ():
    made, _ = counted({"id": [1, 1, 2], "programme": ["OAG", "OAG", "???"], "sex": ["female", "male", "male"]}, LISTED)
    assert {(one.code, one.value) for one in made.warnings} >= {("unnamed", "1"), ("differing_rows", "1")}


def test_a_person_of_several_rows_receives_what_one_row_says():
    columns = {"id": [1, 1, 2, 2], "sex": ["female", "female", "male", "male"], "old": [1, 1, 1, 1], "grant": [0, 1, 0, None]}
    mapping = RecordsMapping("XUT", 2024, (GRANT,), groups={"older_persons": "old"}, person="id", suppress_below=None)
    found = figures(columns, mapping)
    assert found["SI_COV_PENSN", "female", "exact"] == (1, 1)
    assert (found["SI_COV_PENSN", "male", "lower"], found["SI_COV_PENSN", "male", "upper"]) == ((0, 1), (1, 1))


# what does not fit

def test_every_column_that_is_missing_or_holds_something_else_is_told_at_once():
    columns = {name: values for name, values in SIX.items() if name not in ("old", "pension")} | {"grant": ["a"] * 6}
    with pytest.raises(InputError) as refusal:
        coverage.of_records(ibis.memtable(columns), replace(MAPPING, weight="w"))
    assert {(one.code, one.column) for one in refusal.value.findings} == {
        ("missing_column", "old"), ("missing_column", "pension"), ("missing_column", "w"), ("truth", "grant")}


def test_columns_in_memory_are_opened_by_datasets():
    with pytest.raises(InputError, match="table of Ibis"):
        coverage.of_records(SIX, MAPPING)
    assert figures(datasets.read_records(SIX)) == figures(SIX)


def test_a_column_that_says_nothing_is_unknown():
    found = figures(datasets.read_records({**SIX, "child": [None] * 6}))
    assert (found["SI_COV_CHLD", "total", "lower"], found["SI_COV_CHLD", "total", "upper"]) == ((0, 2), (2, 2))


def test_the_table_is_read_once():
    engine = ibis.duckdb.connect()
    table = engine.create_table("told_once", ibis.memtable({**SIX, "weight": [1.0] * 6}).to_pyarrow())
    made = coverage.of_records(table, replace(MAPPING, weight="weight", by=("sex",)))
    assert engine.compile(made.statement).count('"told_once"') == 1


def test_files_are_read_by_the_engine_itself(tmp_path):
    ibis.memtable(SIX).to_parquet(tmp_path / "six.parquet")
    ibis.memtable(SIX).to_csv(tmp_path / "six.csv")
    assert figures(datasets.read_records(tmp_path / "six.parquet")) == figures(SIX)
    assert figures(datasets.read_records(tmp_path / "six.csv")) == figures(SIX)


@pytest.mark.parametrize("name", ["six.txt", "none.csv"])
def test_what_is_no_file_of_records_is_refused(tmp_path, name):
    (tmp_path / "six.txt").write_text("sex")
    with pytest.raises(InputError):
        datasets.read_records(tmp_path / name)


# whom the law entitles

RULES = """
country = "XUT"
year = 2024
on = 2024-06-30
weight = "weight"
[facts]
poverty_line = 1190
minimum_wage = 2400
[groups]
older_persons = 'age >= 60 or sex == "female" and age >= 58'
children = "age < 18"
employed = "employed"
[[mark]]
scheme = "xut-old-age-pension"
function = "old_age"
contributory = true
rule = "pension_income > 0"
[[mark]]
scheme = "xut-employment-injury"
function = "employment_injury"
counts = "active_contributors"
column = "works_formally"
"""


def test_the_survey_of_utania_gives_what_is_counted_by_hand():
    """Counted over the rows of survey.csv in plain Python; each row stands for 7,522.933 persons or so."""
    survey = datasets.made_up("XUT").survey
    rows = [dict(zip(survey, row, strict=True)) for row in zip(*survey.values(), strict=True)]
    weight = rows[0]["weight"]

    def age(row):
        return 2024 - row["born"].year - ((row["born"].month, row["born"].day) > (6, 30))

    older = [row for row in rows if age(row) >= (58 if row["sex"] == "female" else 60)]
    pensioners = [row for row in older if row["pension_income"] > 0]
    at_work = [row for row in rows if row["employed"]]
    insured = [row for row in at_work if row["works_formally"]]
    either = [row for row in rows if row["pension_income"] > 0 or row["works_formally"]]
    found = figures(datasets.read_records(survey), replace(coverage.read_mapping(RULES), suppress_below=None))
    assert found["SI_COV_PENSN", "total", "exact"] == pytest.approx((len(pensioners) * weight, len(older) * weight))
    assert found["SI_COV_WKINJRY", "total", "exact"] == pytest.approx((len(insured) * weight, len(at_work) * weight))
    assert found["SI_COV_BENFTS", "total", "exact"] == pytest.approx((len(either) * weight, len(rows) * weight))
    assert (len(older), len(pensioners), len(at_work), len(insured), len(either)) == (133, 4, 632, 87, 91)


def test_whom_the_law_entitles_stands_apart_from_who_receives():
    made = datasets.made_up("XUT")
    told = coverage.of_records(datasets.read_records(made.survey), coverage.read_mapping(RULES), schemes=made.schemes)
    legal = {(one.series, one.sex): one for one in told.figures if one.family == "legal"}
    assert legal["simulated_old_age", "total"].records == ("scheme:xut-old-age-grant", "scheme:xut-old-age-pension")
    assert {one.status for one in legal.values()} <= {"estimated", "not_available"}
    assert legal["simulated_old_age", "total"].value > 50
    assert ("not_in_force", "xut-child-grant") in {(one.code, one.value) for one in told.warnings}
    assert not [one for one in told.figures if one.family == "sdg" and any("scheme:" in record for record in one.records)]


