"""Random scheme files: as tables, before they are text."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

SAID = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=20).filter(str.strip).map(str.strip)
NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
SHARES = st.integers(0, 1000).map(lambda n: n / 1000)
AMOUNTS = st.one_of(st.integers(0, 10**9), st.integers(0, 10**9).map(lambda n: n / 100))
SOURCES = st.one_of(
    st.builds("{}, {}".format, SAID.filter(lambda text: text.partition(",")[0].strip()), SAID), st.fixed_dictionaries({"document": SAID}, optional={
        "place": SAID, "url": SAID, "on": st.integers(1950, 2050), "verified": st.booleans()}))
RULES = st.sampled_from(["age >= 70", "age < 5 and resident", "disabled or pregnant", "income < poverty_line", 'area in ("rural", "camp")',
                         "years(born, today) >= 60\nand citizen", "not employed", "steps[age] > 2"])
NUMBERS = st.sampled_from(["income * 0.2", "max(minimum_wage, 50)", "steps[age]", "if disabled then 40 else 20", "round(gdp_per_capita / 3)"])


def entry(needed, optional=None):
    return st.fixed_dictionaries({**needed, "source": SOURCES}, optional={**(optional or {}), "verified": st.booleans()})


@st.composite
def benefits(draw):
    made = draw(entry({"per": st.sampled_from(["month", "year", "week", "day", "case"])},
                      {"months": st.integers(1, 60), "waiting_days": st.integers(0, 90), "rule": RULES, "article": SAID,
                       "cap": st.one_of(NUMBERS, st.integers(500, 900)), "floor": st.one_of(NUMBERS, st.integers(0, 400))}))
    made |= draw(st.one_of(
        st.fixed_dictionaries({"amount": AMOUNTS}, optional={"currency": st.just("USD")}),
        st.fixed_dictionaries({"share": SHARES, "of": st.sampled_from(["poverty_line", "previous_earnings", "average_wage"])}),
        st.fixed_dictionaries({"formula": NUMBERS})))
    made |= draw(st.sampled_from([{}, {"index": "prices"}, {"index": "fixed", "rate": 0.03}, {"index": {"prices": 0.25, "wages": 0.75}}]))
    return made


@st.composite
def dated(draw, entries, key):
    """Entries of some names, each from days of its own; or without names."""
    made = []
    for name in draw(st.one_of(st.just([None]), st.lists(NAMES, min_size=1, max_size=3, unique=True))):
        for day in sorted(draw(st.lists(DAYS, min_size=1, max_size=3, unique=True))):
            one = draw(entries) | {"from": day} | ({} if name is None else {key: name})
            made.append(one)
    last = made[-1]
    if draw(st.booleans()):
        last["until"] = last["from"] + timedelta(days=draw(st.integers(0, 5000)))
    return made


@st.composite
def files(draw):
    """The tables of a scheme file without errors."""
    made = draw(st.fixed_dictionaries(
        {"id": NAMES, "country": st.sampled_from(["XUT", "MWI", "LBN"]), "name": st.fixed_dictionaries({"en": SAID}, optional={"fr": SAID}),
         "branch": st.sampled_from(["old_age", "family"]), "contributory": st.booleans(), "unit": st.just("person"), "currency": st.just("USD")},
        optional={"institution": SAID, "guarantee": st.sampled_from(["children", "older_persons"]), "note": SAID}))
    made["eligibility"] = draw(dated(entry({"rule": RULES}, {"article": SAID}), "part"))
    made["benefit"] = draw(dated(benefits(), "tier"))
    made["table"] = [draw(entry({"name": st.just("steps"), "from": DAYS, "bands": st.just([[18, 1], [60, 2.5], [float("inf"), 4]])}))]
    if draw(st.booleans()):
        made["law"] = draw(st.lists(entry({"title": SAID, "from": DAYS}, {"article": SAID}), max_size=2))
        payers = draw(st.lists(st.sampled_from(["worker", "employer", "self", "state"]), max_size=3, unique=True))
        made["contribution"] = [draw(entry({"payer": st.just(payer), "from": DAYS, "rate": SHARES},
                                           {"base": NUMBERS, "ceiling": AMOUNTS, "subsidy": SHARES})) for payer in payers]
        made["administration"] = draw(st.lists(entry({"share": SHARES, "of": st.sampled_from(["benefits", "total"])}), max_size=1))
        years = sorted(draw(st.lists(st.integers(2000, 2060), max_size=4, unique=True)))
        made["ramp"] = [draw(entry({"year": st.just(year), "coverage": SHARES})) for year in years]
        made["missing"] = draw(st.lists(entry({"key": st.sampled_from(["benefit.cap", "contribution.rate"]), "note": SAID}), max_size=1))
        made["reported"] = draw(st.lists(entry({"year": st.integers(2000, 2030), "count": st.integers(0, 10**7),
                                                "of": st.sampled_from(["entitled", "paid"])}, {"note": SAID}), max_size=2))
        made["assumptions"] = {"disabled": [draw(entry({"share": SHARES, "ages": st.just(ages)})) for ages in ([0, 17], [18, 120])],
                               "income": draw(entry({"value": AMOUNTS}))}
    return made
