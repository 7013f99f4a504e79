"""What costing answers, as a document: at a glance, by year, how a figure is made, by which conventions, from which sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from socle.costing import COLUMNS, Explanation, Factor, Projection
from socle.errors import Finding
from socle.reports.charts import Curve, lines
from socle.reports.costing.words import SHARES, column_title, figure_of, table
from socle.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Items,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Table,
    Text,
)
from socle.vocabulary import COUNTRIES, Source, language, number, percent, say

_EVERY_YEAR = 12  # years shown one by one; of a longer path every fifth, and the last
_EXPLAINED = 12  # schemes whose first year is explained on paper


@dataclass(frozen=True)
class Part:
    """One table of a listing. ``shares`` are the columns that hold shares beside those that always do."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    shares: frozenset[str] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class Listing:
    """Any answer of costing on its way to paper: tables, a drawing, conventions, warnings, sources."""

    title: str
    subtitle: str
    parts: Sequence[Part]
    options: Mapping[str, object]
    warnings: Sequence[Finding] = ()
    sources: Sequence[Source] = ()
    facts: Sequence[tuple[str, str]] = ()
    chart: str | None = None
    chart_title: str = ""
    explanations: Sequence[tuple[str, Explanation]] = field(default=())
    key_figures: Sequence[KeyFigure] = field(default=())


def cost_document(projections: Sequence[Projection]) -> Document:
    """One projection, or several scenarios side by side, as it is read."""
    return document(cost_listing(projections))


def document(listing: Listing) -> Document:
    return Document(
        language=language(), title=Text(listing.title), subtitle=listing.subtitle,
        facts=tuple((label, Text(fact)) for label, fact in listing.facts),
        notice=(Text(say("A projection by Socle from the sources named inside; not a publication of the ILO.")),),
        blocks=tuple(_blocks(listing)),
    )


def cost_listing(projections: Sequence[Projection]) -> Listing:
    first = projections[0]
    rows = [row for projection in projections for row in projection.rows()]
    several = len(projections) > 1
    columns = [name for name in COLUMNS if name not in ("currency", "prices", "scenario")]
    parts = [Part(_titled(projection, label, several), columns[1:] if scheme else ["year", *columns[5:]],
                  _thin(_rows(projection, scheme)))
             for projection in projections for scheme, label in _schemes(projection)]
    if several:
        parts.insert(0, _side_by_side(projections))
    return Listing(
        title=say("What it costs: {country}", country=_country(first.country)),
        subtitle=_span(first.years),
        parts=parts, options=first.options.as_dict(),
        warnings=tuple(dict.fromkeys(w for projection in projections for w in projection.warnings)),
        sources=tuple(dict.fromkeys(s for projection in projections for s in projection.sources)),
        facts=tuple(_facts(projections, rows)),
        chart=cost_chart(projections), chart_title=_measure_title(_measure(projections)),
        explanations=tuple(_explained(first)), key_figures=tuple(_key_figures(first)),
    )


def cost_chart(projections: Sequence[Projection], *, measure: str | None = None) -> str:
    """Lines by year: the schemes of one projection, or the totals of several scenarios. ``measure`` is a column of the rows;
    without it the share of GDP where it can be said, and the total cost otherwise."""
    wanted = measure or _measure(projections)
    years = projections[0].years
    if len(projections) > 1:
        curves = [Curve(p.scenario or say("as the files say"), _values(p, "", wanted, years)) for p in projections]
    else:
        curves = [Curve(label, _values(projections[0], scheme, wanted, years), is_sum=not scheme)
                  for scheme, label in _schemes(projections[0])]
    return lines(years, curves, title=_measure_title(wanted), words=_percent if wanted in SHARES else _short)


