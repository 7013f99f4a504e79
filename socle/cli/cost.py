"""socle cost: what schemes cost, year by year; scenarios side by side; what fits a budget."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from socle.cli.figures import (
    NEED_A_FILE,
    AFormat,
    Conventions,
    Language,
    Output,
    Years,
    assumed_in,
    country_read,
    format_of,
    put,
    varied,
    years_of,
)
from socle.cli.output import needs_output, not_over
from socle.errors import Finding, InputError
from socle.vocabulary import country as country_of
from socle.vocabulary import say, speaking

if TYPE_CHECKING:
    from socle.costing import Options, Projection, Scenario, Solution
    from socle.schemes import Scheme
    from socle.tables import Economy, Population

#: Years after this one that a costing covers where nobody says which.
AHEAD = 10
CHARTS = (".svg", ".png")


def cost(
    schemes: Annotated[list[Path], typer.Argument(metavar="SCHEME...", help="Scheme files (TOML), or folders of them.")],
    country: Annotated[str | None, typer.Option(help="ISO3, name or alias; without it, that of the schemes.")] = None,
    population: Annotated[Path | None, typer.Option(help="A population file; without it, the UN's.")] = None,
    economy: Annotated[Path | None, typer.Option(help="The country's economy, TOML or CSV.")] = None,
    years: Years = None,
    scenario: Annotated[list[Path] | None, typer.Option(metavar="FILE", help="Changes to lay over; repeatable.")] = None,
    option: Conventions = None,
    fit: Annotated[str | None, typer.Option(metavar="MEASURE=VALUE",
                                            help="A budget: share_of_gdp=1.5%, share_of_government=5% or total=1000000.")] = None,
    by: Annotated[Literal["benefit", "age", "ramp"], typer.Option(help="What is to fit the budget.")] = "benefit",
    of: Annotated[str | None, typer.Option(metavar="ID", help="Which of several schemes is to fit the budget.")] = None,
    sensitivity: Annotated[Path | None, typer.Option(help="A file of assumptions: a tornado, and bands with --draws.")] = None,
    draws: Annotated[int, typer.Option(help="Draws on the assumptions of --sensitivity.")] = 0,
    seed: Annotated[int, typer.Option(help="Of the draws.")] = 0,
    measure: Annotated[Literal["total", "share_of_gdp"], typer.Option(help="What tornado and bands measure.")] = "total",
    chart: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw the cost by year: .svg or .png.")] = None,
    format: AFormat = None,
    output: Output = None,
    lang: Language = "en",
) -> None:
    """What the schemes cost, by year: target group, beneficiaries, spending, administration, shares of GDP and of the budget."""
    from socle import costing  # noqa: PLC0415 - numpy and Ibis take half a second to import

    with speaking(lang):
        chosen = format_of(format, output)
        needs_output(chosen, output, formats=NEED_A_FILE)
        for file in (*schemes, *(scenario or ()), *(one for one in (population, economy) if one is not None)):
            not_over(file, output)
            not_over(file, chart)
        _known_chart(chart)
        span = years_of(years) if years else tuple(range(_this_year(), _this_year() + AHEAD + 1))
        assumptions = assumed_in(sensitivity, draws)
        conventions, found, scenarios, findings = _files(option or [], schemes, scenario or [])
        people, money, told = _country(country, found, population, economy, span, findings)
        if fit is not None:
            solution = _fitted(found, people, money, span, conventions, fit, by, of)
            _draw(chart, [solution.projection])
            asked = replace(conventions, base_year=solution.projection.options.base_year)
            put(costing.FIT_COLUMNS, list(solution.rows()), options={**asked.as_dict(), "fit": fit, "by": by},
                findings=[*told, *solution.projection.warnings], format=chosen, output=output)
        if scenarios and sys.stderr.isatty():
            typer.echo(say("Costing {n} scenarios.", n=len(scenarios) + 1), err=True)
        made = costing.compare(found, people, money, scenarios=scenarios, years=span, options=conventions)
        _draw(chart, made.projections)
        put(costing.COLUMNS, list(made.rows()), options=made.options(), findings=[*told, *made.warnings], format=chosen,
            output=output, projections=made.projections,
            more=varied(made.projections, assumptions, measure=measure, draws=draws, seed=seed))


def _this_year() -> int:
    return datetime.now(tz=UTC).year


def _known_chart(chart: Path | None) -> None:
    if chart is not None and chart.suffix.lower() not in CHARTS:
        raise InputError(say("A chart is written as SVG or PNG."), where={"column": "chart", "value": chart.name},
                         remedy=say("Name a file that ends in .svg or .png."))


def _files(option: Sequence[str], schemes: Sequence[Path],
           scenario: Sequence[Path]) -> tuple[Options, tuple[Scheme, ...], tuple[Scenario, ...], list[Finding]]:
    """Everything that is written: options, schemes, scenarios. What is wrong is kept, to be told with all the rest."""
    from socle import costing, datasets  # noqa: PLC0415 - numpy and Ibis take half a second to import
    from socle import schemes as scheme_files  # noqa: PLC0415 - the currencies of Babel take a tenth of a second to import

    findings: list[Finding] = []
    conventions = costing.Options()
    try:
        conventions = costing.Options.parse(option)
    except InputError as wrong:
        findings += wrong.findings
    found = []
    for file in schemes:
        try:
            paths = scheme_files.found(file)
            if not paths:
                findings.append(Finding("error", str(file), None, None, None, "empty",
                                        say("There is no scheme.toml below this folder."), say("Name a scheme file.")))
            for path in paths:
                reading = scheme_files.read(path)
                findings += reading.findings
                found += [reading.scheme] if reading.scheme is not None else []
        except InputError as wrong:
            findings += wrong.findings
    scenarios = []
    for file in scenario:
        try:
            scenarios.append(costing.read_scenario(datasets.text_of(file), name=file.name))
        except InputError as wrong:
            findings += wrong.findings
    return conventions, tuple(found), tuple(scenarios), findings


def _country(country: str | None, schemes: Sequence[Scheme], population: Path | None, economy: Path | None, years: Sequence[int],
             findings: list[Finding]) -> tuple[Population, Economy | None, list[Finding]]:
    """The people and the money; an ``InputError`` with what is wrong with any file at all."""
    try:
        people, money, told = country_read(_one_country(country, schemes), population=population, economy=economy, years=years)
    except InputError as wrong:
        raise InputError(wrong.what, findings=[*findings, *wrong.findings]) from None
    if any(one.severity == "error" for one in findings):
        raise InputError(say("The files have errors."), findings=[*findings, *told])
    return people, money, [*findings, *told]


def _one_country(country: str | None, schemes: Sequence[Scheme]) -> str:
    if country is not None:
        return country_of(country).alpha3
    named = list(dict.fromkeys(scheme.country for scheme in schemes))
    if len(named) == 1:
        return named[0]
    if not named:
        raise InputError(say("No scheme says of which country it is."),
                         remedy=say("Mend the scheme files, or write --country XXX."))
    raise InputError(say("The schemes are of {countries}.", countries=", ".join(named)), where={"column": "country"},
                     remedy=say("Cost one country at a time, or write --country XXX."))


def _fitted(schemes: Sequence[Scheme], people: Population, money: Economy | None, years: Sequence[int], conventions: Options,
            fit: str, by: Literal["benefit", "age", "ramp"], of: str | None) -> Solution:
    from socle import costing  # noqa: PLC0415 - numpy and Ibis take half a second to import

    measure, _, value = (part.strip() for part in fit.partition("="))
    try:
        figure = costing.share_of(value.replace("_", ""))
    except ValueError:
        figure = -1.0
    if measure not in costing.FIT_MEASURES or not 0 <= figure < float("inf"):
        raise InputError(say("“{value}” is not a budget.", value=fit), where={"column": "fit", "value": fit},
                         remedy=say("Write share_of_gdp=1.5%, share_of_government=5% or total=1000000."))
    budget: dict[str, Any] = {measure: figure}
    return costing.solve(schemes, people, money, years=years, by=by, scheme=of, options=conventions, **budget)


def _draw(chart: Path | None, projections: Sequence[Projection]) -> None:
    if chart is None:
        return
    from socle import datasets, reports  # noqa: PLC0415 - typst takes a tenth of a second to import
    from socle.reports import costing as papers  # noqa: PLC0415 - as above

    svg = papers.cost_chart(projections)
    datasets.write_file(chart, svg.encode() if chart.suffix.lower() == ".svg" else reports.picture(svg))
