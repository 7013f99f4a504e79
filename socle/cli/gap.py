"""socle gap: what the uncovered need, by guarantee; for countries, regions and income groups."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from socle.cli.figures import (
    NEED_A_FILE,
    AFormat,
    Conventions,
    Language,
    Output,
    Years,
    countries_read,
    folder_read,
    format_of,
    put,
    years_of,
)
from socle.cli.floor import STANDARD, preset_of
from socle.cli.output import needs_output
from socle.errors import InputError
from socle.vocabulary import country as country_of
from socle.vocabulary import say, speaking


def gap(
    preset: Annotated[str, typer.Argument(metavar="[PRESET]", help="Name of a preset, or a preset file.")] = STANDARD,
    coverage: Annotated[Path | None, typer.Option(help="Who is covered: country, guarantee, share, source, year (CSV).")] = None,
    country: Annotated[list[str] | None, typer.Option(help="ISO3, name or alias. Repeatable.")] = None,
    folder: Annotated[Path | None, typer.Option(help="A folder of countries: XXX/economy.toml, XXX/population.csv.")] = None,
    population: Annotated[Path | None, typer.Option(help="A population file; without it, the UN's.")] = None,
    economy: Annotated[Path | None, typer.Option(help="The country's economy, TOML or CSV.")] = None,
    years: Years = None,
    by: Annotated[Literal["country", "region", "income_group"],
                  typer.Option(help="A row a country, a region or an income group.")] = "country",
    leave_out: Annotated[list[str] | None,
                         typer.Option(metavar="XXX", help="Show a country and average without it. Repeatable.")] = None,
    influence: Annotated[bool, typer.Option("--influence", help="What leaving each country out does to each average.")] = False,
    assume: Annotated[list[str] | None,
                      typer.Option(metavar="K=V", help="What the preset does not state: orphans.share=0.03.")] = None,
    option: Conventions = None,
    format: AFormat = None,
    output: Output = None,
    lang: Language = "en",
) -> None:
    """The financing gap of a floor, with weighted, unweighted and median averages."""
    from socle import costing, datasets  # noqa: PLC0415 - numpy takes a fifth of a second to import

    with speaking(lang):
        chosen = format_of(format, output)
        needs_output(chosen, output, formats=NEED_A_FILE)
        if (not country) == (folder is None):
            raise InputError(say("Name a country or a folder of countries, one of the two."),
                             remedy=say("Write --country XXX, or --folder DIR."))
        conventions = costing.Options.parse(option or [])
        package = preset_of(preset, assume or [])
        wanted = years_of(years or "2025")
        without = [country_of(one).alpha3 for one in leave_out or []]
        asked = coverage or _of_made_up(country or (), folder)
        parsed = datasets.read_coverage(asked)
        if parsed.errors:
            raise InputError(say("{name} has errors.", name=Path(asked).name), findings=parsed.findings)
        if folder is not None:
            places, findings = folder_read(folder, years=wanted)
        else:
            places, findings = countries_read(country or (), population=population, economy=economy, years=wanted)
        found = costing.gap(package, places,
                            costing.covered(parsed.book["coverage"]), years=wanted, options=conventions, by=by, leave_out=without)
        alone = "average=none" in [one.replace(" ", "") for one in option or []]
        if alone and by != "country":
            raise InputError(say("A region or an income group is an average of countries."),
                             where={"column": "average", "value": "none"},
                             remedy=say("Leave average out, or ask --by country."))
        rows = [row for row in found.rows() if not alone or row["average"] == "none"]
        put(found.columns, rows,
            options={**found.options.as_dict(), "preset": package.id, "by": by, "left_out": without},
            findings=[*findings, *parsed.findings, *found.warnings], format=chosen, output=output,
            more={"influence": list(found.influence_rows())} if influence else {}, title=say("What the uncovered need"))


def _of_made_up(country: Sequence[str], folder: Path | None) -> str:
    """The coverage that is shipped, where only made-up countries are asked for; an ``InputError`` for any other."""
    from socle import costing, datasets  # noqa: PLC0415 - numpy takes a fifth of a second to import

    codes = country if folder is None else [one.country for one in datasets.country_folders(folder)]
    if all(country_of(one).made_up for one in codes):
        return datasets.SHIPPED_COVERAGE
    columns = ", ".join(column.name for column in costing.COVERAGE.sheets[0].columns)
    raise InputError(say("Who is covered today is not known."), where={"column": "coverage"},
                     remedy=say("Name a CSV file with --coverage. Its columns: {columns}.", columns=columns))
