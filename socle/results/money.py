"""Tables of funding. Currencies are never converted; an empty amount is not reported."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import Any

from socle.errors import Finding
from socle.results.aggregates import Aggregates
from socle.results.measuring import new_projects, total
from socle.results.records import Records, of_rows
from socle.results.scope import Scope
from socle.vocabulary import Period, say

Row = dict[str, Any]
MOBILISED = ("committed", "received")


class Funding:
    """The funding rows of a report."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.table = scope.chain["funding"]

    @cached_property
    def rows(self) -> list[int]:
        table, scope = self.table, self.scope
        return [row for row in range(len(table))
                if scope.has(table["on"][row])
                and (scope.partner is None or table["partner"][row] == scope.partner)
                and (scope.country is None or scope.country in self.countries.get(table["project"][row], ()))]

    @cached_property
    def countries(self) -> dict[str | None, tuple[str, ...]]:
        """Countries of each project."""
        projects = self.scope.chain["projects"]
        return {key: countries or () for key, countries in zip(projects["project"], projects["countries"], strict=True)}

    def sum(self, rows: Iterable[int]) -> Decimal | None:
        return total(self.table["amount"][row] for row in rows)

    def projects(self, rows: Iterable[int]) -> int:
        return len({self.table["project"][row] for row in rows} - {None})

    def records(self, rows: Iterable[int]) -> Records:
        return Records(of_rows(self.table, rows))

    def findings(self) -> list[Finding]:
        """Pledges are money that may come, and a project's money is not divided among its countries: both are counted, and said."""
        out = []
        for row in self.rows:
            amount, currency, project = (self.table[name][row] for name in ("amount", "currency", "project"))
            if amount is None:
                continue
            if self.table["status"][row] == "pledged":
                out.append(Finding("warning", "funding", self.table.numbers[row], "status", "pledged", "pledged",
                                   say("{amount} {currency} is pledged, not committed: it is counted as reported.",
                                       amount=amount, currency=currency or ""),
                                   say("Change the status when the grant is signed.")))
            if self.scope.country and len(self.countries[project]) > 1:
                out.append(Finding("warning", "funding", self.table.numbers[row], "project", project, "funding_not_divided",
                                   say("{amount} {currency} is for all countries of project {project}: it is counted whole.",
                                       amount=amount, currency=currency or "", project=project),
                                   say("Read it as money that reached the country among others.")))
        return out


def by_year(scope: Scope, aggregates: Aggregates) -> list[Row]:
    """Key: year, currency; ``total`` is the amount plus what published totals say beyond the records.

    A published number of new projects knows no currency: it is in the row of its year without one, where ``projects`` are those
    that start in the year and ``total`` adds those without records.
    """
    funding = Funding(scope)
    table = funding.table
    years: dict[tuple[str, str | None], list[int]] = {}
    for row in funding.rows:
        years.setdefault((str(table["on"][row].end.year), table["currency"][row]), []).append(row)
    published: dict[tuple[str, str | None], list[Any]] = {}
    for currency in aggregates.currencies:
        for remainder in aggregates.remainders("new_funding", "money", currency=currency):
            published.setdefault((remainder.years, currency), []).append(remainder)
    for remainder in aggregates.remainders("new_projects", "projects"):
        published.setdefault((remainder.years, None), []).append(remainder)
    out = []
    for year, currency in sorted({*years, *published}, key=lambda key: (key[0], key[1] or "")):
        rows, remainders = years.get((year, currency), []), published.get((year, currency), [])
        without = sum((r.without_records for r in remainders), Decimal(0))
        started = [row for r in remainders if currency is None for row in new_projects(scope, r.period)]
        amount = funding.sum(rows)
        of_records = amount if currency else len(started) if remainders else None
        out.append({"year": year, "currency": currency,
                    "projects": len(started) if currency is None and remainders else funding.projects(rows),
                    "amount": amount,
                    "without_records": without if scope.is_whole else None,
                    "total": None if of_records is None and not remainders else Decimal(of_records or 0) + without,
                    "records": Records(of_rows(table, rows), of_rows(scope.chain["projects"], started),
                                       of_rows(scope.chain["aggregates"], [r.row for r in remainders]))})
    return out


def by_partner(scope: Scope) -> list[Row]:
    """Key: partner, currency. ``share`` is of the amounts reported in that currency."""
    funding = Funding(scope)
    table, partners = funding.table, scope.chain["partners"]
    kinds = dict(zip(partners["partner"], partners["kind"], strict=True))
    groups: dict[tuple[str, str | None], list[int]] = {}
    for row in funding.rows:
        groups.setdefault((table["partner"][row], table["currency"][row]), []).append(row)
    whole = {currency: funding.sum(row for (_, money), rows in groups.items() if money == currency for row in rows)
             for _, currency in groups}
    out = []
    for (partner, currency), rows in sorted(groups.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        amount, everything = funding.sum(rows), whole[currency]
        share = float(amount / everything) if amount is not None and everything else None
        out.append({"partner": partner, "currency": currency, "kind": kinds.get(partner), "amount": amount, "share": share,
                    "records": funding.records(rows)})
    return out


def gap(scope: Scope) -> list[Row]:
    """Key: on, currency. gap = required - available - mobilised.

    Without lines of kind ``mobilised``, mobilised is the phase's committed and received funding up to ``on``, never what is
    pledged. A kind without any line takes nothing away; a line without an amount makes its kind, and the gap, unknown.
    """
    if not scope.is_whole:
        return []
    budget, funding = scope.chain["budget"], scope.chain["funding"]
    groups: dict[tuple[Period, str | None], list[int]] = {}
    for row in range(len(budget)):
        if budget["phase"][row] == scope.phase and scope.has(budget["on"][row]):
            groups.setdefault((budget["on"][row], budget["currency"][row]), []).append(row)
    out = []
    for (on, currency), rows in sorted(groups.items(), key=lambda item: (item[0][0].end, item[0][1] or "")):
        lines = {kind: [row for row in rows if budget["kind"][row] == kind] for kind in ("required", "available", "mobilised")}
        amounts = {kind: _sum_if_all(budget["amount"][row] for row in of_kind) for kind, of_kind in lines.items()}
        parts = [of_rows(budget, rows)]
        if not lines["mobilised"]:
            grants = [row for row in range(len(funding))
                      if funding["status"][row] in MOBILISED and funding["currency"][row] == currency
                      and _phase_start(scope) <= funding["on"][row].end <= on.end and scope.knows(funding["on"][row])]
            amounts["mobilised"] = total(funding["amount"][row] for row in grants)
            parts.append(of_rows(funding, grants))
        unknown = any(amounts[kind] is None and lines[kind] for kind in lines) or amounts["required"] is None
        figure = None if unknown else (amounts["required"] or Decimal(0)) - (amounts["available"] or Decimal(0)) - (
            amounts["mobilised"] or Decimal(0))
        out.append({"on": on.text, "currency": currency, **amounts, "gap": figure, "records": Records(*parts)})
    return out


def _sum_if_all(amounts: Iterable[Decimal | None]) -> Decimal | None:
    values = list(amounts)
    return sum((v for v in values if v is not None), Decimal(0)) if values and None not in values else None


def _phase_start(scope: Scope) -> Any:
    phases = scope.chain["phases"]
    return phases["start"][phases["phase"].index(scope.phase)].start
