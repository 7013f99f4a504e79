"""Random programmes: sheets of raw rows, small and full of the cases that go wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

Rows = Sequence[Mapping[str, object]]

COUNTRIES = ("KEN", "NPL", "VNM", "PSE")
KINDS = ("legal_coverage", "effective_coverage", "adequacy", "comprehensiveness", "access")
BRANCHES = ("old_age", "medical_care", "several", None)
DATES = ("2019", "2020-06-30", "2021", "2022", "2022-03-01", "2023", "2024-12-31", "2025")
FIGURES = st.one_of(st.none(), st.integers(0, 1000))


def row(**columns: object) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({k: v if isinstance(v, st.SearchStrategy) else st.just(v) for k, v in columns.items()})


@st.composite
def programmes(draw: st.DrawFn) -> dict[str, Rows]:
    """Sheets of one programme: two phases, a few changes, impacts and observations, aggregates and money."""
    day = st.sampled_from(DATES)
    projects = [{"project": f"PR{n}", "countries": draw(st.sampled_from(COUNTRIES))} for n in range(draw(st.integers(0, 3)))]
    partners = [{"partner": key, "kind": "bilateral"} for key in ("A", "B")]
    project = st.sampled_from([None, *(p["project"] for p in projects)])
    changes = [draw(row(change=f"C{n}", country=st.sampled_from(COUNTRIES), year=day, step=st.sampled_from("123"), projects=project,
                        partners=st.sampled_from([None, "A"]), recorded_on=st.sampled_from([None, None, "2025-06-01"])))
               for n in range(draw(st.integers(0, 6)))]
    change = st.sampled_from([None, *(c["change"] for c in changes)])
    impacts = [draw(row(impact=f"I{n}", country=st.sampled_from(COUNTRIES), change=change, kind=st.sampled_from(KINDS),
                        branch=st.sampled_from(BRANCHES), population=st.sampled_from([None, None, "same", "other"])))
               for n in range(draw(st.integers(1, 5)))]
    observations = [draw(row(observation=f"O{n}", impact=st.sampled_from([i["impact"] for i in impacts]), on=day,
                             measure=st.sampled_from(["baseline", "level", "increase"]), persons=FIGURES,
                             unit=st.sampled_from([None, "households"]), status=st.sampled_from([None, "achieved", "potential"]),
                             recorded_on=st.sampled_from([None, None, "2025-06-01"])))
                    for n in range(draw(st.integers(0, 14)))]
    for n, observation in enumerate(observations):
        if observation["persons"] is not None and draw(st.booleans()):
            observation["women"] = draw(st.integers(0, observation["persons"]))
        earlier = [o for o in observations[:n] if o["impact"] == observation["impact"]
                   and not any(x.get("supersedes") == o["observation"] for x in observations)]
        if earlier and draw(st.integers(0, 3)) == 0:
            observation |= {"supersedes": draw(st.sampled_from(earlier))["observation"], "reason": "a mistake"}
    aggregates = draw(st.lists(
        st.tuples(st.sampled_from(["step1", "steps", "legal_coverage", "better_protection", "people"]), st.sampled_from(DATES[2:]),
                  st.sampled_from(DATES[2:]), st.integers(0, 3000)), max_size=4, unique_by=lambda a: (a[0], min(a[1:3]), max(a[1:3]))))
    funding = draw(st.lists(
        row(project=project, partner=st.sampled_from("AB"), on=day, amount=FIGURES, currency=st.sampled_from(["USD", "EUR"]),
            status=st.sampled_from(["pledged", "committed", "received"])),
        max_size=5, unique_by=lambda f: (f["project"], f["partner"], f["on"])))
    return {
        "phases": [{"phase": "1", "start": "2016", "end": "2020"}, {"phase": "2", "start": "2021", "end": "2025"}],
        "targets": [{"phase": "2", "indicator": indicator, "counts": counts, "target": 1000} for indicator, counts in
                    (("steps", "changes"), ("step1", "countries"), ("people", "persons"), ("legal_coverage", "persons"))],
        "partners": partners, "projects": projects, "funding": funding, "changes": changes, "impacts": impacts,
        "observations": observations,
        "aggregates": [{"phase": "2", "indicator": i, "start": min(s, e), "end": max(s, e), "value": v,
                        "counts": "changes" if i.startswith("step") else "persons"} for i, s, e, v in aggregates],
    }
