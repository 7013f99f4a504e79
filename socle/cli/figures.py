"""Rows of figures as every costing command says them: JSON {rows, options, warnings}, CSV, a table; and what their options mean."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

from socle.cli.output import exit_code, named_by, tell
from socle.errors import Finding, InputError
from socle.tables import escaped
from socle.vocabulary import FIRST_YEAR, LAST_YEAR, number, percent, say

if TYPE_CHECKING:
    from socle.costing import Assumption, Inputs, Projection
    from socle.tables import Economy, Population

Format = Literal["table", "json", "csv", "xlsx", "html", "docx", "pdf"]
FORMATS: tuple[Format, ...] = ("table", "json", "csv", "xlsx", "html", "docx", "pdf")
#: What cannot be shown in a terminal.
NEED_A_FILE = ("xlsx", "docx", "pdf")
#: Warnings that stand above a table too.
FIRST_TOLD = ("other_country",)
MOST_YEARS = 200
_YEARS = re.compile(r"(\d{4})(?::(\d{4}))?", re.ASCII)
_ARE_YEARS = ("year", "base_year", "to", "reached", "first_year", "last_year")
_SHARES = ("share", "low", "high", "expected", "cost", "remaining", "with", "without", "difference")

Output = Annotated[Path | None, typer.Option("--output", "-o", help="Where to write; without it, to the terminal.")]
Language = Annotated[Literal["en", "fr", "es"], typer.Option("--lang", help="Language of what is said.")]
Conventions = Annotated[list[str] | None,
                        typer.Option("--option", metavar="K=V", help="A convention: prices=constant. Repeatable.")]
Years = Annotated[str | None, typer.Option("--years", metavar="FIRST:LAST", help="2025:2035, or one year.")]
AFormat = Annotated[Format | None, typer.Option("--format", help="Without it, what the name of the output says, or table.")]


def years_of(text: str) -> tuple[int, ...]:
    """``2025:2035`` (both included) or ``2025``."""
    found = _YEARS.fullmatch(text.strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not found or not FIRST_YEAR <= first <= last <= LAST_YEAR or last - first >= MOST_YEARS:
        raise InputError(say("“{value}” are no years.", value=text), where={"column": "years", "value": text},
                         remedy=say("Write the first and the last year, such as 2025:2035, from {first} to {last}.",
                                    first=FIRST_YEAR,
                                    last=LAST_YEAR))
    return tuple(range(first, last + 1))


def named_numbers(pairs: Iterable[str], *, option: str) -> dict[str, float]:
    """``key=0.25`` or ``key=25%`` texts; everything that is wrong at once."""
    found: dict[str, float] = {}
    findings = []
    for pair in pairs:
        key, equals, value = (part.strip() for part in pair.partition("="))
        try:
            figure = float(value.removesuffix("%").replace("_", "")) / (100 if value.endswith("%") else 1)
        except ValueError:
            figure = math.nan
        if not equals or not key or not math.isfinite(figure):
            findings.append(Finding("error", None, None, option, pair, "number",
                                    say("“{value}” gives no figure a name.", value=pair),
                                    say("Write it as --{option} name=0.25.", option=option)))
        elif key in found:
            findings.append(Finding("error", None, None, option, pair, "duplicate_key", say("{name} is there twice.", name=key),
                                    say("Keep one.")))
        found[key] = figure
    if findings:
        raise InputError(findings[0].message, findings=findings)
    return found


def country_read(country: str, *, population: Path | None, economy: Path | None,
                 years: Sequence[int]) -> tuple[Population, Economy | None, list[Finding]]:
    """The people and money of one country, and what is to be said of their files. Every fault of both files at once."""
    from socle import datasets, vocabulary  # noqa: PLC0415 - the readers take a third of a second to import

    alpha3 = vocabulary.country(country).alpha3
    money, findings = economy_read(alpha3, economy)
    people = datasets.check_population(population, country=alpha3, years=years)
    findings += people.findings
    if people.population is None or any(finding.severity == "error" for finding in findings):
        raise InputError(say("The inputs of {country} have errors.", country=alpha3), findings=findings)
    return people.population, money, findings


def economy_read(alpha3: str, economy: Path | None) -> tuple[Economy | None, list[Finding]]:
    """The economy of a file; without one, of a made-up country its own. And everything that is to be said of it."""
    from socle import datasets, vocabulary  # noqa: PLC0415 - the readers take a third of a second to import

    findings: list[Finding] = []
    money = None
    if economy is not None:
        reading = datasets.read_economy(economy)
        findings += reading.findings
        money = reading.economy
        if money is not None and money.country and money.country != alpha3:
            findings.append(Finding("error", economy.name, None, "country", money.country, "other_country",
                                    say("The economy is that of {one}, not of {other}.", one=money.country, other=alpha3),
                                    say("Name the file of the country.")))
    elif vocabulary.country(alpha3).made_up:
        money = datasets.made_up(alpha3).economy
    return money, findings


def countries_read(countries: Sequence[str], *, population: Path | None, economy: Path | None,
                   years: Sequence[int]) -> tuple[list[Inputs], list[Finding]]:
    """Each country of a list. An economy file is that of one country; of several, only the made-up ones have theirs at hand."""
    if economy is not None and len(countries) > 1:
        raise InputError(say("One economy file is that of one country."), where={"column": "economy", "value": economy.name},
                         remedy=say("Name a folder of countries with --folder."))
    from socle import costing  # noqa: PLC0415 - numpy takes a fifth of a second to import

    read = [country_read(one, population=population, economy=economy, years=years) for one in countries]
    return [costing.Inputs(people, money) for people, money, _ in read], [finding for *_, told in read for finding in told]


def folder_read(folder: Path, *, years: Sequence[int]) -> tuple[list[Inputs], list[Finding]]:
    """Every country of a folder. Every fault of every file at once; progress on the error output while somebody looks at it."""
    from socle import costing, datasets  # noqa: PLC0415 - the readers take a third of a second to import

    found: list[Inputs] = []
    findings: list[Finding] = []
    with typer.progressbar(datasets.country_folders(folder), label=say("Countries"), file=sys.stderr,
                           hidden=not sys.stderr.isatty()) as folders:
        for files in folders:
            reading = datasets.read_country(files, years=years)
            findings += reading.findings
            if reading.population is not None:
                found.append(costing.Inputs(reading.population, reading.economy, reading.stated))
    if any(finding.severity == "error" for finding in findings):
        raise InputError(say("The inputs of countries have errors."), findings=findings)
    return found, findings


def format_of(format: Format | None, output: Path | None) -> Format:
    """The format asked for, or what the name of the output says, or a table."""
    if format is not None:
        return format
    named = named_by(output, FORMATS)
    return next((one for one in FORMATS if one == named), "table")


def put(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], *, options: Mapping[str, object], findings: Sequence[Finding],
        format: Format, output: Path | None, more: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
        projections: Sequence[Projection] = (), title: str = "") -> NoReturn:
    """Write the figures, tell the findings, leave with the exit code."""
    told = tuple(dict.fromkeys(findings))
    if format in ("table", "json", "csv"):
        content = text_of(columns, rows, options=options, warnings=told, format=format, more=more).encode()
    else:
        content = _document(columns, rows, title=title, options=options, warnings=told, format=format, more=more or {},
                            projections=projections)
    if output is None:
        typer.echo(content.decode(), nl=False)
    else:
        from socle import datasets  # noqa: PLC0415 - openpyxl takes a quarter of a second to import

        datasets.write_file(output, content)
    tell(told)
    raise typer.Exit(exit_code(told))


def _document(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], *, title: str, options: Mapping[str, object],
              warnings: Sequence[Finding], format: str, more: Mapping[str, Sequence[Mapping[str, Any]]],
              projections: Sequence[Projection]) -> bytes:
    """The figures as workbook or document: of one country with every multiplication, of anything else as tables."""
    from socle import reports  # noqa: PLC0415 - python-docx and typst take half a second to import
    from socle.reports import costing as paper  # noqa: PLC0415 - the same

    if projections and len({one.country for one in projections}) == 1:
        listing = replace(paper.cost_listing(projections), warnings=warnings)
        if format == "xlsx" and not more:
            return paper.cost_workbook(projections)
    else:
        sources = tuple(dict.fromkeys(source for one in projections for source in one.sources))
        listing = paper.Listing(title, "", (paper.Part(title, columns, rows, _shares(rows)),), options, warnings, sources)
    parts = (*listing.parts,
             *(paper.Part(_titles().get(name, name), tuple(one[0]), one, _shares(one)) for name, one in more.items() if one))
    listing = replace(listing, parts=parts)
    return paper.workbook(listing) if format == "xlsx" else reports.render(paper.document(listing), format)


def _titles() -> dict[str, str]:
    """The lists of rows that come after the first."""
    return {"sensitivity": say("Tornado: one assumption at a time"), "bands": say("Bands: all assumptions drawn"),
            "influence": say("Influence of each country on the averages"), "balance": say("Space against cost")}


def _shares(rows: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The columns that hold shares."""
    return frozenset(name for row in rows[:1] for name in row if _is_share(name, row))


