"""The workbench on the database of the environment. Run by ``benchmarks.workbench``, once a database."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Callable
from threading import Barrier, Thread
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socle_web.project.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - after setup
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.measuring import Measure, in_turn, peak_megabytes, say, seconds  # noqa: E402
from socle.tables import PROGRAMME, RawSheet, parse  # noqa: E402
from socle_web.accounts.models import User  # noqa: E402
from socle_web.audit import chain  # noqa: E402
from socle_web.audit.actions import deed, record  # noqa: E402
from socle_web.audit.models import Event  # noqa: E402
from socle_web.audit.verification import verify  # noqa: E402
from socle_web.places.models import Country, Mandate  # noqa: E402
from socle_web.results import actions, trail  # noqa: E402
from socle_web.results.actions.uploading import accept_upload, begin_to_accept, read_upload  # noqa: E402
from socle_web.results.models import Entry  # noqa: E402

CROWD = 50
CHANGE = {"country": "KEN", "year": "2024", "step": "2", "branches": "old_age", "title": "A law", "source": "Gazette, 2024"}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
COLUMNS = ("observation", "impact", "on", "measure", "persons", "source")


def person(name: str, role: str, *countries: str) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", role=role)
    for code in countries:
        Mandate.objects.create(user=user, country=Country.objects.get(pk=code), given_by="benchmark")
    return user


def client_of(user: User) -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend=BACKEND)
    return client


def prepare(entries: int) -> dict[str, User]:
    """A small programme, the people, and entries in every state."""
    call_command("migrate", verbosity=0)
    rows = {"phases": [{"phase": "P", "start": "2021", "end": "2025"}], "partners": [{"partner": "GIZ", "kind": "bilateral"}],
            "impacts": [{"impact": f"I{n}", "country": "KEN", "kind": "effective_coverage", "branch": "old_age"}
                        for n in range(1_000)]}
    sheets = [RawSheet(name, tuple(found[0]), [list(row.values()) for row in found], range(2, len(found) + 2))
              for name, found in rows.items()]
    outcome = actions.load(parse(PROGRAMME, sheets), by="benchmark", source="made up")
    if outcome.refused:
        raise SystemExit(f"The made-up programme was refused: {outcome.findings[:3]}")
    people = {"owner": person("owner", "contributor", "KEN"), "verifier": person("verifier", "verifier"),
              "manager": person("manager", "programme_manager")}
    made = [actions.enter("changes", {**CHANGE, "change": f"E{n}"}, by=people["owner"]) for n in range(entries)]
    submitted = actions.submit(made[: entries * 3 // 4], by=people["owner"])
    verified = actions.verify(submitted[: entries // 2], by=people["verifier"])
    actions.publish(verified[: entries // 4], by=people["manager"])
    return people


def bare_save(entry: Entry) -> Callable[[], object]:
    """The least a save can be: one row read and written with the ORM, and kept."""
    def work() -> None:
        with transaction.atomic():
            there = Entry.objects.select_for_update().get(pk=entry.pk)
            there.values = {**there.values, "title": f"{perf_counter()}"}
            there.changed_at = timezone.now()
            there.save()

    return work


def measure_desk(where: str, owner: User) -> Measure:
    client, address = client_of(owner), reverse("desk")

    def page() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")

    def bare() -> list[Entry]:
        return list(Entry.objects.filter(countries__contains=";KEN;").order_by("-changed_at")[:50])

    page()
    with CaptureQueriesContext(connection) as asked:
        page()
    number = len(asked)
    took, minimum = in_turn(page, bare, times=7)
    return Measure("my desk", where, took, minimum, "its entries in one ORM query", note=f"{number} queries")


def measure_save(where: str, owner: User) -> list[Measure]:
    entry, other = (actions.enter("changes", {**CHANGE, "change": key}, by=owner) for key in ("S1", "S2"))
    client = client_of(owner)

    def act() -> None:
        there = Entry.objects.get(pk=entry.pk)
        actions.save(there, {**CHANGE, "title": f"{perf_counter()}"}, version=there.version, by=owner)

    def send() -> None:
        version = Entry.objects.values_list("version", flat=True).get(pk=entry.pk)
        answer = client.post(reverse("entry-edit", args=[entry.pk]),
                             {**CHANGE, "title": f"{perf_counter()}", "version": version, "save": "1"})
        if answer.status_code != 302:
            raise SystemExit(f"A save was answered {answer.status_code}")

    bare = bare_save(other)
    took, minimum = in_turn(act, bare, times=21)
    sent, again = in_turn(send, bare, times=21)
    return [Measure("save an entry (the deed, with its event)", where, took, minimum, "get and save with the ORM"),
            Measure("save an entry (the form sent, to the answer)", where, sent, again, "get and save with the ORM")]


def measure_crowd(where: str) -> Measure:
    """Fifty people each save an entry of their own at the same moment; the last of them waits for all the others."""
    people = [person(f"p{n}", "contributor", "KEN") for n in range(CROWD)]
    entries = [actions.enter("changes", {**CHANGE, "change": f"C{n}"}, by=user) for n, user in enumerate(people)]
    waited: list[float] = []

    def save(n: int, ready: Barrier | None) -> None:
        try:
            there = Entry.objects.get(pk=entries[n].pk)
            if ready:
                ready.wait()
            began = perf_counter()
            actions.save(there, {**CHANGE, "title": f"{perf_counter()}"}, version=there.version, by=people[n])
            waited.append(perf_counter() - began)
        finally:
            if ready:
                connection.close()

    alone = sorted(seconds(lambda n=n: save(n, None)) for n in range(11))[5]  # type: ignore[misc]
    waited.clear()
    ready = Barrier(CROWD)
    threads = [Thread(target=save, args=(n, ready)) for n in range(CROWD)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(waited) != CROWD:
        raise SystemExit(f"{CROWD - len(waited)} of {CROWD} saves were lost")
    ordered = sorted(waited)
    return Measure(f"{CROWD} people save at once, the last to be answered", where, ordered[-1], alone, "one person alone",
                   note=f"median {ordered[CROWD // 2] / alone:.0f}, nothing lost")


def measure_log(where: str, events: int) -> list[Measure]:
    subject, values = ("changes", "C1"), {**CHANGE, "women": "10"}

    def told() -> None:
        with deed():
            record("save", by="benchmark", subject=subject, before=values, after={**values, "title": f"{perf_counter()}"})

    def bare() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_event (at, actor, deed, before, after) VALUES (%s, %s, %s, %s, %s)",
                           [timezone.now().isoformat(), "benchmark", "save", str(values), str(values)])

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_event (at text, actor text, deed text, before text, after text)")
    took, minimum = in_turn(told, bare, times=101)
    write_events(events - Event.objects.count(), values)

    def read() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM audit_event ORDER BY id")
            while cursor.fetchmany(5_000):
                pass

    def walk() -> None:
        if not verify().sound:
            raise SystemExit("The log is not sound")

    walked, least = in_turn(walk, read)
    return [Measure("write an event into the log", where, took, minimum, "a bare INSERT, committed"),
            Measure(f"verify {events:,} events", where, walked, least, "reading their rows")]


def write_events(number: int, values: dict[str, str]) -> None:
    """So many events more, chained as ``record`` chains them, without waiting for each."""
    text, at = chain.canonical(values), timezone.now()
    previous = Event.objects.order_by("-id").values_list("digest", flat=True)[0]
    made = []
    for n in range(number):
        digest = chain.digest(at=chain.instant(at), actor="benchmark", deed="save", kind="changes", key=f"C{n}", summary="{}",
                              before=text, after=text, reason="", on_behalf_of="", attachment="", previous=previous)
        made.append(Event(at=at, actor="benchmark", deed="save", subject_kind="changes", subject_key=f"C{n}", summary={},
                          before=values, after=values, previous=previous, digest=digest))
        previous = digest
    with deed():
        Event.objects.bulk_create(made, batch_size=2_000)


def measure_file(where: str, rows: int, owner: User) -> list[Measure]:
    """A file of ``rows`` observations brought through the web: read and previewed, then taken over as drafts."""
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(COLUMNS)
    out.writerows((f"O{n}", f"I{n % 1_000}", f"{2021 + n % 4}-06-30", "increase", n % 500, "Report") for n in range(rows))
    content = text.getvalue().encode()
    made = actions.upload(content, name="observations.csv", by=owner)
    read = seconds(lambda: read_upload(made.pk))
    made.refresh_from_db()
    if made.stage != "ready":
        raise SystemExit(f"The file is {made.stage}: {made.refusal or made.findings[:2]}")
    begin_to_accept(made, by=owner)
    taken = seconds(lambda: accept_upload(made.pk, by=owner))

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_observation (key text, impact text, day text, measure text, persons bigint, "
                       "source text)")

    def by_hand() -> None:
        given = list(csv.reader(io.StringIO(content.decode())))[1:]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany("INSERT INTO bench_observation VALUES (%s, %s, %s, %s, %s, %s)", given)

    minimum = seconds(by_hand)
    against = "csv.reader + executemany"
    return [Measure(f"a file of {rows:,} rows: read, checked, compared, previewed", where, read, minimum, against),
            Measure(f"a file of {rows:,} rows: taken over as drafts, each in the log", where, taken, minimum, against)]


def measure_publication(where: str, number: int, people: dict[str, User]) -> list[Measure]:
    """Many entries go the whole way; and the records of it all are rebuilt from the log alone."""
    waiting = list(Entry.objects.filter(state="draft", sheet="observations")[:number])
    took = [seconds(lambda: actions.submit(waiting, by=people["owner"])),
            seconds(lambda: actions.verify(waiting, by=people["verifier"])),
            seconds(lambda: actions.publish(waiting, by=people["manager"]))]
    rebuilt = seconds(trail.book)
    return [Measure(f"submit, verify and publish {len(waiting):,} entries", where, sum(took),
                    note=", ".join(f"{part:.2g} s" for part in took)),
            Measure("all records rebuilt from the log alone", where, rebuilt)]


def measure(scale: float) -> list[Measure]:
    where = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    people = prepare(int(200 * min(1, scale)) or 4)
    found = [measure_desk(where, people["owner"]), *measure_save(where, people["owner"]), measure_crowd(where)]
    found += measure_file(where, int(100_000 * scale), people["owner"])
    found += measure_publication(where, int(5_000 * scale), people)
    found += measure_log(where, int(100_000 * scale))
    found.append(Measure("memory of the process at its peak", where, 0.0, note=f"{peak_megabytes():,.0f} MB"))
    return found


if __name__ == "__main__":
    say(measure(float(sys.argv[1])))
