"""What the rows of a results chain must say together.

Errors are contradictions that no figure can be made of; warnings are things a reader must know. Columns, codes, days and
references are checked before, in ``socle.tables``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from decimal import Decimal

import numpy as np

from socle import vocabulary
from socle.errors import Finding, Severity
from socle.results.aggregates import is_shown, overlapping
from socle.results.chain import Chain
from socle.results.counting import Contributions
from socle.results.observations import Bools, Ints
from socle.results.scope import DATED, Scope, span
from socle.results.specification import TABLES, can_count, why_not_an_address
from socle.tables import MOST_PERSONS, NOTHING_KNOWN, Book, Known, Table
from socle.vocabulary import Period, say

#: Steps at which a change makes an impact of a kind possible (strategy of the programme, "Results and impact").
STEPS_FOR = {"legal_coverage": ("2",)}
STEPS_FOR_OTHERS = ("2", "3")

#: More of them than there can be: a slipped digit.
MOST = {"persons": MOST_PERSONS, "countries": len(vocabulary.COUNTRIES)}

Findings = Iterator[Finding]


def check(book: Book, *, known: Known = NOTHING_KNOWN) -> list[Finding]:
    """Every finding of the chain, in the order of the form's sheets and of their rows.

    ``known`` are the keys, by sheet, of records that are elsewhere (in a database): nothing is called missing that may be there.
    """
    chain = Chain.of(book)
    found = [finding for rule in RULES for finding in rule(chain)]
    found += (finding for rule in RULES_OF_WHAT_IS_MISSING for finding in rule(chain, known))
    sheets = [sheet.name for sheet in book.form]
    return sorted(found, key=lambda f: (sheets.index(f.sheet or ""), f.row or 0, f.column or "", f.code))


def _there(known: Known, sheet: str) -> Set[str]:
    """The keys that are elsewhere, to ask for one: whoever knows of more keys than can be listed answers ``in``."""
    keys = known.get(sheet, frozenset())
    return keys if isinstance(keys, Set) else frozenset(keys)


WEB = re.compile(r"https?://[^\s/]+(/\S*)?", re.IGNORECASE)


def at(table: Table, row: int, column: str, *, severity: Severity, code: str, message: str, remedy: str) -> Finding:
    """A finding about one cell."""
    value = table[column][row]
    text = None if value is None else getattr(value, "text", None) or (";".join(value) if isinstance(value, tuple) else str(value))
    return Finding(severity, table.sheet.name, table.numbers[row], column, text, code, message, remedy)


def sexes(chain: Chain) -> Findings:
    for table in (chain["outputs"], chain["observations"]):
        for row, (persons, women, men) in enumerate(zip(table["persons"], table["women"], table["men"], strict=True)):
            if women is None and men is None:
                continue
            both = (women or 0) + (men or 0)
            if persons is not None and both > persons:
                yield at(table, row, "persons", severity="error", code="sexes_exceed",
                         message=say("Women and men are {both}, more than the {persons} persons.", both=both, persons=persons),
                         remedy=say("Correct the persons, the women or the men."))
            elif women is not None and men is not None and persons is not None and both < persons:
                yield at(table, row, "persons", severity="warning", code="sexes_do_not_add_up",
                         message=say("Women and men are {both} of {persons} persons.", both=both, persons=persons),
                         remedy=say("Leave one of the two empty if it is not reported, or correct the figures."))


def links(chain: Chain) -> Findings:
    """A missing link from an impact to the change that made it possible is a finding, not a refusal."""
    impacts, changes = chain["impacts"], chain["changes"]
    rows = {key: row for row, key in enumerate(changes["change"])}
    for row, (kind, country, change) in enumerate(zip(impacts["kind"], impacts["country"], impacts["change"], strict=True)):
        if change is None:
            yield at(impacts, row, "change", severity="warning", code="no_change",
                     message=say("Impact {impact} names no change that made it possible.", impact=impacts["impact"][row]),
                     remedy=say("Name the change in column change."))
            continue
        of = rows.get(change)
        if of is None:  # the change's own row is in error, and says so
            continue
        steps = STEPS_FOR.get(kind, STEPS_FOR_OTHERS)
        if changes["step"][of] not in steps:
            yield at(impacts, row, "change", severity="warning", code="change_step",
                     message=say("Change {change} is at step {step}; an impact of kind {kind} expects step {steps}.", change=change,
                                 step=changes["step"][of], kind=kind, steps=say(" or ").join(steps)),
                     remedy=say("Name another change, or correct the step."))
        if changes["country"][of] != country:
            yield at(impacts, row, "change", severity="warning", code="change_country",
                     message=say("Change {change} is in {other}, the impact in {country}.", change=change,
                                 other=changes["country"][of], country=country),
                     remedy=say("Name a change in the same country."))


def corrections(chain: Chain) -> Findings:
    """An observation is corrected by a later one of the same impact that supersedes it and says why."""
    table, observations = chain["observations"], chain.observations
    superseding = np.flatnonzero(observations.supersedes >= 0).tolist()
    by: dict[int, int] = {}
    for row, other in enumerate(table["supersedes"]):
        if other and observations.supersedes[row] < 0 and not table["reason"][row]:  # what it corrects is elsewhere
            yield _no_reason(table, row)

    def wrong(row: int, code: str, message: str, remedy: str, severity: Severity = "error") -> Finding:
        return at(table, row, "supersedes", severity=severity, code=code, message=message, remedy=remedy)

    for row in superseding:
        of = int(observations.supersedes[row])
        key, other = table["observation"][row], table["observation"][of]
        if not table["reason"][row]:
            yield _no_reason(table, row)
        if observations.impact[row] != observations.impact[of]:
            yield wrong(row, "supersedes_other_impact",
                        say("Observation {key} supersedes {other}, which is of another impact.", key=key, other=other),
                        say("Supersede an observation of the same impact."))
        if of in by:
            yield wrong(row, "superseded_twice",
                        say("Observation {other} is already superseded by {first}.", other=other,
                            first=table["observation"][by[of]]),
                        say("Supersede {first} instead.", first=table["observation"][by[of]]))
        elif _leads_back(row, observations.supersedes):
            yield wrong(row, "supersedes_itself", say("Observation {key} supersedes itself, in a circle.", key=key),
                        say("Supersede the observation that is to be corrected."))
        elif observations.recorded[row] < observations.recorded[of]:
            yield wrong(row, "recorded_before",
                        say("Observation {key} was recorded before {other}, which it supersedes.", key=key, other=other),
                        say("Correct recorded_on: a correction comes later."), "warning")
        by.setdefault(of, row)


def _no_reason(table: Table, row: int) -> Finding:
    return at(table, row, "reason", severity="error", code="reason_missing",
              message=say("Observation {key} supersedes {other} and does not say why.", key=table["observation"][row],
                          other=table["supersedes"][row]),
              remedy=say("Write the reason in column reason."))


def _leads_back(row: int, supersedes: Ints) -> bool:
    seen, here = {row}, int(supersedes[row])
    while here >= 0 and here not in seen:
        seen.add(here)
        here = int(supersedes[here])
    return here == row


def series(chain: Chain, known: Known) -> Findings:
    """What comes before an observation of an impact that is elsewhere too may be there."""
    rows = np.ones(len(chain.observations), dtype=bool)
    there = _there(known, "impacts")
    comparable = np.array([key not in there for key in chain["observations"]["impact"]], dtype=bool) if "impacts" in known else rows
    yield from _series(chain, chain.contributions, rows, comparable=comparable)


def series_findings(scope: Scope) -> list[Finding]:
    """Households, falling levels and missing baselines among the observations that a report counts."""
    return list(_series(scope.chain, scope.contributions, scope.contributions.with_antecedents(scope.observed)))


def _series(chain: Chain, contributions: Contributions, rows: Bools, *, comparable: Bools | None = None) -> Findings:
    observations = chain.observations
    households = ~contributions.superseded & observations.households
    compared = rows if comparable is None else comparable
    marks = {"households": households, "no_baseline": contributions.from_zero & compared,
             "level_falls": contributions.falls & compared}
    flagged = sorted((int(row), code) for code, mask in marks.items() for row in np.flatnonzero(mask & rows))
    for row, code in flagged:
        key = observations.keys[row]
        if code == "households":
            column, value = "unit", "households"
            message = say("Observation {key} counts households: the figure is added as reported, not as persons.", key=key)
            remedy = say("Report persons where they are known.")
        elif code == "no_baseline":
            column, value = "measure", "level"
            message = say("Observation {key} is a level and nothing comes before it: it counts from zero.", key=key)
            remedy = say("Add an observation with measure baseline, or use increase.")
        else:
            column, value = "persons", f"{observations.persons[row]:.0f}"
            message = say("Observation {key} is below the level before it: the difference counts, and is negative.", key=key)
            remedy = say("Check the figure; supersede it if it is wrong.")
        yield Finding("warning", "observations", observations.numbers[row], column, value, code, message, remedy)


def contribution_shares(chain: Chain) -> Findings:
    table = chain["contributions"]
    sums: dict[str, Decimal] = {}
    for row, (change, share) in enumerate(zip(table["change"], table["share"], strict=True)):
        before = sums.get(change, Decimal(0))
        sums[change] = before + Decimal(str(share or 0))
        if before <= 1 < sums[change]:
            yield at(table, row, "share", severity="error", code="shares_over_one",
                     message=say("The shares of change {change} add up to {sum}, more than 1.", change=change, sum=sums[change]),
                     remedy=say("Lower the shares of the projects of this change."))


def money(chain: Chain) -> Findings:
    for name in ("funding", "budget"):
        table = chain[name]
        for row, (amount, currency) in enumerate(zip(table["amount"], table["currency"], strict=True)):
            if amount is not None and currency is None:
                yield at(table, row, "currency", severity="error", code="currency_missing",
                         message=say("The amount {amount} has no currency.", amount=amount),
                         remedy=say("Write the currency's three letters, such as USD."))


def counted_as(chain: Chain) -> Findings:
    """An indicator is counted in units that it can have."""
    for name in ("targets", "aggregates"):
        table = chain[name]
        for row, (indicator, counts) in enumerate(zip(table["indicator"], table["counts"], strict=True)):
            allowed = [unit for unit in vocabulary.AGGREGATE_COUNTS if can_count(indicator, unit)]
            if counts not in allowed:
                yield at(table, row, "counts", severity="error", code="counts",
                         message=say("Indicator {indicator} cannot count {counts}.", indicator=indicator, counts=counts),
                         remedy=say("Use {allowed}.", allowed=say(" or ").join(allowed)))
            figure = table["target" if name == "targets" else "value"][row]
            if figure is not None and counts != "money" and figure != int(figure):
                yield at(table, row, "target" if name == "targets" else "value", severity="error", code="whole_number",
                         message=say("{figure} is no whole number of {counts}.", figure=figure, counts=counts),
                         remedy=say("Write a whole number."))
            elif figure is not None and figure > MOST.get(counts, figure):
                yield at(table, row, "target" if name == "targets" else "value", severity="error", code="absurd",
                         message=say("{figure} is more than there can be of {counts}.", figure=figure, counts=counts),
                         remedy=say("Check the number of digits."))
            if name == "aggregates" and counts == "money" and table["currency"][row] is None:
                yield at(table, row, "currency", severity="error", code="currency_missing",
                         message=say("The amount {amount} has no currency.", amount=table["value"][row]),
                         remedy=say("Write the currency's three letters, such as USD."))


def phases(chain: Chain, known: Known) -> Findings:
    """Rows that fall in no phase are in no report; a baseline comes before, and may."""
    table, more = chain["phases"], _more_phases(chain, known)
    periods = {key: Period(start.start, end.end)
               for key, start, end in zip(table["phase"], table["start"], table["end"], strict=True)}
    if not periods and not more and (whole := span(chain)):
        yield Finding("warning", "phases", None, None, None, "no_phase",
                      say("There is no phase: a report covers all records, from {start} to {end}.", start=whole.start,
                          end=whole.end),
                      say("Add a row to sheet phases, with its start and end."))
    for name, column in DATED if periods else ():
        sheet = chain[name]
        outside = {on for on in set(sheet[column])
                   if on is not None and not more and not any(p.start <= on.end <= p.end for p in periods.values())}
        for row, on in enumerate(sheet[column]) if outside else ():
            if on in outside and not (name == "observations" and sheet["measure"][row] == "baseline"):
                yield at(sheet, row, column, severity="warning", code="outside_phases",
                         message=say("{on} is in no phase: the row is in no report.", on=on.text),
                         remedy=say("Correct the date, or add the phase."))
    undated = chain["outputs"]
    for row, on in enumerate(undated["on"]):
        if on is None:
            yield at(undated, row, "on", severity="warning", code="undated",
                     message=say("Output {output} has no date: it is in no report.", output=undated["output"][row]),
                     remedy=say("Write the day or the year."))
    totals = chain["aggregates"]
    groups: dict[tuple[object, ...], list[tuple[int, Period]]] = {}
    for row in range(len(totals)):
        period = Period(totals["start"][row].start, totals["end"][row].end)
        phase = periods.get(totals["phase"][row])
        if phase and not (phase.start <= period.start and period.end <= phase.end):
            yield at(totals, row, "start", severity="warning", code="outside_phase",
                     message=say("The total's period is not within phase {phase}.", phase=totals["phase"][row]),
                     remedy=say("Correct the period or the phase."))
        key = tuple(totals[c][row] for c in ("phase", "indicator", "counts", "currency"))
        groups.setdefault(key, []).append((row, period))
    for rows in groups.values():
        for row in overlapping(rows):
            yield at(totals, row, "start", severity="warning", code="aggregate_overlap",
                     message=say("Another total of {indicator} covers a part of the same period: this one is left out of sums.",
                                 indicator=totals["indicator"][row]),
                     remedy=say("Keep one total for a period."))


def _more_phases(chain: Chain, known: Known) -> bool:
    """Whether there may be phases that the book does not tell the periods of."""
    there = known.get("phases")
    return there is not None and not (there and set(there) <= set(chain["phases"]["phase"]))


def published_addresses(chain: Chain, known: Known) -> Findings:
    """A published figure names a cell that a report can have."""
    table, phases_, more = chain["published"], chain["phases"], _more_phases(chain, known)
    years = {key: (start.start.year, end.end.year)
             for key, start, end in zip(phases_["phase"], phases_["start"], phases_["end"], strict=True)}
    latest = max(years.values(), default=None)
    partners, elsewhere = set(chain["partners"]["partner"]), _there(known, "partners")
    for row in range(len(table)):
        why_not = why_not_an_address(table["table"][row], table["row"][row], table["column"][row])
        if why_not is None:
            keys = dict(zip(TABLES[table["table"][row]].keys, table["row"][row].split("/"), strict=True))
            if "partner" in keys and not (keys["partner"] in partners or keys["partner"] in elsewhere):
                why_not = say("There is no partner {partner}.", partner=keys["partner"])
            elif "year" in keys and years and not (
                more or any(first <= int(keys["year"][:4]) <= last for first, last in years.values())
            ):
                why_not = say("{year} is in no phase.", year=keys["year"])
        if why_not:
            yield at(table, row, "row", severity="error", code="unknown_address", message=why_not,
                     remedy=say("Write the address as docs/reference/report.md lists it."))
        year, within = table["year"][row], years.get(table["phase"][row], latest)
        if year and not (year.isdecimal() and len(year) == 4 and (
            more or not years or (within and within[0] <= int(year) <= within[1])
        )):
            yield at(table, row, "year", severity="error", code="published_year",
                     message=say("{year} is not a year of the phase.", year=year),
                     remedy=say("Write a year of the phase, or leave the cell empty."))


def evidence(chain: Chain, known: Known) -> Findings:
    table = chain["evidence"]
    there: dict[str, set[str]] = {}
    for row, record in enumerate(table["record"]):
        sheet, _, key = record.partition(":")
        if sheet in chain.book.form and sheet not in there:
            there[sheet] = set(chain[sheet].keys)
        if key not in there.get(sheet, ()) and key not in _there(known, sheet):
            yield at(table, row, "record", severity="warning", code="unknown_record",
                     message=say("There is no record {record}.", record=record),
                     remedy=say("Write it as SHEET:KEY, such as changes:C1."))


def addresses(chain: Chain) -> Findings:
    table = chain["evidence"]
    for row, url in enumerate(table["url"]):
        if url and not WEB.fullmatch(url):
            yield at(table, row, "url", severity="warning", code="no_web_address",
                     message=say("“{value}” is no address on the web.", value=url[:100]),
                     remedy=say("Write it in full, beginning with https://."))


def aggregates_shown(chain: Chain, known: Known) -> Findings:
    """A published total that no table has room for is not silently nowhere."""
    table, targets = chain["aggregates"], chain["targets"]
    own, elsewhere = set(targets.keys), _there(known, "targets")
    for row, (phase, indicator, counts) in enumerate(zip(table["phase"], table["indicator"], table["counts"], strict=True)):
        alike = [ambition for ambition in vocabulary.INDICATORS
                 if (key := f"{phase}/{ambition}/{counts}") in own or key in elsewhere]
        if can_count(indicator, counts) and not is_shown(indicator, counts, alike):
            yield at(table, row, "counts", severity="warning", code="aggregate_not_shown",
                     message=say("Phase {phase} has no target of {indicator} that counts {counts}: the total is in no table.",
                                 phase=phase, indicator=indicator, counts=counts),
                     remedy=say("Add such a target (its figure may be empty), or enter the total in units that a table has."))


RULES: tuple[Callable[[Chain], Findings], ...] = (
    sexes, links, corrections, contribution_shares, money, counted_as, addresses,
)
RULES_OF_WHAT_IS_MISSING: tuple[Callable[[Chain, Known], Findings], ...] = (
    series, phases, published_addresses, evidence, aggregates_shown,
)
