"""What holds of any unit records: the count of plain Python, the same on two engines, and no small cell that sums give away."""

import ibis
import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from socle import coverage
from socle.coverage import Mark, RecordsMapping
from socle.coverage.records_suppression import kept_back

MARKS = {"grant": Mark("grant", "old_age", column="grant"), "fund": Mark("fund", "old_age", contributory=True, column="fund"),
         "cash": Mark("cash", "family", column="cash"), "pays": Mark("fund", "old_age", "active_contributors", column="pays"),
         "hurt": Mark("hurt", "employment_injury", "active_contributors", column="hurt")}
MAPPING = RecordsMapping("XUT", 2024, tuple(MARKS.values()), groups={"older_persons": "old", "children": "young", "poor": "poor"},
                         by=("sex", "area"), weight="weight", suppress_below=None)
#: Series: its group, what is enough; None: everybody. Of the vulnerable: nothing of these.
SERIES = {"SI_COV_BENFTS": (None, ("grant", "fund", "cash", "pays", "hurt")), "SI_COV_PENSN": ("old", ("grant", "fund")),
          "SI_COV_CHLD": ("young", ("cash",)), "SI_COV_POOR": ("poor", ("grant", "cash")),
          "SI_COV_VULN": (("fund", "pays", "hurt"), ("grant", "cash"))}

truth = st.sampled_from([1, 0, 0, None])
person = st.fixed_dictionaries({
    "sex": st.sampled_from(["female", "male", None]), "area": st.sampled_from(["urban", "rural"]),
    "weight": st.sampled_from([0.0, 0.5, 1.0, 2.25, 100.0, None]),
    **dict.fromkeys(("old", "young", "poor", *MARKS), truth)})
people = st.lists(person, min_size=1, max_size=40)
SCHEMA = {name: "string" if name in ("sex", "area") else "float64" if name == "weight" else "int64"
          for name in ("sex", "area", "weight", "old", "young", "poor", *MARKS)}


def columns(rows):
    kinds = {"string": pa.string(), "float64": pa.float64(), "int64": pa.int64()}
    return pa.table({name: pa.array([row[name] for row in rows], kinds[kind]) for name, kind in SCHEMA.items()})


def any_of(row, names):
    values = [row[name] for name in names]
    return 1 if 1 in values else None if None in values else 0


def by_hand(rows):
    """Every cell of every series, in plain Python: the group, those covered, those of whom it is unknown."""
    found = {}
    for series, (group, enough) in SERIES.items():
        for row in rows:
            inside = 1 if group is None else row[group] if isinstance(group, str) else {1: 0, 0: 1, None: None}[any_of(row, group)]
            if row["weight"] is None or inside != 1:
                continue
            covered = any_of(row, enough)
            for sex in {"total", row["sex"] or "total"}:
                for area in ("total", row["area"]):
                    told = found.setdefault((series, sex, area), [0.0, 0.0, 0.0])
                    told[0] += row["weight"]
                    told[1] += row["weight"] if covered == 1 else 0
                    told[2] += row["weight"] if covered is None else 0
    return found


def counted(table):
    found = {}
    for one in coverage.of_records(table, MAPPING).figures:
        if one.family == "sdg" and one.series in SERIES:
            found.setdefault((one.series, one.sex, one.area), {})[one.bound] = (one.numerator, one.denominator)
    return found


@settings(max_examples=25, deadline=None)
@given(people)
def test_records_are_counted_as_plain_python_counts_them(rows):
    found, told = counted(ibis.memtable(columns(rows), schema=SCHEMA)), by_hand(rows)
    assert found.keys() == told.keys()
    for key, (group, covered, unknown) in told.items():
        ends = found[key]
        lower, upper = ends.get("lower", ends.get("exact")), ends.get("upper", ends.get("exact"))
        assert (lower, upper) == ((covered, group), (covered + unknown, group)), key


@settings(max_examples=10, deadline=None)
@given(people)
def test_two_engines_count_the_same(rows):
    engine = ibis.sqlite.connect()
    table = engine.create_table("records", columns(rows), schema=ibis.schema(SCHEMA))
    assert counted(table) == counted(ibis.memtable(columns(rows), schema=SCHEMA))


@settings(max_examples=15, deadline=None)
@given(people, st.sampled_from(sorted(MARKS)))
def test_another_scheme_never_lowers_at_least_one_and_the_union_lies_within_its_bounds(rows, left_out):
    def at_least_one(marks):
        mapping = RecordsMapping("XUT", 2024, marks, by=(), suppress_below=None)
        return {one.bound: one.numerator for one in coverage.of_records(table, mapping).figures if one.series == "SI_COV_BENFTS"}

    table = ibis.memtable(columns(rows), schema=SCHEMA)
    fewer, more = at_least_one(tuple(one for name, one in MARKS.items() if name != left_out)), at_least_one(tuple(MARKS.values()))
    alone = [at_least_one((one,)) for one in MARKS.values()]
    assert more.get("lower", more.get("exact")) >= fewer.get("lower", fewer.get("exact"))
    assert more.get("upper", more.get("exact")) >= fewer.get("upper", fewer.get("exact"))
    least, most = [told.get("lower", told.get("exact")) for told in alone], [told.get("upper", told.get("exact")) for told in alone]
    assert max(least) <= more.get("lower", more.get("exact")) <= sum(least)
    assert more.get("upper", more.get("exact")) <= sum(most)


def with_totals(parts):
    """Every cell and every total of a table of parts."""
    found = {}
    for cell, records in parts.items():
        keys = [()]
        for value in cell:
            keys = [(*key, one) for key in keys for one in ("total", value)]
        for key in keys:
            found[key] = found.get(key, 0) + records
    return found


tables = st.integers(1, 3).flatmap(lambda dimensions: st.tuples(*[st.integers(2, 3 if dimensions > 2 else 4)] * dimensions)).flatmap(
    lambda shape: st.fixed_dictionaries({tuple(f"v{part}" for part in place): st.sampled_from([0, 0, 1, 2, 3, 4, 5, 8, 20, 50])
                                         for place in np.ndindex(*shape)}))


@settings(max_examples=60, deadline=None)
@given(tables)
def test_no_small_cell_follows_from_what_is_shown(parts):
    """A cell follows where every way to change the hidden cells without changing a sum leaves it as it is."""
    cells = with_totals(parts)
    small = frozenset(cell for cell, records in cells.items() if 0 < records < 5)
    back = kept_back(cells, small)
    assert small <= back
    hidden = sorted(back)
    rows = []
    for total in cells:
        for place, value in enumerate(total):
            if value == "total":
                line = {cell: 1.0 for cell in cells if cell[:place] == total[:place] and cell[place + 1:] == total[place + 1:]
                        and cell[place] != "total"} | {total: -1.0}
                rows.append([line.get(cell, 0.0) for cell in hidden])
    if hidden:
        _, sizes, ways = np.linalg.svd(np.array(rows) if rows else np.zeros((1, len(hidden))))
        free = ways[int((sizes > 1e-9).sum()):]
        for place, cell in enumerate(hidden):
            if cell in small:
                assert np.abs(free[:, place]).max(initial=0) > 1e-9, cell


@settings(max_examples=20, deadline=None)
@given(tables)
def test_nothing_is_kept_back_of_a_table_without_small_cells(parts):
    cells = with_totals({cell: records * 5 for cell, records in parts.items()})
    assert kept_back(cells, frozenset()) == frozenset()
