"""What an entry is said to change is the report with it less the report without it, on the whole programme."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from socle import results
from tests.properties.programmes import DATES, KINDS, programmes, row
from tests.spec import books

ENTRY = row(on=st.sampled_from(DATES), measure=st.sampled_from(["baseline", "level", "increase"]), persons=st.integers(0, 2000),
            unit=st.sampled_from([None, "households"]), status=st.sampled_from([None, "potential"]))
YEARS = range(2019, 2026)


def whole(sheets):
    """Added up by full reports, phase and year."""
    chain = results.Chain.of(books.book(**sheets))
    found = Counter()
    for year in YEARS:
        report = results.report(chain, phase="1" if year <= 2020 else "2", year=year)
        for line in report.tables["impacts"]:
            for column in ("persons", "persons_counted_once", "women", "men", "potential"):
                found[year, line["kind"], line["branch"], column] += line[column] or 0
    return found


def nearby(sheets, impacts, populations):
    """As the database is asked: these impacts, those that reach the same people, and their observations."""
    populations = populations | {i.get("population") for i in sheets["impacts"] if i["impact"] in impacts}
    near = [{**i, "change": None} for i in sheets["impacts"]
            if i["impact"] in impacts or (i.get("population") and i["population"] in populations)]
    keys = {i["impact"] for i in near}
    return {"impacts": near, "observations": [o for o in sheets["observations"] if o["impact"] in keys]}


def said(before, after):
    found = Counter()
    for one in results.consequence(results.Chain.of(books.book(**before)), results.Chain.of(books.book(**after))):
        if one.year in YEARS:
            found[one.year, one.kind, one.branch, one.column] += one.added
    return found


def same(one, other):
    return {key: n for key, n in one.items() if n} == {key: n for key, n in other.items() if n}


def less(after, before):
    return {key: after[key] - before[key] for key in {*after, *before}}


@settings(max_examples=60)
@given(programmes(), ENTRY, st.data())
def test_a_new_observation_changes_what_the_consequence_says(sheets, entry, data):
    sheets = {**sheets, "aggregates": []}
    entry |= {"observation": "NEW", "impact": data.draw(st.sampled_from([i["impact"] for i in sheets["impacts"]]))}
    corrected = [o["observation"] for o in sheets["observations"] if o["impact"] == entry["impact"]
                 and not any(x.get("supersedes") == o["observation"] for x in sheets["observations"])]
    if corrected and data.draw(st.booleans()):
        entry |= {"supersedes": data.draw(st.sampled_from(corrected)), "reason": "a mistake"}
    after = {**sheets, "observations": [*sheets["observations"], entry]}
    few = nearby(sheets, {entry["impact"]}, set())
    assert same(said(few, {**few, "observations": [*few["observations"], entry]}), less(whole(after), whole(sheets)))


@settings(max_examples=40)
@given(programmes(), ENTRY, st.sampled_from(KINDS), st.sampled_from(["same", "other", None]))
def test_a_new_impact_with_its_first_number_changes_what_the_consequence_says(sheets, entry, kind, population):
    sheets = {**sheets, "aggregates": []}
    impact = {"impact": "NEW", "country": "KEN", "kind": kind, "branch": "old_age", "population": population}
    entry |= {"observation": "NEWER", "impact": "NEW"}
    after = {**sheets, "impacts": [*sheets["impacts"], impact], "observations": [*sheets["observations"], entry]}
    few = nearby(sheets, set(), {population} - {None})
    more = {"impacts": [*few["impacts"], impact], "observations": [*few["observations"], entry]}
    assert same(said(few, more), less(whole(after), whole(sheets)))


@settings(max_examples=40)
@given(programmes(), st.sampled_from(KINDS), st.sampled_from(["same", "other", None]), st.data())
def test_an_impact_of_another_kind_or_population_changes_what_the_consequence_says(sheets, kind, population, data):
    sheets = {**sheets, "aggregates": []}
    place = data.draw(st.integers(0, len(sheets["impacts"]) - 1))
    changed = {**sheets["impacts"][place], "kind": kind, "population": population}
    after = {**sheets, "impacts": [changed if n == place else one for n, one in enumerate(sheets["impacts"])]}
    few = nearby(sheets, {changed["impact"]}, {population} - {None})
    more = {**few, "impacts": [{**changed, "change": None} if i["impact"] == changed["impact"] else i for i in few["impacts"]]}
    assert same(said(few, more), less(whole(after), whole(sheets)))
