"""Made-up unit records, made inside DuckDB: five schemes, eight groups; the series of 1.3.1 over them written by hand."""

from __future__ import annotations

from socle.coverage import Mark, RecordsMapping

#: Column: one person in so many has it.
GROUPS = {"children": 3, "older": 15, "disabled": 40, "jobless": 30, "mother": 60, "works": 3, "poor": 3}
MARKS = {"child_grant": 8, "old_age_grant": 20, "pension": 40, "maternity": 150, "unemployment": 90, "disability": 130,
         "contributes": 9, "injury_insured": 10}

PERSONS = """
CREATE OR REPLACE TABLE covered AS SELECT
    i AS id, CASE WHEN hash(i * 2) % 100 < 51 THEN 'female' ELSE 'male' END AS sex, (hash(i * 53) % 1000) / 10.0::DOUBLE AS weight,
    {columns}
FROM range({{persons}}) AS r(i)""".format(columns=", ".join(
    f"(hash(i * {7 + 6 * place}) % {one_in} = 0)::TINYINT AS {name}"
    for place, (name, one_in) in enumerate({**GROUPS, **MARKS}.items())))


def _mark(column: str, function: str, counts: str = "recipients", contributory: bool = False) -> Mark:
    return Mark(column, function, counts, contributory, column=column)


MAPPING = RecordsMapping(
    "XUT", 2024, weight="weight", suppress_below=None,
    groups={"children": "children", "older_persons": "older", "severe_disability": "disabled", "unemployed": "jobless",
            "women_giving_birth": "mother", "employed": "works", "poor": "poor"},
    marks=(_mark("child_grant", "family"), _mark("old_age_grant", "old_age"), _mark("pension", "old_age", contributory=True),
           _mark("maternity", "maternity", contributory=True), _mark("unemployment", "unemployment", contributory=True),
           _mark("disability", "invalidity"), _mark("contributes", "old_age", "active_contributors", True),
           _mark("injury_insured", "employment_injury", "active_contributors", True)))

#: Series: who is in the group, who of them is covered.
SERIES = {
    "SI_COV_BENFTS": ("true", "greatest(child_grant, old_age_grant, pension, maternity, unemployment, disability, contributes, "
                              "injury_insured) = 1"),
    "SI_COV_CHLD": ("children = 1", "child_grant = 1"),
    "SI_COV_MATNL": ("mother = 1", "maternity = 1"),
    "SI_COV_DISAB": ("disabled = 1", "disability = 1"),
    "SI_COV_UEMP": ("jobless = 1", "unemployment = 1"),
    "SI_COV_WKINJRY": ("works = 1", "injury_insured = 1"),
    "SI_COV_PENSN": ("older = 1", "(old_age_grant = 1 OR pension = 1)"),
    "SI_COV_VULN": ("greatest(pension, maternity, unemployment, contributes, injury_insured) = 0",
                    "(child_grant = 1 OR old_age_grant = 1 OR disability = 1)"),
    "SI_COV_POOR": ("poor = 1", "(child_grant = 1 OR old_age_grant = 1 OR disability = 1)"),
}


def by_hand(table: str = "covered", records: str = "count(*)", weight: str = "sum(weight)") -> str:
    """What somebody who knows the table and DuckDB would write: rows without gaps, records and weights of group and covered."""
    sums = ", ".join(
        f"{records} FILTER ({group}), {weight} FILTER ({group}), {records} FILTER ({group} AND {covered}), "
        f"{weight} FILTER ({group} AND {covered})" for group, covered in SERIES.values())
    return f"SELECT sex, {sums} FROM {table} GROUP BY sex ORDER BY sex"


def by_hand_at_its_best() -> str:
    """The same, with rows alike put together first: the fastest we know to write."""
    columns = ", ".join((*GROUPS, *MARKS))
    alike = f"SELECT sex, {columns}, count(*) AS n, sum(weight) AS w FROM covered GROUP BY ALL"
    return by_hand(f"({alike})", "sum(n)", "sum(w)")
