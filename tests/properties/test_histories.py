"""Random histories: whatever people do, in whatever order, the facts are what the log tells, and four eyes saw each of them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from socle import results
from socle_web.audit.models import Event
from socle_web.audit.queries import tellings
from socle_web.audit.refusals import Refused
from socle_web.audit.verification import verify
from socle_web.results import actions, bridge, queries, trail
from socle_web.results.models import BY_SHEET, OPEN, Entry, Lock, Observation, State
from tests.people import CAST, person
from tests.properties.programmes import BRANCHES, COUNTRIES, DATES, FIGURES, KINDS, row
from tests.spec import books

pytestmark = [pytest.mark.django_db, pytest.mark.slow]



def mostly(*usual):
    """One of the usual people, and now and then anybody: most of those are refused."""
    return st.sampled_from([*usual * (18 // len(usual)), *sorted(CAST)])


TYPISTS, VERIFIERS, MANAGERS = mostly("owner", "colleague", "manager"), mostly("verifier", "second_verifier", "manager"), mostly("manager")
COUNTRY = st.sampled_from(["KEN", "KEN", "KEN", "NPL"])
FIGURE = st.integers(0, 1000).map(str)
CELLS = {
    "projects": {"title": "A project", "kind": "development_cooperation", "countries": COUNTRY},
    "changes": {"country": COUNTRY, "year": st.sampled_from(DATES), "step": st.sampled_from("123"), "title": "A law", "source": "x"},
    "impacts": {"country": COUNTRY, "kind": st.sampled_from(KINDS), "branch": st.sampled_from([b for b in BRANCHES if b]),
                "title": "Covered", "source": "x"},
    "observations": {"on": st.sampled_from(DATES), "measure": st.sampled_from(["baseline", "level", "increase"]),
                     "persons": FIGURE, "source": "x", "reason": "Counted again"},
    "funding": {"partner": "A", "on": st.sampled_from(DATES), "amount": FIGURE, "currency": "USD", "status": "received",
                "source": "x"},
}
REFERRING = {"observations": {"impact": "impacts", "supersedes": "observations"}, "impacts": {"change": "changes"},
             "funding": {"project": "projects"}, "changes": {"projects": "projects"}}
SHEETS = st.sampled_from(["changes", "impacts", "observations", "observations", "projects", "funding"])
DEEDS = {"enter": 3, "change": 3, "save": 3, "withdraw": 1, "submit": 4, "send_back": 1, "verify": 4, "publish": 4,
         "go_the_whole_way": 8, "adopt": 1, "lock": 1, "unlock": 1, "load": 1}
NEEDED = {"save": {"draft"}, "submit": {"draft"}, "send_back": {"submitted", "verified"}, "verify": {"submitted"}, "publish": {"submitted", "verified"}}

PROGRAMMES = st.fixed_dictionaries({
    "phases": st.just([{"phase": "1", "start": "2016", "end": "2020"}, {"phase": "2", "start": "2021", "end": "2025"}]),
    "targets": st.just([{"phase": "2", "indicator": "people", "counts": "persons", "target": 1000}]),
    "partners": st.just([{"partner": "A", "kind": "bilateral"}]),
    "projects": st.just([{"project": "PR", "countries": "KEN;NPL"}]),
    "changes": st.tuples(*(row(change=f"C{n}", country=c, year=st.sampled_from(DATES), step="2") for n, c in enumerate(COUNTRIES[:2]))),
    "impacts": st.just([{"impact": f"I{n}", "country": c, "change": f"C{n}", "kind": KINDS[n], "branch": "old_age"}
                        for n, c in enumerate(COUNTRIES[:2])]),
    "observations": st.tuples(*(row(observation=f"O{n}", impact=f"I{n % 2}", on=DATES[n], measure="increase", persons=FIGURES)
                                for n in range(3))),
})


def cells(sheet):
    """What somebody types: nearly always complete, now and then with a cell that is left empty or makes no sense."""
    whole = st.fixed_dictionaries({n: v if isinstance(v, st.SearchStrategy) else st.just(v) for n, v in CELLS[sheet].items()})
    marred = st.tuples(whole, st.sampled_from(sorted(CELLS[sheet])), st.sampled_from(["", "?"])).map(lambda t: t[0] | {t[1]: t[2]})
    return st.one_of(*[whole] * 7, marred)


class Histories(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.life = transaction.atomic()  # all of it is undone when the history ends
        self.life.__enter__()
        queries.forget()
        self.observed = {}  # every observation that was ever there

    def teardown(self):
        try:
            for phase in ("1", "2"):
                told = books_report(trail.book(), phase)
                assert told == queries.report(phase=phase).tables, "the totals that the log tells are not those that are published"
        finally:
            transaction.set_rollback(True)
            self.life.__exit__(None, None, None)

    def attempt(self, deed, *given, by, **how):
        """Do it, or be refused and change nothing."""
        before = state()
        try:
            return deed(*given, by=person(by), **how)
        except Refused:
            assert state() == before, "what was refused left a trace"
            return None

    @initialize(sheets=PROGRAMMES)
    def begin(self, sheets):
        self.sheets = sheets
        assert not actions.load(books.parsed(**sheets), by="a file", source="first").refused

    @rule(deed=st.sampled_from([name for name, weight in DEEDS.items() for _ in range(weight)]), data=st.data())
    def step(self, deed, data):
        there = set(Entry.objects.values_list("state", flat=True))
        getattr(self, deed if deed not in NEEDED or there & NEEDED[deed] else "go_the_whole_way")(data.draw)

    # Typing

    def enter(self, draw):
        sheet = draw(SHEETS)
        return self.attempt(actions.enter, sheet, draw(cells(sheet)) | self.referring(sheet, draw), by=draw(TYPISTS))

    def change(self, draw):
        sheet = draw(SHEETS)
        keys = list(BY_SHEET[sheet].objects.values_list("key", flat=True))
        return self.attempt(actions.change, sheet, draw(st.sampled_from(keys or ["none"])), draw(cells(sheet)), by=draw(TYPISTS))

    def save(self, draw):
        for entry in self.some(draw, State.DRAFT, most=1):
            version = entry.version - (draw(st.integers(0, 4)) == 4)
            self.attempt(actions.save, entry, entry.values | draw(cells(entry.sheet)), version=version, by=draw(TYPISTS))

    def withdraw(self, draw):
        for entry in self.some(draw, *OPEN, most=1):
            self.attempt(actions.withdraw, entry, by=draw(TYPISTS))

    # Verifying

    def submit(self, draw):
        entries = self.some(draw, State.DRAFT)
        self.attempt(actions.submit, entries, by=draw(TYPISTS))

    def send_back(self, draw):
        self.attempt(actions.send_back, self.some(draw, State.SUBMITTED, State.VERIFIED), by=draw(VERIFIERS), reason="Look again")

    def verify(self, draw):
        entries = self.some(draw, State.SUBMITTED)
        self.attempt(actions.verify, entries, by=draw(VERIFIERS))

    def publish(self, draw):
        entries = self.some(draw, State.VERIFIED, State.SUBMITTED)  # the latter is refused
        self.attempt(actions.publish, entries, by=draw(MANAGERS))

    def go_the_whole_way(self, draw):
        """As it mostly is: entered or changed, submitted, verified, published."""
        entry = draw(st.sampled_from([self.enter, self.change]))(draw)
        if entry:
            self.attempt(actions.submit, [entry], by="manager")
            self.attempt(actions.verify, [entry], by=draw(VERIFIERS))
            self.attempt(actions.publish, [entry], by="manager")

    def adopt(self, draw):
        sheet = draw(SHEETS)
        keys = list(BY_SHEET[sheet].objects.values_list("key", flat=True))
        self.attempt(actions.adopt, sheet, draw(st.lists(st.sampled_from(keys or ["none"]), max_size=3)), by=draw(VERIFIERS))

    # Periods and files

    def lock(self, draw):
        year, country = draw(st.integers(2019, 2025)), draw(st.sampled_from(["", "KEN", "NPL"]))
        self.attempt(actions.lock, date(year, 1, 1), date(year, 12, 31), by=draw(MANAGERS), reason="Reported", country=country)

    def unlock(self, draw):
        for held in Lock.objects.all()[:1]:
            self.attempt(actions.unlock, held, by=draw(MANAGERS), reason="A late gazette")

    def load(self, draw):
        """The first file again, with another step and one observation more."""
        more = {"observation": f"L{Event.objects.count()}", "impact": "I0", "measure": "increase", "on": draw(st.sampled_from(DATES)),
                "persons": draw(FIGURE)}
        first, *others = self.sheets["changes"]
        sheets = self.sheets | {"changes": [first | {"step": draw(st.sampled_from("123"))}, *others],
                                "observations": [*self.sheets["observations"], more]}
        before = state()
        outcome = actions.load(books.parsed(**sheets), by="a file", source="again")
        assert not outcome.refused or state() == before

    # What always holds

    @invariant()
    def the_log_tells_what_is_there(self):
        for told, there in zip(trail.book(), bridge.book(), strict=True):
            assert told == there, f"{told.sheet.name}: the log tells other records than are there"

    @invariant()
    def every_entered_fact_was_submitted_verified_by_another_and_published(self):
        events, entries, signed = list(Event.objects.order_by("id")), Entry.objects.in_bulk(), {}
        for place, event in enumerate(events):
            if event.deed == "publish":
                for entry in map(entries.get, event.summary["entries"]):
                    signed[entry.sheet, entry.key] = path(entry, events[:place])
        for sheet, model in BY_SHEET.items():
            for key, entered_by, verified_by in model.objects.filter(origin="entered").values_list("key", "entered_by", "verified_by"):
                assert signed.pop((sheet, key)) == (entered_by, verified_by), f"{sheet}:{key} is signed by others than the log says"
        assert not signed, "a published record is not marked as entered here"

    @invariant()
    def no_observation_is_lost_or_changed(self):
        kept = ("key", "impact__key", "on", "measure", "persons", "women", "men", "unit", "status", "recorded_on", "supersedes__key",
                "reason", "source")
        there = {row[0]: row for row in Observation.objects.values_list(*kept)}
        assert self.observed.items() <= there.items(), "an observation is gone, or says something else"
        self.observed = there

    @invariant()
    def no_correction_vanishes(self):
        published = {}
        for told in tellings():
            if told.deed == "publish":
                published[told.kind, told.key] = told.after
            else:
                assert (told.kind, told.key) not in published, f"{told.deed} wrote over {told.kind}:{told.key}, which was published here"
        there = bridge.facts({sheet: [key for s, key in published if s == sheet] for sheet in {s for s, _ in published}})
        assert there == published, "what was published is not what is there"

    @invariant()
    def the_log_is_sound(self):
        assert verify().sound

    def referring(self, sheet, draw):
        """Cells that lead to another record: a fact, or one on its way."""
        found = {}
        for column, to in REFERRING.get(sheet, {}).items():
            keys = {*BY_SHEET[to].objects.values_list("key", flat=True), *Entry.objects.filter(sheet=to).values_list("key", flat=True)}
            found[column] = draw(st.sampled_from([*([] if column in ("impact", "project") else [""]), *sorted(keys - {""})]))
        return found

    def some(self, draw, *states, most=3):
        """Entries in one of these states; now and then in another, which is refused. None, where there are none."""
        anyone = draw(st.integers(0, 5)) == 5
        there = list(Entry.objects.all() if anyone else Entry.objects.filter(state__in=states))
        return draw(st.lists(st.sampled_from(there), min_size=1, max_size=most, unique=True)) if there else []


def path(entry, events):
    """Who entered and who verified an entry that was published, as the log tells it; whatever is missing on the way fails here."""
    events = [event for event in events if event.deed != "publish" and
              ((event.subject_kind, event.subject_key) == ("entry", str(entry.pk)) or entry.pk in event.summary.get("entries", ()))]
    deeds = [event.deed for event in events]
    assert deeds[0] == "enter"
    assert deeds[-2:] == ["submit", "verify"], f"{entry} was published after {deeds}"
    typists = {event.actor for event in events if event.deed in ("enter", "save", "submit")}
    assert events[-1].actor not in typists, f"{entry} was verified by somebody who had a hand in it"
    typed = [event.after for event in events if event.deed in ("enter", "save")][-1]
    assert typed == entry.values, f"{entry} says something else than was typed"
    return events[0].actor, events[-1].actor


def state():
    """All that a deed could leave behind."""
    tables = " UNION ALL ".join(f'SELECT count(*) FROM "{model._meta.db_table}"' for model in BY_SHEET.values())
    with connection.cursor() as cursor:
        cursor.execute(f"{tables} UNION ALL SELECT count(*) FROM results_lock WHERE unlocked_by = ''")
        counts = cursor.fetchall()
    return queries.stamp(), counts, list(Entry.objects.order_by("pk").values())


def books_report(book, phase):
    from_the_log = results.report(results.Chain.of(book), phase=phase)
    return from_the_log.tables


def test_whatever_people_do_the_log_and_the_facts_agree(db):
    for name in CAST:
        person(name)
    run_state_machine_as_test(Histories, settings=settings(max_examples=15, stateful_step_count=20))