def assumed_in(file: Path | None, draws: int) -> Sequence[Assumption] | None:
    """The assumptions of a file; None without one, which draws cannot do without."""
    from socle import costing, datasets  # noqa: PLC0415 - numpy takes a fifth of a second to import

    if file is None and draws:
        raise InputError(say("There is nothing to draw."), remedy=say("Name a file of assumptions with --sensitivity."))
    return None if file is None else costing.read_assumptions(datasets.text_of(file), name=file.name)


def varied(made: Sequence[Projection], assumptions: Sequence[Assumption] | None, *, measure: str = "share_of_gdp", draws: int = 0,
           seed: int = 0) -> dict[str, list[dict[str, Any]]]:
    """The rows of the tornado of each projection, and with ``draws`` of its bands; empty without assumptions."""
    if assumptions is None:
        return {}
    from socle import costing  # noqa: PLC0415 - numpy takes a fifth of a second to import

    found: dict[str, list[dict[str, Any]]] = {"sensitivity": []}
    for one in made:
        model, who = costing.of_projection(one), {"country": one.country, "scenario": one.scenario}
        tornado = costing.sensitivity(model, assumptions, measure=measure)
        found["sensitivity"] += [{**who, **row} for row in tornado.rows()]
        if draws:
            bands = costing.uncertainty(model, assumptions, measure=measure, draws=draws, seed=seed, stream=one.country)
            found.setdefault("bands", []).extend({**who, **row} for row in bands.rows())
    return found