def _blocks(listing: Listing) -> Iterator[Block]:
    yield Heading(1, Text(say("At a glance")))
    if listing.key_figures:
        yield KeyFigures(tuple(listing.key_figures))
    if listing.chart:
        yield Figure(listing.chart, listing.chart_title, listing.chart_title, 1.0)
    yield Heading(1, Text(say("Figures")))
    for part in listing.parts:
        yield table(part.title, part.rows, part.columns, shares=part.shares, notes=(part.note,) if part.note else ())
    if listing.explanations:
        yield Heading(1, Text(say("How a figure is made")))
        for label, explanation in listing.explanations:
            yield from _multiplication(label, explanation)
    yield Heading(1, Text(say("Conventions")))
    yield Items(tuple((Text(f": {_option(name, value)}"),) for name, value in listing.options.items()),
                tuple(Text(_option_title(name)) for name in listing.options))
    if listing.warnings:
        yield Heading(1, Text(say("Warnings")))
        yield Items(tuple((Text(f"{w.message} {w.remedy}".strip()),) for w in listing.warnings))
    yield Heading(1, Text(say("Sources")))
    if listing.sources:
        yield Items(tuple((Text(told_source(source)),) for source in listing.sources))
    yield Paragraph((Text(say("Every figure is computed from the files named here; change one and run it again.")),), "note")


def _multiplication(label: str, explanation: Explanation) -> Iterator[Block]:
    yield Heading(2, Text(f"{label}, {explanation.year}"))
    heads = (Column(say("Factor"), weight=2), Column(say("Value"), is_figure=True), Column(say("Unit")),
             Column(say("Source"), weight=2.4))
    yield Table(say("The multiplication"), heads, tuple(_factor(factor) for factor in explanation.factors))
    if explanation.steps:
        yield Items(tuple((Text(step),) for step in explanation.steps))


def _factor(factor: Factor) -> tuple[Cell, ...]:
    said = "" if factor.value is None else number(factor.value, decimals=None if abs(factor.value) < 1000 else 0)
    value = Cell(Text(said)) if said else Cell(Text(say("cannot be said")), is_known=False)
    told = " ".join(filter(None, (told_source(factor.source) if factor.source else "", factor.note)))
    return Cell(Text(factor.label)), value, Cell(Text(factor.unit.replace("_", " "))), Cell(Text(told))


def told_source(source: Source) -> str:
    """A source in a line, and whether somebody has looked it up."""
    return str(source) if source.verified else say("{source} (not verified)", source=source)


def _explained(projection: Projection) -> Iterator[tuple[str, Explanation]]:
    for scheme, label in _schemes(projection)[:_EXPLAINED]:
        if scheme and (scheme, projection.years[0]) in projection.explanations:
            yield label, projection.explain(scheme, projection.years[0])


def _key_figures(projection: Projection) -> Iterator[KeyFigure]:
    rows = _rows(projection, _all(projection))
    ends = [rows[0], rows[-1]] if len(rows) > 1 else rows
    for name in ("total", "share_of_gdp", "beneficiaries"):
        for row in ends:
            said = _short(row[name]) if name != "share_of_gdp" and row[name] is not None else figure_of(name, row[name])
            if said:
                unit = f" ({row['currency']})" if name == "total" and row["currency"] else ""
                yield KeyFigure(said, f"{column_title(name)}, {row['year']}{unit}")


def _side_by_side(projections: Sequence[Projection]) -> Part:
    """The totals of each scenario beside each other, by year."""
    wanted = _measure(projections)
    names = [projection.scenario or say("as the files say") for projection in projections]
    years = projections[0].years
    found = [_values(projection, "", wanted, years) for projection in projections]
    rows = [dict(zip(("year", *names), line, strict=True)) for line in zip(years, *found, strict=True)]
    shares: frozenset[str] = frozenset(names) if wanted in SHARES else frozenset()
    return Part(say("Scenarios side by side: {measure}", measure=_measure_title(wanted)), ["year", *names], _thin(rows), shares)


