"""What the keys of an entry, and the entries of a file, say together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import pairwise

from socle.schemes.entries import NAMES, Entries, Entry
from socle.schemes.scalars import nearest, shown
from socle.vocabulary import FACTS, say

_PAYERS_IN = {"worker", "employer", "self"}


def check_entries(entries: Entries) -> None:
    """Tell in the document everything that does not fit together; entries without a name of their own are given one."""
    for section in ("benefit", "ramp", "table", "assumptions"):
        for entry in entries.of(section):
            _one_of(entries, entry)
    for entry in entries.of("benefit"):
        _benefit(entries, entry)
    for entry in entries.of("contribution"):
        _not_above(entries, entry, "floor", "ceiling")
    for section in ("eligibility", "benefit", "contribution"):
        _periods(entries, entries.of(section))
    for section in NAMES:
        _same_name(entries, entries.of(section))
        _name_the_unnamed(entries.of(section))
    _administration(entries)
    _ramp(entries)
    _assumptions(entries)
    _someone(entries)
    _contributory(entries)
    _remarks(entries)


def _tell(entries: Entries, entry: Entry, key: str, code: str, message: str, remedy: str, *, severity: str = "error") -> None:
    entries.document.tell(code, (*entry.path, key) if key else entry.path, message, remedy, severity=severity)


def _one_of(entries: Entries, entry: Entry) -> None:
    """Exactly one of the keys of a choice."""
    choice = entry.section.choice
    there = [key for key in choice if entry.has(key)]
    names = ", ".join(choice)
    if len(there) > 1:
        _tell(
            entries,
            entry,
            there[1],
            "one_of",
            say("{keys} are there together.", keys=", ".join(there)),
            say("Keep exactly one of {keys}.", keys=names),
        )
    elif not there and entry.path not in entries.document.spoiled:
        section = entry.section.name
        if any(entries.is_missing(section, entry.name, key) for key in choice):
            return
        remedy = say("Add exactly one of {keys}.", keys=names)
        if section == "benefit":
            remedy += " " + say('Where the source does not say, add [[missing]] with key = "{key}".', key="benefit.amount")
        _tell(entries, entry, "", "one_of", say("None of {keys} is there.", keys=names), remedy)


def _benefit(entries: Entries, entry: Entry) -> None:
    currency = entries.top.values.get("currency")
    own = entry.values.get("currency")
    if "amount" in entry.values and not entry.has("currency") and not entries.top.has("currency"):
        _tell(
            entries,
            entry,
            "amount",
            "needs",
            say("The amount has no currency."),
            say('Add currency = "USD", or the one that it is in.'),
        )
    if own and currency and own != currency:
        _tell(
            entries,
            entry,
            "currency",
            "currency_differs",
            say("The scheme is in {currency}, this benefit in {other}.", currency=currency, other=own),
            say("Keep one currency: none is converted silently."),
        )
    _need_each_other(entries, entry, "share", "of")
    fixed = "fixed" in entry.values.get("index", {})
    if fixed and not entry.has("rate"):
        _tell(entries, entry, "index", "needs", say("A fixed index has no rate."), say("Add rate = 0.03 for 3 per cent a year."))
    if entry.has("rate") and not fixed and "index" not in entry.wrong:
        _tell(entries, entry, "rate", "needs", say("The rate is of no index."), say('Write index = "fixed", or remove the rate.'))
    if isinstance(entry.values.get("floor"), float) and isinstance(entry.values.get("cap"), float):
        _not_above(entries, entry, "floor", "cap")
    if entry.values.get("share", 0) > 1:
        _tell(
            entries,
            entry,
            "share",
            "share_above_one",
            say("The benefit is more than the whole of what it is a share of."),
            say("Write 0.25 for 25 per cent; leave it where that is meant."),
            severity="warning",
        )


def _need_each_other(entries: Entries, entry: Entry, one: str, other: str) -> None:
    for key, lacking in ((one, other), (other, one)):
        if entry.has(key) and not entry.has(lacking):
            _tell(
                entries,
                entry,
                key,
                "needs",
                say("{key} stands without {other}.", key=key, other=lacking),
                say("Add {key}.", key=lacking),
            )


def _not_above(entries: Entries, entry: Entry, low: str, high: str) -> None:
    least, most = entry.values.get(low), entry.values.get(high)
    if least is not None and most is not None and least > most:
        _tell(
            entries,
            entry,
            low,
            "floor_above_cap",
            say("{low} ({least}) is above {high} ({most}).", low=low, least=f"{least:g}", high=high, most=f"{most:g}"),
            say("Exchange or correct the two."),
        )


def _periods(entries: Entries, those: Sequence[Entry]) -> None:
    for entry in those:
        since, until = entry.values.get("from"), entry.values.get("until")
        if since and until and until < since:
            _tell(
                entries,
                entry,
                "until",
                "period_order",
                say("It ends ({end}) before it starts ({start}).", end=until, start=since),
                say("Correct the start or the end."),
            )
    for name, dated in _by_name(those).items():
        for entry, later in pairwise(dated):
            until = entry.values.get("until")
            if name and until and entry.values["from"] < later.values["from"] <= until:
                _tell(
                    entries,
                    entry,
                    "until",
                    "overlap",
                    say(
                        "“{name}” runs until {until}, and its next entry begins on {start}.",
                        name=name,
                        until=until,
                        start=later.values["from"],
                    ),
                    say("End it the day before, or leave until out: the next entry replaces it."),
                )


def _same_name(entries: Entries, those: Sequence[Entry]) -> None:
    """Of one name, or without a name and for the same people, one entry begins on a day."""
    for name, dated in _by_name(those).items():
        for entry, later in pairwise(sorted(dated, key=lambda one: (one.values["from"], str(one.values.get("rule"))))):
            the_same = name or (later.section.name == "benefit" and entry.values.get("rule") == later.values.get("rule"))
            if the_same and entry.values["from"] == later.values["from"]:
                line = entries.document.line((*entry.path, "from"))
                _tell(
                    entries,
                    later,
                    "from",
                    "same_day",
                    say(
                        "“{name}” begins on {start} twice: also in line {line}.",
                        name=name or later.section.name,
                        start=later.values["from"],
                        line=line,
                    ),
                    say("Give each a name of its own ({key}), or keep one.", key=NAMES[later.section.name]),
                )


def _by_name(those: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Entries with a first day, by name, in order of time."""
    names: dict[str, list[Entry]] = {}
    for entry in sorted((one for one in those if one.values.get("from")), key=lambda one: one.values["from"]):
        names.setdefault(entry.name, []).append(entry)
    return names


