"""Coverage straight from unit records: a survey, a census, a list of beneficiaries, on any engine that Ibis speaks to.

The table is read once: rows that say the same of themselves are put together with their number and weight, and the series are
counted over these few. A union of schemes is exact: it is taken person by person.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from socle import entitlements
from socle.coverage.records_counting import (
    GROUP,
    MARK,
    Counted,
    any_true,
    contributes,
    entitled,
    flag,
    in_group,
    receives,
    what_is_counted,
)
from socle.coverage.records_figures import Denominators, Records, Report
from socle.coverage.records_mapping import CODES, Mark, RecordsMapping
from socle.errors import Finding, InputError
from socle.schemes import Scheme, parse_rule
from socle.tables import Book
from socle.vocabulary import COVERAGE_GROUPS, COVERAGE_SERIES, say

_RECORDS, _WEIGHT, _USABLE, _UNNAMED, _TORN = "__records", "__weight", "__usable", "__unnamed", "__torn"



def of_records(table: Any, mapping: RecordsMapping, *, schemes: Sequence[Scheme] = (),
               denominators: Denominators | Book | None = None) -> Records:
    """The series of SDG 1.3.1 and those beside it, from a table of Ibis whose rows are persons (with ``mapping.person``: several
    rows a person).

    ``mapping`` says which columns mean what. A person of whom nothing is said is neither covered nor not: where there are such, a
    figure is given as two bounds, without and with them. ``schemes`` adds whom the scheme files would entitle by the facts of the
    records, as figures of the family ``legal``. ``denominators``: persons of each group from elsewhere, or an inquiry; they
    take the place of the records' own, by sex only. Cells of fewer than ``mapping.suppress_below`` records, and those that would
    give them away, are kept back: no numerator, denominator or value, status ``not_available``.

    Raises ``InputError`` with all columns that are missing or hold something else.
    """
    _refuse_what_does_not_fit(table, mapping)
    silent = [one.id for one in schemes if entitlements.promise(one, on=mapping.day).entitled is None]
    schemes = [one for one in schemes if one.id not in silent]  # a law that is not in force entitles nobody
    groups = _groups_of(mapping, denominators)
    counted = what_is_counted(mapping, schemes, groups)
    if not counted:
        raise InputError(say("The marks and groups of the mapping give no series."), where={"column": "groups"},
                         remedy=say("Name the groups of people in the section [groups], such as children = \"age < 18\"."))
    question = _question(_flagged(table, mapping, schemes), mapping, counted, list(groups))
    cells = [dict(zip(question.columns, row, strict=True)) for row in _answered(question)]
    return Report(mapping, counted, _outside(denominators, mapping), cells, question).records(schemes, silent)


def _refuse_what_does_not_fit(table: Any, mapping: RecordsMapping) -> None:
    if not hasattr(table, "aggregate"):
        raise InputError(say("Unit records are a table of Ibis."),
                         remedy=say("Open them with datasets.read_records: a CSV or Parquet file, or columns in memory."))
    findings: list[Finding] = []
    types = dict(table.schema().items())

    def wrong(column: str, code: str, message: str, remedy: str) -> None:
        findings.append(Finding("error", "records", None, column, None, code, message, remedy))

    def there(column: str) -> bool:
        if column not in types:
            wrong(column, "missing_column", say("Column {column} is missing.", column=column),
                  say("The records have {columns}.", columns=", ".join(types)))
        return column in types

    truths = [one.column for one in mapping.marks if one.column] + [text for text in mapping.groups.values() if text.isidentifier()]
    for column in dict.fromkeys(truths):
        if there(column) and not (types[column].is_boolean() or types[column].is_numeric() or types[column].is_null()):
            wrong(column, "truth", say("The column {column} holds {type}, not truths.", column=column, type=types[column]),
                  say("Write 1 and 0, or true and false; leave the cell empty where it is not known."))
    if mapping.weight and there(mapping.weight) and not types[mapping.weight].is_numeric():
        wrong(mapping.weight, "number",
              say("The column {column} holds {type}, not numbers.", column=mapping.weight, type=types[mapping.weight]),
              say("Give each record the number of persons it stands for."))
    named = [one for one in mapping.marks if one.value is not None]
    if named and not mapping.named:
        wrong("named", "required", say("The mapping does not say which column names the scheme of a row."),
              say("Write named = \"the column\"."))
    for other in (mapping.person, mapping.named, *(mapping.breakdown(one).column for one in mapping.by)):
        if other:
            there(other)
    if findings:
        raise InputError(findings[0].message, findings=findings)


def _groups_of(mapping: RecordsMapping, denominators: Denominators | Book | None) -> dict[str, None]:
    """Every group that the records or the denominators know; everybody, and the vulnerable, follow. In a list of beneficiaries
    whoever is listed for a benefit is of its group."""
    if mapping.named:
        return dict.fromkeys(COVERAGE_GROUPS)
    told = [*mapping.groups, "population", "vulnerable", *(group for group, _ in _outside(denominators, mapping) or ())]
    return dict.fromkeys(group for group in COVERAGE_GROUPS if group in told)


def _outside(denominators: Denominators | Book | None, mapping: RecordsMapping) -> Denominators | None:
    if not isinstance(denominators, Book):
        return denominators
    return {(row["group"], row["sex"]): float(row["persons"]) for row in denominators["denominators"].rows()
            if row["country"] == mapping.country and row["year"] == mapping.year and row["persons"] is not None}


def _truth(column: Any) -> Any:
    """A column of 1 and 0 or of truths as a truth; empty stays empty, and what is no number is empty too."""
    if column.type().is_boolean() or column.type().is_null():
        return column.cast("boolean")
    return (column.nullif(float("nan")) if column.type().is_floating() else column) != 0


def _few_values(column: Any) -> Any:
    """A column of truths, or of so small whole numbers that rows alike are found as fast by them; else as truths."""
    kind = column.type()
    return column if kind.is_integer() and kind.nbytes == 1 else _truth(column)


def _flagged(table: Any, mapping: RecordsMapping, schemes: Sequence[Scheme]) -> Any:
    """The rows of the table with a column for every mark, group, breakdown and scheme, and their weight."""
    rules = {flag(place): one.rule for place, one in enumerate(mapping.marks) if one.rule}
    rules |= {in_group(group): text for group, text in mapping.groups.items() if not text.isidentifier()}
    if rules:
        table = entitlements.evaluate_rows({name: parse_rule(text, expect="truth").expression for name, text in rules.items()},
                                           table, on=mapping.day, facts=dict(mapping.facts))
    for place, scheme in enumerate(schemes):
        table = entitlements.judge_rows(scheme, table, on=mapping.day, facts=dict(mapping.facts))
        table = table.rename({entitled(place): "entitled"}).drop("amount")
    made = {name: table[name] for name in rules} | {entitled(place): table[entitled(place)] for place in range(len(schemes))}
    for place, one in enumerate(mapping.marks):
        if one.column:
            made[flag(place)] = _few_values(table[one.column])
        elif one.value is not None:
            made[flag(place)] = table[mapping.named].cast("string") == one.value
    for group, text in mapping.groups.items():
        if text.isidentifier():
            made[in_group(group)] = _few_values(table[text])
    made |= {dimension: table[mapping.breakdown(dimension).column] for dimension in mapping.by}
    values = [one.value for one in mapping.marks if one.value is not None]
    if values:
        made[_UNNAMED] = ~table[mapping.named].cast("string").isin(values)
    if mapping.weight:
        weight = table[mapping.weight].cast("float64")
        made[_USABLE] = (weight >= 0) & (weight < float("inf"))
        made[_WEIGHT] = weight
    if mapping.person is None:
        return table.select(**made)
    return _one_row_a_person(table.select(__person=table[mapping.person], **made), list(made))


def _coded(column: Any, mapping: RecordsMapping, dimension: str) -> Any:
    """The column of a breakdown in our codes; what means none of them is unknown."""
    codes = dict(mapping.breakdown(dimension).codes)
    kind = column.type()
    if dimension not in CODES and not codes:
        return column.cast("string")
    if kind.is_boolean() and dimension == "disability" and not codes:
        return column.ifelse("with", column.isnull().ifelse(None, "without"))
    codes = codes or {code: code for code in CODES[dimension]}
    if kind.is_numeric():
        codes = {value: code for value, code in codes.items() if isinstance(value, int | float)}
    else:
        column, codes = column.cast("string"), {str(value): code for value, code in codes.items()}
    return column.cases(*codes.items()) if codes else column.cast("string").nullif(column.cast("string"))


def _one_row_a_person(table: Any, names: Sequence[str]) -> Any:
    """Several rows of a person as one: a mark is yes where one row says so. A person whose rows differ in a breakdown or in the
    weight is counted, with the least of them, and told of."""
    made: dict[str, Any] = {}
    torn = []
    for name in names:
        column = _truth(table[name]) if name.startswith((MARK, GROUP)) else table[name]
        if name == _WEIGHT or not column.type().is_boolean():
            made[name] = column.min()
            torn.append((column.min() != column.max()).fill_null(False))
        else:
            made[name] = (column.cast("int8").max() == 1) | column.isnull().any().nullif(True)
    made[_TORN] = any_true(torn) if torn else (table.count() < 0)
    return table.group_by("__person").aggregate(**made).drop("__person")


def _question(table: Any, mapping: RecordsMapping, counted: Sequence[Counted], groups: Sequence[str]) -> Any:
    """One row for each cell of the breakdowns, with the sums of every series. Rows alike are put together first, so that the table
    is read once and the series are counted over few rows."""
    keys = [name for name in table.columns if name != _WEIGHT]
    weight = table[_WEIGHT].sum() if mapping.weight else table.count().cast("float64")
    alike = table.group_by(keys).aggregate(**{_RECORDS: table.count(), _WEIGHT: weight}) if keys else None
    if alike is None:
        raise InputError(say("The mapping names no column."))
    usable = alike[_USABLE].fill_null(False) if mapping.weight else None
    records, weights = alike[_RECORDS], alike[_WEIGHT]

    def summed(column: Any, *conditions: Any) -> Any:
        where = None
        for one in (*conditions, *([usable] if usable is not None else [])):
            where = one if where is None else where & one
        return column.sum(where=where).fill_null(0) if where is not None else column.sum().fill_null(0)

    sums = {"all": summed(records)}
    for place, one in enumerate(counted):
        inside, covered = _inside(alike, mapping, one.group), any_true([_truth(alike[name]) for name in one.any_of])
        conditions = {"group": [inside], "covered": [inside, covered], "unknown": [inside, covered.isnull()]}
        for name, told in conditions.items():
            mask = [part for part in told if part is not None]
            sums[f"{name}_{place}"], sums[f"{name}_weight_{place}"] = summed(records, *mask), summed(weights, *mask)
    for group in groups:
        unknown = _whether_inside_is_unknown(alike, mapping, group)
        if unknown is not None:
            sums[f"outside_{group}"] = summed(records, unknown)
    if usable is not None:
        sums["unusable"] = records.sum(where=~usable).fill_null(0)
    if _UNNAMED in alike.columns:
        sums["unnamed"] = summed(records, alike[_UNNAMED].fill_null(False))
    if _TORN in alike.columns:
        sums["torn"] = summed(records, alike[_TORN])
    cells = {dimension: _coded(alike[dimension], mapping, dimension) for dimension in mapping.by}
    return alike.group_by(**cells).aggregate(**sums) if cells else alike.aggregate(**sums)


def _inside(table: Any, mapping: RecordsMapping, group: str) -> Any:
    """Who is in a group; None: everybody."""
    if in_group(group) in table.columns:
        return _truth(table[in_group(group)])
    if (contributory := _contributory(table, mapping, group)) is not None:
        return ~contributory
    return None


def _whether_inside_is_unknown(table: Any, mapping: RecordsMapping, group: str) -> Any:
    """Ibis 12 writes the emptiness of a negation as the negation of the emptiness: what is negated is asked instead."""
    found = _truth(table[in_group(group)]) if in_group(group) in table.columns else _contributory(table, mapping, group)
    return None if found is None else found.isnull()


def _contributory(table: Any, mapping: RecordsMapping, group: str) -> Any:
    """Who contributes or receives something contributory, and is therefore not vulnerable; None of any other group."""
    marks = [flag(place) for place, one in enumerate(mapping.marks) if contributes(one) or (receives(one) and one.entitles)]
    return any_true([_truth(table[name]) for name in marks]) if group == "vulnerable" and marks else None


def _answered(question: Any) -> list[tuple[Any, ...]]:
    columns = question.to_pyarrow().to_pydict()
    return list(zip(*columns.values(), strict=True))


def series_of(marks: Sequence[Mark]) -> tuple[str, ...]:
    """The series of 1.3.1 that marks can give, whatever the groups."""
    return tuple(one.series for one in what_is_counted(RecordsMapping("", 0, tuple(marks)), (), COVERAGE_GROUPS)
                 if one.series in COVERAGE_SERIES)
