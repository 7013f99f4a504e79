"""Values of series: what is read is written again, cell by cell; every fault is told at once, with its row."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
import xlsxwriter

from socle import datasets
from socle.errors import InputError, Unreadable
from socle.tables import Values

UN = '''Goal,Target,Indicator,SeriesCode,SeriesDescription,GeoAreaCode,GeoAreaName,TimePeriod,Value,Time_Detail,UpperBound,Source,FootNote,[Age],[Nature],[Reporting Type],[Sex],[Units]
1,1.3,1.3.1,SI_COV_BENFTS,Covered,1,World,2016,45.16676,2016,,ILO,"estimate, modelled",ALLAGE,E,G,BOTHSEX,PERCENT
1,1.3,1.3.1,SI_COV_BENFTS,Covered,004,Afghanistan,2016,12.50,2016,,"said ""so""",two words ,ALLAGE,C,G,BOTHSEX,PERCENT
1,1.3,1.3.1,SI_COV_BENFTS,Covered,8,Albania,2016.0,0,2016,,ILO,,ALLAGE,C,G,BOTHSEX,PERCENT
1,1.3,1.3.1,SI_COV_BENFTS,Covered,8,Albania,2017,0.0,2016,,ILO,,ALLAGE,C,G,BOTHSEX,PERCENT
1,1.3,1.3.1,SI_COV_BENFTS,Covered,412,Kosovo,2016,,2016,,ILO,,ALLAGE,N,G,BOTHSEX,PERCENT
1,1.3,1.3.1,SI_COV_BENFTS,Covered,12,Algeria,2016,N,2016,,ILO,,ALLAGE,C,G,FEMALE,PERCENT
1,1.3,1.3.1,SI_COV_BENFTS,Covered,12,Algeria,2016,<2.5,2016,,ILO,,15-24,C,G,FEMALE,PERCENT
1,1.3,1.3.1,SI_COV_BENFTS,Covered,12,Algeria,2016,>95,2016,,ILO,,25+,C,G,MALE,PERCENT
1,1.3,1.3.1,SI_COV_BENFTS,Covered,830,Channel Islands,2016,45.166760000000000123,2016,,ILO,,ALLAGE,NA,G,BOTHSEX,PERCENT
'''
LONG = "series,country,year,sex,value,weight\n"


def read(text, name="values.csv", **more):
    return datasets.read_values(text.encode() if isinstance(text, str) else text, name=name, **more)


def told(reading):
    return {(one.row, one.column, one.code) for one in reading.findings}


def cells(content):
    return list(csv.reader(io.StringIO(content.decode() if isinstance(content, bytes) else content, newline="")))


def test_the_layout_of_the_un_is_understood():
    values = read(UN).values
    assert values.layout == "un"
    assert list(values.geo) == ["1", "AFG", "ALB", "ALB", "412", "DZA", "DZA", "DZA", "830"]
    assert list(values.country) == [None, "AFG", "ALB", "ALB", None, "DZA", "DZA", "DZA", None]
    assert values.year.tolist() == [2016, 2016, 2016, 2017, *[2016] * 5]
    assert list(values.sex) == ["total"] * 5 + ["female", "female", "male", "total"]
    assert list(values.value) == [Decimal("45.16676"), Decimal("12.50"), Decimal(0), Decimal("0.0"), None, None, None, None,
                                  Decimal("45.166760000000000123")]
    assert [str(value) for value in values.value[1:4]] == ["12.50", "0", "0.0"]
    assert list(values.bound) == ["", "", "", "", "", "", "upper", "lower", ""]
    assert list(values.breakdown) == [""] * 6 + ["age=15-24", "age=25+", ""]
    assert values.texts["nature"][4] == "N"
    assert values.texts["footnote"][0] == "estimate, modelled"


def test_an_area_that_is_no_country_is_kept_and_said_once():
    findings = [one for one in read(UN).findings if one.code == "not_a_country"]
    assert [(one.severity, one.row, "1, 412, 830" in one.message) for one in findings] == [("warning", 2, True)]


def test_texts_that_are_no_figures_are_said():
    assert {(6 + 1, "Value", "not_a_figure"), (8, "Value", "limit"), (9, "Value", "limit")} <= told(read(UN))
    assert read(UN).errors == ()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_read_and_written_is_the_same_cell_by_cell(tmp_path, ending):
    values = read(UN).values
    datasets.write_values(values, tmp_path / f"again.{ending}")
    again = datasets.read_values(tmp_path / f"again.{ending}").values
    assert again == values
    assert [list(words) for words in again.cells] == [list(column) for column in zip(*cells(UN)[1:], strict=True)]
    if ending == "csv":
        assert cells((tmp_path / "again.csv").read_bytes()) == cells(UN)


def test_what_looks_like_a_formula_is_marked_in_the_file_and_itself_when_it_is_read_again(tmp_path):
    text = LONG.replace("weight", "weight,FootNote") + 'SI_COV_CHLD,KEN,2020,total,10,,"-1+2 by hand"\nSI_COV_CHLD,UGA,2020,total,+5.0,,+x\n'
    values = read(text).values
    datasets.write_values(values, tmp_path / "un.csv")
    content = (tmp_path / "un.csv").read_text()
    assert "'-1+2 by hand" in content
    assert "'+x" in content
    assert ",+5.0," in content
    again = datasets.read_values(tmp_path / "un.csv").values
    assert list(again.texts["footnote"]) == ["-1+2 by hand", "+x"]
    assert list(again.value) == list(values.value)


def test_a_note_that_begins_like_a_formula_is_kept_and_a_figure_that_does_is_an_error(tmp_path):
    text = LONG.replace("weight", "weight,FootNote") + 'SI_COV_CHLD,KEN,2020,total,10,,=see note 3\nSI_COV_CHLD,UGA,2020,total,5,,@ILO\n'
    values = read(text).values
    assert list(values.texts["footnote"]) == ["=see note 3", "@ILO"]
    datasets.write_values(values, tmp_path / "un.csv")
    assert "'=see note 3" in (tmp_path / "un.csv").read_text()
    assert list(datasets.read_values(tmp_path / "un.csv").values.texts["footnote"]) == ["=see note 3", "@ILO"]
    assert [one.code for one in read(text.replace(",10,,", ",=10,,")).findings if one.severity == "error"] == ["formula"]


def test_the_long_form_needs_neither_sex_nor_weight():
    values = read("series,country,year,value\nSI_COV_PENSN,Kenya,2020,13\n").values
    assert next(iter(values.rows())) | {} == {
        "series": "SI_COV_PENSN", "geo": "KEN", "country": "KEN", "year": 2020, "sex": "total", "value": Decimal(13), "bound": "",
        "weight": None, "breakdown": "", "vintage": "", "nature": "", "source": "", "footnote": "", "age": "", "location": "",
        "disability": "", "units": ""}


@pytest.mark.parametrize("sexes", [("BOTHSEX", "FEMALE", "MALE"), ("SEX_T", "SEX_F", "SEX_M"), ("T", "F", "M"), ("_T", "F", "M"),
                                   ("Both sexes or no breakdown by sex", "Female", "Male")])
def test_sexes_are_told_in_many_words(sexes):
    text = LONG + "".join(f"SI_COV_CHLD,KEN,2020,{sex},10,\n" for sex in sexes)
    assert list(read(text).values.sex) == ["total", "female", "male"]


@pytest.mark.parametrize("header", ["SeriesCode,ISO3,Year,Value", "SeriesCode,GeoAreaName,TimePeriod,Value",
                                    "seriesCode,geoAreaCode,timePeriodStart,value", "Series Code,REF_AREA,TIME_PERIOD,OBS_VALUE"])
def test_columns_of_the_un_have_several_names(header):
    area = {"ISO3": "KEN", "GeoAreaName": "Kenya"}.get(header.split(",")[1], "404")
    assert list(read(f"{header}\nSI_COV_CHLD,{area},2020,7.0\n").values.country) == ["KEN"]


def test_a_made_up_country_is_read_by_its_letters():
    assert list(read("SeriesCode,GeoAreaCode,ISO3,Year,Value\nSI_COV_CHLD,,XUT,2020,7\n").values.country) == ["XUT"]


def test_every_fault_is_told_at_once():
    reading = read(LONG + "SI_COV_CHLD,Atlantis,2020,total,5,\nSI_COV_CHLD,KEN,20,total,5,\nSI_COV_CHLD,KEN,2020,total,-1,\n"
                   "SI_COV_CHLD,KEN,2021,total,\"12,5\",\nSI_COV_CHLD,UGA,2020,both of them,5,\nSI_COV_CHLD,UGA,2021,total,=1+1,\n"
                   "SI_COV_CHLD,UGA,2022,total,5,-3\nSI_COV_CHLD,UGA,2023,total,9999999999999999999,\n,UGA,2024,total,5,\n"
                   "SI_COV_CHLD,NGA,2020,total,5,\nSI_COV_CHLD,Nigeria,2020,T,6,\nSI_COV_CHLD,TCD,2020,total,100.5,\n"
                   "SI_COV_NEW,TCD,2021,total,10,20000000000\nSI_COV_CHLD,TCD,2022,total,5,,more\n")
    assert reading.values is None
    assert told(reading) == {
        (2, "country", "unknown_country"), (3, "year", "year"), (4, "value", "negative"), (5, "value", "number"),
        (6, "sex", "unknown_sex"), (7, "value", "formula"), (8, "weight", "negative"), (9, "value", "absurd"),
        (10, "series", "required"), (12, "series", "duplicate_key"), (13, "value", "over_100"), (14, "series", "unknown_series"),
        (14, "weight", "absurd"), (15, None, "extra_cells")}
    assert all(one.message and one.remedy for one in reading.findings)


def test_over_a_hundred_is_only_a_warning():
    reading = read(LONG + "SI_COV_CHLD,TCD,2020,total,100.5,\n")
    assert [one.severity for one in reading.findings] == ["warning"]
    assert reading.values is not None


def test_shares_are_asked_about():
    reading = read(LONG + "".join(f"SI_COV_CHLD,{code},2020,total,{value},\n" for code, value in
                                  (("KEN", "0.2"), ("UGA", "0.5"), ("TCD", "1"))))
    assert [one.code for one in reading.findings] == ["per_cent"]


def test_a_row_is_there_twice_where_nothing_tells_them_apart():
    row = "1,1.3,1.3.1,SI_COV_BENFTS,Covered,12,DZA,2018,{},2016,,ILO,,{},C,{},FEMALE,PERCENT\n"
    head = UN.partition("\n")[0] + "\n"
    assert read(head + row.format(1, "ALLAGE", "G") + row.format(2, "15+", "G") + row.format(2, "ALLAGE", "N")).errors == ()
    twice = read(head + row.format(1, "ALLAGE", "G") + row.format(2, "_T", "G"))
    assert [(one.row, one.code) for one in twice.errors] == [(3, "duplicate_key")]


def test_editions_tell_rows_apart():
    text = "series,country,year,value,vintage\nSI_COV_CHLD,KEN,2020,5,2022\nSI_COV_CHLD,KEN,2020,6,2024\n"
    assert read(text).values.vintages == ("2022", "2024")
    assert read(LONG + "SI_COV_CHLD,KEN,2020,total,5,\n", vintage="2024").values.vintages == ("2024",)


@pytest.mark.parametrize(("content", "code"), [
    (b"", "empty"), (b"series,country,year,value\n", "empty"), ("série;pays\n".encode("latin-1"), "encoding"),
    (b"series;country;year;value\n", "delimiter"), (b"series,country,year\nSI_COV_CHLD,KEN,2020\n", "missing_column"),
    (b"a,b\n1,2\n", "missing_column"), (b"series,country,year,value,value\n", "duplicate_column"),
    (b'series,country,year,value\n"SI_COV,KEN,2020,1\n', "quotes")])
def test_a_file_that_is_no_table_of_values_says_why(content, code):
    reading = read(content)
    assert reading.values is None
    assert code in {one.code for one in reading.errors}


def test_a_byte_order_mark_is_no_part_of_the_first_name():
    assert read(("\ufeff" + LONG + "SI_COV_CHLD,KEN,2020,total,5,\n").encode()).values is not None


def test_there_is_no_such_file(tmp_path):
    with pytest.raises(Unreadable):
        datasets.read_values(tmp_path / "none.csv")


def workbook(rows):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("data")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return stream.getvalue()


def test_a_workbook_has_years_as_numbers_and_formulas_as_faults():
    good = [["series", "country", "year", "value"], ["SI_COV_CHLD", "KEN", 2020, 12.5]]
    assert list(read(workbook(good), "values.xlsx").values.year) == [2020]
    bad = read(workbook([*good, ["SI_COV_CHLD", "KEN", 2021, "=1+1"]]), "values.xlsx")
    assert (3, "value", "formula") in told(bad)


def test_sdmx_csv_says_its_structure_and_every_dimension(tmp_path):
    values = read(UN).values
    datasets.write_values(values, tmp_path / "two.csv", to="sdmx")
    datasets.write_values(values, tmp_path / "one.csv", to="sdmx-1.0")
    two, one = (cells((tmp_path / name).read_bytes()) for name in ("two.csv", "one.csv"))
    assert two[0][:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert one[0][0] == "DATAFLOW"
    assert [row[3:] for row in two] == [row[1:] for row in one]
    rows = [dict(zip(two[0], row, strict=True)) for row in two[1:]]
    assert [(row["REF_AREA"], row["SEX"], row["OBS_VALUE"], row["OBS_STATUS"]) for row in rows[:2]] == [
        ("1", "_T", "45.16676", "A"), ("4", "_T", "12.50", "A")]
    assert (rows[4]["OBS_VALUE"], rows[4]["OBS_STATUS"]) == ("", "O")
    assert (rows[6]["OBS_VALUE"], rows[6]["UPPER_BOUND"], rows[6]["AGE"], rows[6]["SEX"]) == ("", "2.5", "15-24", "F")
    assert rows[0]["STRUCTURE_ID"] == "IAEG-SDGs:DF_SDG_GLH(1.24)"
    assert rows[0]["ACTION"] == "I"


def test_tidy_values_are_read_again_as_they_were(tmp_path):
    values = read(LONG + "SI_COV_CHLD,KEN,2020,female,12.50,1000\nSI_COV_CHLD,XUT,2020,male,,3\nSI_COV_CHLD,202,2020,total,0,\n").values
    for to in ("tidy", "un"):
        datasets.write_values(values, tmp_path / f"{to}.csv", to=to)
        again = datasets.read_values(tmp_path / f"{to}.csv").values
        assert list(again.rows()) == [row | {"units": "PERCENT" if to == "un" else ""} for row in values.rows()]


def test_json_keeps_the_digits_that_a_number_would_lose(tmp_path):
    datasets.write_values(read(LONG + "SI_COV_CHLD,KEN,2020,total,12.50,7\n").values, tmp_path / "v.json", to="tidy")
    assert '"value": "12.50"' in (tmp_path / "v.json").read_text()
    assert '"weight": 7' in (tmp_path / "v.json").read_text()


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(InputError):
        datasets.write_values(read(LONG + "SI_COV_CHLD,KEN,2020,total,12.50,7\n").values, tmp_path / "v.txt")


def test_values_can_be_made_from_rows():
    rows = [{"series": "SI_COV_CHLD", "country": "KEN", "year": 2020, "sex": "total", "value": 12.5, "weight": 7}]
    assert list(Values.of(rows).value) == [Decimal("12.5")]
    assert Values.of(rows) == Values.of(rows) != Values.of([])
