"""The figures of a report as a table of values: a country beside others, its denominators the weights."""

from __future__ import annotations

from collections.abc import Iterable

from socle.coverage.figure import Figure
from socle.tables import Values


def values_of(figures: Iterable[Figure], *, vintage: str = "") -> Values:
    """Values in per cent with their denominators as weights. A figure that lies between bounds is in the table without a value."""
    rows: dict[tuple[object, ...], dict[str, object]] = {}
    for one in figures:
        parts = {"age": one.age_group, "disability": one.disability, "location": one.area}
        parts = {name: "" if text == "total" else text for name, text in parts.items()}
        breakdown = ";".join(f"{name}={parts[name]}" for name in ("age", "disability", "location") if parts[name])
        exact = one.bound == "exact"
        row: dict[str, object] = {
            "series": one.series, "country": one.country, "sex": one.sex, "year": one.year, "value": one.value if exact else None,
            "weight": one.denominator, "breakdown": breakdown, "nature": "E" if one.status == "estimated" else "C",
            "source": "; ".join(one.records), "footnote": one.definition, **parts}
        key = one.series, one.country, one.sex, one.year, breakdown
        if exact or key not in rows:
            rows[key] = row
    return Values.of(rows.values(), vintage=vintage)