def _facts(projections: Sequence[Projection], rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    yield say("Country"), _country(projections[0].country)
    yield say("Schemes"), ", ".join(label for scheme, label in _schemes(projections[0]) if scheme)
    named = [p.scenario for p in projections if p.scenario]
    if named:
        yield say("Scenarios"), ", ".join(named)
    currencies = dict.fromkeys(row["currency"] for row in rows if row["currency"])
    if currencies:
        yield say("Currency"), ", ".join(currencies)


def _schemes(projection: Projection) -> list[tuple[str, str]]:
    return [(line.scheme, line.label) for line in projection.lines]


def _all(projection: Projection) -> str:
    """The key of the line of all schemes together; of one scheme alone, its own."""
    keys = [line.scheme for line in projection.lines]
    return next((key for key in keys if key in ("", "all")), keys[0])


def _values(projection: Projection, scheme: str, measure: str, years: Sequence[int]) -> list[float | None]:
    found = {row["year"]: row[measure] for row in _rows(projection, scheme or _all(projection))}
    return [found.get(year) for year in years]


def _rows(projection: Projection, scheme: str) -> list[dict[str, Any]]:
    return [row for row in projection.rows() if row["scheme"] == scheme]


def _measure(projections: Sequence[Projection]) -> str:
    known = any(row["share_of_gdp"] is not None for projection in projections for row in projection.rows())
    return "share_of_gdp" if known else "total"


def _measure_title(measure: str) -> str:
    if measure == "share_of_gdp":
        return say("Cost as a share of GDP")
    return say("Cost by year") if measure == "total" else column_title(measure)


def _titled(projection: Projection, label: str, several: bool) -> str:
    return f"{label} ({projection.scenario or say('as the files say')})" if several else label


def _thin(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Every year of a short path; of a long one the first, every fifth and the last, so that a page holds it."""
    if len(rows) <= _EVERY_YEAR:
        return list(rows)
    return [row for i, row in enumerate(rows) if i in (0, len(rows) - 1) or int(row["year"]) % 5 == 0]


def _span(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _country(code: str) -> str:
    return COUNTRIES[code].name() if code in COUNTRIES else code


def _short(value: float) -> str:
    """27,500,000 as 27.5 million: room for the axis."""
    size = abs(value)
    value = float(f"{value:.4g}")
    if size >= 1e12:
        return say("{n} trillion", n=number(value / 1e12))
    if size >= 1e9:
        return say("{n} billion", n=number(value / 1e9))
    if size >= 1e6:
        return say("{n} million", n=number(value / 1e6))
    return number(round(value) if size >= 10 else value)


def _percent(share: float) -> str:
    return percent(share, decimals=2 if share and abs(share) < 0.01 else 1)


def _option_title(name: str) -> str:
    titles = {
        "administration": say("Administration"), "administration_of": say("Administration is a share of"),
        "prices": say("Prices"), "base_year": say("Base year"), "indexation": say("Indexation"), "take_up": say("Take-up"),
        "average": say("Average over countries"), "coverage": say("Coverage"), "ramp": say("Ramp"),
        "ramp_between": say("Between the years of a ramp"), "law": say("The law of a year"),
        "extrapolate": say("Series that end are carried on by"), "month": say("A month"),
    }
    return titles.get(name, name.replace("_", " "))


def _option(name: str, value: object) -> str:
    if value in (None, ""):
        untold = {"base_year": say("the first year"), "extrapolate": say("what each series says, or not at all")}
        return untold.get(name, say("as the scheme file says"))
    if name in ("take_up", "coverage", "administration") and isinstance(value, int | float):
        return percent(value, decimals=0 if value * 100 == int(value * 100) else 2)
    told = {"step": say("a step in each year named"), "linear": say("a straight line"), "mid_year": say("that of 1 July"),
            "pro_rata": say("each for its days"), "365/12 days": say("365/12 days"),
            "current": say("current"), "constant": say("constant"), "benefits": say("the benefits paid"),
            "total": say("the total cost"), "none": say("none")}
    return told.get(str(value), str(value))
