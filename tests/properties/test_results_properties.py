"""What holds for every programme."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from socle import results
from tests.properties.programmes import programmes
from tests.spec.books import parsed

AS_OF = st.sampled_from([None, date(2022, 12, 31), date(2025, 1, 1)])


def read(sheets):
    found = parsed(**sheets)
    assert not found.errors, found.errors
    return found.book


def plainly(book, as_of=None):
    """The rule of counting as a sentence-by-sentence reading: {observation: (persons, status)}, one series at a time."""
    rows = [r for r in book["observations"].rows() if as_of is None or (r["recorded_on"] or r["on"]).end <= as_of]
    corrected = {r["supersedes"] for r in rows}
    series = defaultdict(list)
    for number, r in enumerate(rows):
        if r["observation"] not in corrected and r["persons"] is not None:
            order = ["baseline", "increase", "level"].index(r["measure"])
            series[r["impact"], r["status"]].append((r["on"].end, order, number, r))
    adds = {}
    for (_, status), members in series.items():
        there = 0
        for *_, r in sorted(members, key=lambda m: m[:3]):
            if r["measure"] == "baseline":
                there = r["persons"]
            elif r["measure"] == "increase":
                there += r["persons"]
                adds[r["observation"]] = (r["persons"], status, r)
            else:
                adds[r["observation"]] = (r["persons"] - there, status, r)
                there = r["persons"]
    return adds


@given(programmes(), AS_OF)
@settings(deadline=None, max_examples=100)
def test_the_arrays_count_what_the_sentences_say(sheets, as_of):
    book = read(sheets)
    report = results.report(results.Chain.of(book), phase="2", as_of=as_of)
    impacts = {r["impact"]: r for r in book["impacts"].rows()}
    adds = [(persons, status, r, impacts[r["impact"]]) for persons, status, r in plainly(book, as_of).values()
            if date(2021, 1, 1) <= r["on"].end <= date(2025, 12, 31)]
    for row in report.tables["impacts"]:
        if row["kind"] in ("coverage_extension", "better_protection"):
            continue
        of_row = [(p, s, i) for p, s, _, i in adds if row["kind"] in ("all", i["kind"]) and row["branch"] in ("all", i["branch"])]
        achieved = [p for p, s, _ in of_row if s == "achieved"]
        potential = [p for p, s, _ in of_row if s == "potential"]
        assert row["persons"] == (sum(achieved) if achieved else None)
        assert row["potential"] == (sum(potential) if potential else None)
        totals, populations = defaultdict(int), {}
        for p, s, i in of_row:
            if s == "achieved":
                totals[i["impact"]] += p
                populations[i["impact"]] = i["population"] or ("own", i["impact"])
        largest = defaultdict(list)
        for impact, persons in totals.items():
            largest[populations[impact]].append(persons)
        assert row["persons_counted_once"] == (sum(map(max, largest.values())) if totals else None)


@given(programmes())
@settings(deadline=None, max_examples=60)
def test_the_records_of_a_row_account_for_its_total(sheets):
    """Counting again with nothing but the records of a row gives the row."""
    book = read(sheets)
    report = results.report(results.Chain.of(book), phase="2")
    for table, figure in (("impacts", "persons"), ("impacts_by_year", "persons")):
        for row in report.tables[table]:
            keys = {r.partition(":")[2] for r in row["records"] if r.startswith("observations:")}
            kept = [o | {"supersedes": None} for o in sheets["observations"] if o["observation"] in keys]
            again = results.report(results.Chain.of(read(sheets | {"observations": kept})), phase="2")
            found = next((r for r in again.tables[table] if all(r[k] == row[k] for k in results.TABLES[table].keys)), None)
            assert (found and found[figure]) == row[figure]
    for row in report.tables["changes_by_year"]:
        assert len([r for r in row["records"] if r.startswith("changes:")]) == row["changes"]


@given(programmes())
@settings(deadline=None, max_examples=60)
def test_years_add_up_to_the_phase(sheets):
    report = results.report(results.Chain.of(read(sheets)), phase="2")
    for kind in ("legal_coverage", "better_protection", "all"):
        years = [r for r in report.tables["impacts_by_year"] if r["kind"] == kind]
        whole = report.row("impacts", kind, "all")
        assert (whole["persons"] if whole else None) == (
            sum(r["persons"] or 0 for r in years) if any(r["persons"] is not None for r in years) else None)
        assert (whole["without_records"] if whole else 0) == sum(r["without_records"] for r in years)
    for step in ("1", "2", "3", "all"):
        years = [r for r in report.tables["changes_by_year"] if r["step"] == step]
        whole = report.row("changes_by_step", step)
        assert whole["changes"] == sum(r["changes"] for r in years)
        assert whole["without_records"] == sum(r["without_records"] for r in years)


@given(programmes())
@settings(deadline=None, max_examples=100)
def test_every_figure_can_be_asked_why(sheets):
    """The lines counted behind a sum add up to it."""
    report = results.report(results.Chain.of(read(sheets)), phase="2")
    summed = {"persons", "persons_counted_once", "women", "potential", "without_records", "changes", "amount", "achieved", "total"}
    for name, rows in report.tables.items():
        for row in rows if name != "reconciliation" else ():
            address = "/".join(str(row[k] or "") for k in results.TABLES[name].keys)
            for column in results.TABLES[name].figures:
                why = results.why(report, table=name, row=address, column=column)
                assert why.value == row[column]
                assert why.rule
                if column in summed and row.get("counts") != "countries" and why.value is not None:
                    values = [line.value for line in why.counted if line.value is not None]
                    assert sum(values) == (row[column] or 0), (name, address, column, why)


@given(programmes(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=100)
def test_the_order_of_the_rows_changes_nothing(sheets, random):
    """Except among levels of one impact on one day, where the file's order decides."""
    def sortable(o):
        return (o["impact"], o["status"] or "achieved", o["on"], o["measure"])

    seen, plain = set(), []
    for o in sheets["observations"]:
        if sortable(o) not in seen and not o.get("supersedes"):
            seen.add(sortable(o))
            plain.append(o)
    first = results.report(results.Chain.of(read(sheets | {"observations": plain})), phase="2")
    shuffled = {name: random.sample(list(rows), len(rows)) for name, rows in (sheets | {"observations": plain}).items()}
    second = results.report(results.Chain.of(read(shuffled)), phase="2")
    for table in ("impacts", "impacts_by_year", "changes_by_year", "targets", "funding_by_year"):
        def figures(report, table=table):
            return sorted(str({k: v for k, v in r.items() if k != "records"}) for r in report.tables[table])
        assert figures(first) == figures(second)
