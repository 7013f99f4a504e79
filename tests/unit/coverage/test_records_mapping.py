"""The file that says which columns of unit records mean what: read with everything that is wrong with it."""

from datetime import date

import pytest

from socle.coverage import Breakdown, Mark, read_mapping
from socle.errors import InputError

WHOLE = """
country = "Utania"
year = 2024
weight = "weight"
person = "id"
named = "programme"
by = ["sex", "area"]
on = 2024-06-30
suppress_below = 10

[columns]
sex = { column = "gender", female = [2, "F"], male = 1 }
area = "where"

[facts]
poverty_line = 1190

[groups]
children = "age < 18"
employed = "works"

[[mark]]
scheme = "grant"
function = "old_age"
value = "OAG"

[[mark]]
scheme = "fund"
function = "old_age"
counts = "active_contributors"
rule = "contribution_months_last_year > 0"

[[mark]]
scheme = "meals"
function = "family"
form = "in_kind"
contributory = false
column = "eats"
"""


def test_a_mapping_is_read():
    told = read_mapping(WHOLE)
    assert (told.country, told.year, told.weight, told.person, told.named) == ("XUT", 2024, "weight", "id", "programme")
    assert (told.by, told.day, told.suppress_below, told.facts) == (("sex", "area"), date(2024, 6, 30), 10, {"poverty_line": 1190})
    assert told.columns == {"sex": Breakdown("gender", {2: "female", "F": "female", 1: "male"}), "area": Breakdown("where")}
    assert told.groups == {"children": "age < 18", "employed": "works"}
    assert told.marks == (
        Mark("grant", "old_age", value="OAG"),
        Mark("fund", "old_age", "active_contributors", rule="contribution_months_last_year > 0"),
        Mark("meals", "family", contributory=False, form="in_kind", column="eats"))


def test_what_is_left_out_has_a_meaning():
    told = read_mapping('country = "XUT"\nyear = 2024\n[[mark]]\nscheme = "a"\nfunction = "family"\ncolumn = "b"\n')
    assert (told.by, told.day, told.suppress_below, told.weight, told.person) == (("sex",), date(2024, 7, 1), 5, None, None)
    assert told.marks[0].entitles is False
    assert Mark("a", "family", "active_contributors", column="b").entitles is True


def test_nought_shows_every_cell():
    assert read_mapping(WHOLE.replace("suppress_below = 10", "suppress_below = 0")).suppress_below is None


WRONG = [
    ("year = 2024", "year = 24", "year", "year"),
    ('country = "Utania"', 'country = "Nowhere"', "country", "country"),
    ('by = ["sex", "area"]', 'by = ["sex", "height"]', "unknown_code", "by"),
    ("on = 2024-06-30", 'on = "June"', "period", "on"),
    ("suppress_below = 10", "suppress_below = -1", "whole_number", "suppress_below"),
    ("poverty_line = 1190", 'poverty_line = "much"', "number", "facts.poverty_line"),
    ('children = "age < 18"', 'children = "age <"', "rule", "groups.children"),
    ('children = "age < 18"', 'children = "age + 18"', "rule", "groups.children"),
    ('employed = "works"', "employed = 1", "text", "groups.employed"),
    ('employed = "works"', 'workers = "works"', "unknown_key", "groups.workers"),
    ('function = "old_age"', 'function = "old"', "unknown_code", "mark 1.function"),
    ('counts = "active_contributors"', 'counts = "members"', "unknown_code", "mark 2.counts"),
    ('form = "in_kind"', 'form = "bread"', "unknown_code", "mark 3.form"),
    ("contributory = false", 'contributory = "no"', "truth", "mark 3.contributory"),
    ('value = "OAG"', "", "mark", "mark 1"),
    ('value = "OAG"', 'value = "OAG"\ncolumn = "x"', "mark", "mark 1"),
    ('scheme = "grant"', "", "required", "mark 1.scheme"),
    ("male = 1", "male = 2", "duplicate_key", "columns.sex"),
    ("male = 1", "men = 1", "unknown_key", "columns.sex.men"),
    ('weight = "weight"', "weight = 3", "text", "weight"),
    ("[facts]", "[fact]", "unknown_key", "fact"),
]


@pytest.mark.parametrize(("right", "wrong", "code", "place"), WRONG)
def test_what_is_wrong_is_told_with_its_place(right, wrong, code, place):
    assert right in WHOLE
    with pytest.raises(InputError) as refusal:
        read_mapping(WHOLE.replace(right, wrong, 1), name="m.toml")
    assert [(one.sheet, one.code, one.column) for one in refusal.value.findings] == [("m.toml", code, place)]
    assert all(one.remedy for one in refusal.value.findings)


def test_everything_that_is_wrong_is_told_at_once():
    with pytest.raises(InputError) as refusal:
        read_mapping("year = 1\nwieght = 'w'\n[groups]\nold = 3\n")
    assert {one.code for one in refusal.value.findings} == {"year", "unknown_key", "country", "text", "required"}


def test_what_is_no_toml_is_told_with_its_line():
    with pytest.raises(InputError, match="line 2"):
        read_mapping("year = 2024\nyear\n")
