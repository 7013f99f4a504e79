"""Questions about files that people brought: what is good in them, who sees them, what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from socle.errors import Finding
from socle.tables import PROGRAMME, Kind
from socle_web.accounts.models import User
from socle_web.accounts.permissions import Person, may
from socle_web.places.permissions import countries_of
from socle_web.results import bridge
from socle_web.results.locks import Touched, days_observed, lock_of, locks_now, told
from socle_web.results.models import BY_SHEET, OPEN, Change, Entry, Errand, Impact, Lock, State, Upload
from socle_web.results.permissions import asking, may_enter
from socle_web.results.scope import Scope
from socle_web.results.whose import AT_ONCE, Whose

STILL = timedelta(seconds=60)  # a job that has not been heard of for so long has died
QUEUED = timedelta(minutes=5)  # a file that nobody has begun to read for so long is asked to be read again
MOST_FINDINGS = 20_000  # kept of one file
LONGEST_TEXT = 20_000  # characters in one cell
SHOWN = 20  # keys, and changed rows, of a sheet
BUSY = (Upload.Stage.WAITING, Upload.Stage.READING, Upload.Stage.TAKING)


@dataclass(frozen=True)
class Plan:
    """What of a file may become entries, and what speaks against the rest. ``good`` says of each row in whose hands it is."""

    good: tuple[tuple[bridge.Row, Scope], ...]
    findings: tuple[Finding, ...]


def plan(rows: Sequence[bridge.Row], findings: Iterable[Finding], *, by: User) -> Plan:
    """Which of the rows that would change something ``by`` may bring, row by row.

    A row that leans on one that is refused, and not there, is left with it (one mistake is told once).
    """
    whose = Whose(rows)
    hands = {id(row): whose.row(row) for row in rows}
    spoilt = _Spoilt(findings)
    refusals: list[Finding] = [*_not_for_the_role(rows, by=by)]
    closed = {finding.sheet for finding in refusals}
    waiting, locks, asked = _open(rows), locks_now(), asking(by)
    observed = days_observed(row.key for row in rows if row.sheet == "impacts" and row.before) if locks else {}
    numbers = [row.values for row in rows if row.sheet == "observations"] if locks else []
    touched = Touched((one.get("impact") for one in numbers), (one.get("supersedes") for one in numbers))
    good: list[bridge.Row] = []
    for row in rows:
        if row.sheet in closed or spoilt.holds(row):
            continue
        refusal = _refusal(row, *hands[id(row)], asked=asked, waiting=waiting, locks=locks, observed=observed,
                           touched=touched)
        if refusal is None:
            good.append(row)
        else:
            refusals.append(refusal)
    kept = _standing(good, rows)
    return Plan(tuple((row, hands[id(row)][1]) for row in kept), (*findings, *refusals))


class _Spoilt:
    """The rows that errors speak of."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        errors = [f for f in findings if f.severity == "error"]
        self.rows = {(f.sheet, f.row) for f in errors if f.row is not None}
        self.sheets = {f.sheet for f in errors if f.row is None}

    def holds(self, row: bridge.Row) -> bool:
        return row.sheet in self.sheets or (row.sheet, row.number) in self.rows


def _refusal(
    row: bridge.Row, before: Scope, after: Scope, *, asked: Callable[[str, Scope], bool],
    waiting: Mapping[tuple[str, str], int], locks: Sequence[Lock], observed: Mapping[str, set[date]],
    touched: Touched,
) -> Finding | None:
    if not asked(row.sheet, after) or (row.before is not None and not asked(row.sheet, before)):
        return _of(row, _place(row), "out_of_scope", _("This row belongs to a country or project that you do not act for."),
                   _("Leave it out, or hand it to a colleague who acts for it."))
    if row.sheet == "observations" and row.before is not None:
        column, _there, given = next(row.differences())
        return _of(row, column, "append_only", _("Observation %(key)s is there with other values.") % {"key": row.key},
                   _("Leave it as it was and add an observation that supersedes it, with a reason."), value=given)
    if long := next((name for name, text in row.values.items() if len(text) > LONGEST_TEXT), ""):
        return _of(row, long, "too_long", _("%(column)s is longer than %(n)s characters.") % {"column": long, "n": LONGEST_TEXT},
                   _("Shorten it, or attach the text as evidence."), value=row.values[long][:80])
    if other := waiting.get((row.sheet, row.key)):
        return _of(row, None, "open_already", _("%(record)s is already being worked on.") % {"record": f"{row.sheet}:{row.key}"},
                   _("Open entry %(n)s instead.") % {"n": other}, value=row.key)
    days = {day for day in (before.on, after.on) if day} | observed.get(row.key if row.sheet == "impacts" else "", set())
    if row.sheet == "observations":
        days |= touched.days(row.values.get("impact"), after.on, row.values.get("supersedes"))
    if lock := lock_of(locks, days, {*before.countries, *after.countries}):
        return _of(row, _day(row), "locked", told(lock), _("Ask the programme manager to unlock it, and say why."))
    return None


