"""The tables of a report: their keys, their columns, and which words their keys may take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from socle import vocabulary
from socle.tables import CURRENCIES
from socle.vocabulary import say

#: Indicators that are sums of others.
PARTS: Mapping[str, tuple[str, ...]] = {
    "steps": ("step1", "step2", "step3"),
    "better_protection": ("adequacy", "comprehensiveness"),
    "coverage_extension": ("legal_coverage", "effective_coverage"),
    "people": ("legal_coverage", "effective_coverage", "better_protection", "access"),
}

#: Rows of the tables by kind, besides the kinds themselves.
KIND_TOTALS: Mapping[str, tuple[str, ...]] = {
    "coverage_extension": ("legal_coverage", "effective_coverage"),
    "better_protection": ("adequacy", "comprehensiveness"),
    "all": ("legal_coverage", "effective_coverage", "adequacy", "comprehensiveness", "access"),
}

#: Rows of the tables by step, besides the steps themselves.
STEP_TOTALS: Mapping[str, tuple[str, ...]] = {"all": ("1", "2", "3")}


@dataclass(frozen=True, slots=True)
class TableSpec:
    """``keys`` identify a row and are text; ``columns`` are figures (or None: not reported) and a few labels."""

    name: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    labels: tuple[str, ...] = ()

    @property
    def figures(self) -> tuple[str, ...]:
        return tuple(c for c in self.columns if c not in self.labels)

    @property
    def title(self) -> str:
        return {
            "changes_by_year": say("Institutional changes by step and year"),
            "changes_by_step": say("Institutional changes by step"),
            "country_results": say("Institutional changes by country, year and step"),
            "impacts": say("Impacts on people by kind and branch"),
            "impacts_by_year": say("Impacts on people by kind and year"),
            "targets": say("Progress against ambition"),
            "funding_by_year": say("Funding by year"),
            "funding_by_partner": say("Funding by partner"),
            "funding_gap": say("Funding gap"),
            "outputs": say("Outputs"),
            "reconciliation": say("Reconciliation with published figures"),
        }[self.name]


TABLES: Mapping[str, TableSpec] = {
    spec.name: spec
    for spec in (
        TableSpec("changes_by_year", ("step", "year"), ("countries", "changes", "without_records")),
        TableSpec("changes_by_step", ("step",), ("countries", "changes", "without_records", "target", "target_counts"),
                  ("target_counts",)),
        TableSpec("country_results", ("country", "year", "step"), ("region", "changes"), ("region",)),
        TableSpec("impacts", ("kind", "branch"),
                  ("persons", "persons_counted_once", "women", "men", "potential", "without_records")),
        TableSpec("impacts_by_year", ("kind", "year"), ("persons", "without_records")),
        TableSpec("targets", ("indicator", "counts"), ("achieved", "without_records", "total", "target", "share")),
        TableSpec("funding_by_year", ("year", "currency"), ("projects", "amount", "without_records", "total")),
        TableSpec("funding_by_partner", ("partner", "currency"), ("kind", "amount", "share"), ("kind",)),
        TableSpec("funding_gap", ("on", "currency"), ("required", "available", "mobilised", "gap")),
        TableSpec("outputs", ("kind",), ("number", "persons", "women", "men")),
        TableSpec("reconciliation", ("table", "row", "column"), ("published", "computed", "difference", "verdict", "source"),
                  ("verdict", "source")),
    )
}

_YEAR = re.compile(r"\d{4}(-\d{4})?")
_DAY = re.compile(r"\d{4}(-\d{2}-\d{2})?")
_KEY = re.compile(r"[^/;\s]+")


def why_not_an_address(table: str, row: str, column: str) -> str | None:
    """A sentence that says why no report can have this cell; None when one can."""
    spec = TABLES.get(table)
    if spec is None or table == "reconciliation":
        return say("There is no table {table}; the tables are {tables}.", table=table,
                   tables=", ".join(t for t in TABLES if t != "reconciliation"))
    if column not in spec.figures:
        return say("Table {table} has no figure {column}; it has {columns}.", table=table, column=column,
                   columns=", ".join(spec.figures))
    parts = row.split("/")
    if len(parts) != len(spec.keys):
        return say("A row of table {table} is written {keys}, not {row}.", table=table, keys="/".join(spec.keys), row=row)
    if table == "targets" and not can_count(parts[0], parts[1]):
        return say("Indicator {indicator} cannot count {counts}.", indicator=parts[0], counts=parts[1])
    for key, part in zip(spec.keys, parts, strict=True):
        if not _may_be(table, key, part):
            return say("{part} is no {key} of table {table}.", part=part or "''", key=key, table=table)
    return None


def can_count(indicator: str, counts: str) -> bool:
    """Whether an indicator has something of that kind to count."""
    if indicator == "new_projects":
        return counts == "projects"
    if indicator == "new_funding":
        return counts == "money"
    return counts in (("changes", "countries") if indicator.startswith("step") else ("persons", "countries", "changes"))


def _may_be(table: str, key: str, part: str) -> bool:
    if key == "kind" and table == "outputs":
        return part in vocabulary.OUTPUT_KINDS or part == "all"
    if key == "currency":
        return not part or part in CURRENCIES
    if key == "year":
        first, last = part[:4], part[-4:]
        return _YEAR.fullmatch(part) is not None and (first < last or part == first)
    words: Mapping[str, object] = {
        "step": vocabulary.STEPS if table == "country_results" else {*vocabulary.STEPS, *STEP_TOTALS},
        "kind": {*vocabulary.IMPACT_KINDS, *KIND_TOTALS},
        "branch": {*vocabulary.BRANCHES, "all"},
        "indicator": vocabulary.INDICATORS,
        "counts": vocabulary.TARGET_COUNTS,
        "country": vocabulary.COUNTRIES,
    }
    if key in words:
        return part in words[key]  # type: ignore[operator]
    pattern = {"on": _DAY, "partner": _KEY}[key]
    return pattern.fullmatch(part) is not None