def text_of(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], *, options: Mapping[str, object],
            warnings: Sequence[Finding], format: str, more: Mapping[str, Sequence[Mapping[str, Any]]] | None = None) -> str:
    """The rows as JSON, CSV or table. ``more``: further lists of rows, by name: keys of the JSON, tables below the first.

    A table begins with what makes its figures those of something else than its name says.
    """
    more = more or {}
    if format == "json":
        told = {"rows": list(rows), **{name: list(one) for name, one in more.items()}, "options": dict(options),
                "warnings": [finding.as_dict() for finding in warnings]}
        return json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    if format == "csv":
        return _csv(columns, rows)
    first = dict.fromkeys(f"{say('warning')}: {one.message}\n" for one in warnings if one.code in FIRST_TOLD)
    tables = [*first, _table(columns, rows), *(f"\n{_table(tuple(one[0]), one)}" for one in more.values() if one)]
    return "".join(tables)


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(columns)
    lines.writerows([escaped(v) if isinstance(v, str) else v for v in (row.get(name) for name in columns)] for row in rows)
    return text.getvalue()


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """Aligned columns; figures to the right. A column that says nothing is left out."""
    shown = [name for name in columns if not rows or any(row.get(name) not in (None, "") for row in rows)]
    cells = [[_cell(name, row.get(name), row) for name in shown] for row in rows]
    figures = [any(isinstance(row.get(name), int | float) for row in rows) for name in shown]
    widths = [max(len(name), *(len(row[place]) for row in cells), 1) if cells else len(name) for place, name in enumerate(shown)]
    lines = [[cell.rjust(width) if right else cell.ljust(width) for cell, width, right in zip(row, widths, figures, strict=True)]
             for row in (list(shown), *cells)]
    return "".join("  ".join(line).rstrip() + "\n" for line in lines)


def _cell(name: str, value: Any, row: Mapping[str, Any]) -> str:
    if value is None:
        return "-"
    if isinstance(value, str) or (name in _ARE_YEARS and isinstance(value, int)):
        return str(value)
    if isinstance(value, int):
        return number(value)
    if not isinstance(value, float):
        return str(value)
    if _is_share(name, row):
        return percent(value, decimals=2)
    return number(value, decimals=2 if value and abs(value) < 100 else 0)


def _is_share(name: str, row: Mapping[str, Any]) -> bool:
    """Shares by their name; of tornadoes and bands, what is measured as one. What an assumption is worth is no share."""
    if "wanted" in row:
        return name in ("wanted", "reached", "next") and str(row["measure"]).startswith("share")
    if "measure" in row:
        measured = name.startswith(("at_", "q", "mean", "swing")) or (name == "base" and "assumption" not in row)
        return measured and row["measure"] == "share_of_gdp"
    return name.startswith(_SHARES) or name == "probability"