def _of(row: bridge.Row, column: str | None, code: str, what: str, remedy: str, *, value: str | None = None) -> Finding:
    return Finding("error", row.sheet, row.number, column, row.values.get(column or "") if value is None else value, code, what,
                   remedy)


def _not_for_the_role(rows: Sequence[bridge.Row], *, by: User) -> Iterable[Finding]:
    for sheet, number in Counter(row.sheet for row in rows).items():
        if not may_enter(by, sheet):
            what = _("%(n)s rows of this sheet are new or changed, and your role does not enter such records.") % {"n": number}
            yield Finding("error", sheet, None, None, None, "not_for_the_role", what,
                          _("Leave the sheet out, or hand it to the programme manager."))


def _open(rows: Sequence[bridge.Row]) -> dict[tuple[str, str], int]:
    """The open entries of the records that these rows speak of."""
    keys: dict[str, list[str]] = {}
    for row in rows:
        keys.setdefault(row.sheet, []).append(row.key)
    found: dict[tuple[str, str], int] = {}
    for sheet, those in keys.items():
        for start in range(0, len(those), AT_ONCE):
            there = Entry.objects.filter(sheet=sheet, key__in=those[start : start + AT_ONCE], state__in=OPEN)
            found |= {(sheet, key): pk for key, pk in there.values_list("key", "pk")}
    return found


def _standing(good: list[bridge.Row], rows: Sequence[bridge.Row]) -> list[bridge.Row]:
    """Without the rows that lean on a new row that is not among them."""
    there = {id(row) for row in good}
    lost = {(row.sheet, row.key) for row in rows if row.before is None and id(row) not in there}
    while lost:
        kept = [row for row in good if not any(other in lost for other in _references(row))]
        if len(kept) == len(good):
            break
        staying = {id(row) for row in kept}
        lost = {(row.sheet, row.key) for row in good if row.before is None and id(row) not in staying}
        good = kept
    return good


def _references(row: bridge.Row) -> Iterable[tuple[str, str]]:
    for column in PROGRAMME[row.sheet].columns:
        if column.kind in (Kind.REFERENCE, Kind.REFERENCES) and column.refers and (text := row.values.get(column.name)):
            for key in text.split(";"):
                yield column.refers, key


def _place(row: bridge.Row) -> str | None:
    """The column that says where a row belongs."""
    return next((name for name in ("country", "countries", "impact", "change", "project", "record") if row.values.get(name)), None)


def _day(row: bridge.Row) -> str | None:
    return next((name for name in ("on", "year") if row.values.get(name)), None)


def preview(brought: bridge.Brought, rows: Sequence[bridge.Row], found: Plan, *, by: User) -> dict[str, Any]:
    """What the page says of a file, as it is kept: of each sheet what is new, changed, unchanged, absent and left out."""
    good: dict[str, list[bridge.Row]] = {}
    for row, _scope in found.good:
        good.setdefault(row.sheet, []).append(row)
    different = Counter(row.sheet for row in rows)
    absent = _absent(brought, rows, by=by)
    sheets = []
    for table in brought.book:
        name = table.sheet.name
        if not (number := brought.counts.get(name, 0)):
            continue
        mine = good.get(name, [])
        new, changed = [row for row in mine if row.before is None], [row for row in mine if row.before is not None]
        same = len(table) - different[name]
        missing = absent.get(name, [])
        sheets.append({
            "sheet": name, "rows": number, "new": len(new), "changed": len(changed), "unchanged": same,
            "left": number - len(mine) - same, "absent": len(missing),
            "new_keys": [row.key for row in new[:SHOWN]], "absent_keys": missing[:SHOWN],
            "changes": [{"key": row.key, "row": row.number, "differences": list(row.differences())} for row in changed[:SHOWN]],
        })
    severities = Counter(f.severity for f in found.findings)
    return {"sheets": sheets, "good": len(found.good), "errors": severities["error"], "warnings": severities["warning"]}


