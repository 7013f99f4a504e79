"""The report: every table of a phase or a year, each row with the records behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property, partial
from typing import Any

from socle import vocabulary
from socle.errors import Finding
from socle.results import changes, impacts, money
from socle.results.aggregates import Aggregates
from socle.results.chain import Chain
from socle.results.checks import series_findings
from socle.results.measuring import counted
from socle.results.reconciliation import reconcile
from socle.results.records import Records, of_rows
from socle.results.scope import Scope, scope
from socle.results.specification import TABLES
from socle.vocabulary import Period

Row = dict[str, Any]


@dataclass(frozen=True)
class Report:
    """``tables``: rows by table name; keys are text, persons and numbers of things int, money Decimal, shares float (0 to 1),
    None what is not reported; ``records`` is a sequence of ``SHEET:KEY``."""

    scope: Scope
    tables: Mapping[str, list[Row]]
    remarks: tuple[Finding, ...] | None = None

    @property
    def phase(self) -> str:
        return self.scope.phase

    @property
    def period(self) -> Period:
        return self.scope.period

    @property
    def year(self) -> int | None:
        return self.scope.year

    @property
    def country(self) -> str | None:
        return self.scope.country

    @property
    def partner(self) -> str | None:
        return self.scope.partner

    @property
    def as_of(self) -> date | None:
        return self.scope.as_of

    @cached_property
    def warnings(self) -> list[Finding]:
        """What a reader of the figures must know: households, falling levels, missing baselines, totals left out.

        ``remarks`` take their place where whoever read the file has more to say: all that ``check`` says too.
        """
        if self.remarks is not None:
            return list(self.remarks)
        return [*series_findings(self.scope), *Aggregates(self.scope).findings(), *money.Funding(self.scope).findings()]

    def row(self, table: str, *keys: str | None) -> Row | None:
        """The row with these key values; None when the report has none."""
        names = TABLES[table].keys
        return next((row for row in self.tables[table] if tuple(row[name] for name in names) == keys), None)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values; days as ISO text, money as numbers."""
        return {
            "phase": self.phase or None,
            "period": {"start": self.period.start.isoformat(), "end": self.period.end.isoformat()},
            "tables": {name: [{key: plain(value) for key, value in row.items()} for row in rows]
                       for name, rows in self.tables.items()},
            "warnings": [finding.as_dict() for finding in self.warnings],
        }


def report(chain: Chain, *, phase: str | None = None, year: int | None = None, country: str | None = None,
           partner: str | None = None, as_of: date | None = None, phaseless: bool = False) -> Report:
    """Every table of the latest phase, or of ``phase``; of its whole period, or of ``year``.

    ``country`` (ISO3, name or alias) and ``partner`` (key) narrow it to their records; ``as_of`` counts only what was recorded
    by that day. Raises InputError for what is not there; ``phaseless``: not for a book without phases, as ``scope`` says.
    """
    about = scope(chain, phase=phase, year=year, country=country, partner=partner, as_of=as_of, phaseless=phaseless)
    tables = compute(about)

    @cache
    def tables_of(other_phase: str, other_year: int | None) -> Mapping[str, list[Row]]:
        if (other_phase, other_year) == (about.phase, about.year):
            return tables
        if not other_phase and not (about.period.start.year <= (other_year or about.period.start.year) <= about.period.end.year):
            return {name: [] for name in tables}  # without phases, a printed year may be one that no record is of
        return compute(scope(chain, phase=other_phase or None, year=other_year, as_of=as_of, phaseless=phaseless))

    return Report(about, tables | {"reconciliation": reconcile(about, tables_of)})


def compute(about: Scope) -> dict[str, list[Row]]:
    """Every table but the reconciliation."""
    aggregates = Aggregates(about)
    return {
        "changes_by_year": changes.by_year(about, aggregates),
        "changes_by_step": changes.by_step(about, aggregates),
        "country_results": changes.by_country(about),
        "impacts": impacts.by_kind_and_branch(about, aggregates),
        "impacts_by_year": impacts.by_year(about, aggregates),
        "targets": targets(about, aggregates),
        "funding_by_year": money.by_year(about, aggregates),
        "funding_by_partner": money.by_partner(about),
        "funding_gap": money.gap(about),
        "outputs": outputs(about),
    }


def targets(about: Scope, aggregates: Aggregates) -> list[Row]:
    """Key: indicator, counts. A target is compared only with figures that count the same; ``total`` is achieved plus what
    published totals say beyond the records, and ``share`` is of the target."""
    table = about.chain["targets"]
    out = []
    for row in range(len(table)) if about.is_whole else ():
        if table["phase"][row] != about.phase:
            continue
        indicator, counts, target = table["indicator"][row], table["counts"][row], table["target"][row]
        achieved = counted(about, indicator, counts, period=about.period)
        remainders = aggregates.remainders(indicator, counts)
        without = changes.without_records(about, remainders)
        total = None if achieved is None and not remainders else int(achieved or 0) + (without or 0)
        if counts == "countries" and any(counted(about, indicator, counts, period=r.period) != achieved for r in remainders):
            total = None  # the countries of the records may be among those of the published total
        out.append({
            "indicator": indicator, "counts": counts, "achieved": achieved, "without_records": without, "total": total,
            "target": int(target) if target is not None else None,
            "share": total / float(target) if target and total is not None else None,
            "records": Records(of_rows(table, [row]), partial(behind, about, indicator, counts),
                               of_rows(about.chain["aggregates"], [r.row for r in remainders])),
        })
    return out


def outputs(about: Scope) -> list[Row]:
    """Key: kind. Outputs without a date are in no period."""
    table = about.chain["outputs"]
    kinds: dict[str, list[int]] = {}
    for row in range(len(table)):
        if (about.has(table["on"][row])
                and (about.country is None or table["country"][row] == about.country)
                and (about.projects is None or table["project"][row] in about.projects)):
            kinds.setdefault("all", []).append(row)
            if table["kind"][row]:
                kinds.setdefault(table["kind"][row], []).append(row)
    return [{"kind": kind, "number": len(kinds[kind]),
             **{figure: _sum(table[figure][row] for row in kinds[kind]) for figure in ("persons", "women", "men")},
             "records": Records(of_rows(table, kinds[kind]))}
            for kind in (*vocabulary.OUTPUT_KINDS, "all") if kind in kinds]


def plain(value: Any) -> Any:
    """JSON-ready: a Decimal as int or float, records as a list."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return list(value) if isinstance(value, Records) else value


def behind(about: Scope, indicator: str, counts: str) -> list[str]:
    """Records behind the achieved figure of an indicator."""
    for step, name in changes.INDICATOR_OF_STEP.items():
        if name == indicator:
            table = about.chain["changes"]
            rows = [row for row in about.change_rows if step in ("all", table["step"][row])]
            return list(Records(of_rows(table, rows))) if counts != "persons" else []
    return list(impacts.behind(about, indicator))


def _sum(figures: Any) -> int | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None
