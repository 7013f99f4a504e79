"""socle floor: what a standard floor costs, for a country or a folder of countries; what the answer to a crisis costs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from socle.cli.figures import (
    NEED_A_FILE,
    AFormat,
    Conventions,
    Language,
    Output,
    Years,
    assumed_in,
    countries_read,
    country_read,
    folder_read,
    format_of,
    named_numbers,
    put,
    varied,
    years_of,
)
from socle.cli.output import needs_output
from socle.errors import Finding, InputError
from socle.vocabulary import say, speaking

if TYPE_CHECKING:
    from socle.costing import Options, Preset, Projection

STANDARD = "floor-2017-style"
FIRST_TO_LAST = "2025:2035"


def floor(
    presets: Annotated[list[str] | None, typer.Argument(metavar="[PRESET]...", help="Names of presets, or preset files; several "
                                                        "stand side by side.")] = None,
    country: Annotated[list[str] | None, typer.Option(help="ISO3, name or alias. Repeatable.")] = None,
    folder: Annotated[Path | None, typer.Option(help="A folder of countries: XXX/economy.toml, XXX/population.csv.")] = None,
    population: Annotated[Path | None, typer.Option(help="A population file; without it, the UN's.")] = None,
    economy: Annotated[Path | None, typer.Option(help="The country's economy, TOML or CSV.")] = None,
    years: Years = None,
    option: Conventions = None,
    assume: Annotated[list[str] | None,
                      typer.Option(metavar="K=V", help="What the preset does not state: orphans.share=0.03.")] = None,
    crisis: Annotated[Path | None, typer.Option(help="A file of groups, months and amounts instead of a preset.")] = None,
    sensitivity: Annotated[Path | None, typer.Option(help="A file of assumptions: a tornado, and bands with --draws.")] = None,
    draws: Annotated[int, typer.Option(help="Draws on the assumptions of --sensitivity.")] = 0,
    seed: Annotated[int, typer.Option(help="Of the draws.")] = 0,
    measure: Annotated[Literal["total", "share_of_gdp"], typer.Option(help="What tornado and bands measure.")] = "share_of_gdp",
    show: Annotated[bool, typer.Option("--show", help="Print the file of the preset, to copy and change.")] = False,
    format: AFormat = None,
    output: Output = None,
    lang: Language = "en",
) -> None:
    """What a floor costs, by benefit and year: children, maternity, disability, old age and what else the preset holds."""
    from socle import costing  # noqa: PLC0415 - numpy takes a fifth of a second to import

    with speaking(lang):
        if show:
            for name in presets or [STANDARD]:
                typer.echo(costing.preset_text(name), nl=False)
            return
        chosen = format_of(format, output)
        needs_output(chosen, output, formats=NEED_A_FILE)
        conventions = costing.Options.parse(option or [])
        assumptions = assumed_in(sensitivity, draws)
        if crisis is not None:
            made, findings = _crisis(crisis, population, economy, conventions, years)
        else:
            packages = [preset_of(name, assume or []) for name in presets or [STANDARD]]
            made, findings = _floors(packages, country or (), folder, population, economy, years_of(years or FIRST_TO_LAST),
                                     conventions)
        findings += [finding for one in made for finding in one.warnings]
        rows = [{"country": one.country, **row} for one in made for row in one.rows()]
        options = (made[0].options if made else conventions).as_dict()
        put(("country", *costing.COLUMNS), rows, options=options, findings=findings, format=chosen, output=output,
            more=varied(made, assumptions, measure=measure, draws=draws, seed=seed), projections=made,
            title=say("What a floor costs"))


def preset_of(name: str, assume: Sequence[str]) -> Preset:
    """A preset by its name, or the path of its file."""
    from socle import costing, datasets  # noqa: PLC0415 - numpy takes a fifth of a second to import

    path = Path(name)
    one = costing.read_preset(datasets.text_of(path), name=path.name) if path.suffix == ".toml" else costing.preset(name)
    return costing.assumed(one, named_numbers(assume, option="assume"))


def _floors(packages: Sequence[Preset], country: Sequence[str], folder: Path | None, population: Path | None, economy: Path | None,
            years: tuple[int, ...], conventions: Options) -> tuple[list[Projection], list[Finding]]:
    from socle import costing  # noqa: PLC0415 - numpy takes a fifth of a second to import

    if (not country) == (folder is None):
        raise InputError(say("Name a country or a folder of countries, one of the two."),
                         remedy=say("Write --country XXX, or --folder DIR."))
    if folder is not None:
        places, findings = folder_read(folder, years=years)
    else:
        places, findings = countries_read(country, population=population, economy=economy, years=years)
    made = [costing.floor(costing.fitting(one, place.stated), place.population, place.economy, years=years, options=conventions)
            for place in places for one in packages]
    return made, findings


def _crisis(path: Path, population: Path | None, economy: Path | None, conventions: Options,
            years: str | None) -> tuple[list[Projection], list[Finding]]:
    from socle import costing, datasets  # noqa: PLC0415 - numpy takes a fifth of a second to import

    text = costing.preset_text(str(path), "crisis") if not path.suffix else datasets.text_of(path)
    response = costing.read_crisis(text, name=path.name)
    if years is not None and years_of(years) != (response.year,):
        raise InputError(say("The answer to a crisis is costed in the year of its file, {year}.", year=response.year),
                         where={"column": "years", "value": years},
                         remedy=say("Leave --years out, or change the year of the file."))
    people, money = None, None
    findings: list[Finding] = []
    if response.needs_population or economy is not None:
        people, money, findings = country_read(response.country, population=population, economy=economy, years=(response.year,))
    return [costing.crisis(response, people, money, options=conventions)], findings
