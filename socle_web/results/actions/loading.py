"""What a file brings: all or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.apps import apps

from socle import results
from socle.errors import Finding
from socle.tables import NOTHING_KNOWN, Book, Known, Parsed
from socle.vocabulary import say
from socle_web.audit.actions import deed, record
from socle_web.places.filling import fill
from socle_web.results import bridge
from socle_web.results.locks import locked_rows, told
from socle_web.results.models import Contribution, Observation, Origin, Programme

LONGEST_KEY = 2_000  # bytes: what an index of PostgreSQL can hold


@dataclass(frozen=True)
class LoadResult:
    """What a load did, or would do, to each sheet. An error among the findings means that nothing was written."""

    new: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unchanged: Mapping[str, int] = field(default_factory=dict)
    absent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def changes_something(self) -> bool:
        return any(self.new.values()) or any(self.changed.values())


def load(
    parsed: Parsed | Book, *, by: str, source: str, dry_run: bool = False, progress: bridge.Progress | None = None,
    known: Known = NOTHING_KNOWN,
) -> LoadResult:
    """Bring the records of a file in: all or nothing.

    What has the same values is unchanged; other values replace those that are there, except observations, which are only
    superseded, and records that were entered and verified here, which a file does not replace; what the file does not mention
    stays and is ``absent``. ``source`` is the name of the folder or workbook.
    ``known`` are the keys of facts that a partial file was read in the light of.
    A load that changes nothing leaves no event: nothing happened.
    """
    book = parsed.book if isinstance(parsed, Parsed) else parsed
    findings = (*(parsed.findings if isinstance(parsed, Parsed) else ()), *(bridge.checked(book) if known else results.check(book)))
    if any(finding.severity == "error" for finding in findings):
        return LoadResult(findings=findings)
    with deed():
        refusals = (*_other_programme(book), *_too_long(book))
        if refusals:
            return LoadResult(findings=(*findings, *refusals))
        comparisons, kept = _keep_what_was_entered(book, bridge.compare(book))
        outcome = _outcome(comparisons, (*findings, *kept, *contradictions(book, comparisons), *_locked(book, comparisons)))
        if not (outcome.refused or dry_run) and outcome.changes_something:
            fill(apps)  # the vocabulary may have gained a country since the tables were made
            before = _before(comparisons)
            bridge.write(comparisons, progress=progress)
            _unadopt(comparisons)
            record("load", by=by, subject=("programme", _programme(book)), summary=_summary(outcome, book, source=source),
                   rows=_told(book, comparisons, before))
    return outcome


def contradictions(book: Book, comparisons: list[bridge.Comparison]) -> tuple[Finding, ...]:
    """What speaks against ``book`` in the light of what is there."""
    return (*_not_appended(book, comparisons), *_corrected_already(book), *_shared_already(book))


def _keep_what_was_entered(
    book: Book, comparisons: list[bridge.Comparison]
) -> tuple[list[bridge.Comparison], list[Finding]]:
    """Changes to records that were entered and verified here are not taken from a file; each is told."""
    kept: list[bridge.Comparison] = []
    findings: list[Finding] = []
    for comparison in comparisons:
        model = comparison.shape.model
        ids = {change.row[0] for change in comparison.changed}
        entered = {i for start in range(0, len(ids), 500) for i in model.objects.filter(  # type: ignore[attr-defined]
            pk__in=sorted(ids)[start : start + 500], origin=Origin.ENTERED).values_list("pk", flat=True)}
        table = book[comparison.shape.sheet.name]
        findings += (
            Finding("warning", table.sheet.name, table.numbers[change.place], change.column, None, "entered_here",
                    say("{key} was entered and verified here; the file's values are not taken over.", key=change.key),
                    say("Bring them as an entry, or take the record as it is into the file."))
            for change in comparison.changed if change.row[0] in entered
        )
        if entered:
            left = [change for change in comparison.changed if change.row[0] not in entered]
            comparison = replace(comparison, changed=left, unchanged=comparison.unchanged + len(entered))
        kept.append(comparison)
    return kept, findings


def _locked(book: Book, comparisons: list[bridge.Comparison]) -> Iterator[Finding]:
    places: dict[str, Sequence[int]] = {}
    for comparison in comparisons:
        form = comparison.shape
        table = book[form.sheet.name]
        mine = {identity: place for place, identity in enumerate(form.identities(table))} if comparison.new else {}
        places[form.sheet.name] = [*(change.place for change in comparison.changed), *(mine[row[1]] for row in comparison.new)]
    for sheet, place, lock in locked_rows(book, places):
        table = book[sheet]
        yield Finding("error", sheet, table.numbers[place], None, table.keys[place], "locked", told(lock),
                      say("Ask the programme manager to unlock it, and say why."))


def _unadopt(comparisons: list[bridge.Comparison]) -> None:
    """Whoever adopted a record adopted other values."""
    for comparison in comparisons:
        ids = [change.row[0] for change in comparison.changed]
        for start in range(0, len(ids), 500):
            comparison.shape.model.objects.filter(pk__in=ids[start : start + 500]).update(verified_by="")  # type: ignore[attr-defined]


def _before(comparisons: list[bridge.Comparison]) -> dict[str, dict[str, bridge.Texts]]:
    """By sheet and identity the facts that are about to change."""
    found: dict[str, dict[str, bridge.Texts]] = {}
    for comparison in comparisons:
        if comparison.changed:
            sheet = comparison.shape.sheet.name
            table = bridge.few(sheet, {change.key for change in comparison.changed})
            found[sheet] = dict(zip(comparison.shape.identities(table), bridge.texts(table), strict=True))
    return found


def _told(book: Book, comparisons: list[bridge.Comparison], before: dict[str, dict[str, bridge.Texts]]) -> Iterator[object]:
    """Every record the load brought or changed, as the log keeps it."""
    for comparison in comparisons:
        sheet = comparison.shape.sheet.name
        new = {row[1] for row in comparison.new}
        changed = {change.place for change in comparison.changed}
        if not (new or changed):
            continue
        table = book[sheet]
        names = table.sheet.names
        columns = [bridge.cells(table[name]) for name in names]
        yield [sheet, list(names)]
        identities = comparison.shape.identities(table)
        for place, (identity, key, values) in enumerate(zip(identities, table.keys, zip(*columns, strict=True), strict=True)):
            if identity in new:
                yield [sheet, key, None, values]
            elif place in changed:
                old = before[sheet].get(identity, {})
                kept = [old.get(name, "") if name in table.absent else value for name, value in zip(names, values, strict=True)]
                yield [sheet, key, [old.get(name, "") for name in names], kept]


def _outcome(comparisons: list[bridge.Comparison], findings: tuple[Finding, ...]) -> LoadResult:
    by_sheet = {c.shape.sheet.name: c for c in comparisons}
    return LoadResult(
        new={name: len(c.new) for name, c in by_sheet.items() if c.new},
        changed={name: tuple(change.key for change in c.changed) for name, c in by_sheet.items() if c.changed},
        unchanged={name: c.unchanged for name, c in by_sheet.items() if c.unchanged},
        absent={name: tuple(c.absent) for name, c in by_sheet.items() if c.absent},
        findings=findings,
    )


def _not_appended(book: Book, comparisons: list[bridge.Comparison]) -> Iterator[Finding]:
    table = book["observations"]
    for comparison in comparisons:
        if comparison.shape.sheet is table.sheet:
            for change in comparison.changed:
                value = table[change.column][change.place]
                yield Finding(
                    "error", "observations", table.numbers[change.place], change.column,
                    None if value is None else getattr(value, "text", str(value)), "append_only",
                    say("Observation {key} is there with other values.", key=change.key),
                    say("Leave it as it was and add an observation that supersedes it, with a reason."),
                )


def _corrected_already(book: Book) -> Iterator[Finding]:
    """An observation of the file that corrects what another, which the file does not mention, has corrected."""
    table = book["observations"]
    corrections = [(place, of) for place, of in enumerate(table["supersedes"]) if of]
    if not corrections:
        return
    there = dict(Observation.objects.filter(supersedes__isnull=False).values_list("supersedes__key", "key"))
    for place, of in corrections:
        if (first := there.get(of, table.keys[place])) != table.keys[place]:
            yield Finding(
                "error", "observations", table.numbers[place], "supersedes", of, "superseded_twice",
                say("Observation {other} is already superseded by {first}.", other=of, first=first),
                say("Supersede {first} instead.", first=first),
            )


def _shared_already(book: Book) -> Iterator[Finding]:
    """Shares of a change that pass 1 together with those that the file does not mention."""
    table = book["contributions"]
    if not len(table):
        return
    given = set(table.keys)
    sums: dict[str, Decimal] = {}
    for change, project, share in Contribution.objects.values_list("change__key", "project__key", "share"):
        if share and f"{change}/{project}" not in given:
            sums[change] = sums.get(change, Decimal(0)) + Decimal(str(share))
    for place, (change, share) in enumerate(zip(table["change"], table["share"], strict=True)):
        before = sums.get(change)
        if before is None or not share:
            continue
        sums[change] = before + Decimal(str(share))
        if before <= 1 < sums[change]:
            yield Finding(
                "error", "contributions", table.numbers[place], "share", str(share), "shares_over_one",
                say("The shares of change {change} add up to {sum}, more than 1.", change=change, sum=sums[change]),
                say("Lower the shares of the projects of this change."),
            )


def _other_programme(book: Book) -> Iterator[Finding]:
    there = Programme.objects.values_list("key", flat=True).first()
    table = book["programme"]
    for row, key in zip(table.numbers, table.keys, strict=True):
        if there not in (None, key):
            yield Finding(
                "error", "programme", row, "programme", key, "other_programme",
                say("This database holds the programme {there}, not {key}.", there=there, key=key),
                say("Load {key} into a database of its own.", key=key),
            )


def _too_long(book: Book) -> Iterator[Finding]:
    for table in book:
        if len(table.sheet.key) > 1:
            for row, key in zip(table.numbers, table.keys, strict=True):
                if len(key.encode()) > LONGEST_KEY:
                    yield Finding(
                        "error", table.sheet.name, row, table.sheet.key[-1], key[:80], "too_long",
                        say("What identifies the row is longer than {n} bytes.", n=LONGEST_KEY),
                        say("Shorten the text of {columns}.", columns=", ".join(table.sheet.key)),
                    )


def _programme(book: Book) -> str:
    return next(iter(book["programme"].keys), None) or Programme.objects.values_list("key", flat=True).first() or ""


def _summary(outcome: LoadResult, book: Book, *, source: str) -> dict[str, object]:
    return {
        "source": source,
        "digest": digest(book),
        "new": dict(outcome.new),
        "changed": {sheet: list(keys) for sheet, keys in outcome.changed.items()},
        "unchanged": dict(outcome.unchanged),
        "absent": {sheet: len(keys) for sheet, keys in outcome.absent.items()},
    }


def digest(book: Book) -> str:
    """SHA-256 of the values of a book: the same for a folder, a workbook, and the file sent again."""
    sha = hashlib.sha256()
    for table in book:
        sha.update(json.dumps([table.sheet.name, table.columns], default=str).encode())
    return sha.hexdigest()