def _name_the_unnamed(those: Sequence[Entry]) -> None:
    """Entries without a name that begin on one day hold together, until the next such day; each is numbered."""
    if not those or (key := NAMES[those[0].section.name]) not in ("part", "tier"):
        return
    unnamed = [entry for entry in those if not entry.has(key) and entry.values.get("from")]
    taken = {entry.name for entry in those}
    days = sorted({entry.values["from"] for entry in unnamed})
    alone = len(days) == len(unnamed)
    for day, following in zip(days, [*days[1:], None][: len(days)], strict=True):
        together = [entry for entry in unnamed if entry.values["from"] == day]
        free = (str(number) for number in range(1, 10_000) if str(number) not in taken)
        for entry, name in zip(together, free, strict=False):
            entry.values[key] = "" if alone else name
            if following is not None and len(days) > 1:
                last = following - timedelta(days=1)
                entry.values["until"] = min(entry.values.get("until", last), last)


def _administration(entries: Entries) -> None:
    seen: dict[object, Entry] = {}
    for entry in entries.of("administration"):
        first = seen.setdefault(entry.values.get("from"), entry)
        if first is not entry:
            _tell(
                entries,
                entry,
                "",
                "same_day",
                say("Administration is given twice for one day: also in line {line}.", line=entries.document.line(first.path)),
                say("Keep one, or date the later: from."),
            )


def _ramp(entries: Entries) -> None:
    before: Entry | None = None
    for entry in entries.of("ramp"):
        year = entry.values.get("year")
        if year is None:
            continue
        if before is not None and year <= before.values["year"]:
            _tell(
                entries,
                entry,
                "year",
                "ramp_order",
                say("{year} comes after {before}.", year=year, before=before.values["year"]),
                say("Write one entry a year, in the order of the years."),
            )
        before = entry