def _absent(brought: bridge.Brought, rows: Sequence[bridge.Row], *, by: User) -> dict[str, list[str]]:
    """By sheet the facts of the countries the file speaks of (and ``by`` acts for) that it does not mention. They stay."""
    own = countries_of(by)
    spoken = {code for table in brought.book for code in _codes(table)}
    countries = spoken if own is None else spoken & own
    found: dict[str, list[str]] = {}
    for table in brought.book:
        path = PLACES.get(table.sheet.name)
        if path and len(table) and countries:
            model: Any = BY_SHEET[table.sheet.name]
            there = model.objects.filter(**{f"{path}__in": countries}).order_by("id").values_list("key", flat=True).distinct()
            mentioned = {*table.keys, *(row.key for row in rows if row.sheet == table.sheet.name)}
            found[table.sheet.name] = [key for key in there if key not in mentioned]
    return found


#: How the records of a sheet are found that belong to a country.
PLACES = {
    "projects": "countries", "funding": "project__countries", "outputs": "country", "changes": "country",
    "contributions": "change__country", "impacts": "country", "observations": "impact__country", "ratifications": "country",
}
#: The sheets whose records are in the country of another: the column that leads there.
LEANING: Mapping[str, tuple[str, Any]] = {"observations": ("impact", Impact), "contributions": ("change", Change)}


def _codes(table: Any) -> Iterable[str]:
    if "country" in table.columns and table.sheet.name in PLACES:
        yield from (code for code in set(table["country"]) if code)
    if table.sheet.name == "projects":
        yield from (code for codes in set(table["countries"]) for code in codes or ())
    if table.sheet.name in LEANING:  # what has no country of its own speaks of those of what it leans on
        column, model = LEANING[table.sheet.name]
        keys = sorted(set(table[column]) - {None})
        for start in range(0, len(keys), AT_ONCE):
            yield from model.objects.filter(key__in=keys[start : start + AT_ONCE]).values_list("country", flat=True).distinct()


def packed(findings: Sequence[Finding]) -> list[list[Any]]:
    """Findings as they are kept beside the file; beyond ``MOST_FINDINGS`` nobody reads them."""
    errors_first = sorted(findings, key=lambda f: f.severity != "error") if len(findings) > MOST_FINDINGS else findings
    return [[f.severity, f.sheet, f.row, f.column, f.value, f.code, f.message, f.remedy] for f in errors_first[:MOST_FINDINGS]]


def findings(upload: Upload, *, sheet: str = "", severity: str = "") -> list[Finding]:
    rows = (Finding(*row) for row in upload.findings)
    return [f for f in rows if (not sheet or (f.sheet or "") == sheet) and (not severity or f.severity == severity)]


def uploads_of(user: Person) -> QuerySet[Upload]:
    """One's own, and those a deputy brought on one's behalf; who acts for every country sees all of them."""
    if not isinstance(user, User) or not (may(user, "import") or may(user, "verify")):
        return Upload.objects.none()
    there = Upload.objects.all()
    return there if countries_of(user) is None else there.filter(Q(by=user.username) | Q(preview__on_behalf_of=user.username))


def listed(user: Person) -> QuerySet[Upload]:
    """For the list: without what only the page of one file shows, with the number of its entries on their way."""
    return uploads_of(user).defer("findings", "preview").annotate(
        drafts=Count("entries", filter=Q(entries__state=State.DRAFT)),
        submitted=Count("entries", filter=Q(entries__state=State.SUBMITTED)),
        verified=Count("entries", filter=Q(entries__state=State.VERIFIED)),
        published=Count("entries", filter=Q(entries__state=State.PUBLISHED)),
        doing=Exists(Errand.objects.filter(upload=OuterRef("pk"), stage__in=("waiting", "doing"))),
    ).order_by("-id")


def states(upload: Upload) -> dict[str, int]:
    """How many entries of an upload are in which state."""
    return dict(upload.entries.order_by("state").values_list("state").annotate(n=Count("id")))


def twins(upload: Upload) -> QuerySet[Upload]:
    """The same file, brought before or since by whomever."""
    there = Upload.objects.filter(digest=upload.digest).exclude(pk=upload.pk).exclude(stage=Upload.Stage.DISCARDED)
    return there.defer("findings", "preview")


def has_died(upload: Upload) -> bool:
    """Whether the job that read the file, or took it over, has not been heard of for a minute."""
    patience = QUEUED if upload.stage == Upload.Stage.WAITING else STILL
    return upload.stage in BUSY and (upload.beat_at or upload.at) < timezone.now() - patience


def late() -> Q:
    """The same, as a condition."""
    now = timezone.now()
    waiting = Q(stage=Upload.Stage.WAITING, beat_at__lt=now - QUEUED)
    return waiting | Q(stage__in=(Upload.Stage.READING, Upload.Stage.TAKING), beat_at__lt=now - STILL)


def dead() -> QuerySet[Upload]:
    return Upload.objects.filter(late())