def _assumptions(entries: Entries) -> None:
    wanted = {"truth": "share", "number": "value", "code": "shares"}
    spans: list[tuple[str, str, int, tuple[int, int], Entry]] = []
    for entry in entries.of("assumptions"):
        fact = FACTS.get(entry.fact)
        if fact is None:
            _tell(
                entries,
                entry,
                "",
                "unknown_fact",
                say("“{name}” is no fact of the vocabulary.", name=shown(entry.fact)),
                nearest(entry.fact, list(FACTS)),
            )
            continue
        right = wanted.get(fact.type)
        for key in wanted.values():
            if entry.has(key) and key != right:
                _tell(
                    entries,
                    entry,
                    key,
                    "assumption_kind",
                    say("“{name}” is not assumed by {key}.", name=entry.fact, key=key),
                    say("Write {key}.", key=right)
                    if right
                    else say("A day cannot be assumed: assume the number that follows from it."),
                )
        for code in entry.values.get("shares", {}):
            if fact.codes and code not in fact.codes:
                entries.document.tell(
                    "unknown_code",
                    (*entry.path, "shares", code),
                    say("“{value}” is no code of {key}.", value=code, key=entry.fact),
                    nearest(code, list(fact.codes)),
                )
        spans.append(
            (entry.fact, entry.values.get("sex", "total"), entry.values.get("from", 0), entry.values.get("ages", (0, 120)), entry)
        )
    for number, (name, sex, year, ages, entry) in enumerate(spans):
        for other, others, since, span, earlier in spans[:number]:
            if (
                (name, year) == (other, since)
                and (sex == others or "total" in (sex, others))
                and ages[0] <= span[1]
                and span[0] <= ages[1]
            ):
                _tell(
                    entries,
                    entry,
                    "",
                    "overlap",
                    say(
                        "“{name}” is assumed twice for some persons: also in line {line}.",
                        name=name,
                        line=entries.document.line(earlier.path),
                    ),
                    say("Separate the ages or the sexes."),
                )
                break


def _someone(entries: Entries) -> None:
    """Who is entitled must be said: no rule is never everyone."""
    if entries.of("eligibility") or entries.document.data.get("eligibility"):
        return
    if "eligibility" in entries.missing or entries.document.spoiled & {(), ("?",)}:
        return
    entries.document.tell(
        "never_everyone",
        (),
        say("Nobody is said to be entitled: there is no [[eligibility]]. That is never “everyone”."),
        say('Add [[eligibility]] with from, rule and source; where the source does not say, [[missing]] with key = "eligibility".'),
    )


def _contributory(entries: Entries) -> None:
    contributory = entries.top.values.get("contributory")
    paying = [entry for entry in entries.of("contribution") if entry.values.get("payer") in _PAYERS_IN]
    if contributory and not entries.of("contribution") and "contribution" not in entries.missing and not entries.document.spoiled:
        _tell(
            entries,
            entries.top,
            "contributory",
            "no_contribution",
            say("The scheme is contributory, and nobody pays in."),
            say('Add [[contribution]], or [[missing]] with key = "contribution".'),
            severity="warning",
        )
    if contributory is False and paying:
        _tell(
            entries,
            paying[0],
            "payer",
            "no_contribution",
            say("The scheme is not contributory, and somebody pays in."),
            say("Write contributory = true, or remove the contribution."),
            severity="warning",
        )


def _remarks(entries: Entries) -> None:
    """What a reader of the figures must know: what the source does not say, what nobody read, what nobody says."""
    for entry in entries.of("missing"):
        if "key" in entry.values:
            _tell(
                entries,
                entry,
                "key",
                "missing",
                say("The source does not say {key}: {note}", key=entry.values["key"], note=entry.values.get("note", "")),
                say("Costing will name what it lacks; fill it in when a source says it."),
                severity="warning",
            )
    for entry in (*entries.of("ramp"), *entries.of("assumptions")):
        if not entry.has("source"):
            _tell(
                entries,
                entry,
                "",
                "source_missing",
                say("[{section}] has no source.", section=entry.section.name),
                say('Add source = "document, table or section".'),
                severity="warning",
            )
    for entry in _all(entries):
        said = entry.values.get("source")
        if entry.values.get("verified") is False or (isinstance(said, dict) and said.get("verified") is False):
            _tell(
                entries,
                entry,
                "verified" if "verified" in entry.values else "source",
                "unverified",
                say("Nobody has read this in its source."),
                say("Read it there, and remove verified = false."),
                severity="warning",
            )


def _all(entries: Entries) -> Iterable[Entry]:
    yield from entries.documents.values()
    for those in entries.by_section.values():
        yield from those
