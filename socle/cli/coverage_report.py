"""socle coverage report: every figure of an inquiry, with the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from socle.cli.coverage_check import read_inquiry, read_schemes
from socle.cli.figures import NEED_A_FILE, AFormat, Conventions, Language, Output, format_of, text_of
from socle.cli.output import exit_code, needs_output, not_over, put, tell
from socle.errors import Finding, InputError, Unreadable
from socle.vocabulary import country as country_of
from socle.vocabulary import number, percent, say, speaking

if TYPE_CHECKING:
    from socle.coverage import Report
    from socle.tables import Book, Economy, Population

#: What is too long for a terminal.
_LONG = frozenset({"records", "definition", "source"})
LONGEST_CELL = 32_767


def report(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Inquiries: folders of CSV files or XLSX workbooks.")],
    country: Annotated[str | None, typer.Option(help="Only this country: ISO3, name or alias.")] = None,
    year: Annotated[int | None, typer.Option(help="Only this year.")] = None,
    economy: Annotated[Path | None, typer.Option(help="The country's economy, TOML or CSV.")] = None,
    population: Annotated[Path | None, typer.Option(help="A population file, for groups that the inquiry does not state.")] = None,
    schemes: Annotated[Path | None, typer.Option(metavar="DIR", help="Scheme files that the inventory may name.")] = None,
    series: Annotated[list[str] | None,
                      typer.Option(metavar="CODE", help="Only this series, such as SI_COV_CHLD. Repeatable.")] = None,
    option: Conventions = None,
    format: AFormat = None,
    output: Output = None,
    lang: Language = "en",
) -> None:
    """The series of SDG 1.3.1 and beside it, expenditure, receipts and adequacy, straight from inquiries."""
    from socle import coverage  # noqa: PLC0415 - numpy takes a fifth of a second to import

    with speaking(lang):
        chosen = format_of(format, output)
        needs_output(chosen, output, formats=NEED_A_FILE)
        for path in (*paths, *(one for one in (economy, population) if one is not None)):
            not_over(path, output)
        conventions = coverage.Options.parse(option or [])
        wanted = None if series is None else sorted(coverage.known_series(series))
        books, findings = _books(paths, schemes)
        if country is not None:
            books = [one for one in books if country_of(country).alpha3 in _countries(one)] or books[:1]
        made = []
        for book in books:
            money, people, told = _inputs(book, country, economy, population)
            findings += told
            made.append(coverage.report(book, country=country, year=year, economy=money, population=people, options=conventions,
                                        series=wanted))
        findings = list(dict.fromkeys((*findings, *(one for each in made for one in each.warnings))))
        _write(made, books, findings, chosen, output, country=country, year=year)
        tell(findings)
        raise typer.Exit(exit_code(findings))


def _books(paths: Sequence[Path], schemes: Path | None) -> tuple[list[Book], list[Finding]]:
    """Every inquiry and all that is to be said about them; an ``InputError`` with everything where anything is wrong."""
    catalogue, findings = read_schemes(schemes)
    books = []
    for path in paths:
        try:
            book, told = read_inquiry(path, schemes=catalogue)
        except Unreadable as refusal:
            findings += refusal.findings
        else:
            findings += told
            books.append(book)
    if any(finding.severity == "error" for finding in findings):
        raise InputError(say("The inquiry has errors."), findings=list(dict.fromkeys(findings)))
    return books, findings


def _countries(book: Book) -> list[str]:
    return list(dict.fromkeys((*book["schemes"]["country"], *book["legal"]["country"])))


def _inputs(book: Book, country: str | None, economy: Path | None,
            population: Path | None) -> tuple[Economy | None, Population | None, list[Finding]]:
    """The money and people of the inquiry's country; a made-up country has its economy at hand."""
    from socle import datasets  # noqa: PLC0415 - the readers take a third of a second to import

    found = [country_of(country).alpha3] if country else _countries(book)
    if len(found) != 1:
        if economy is not None or population is not None:
            raise InputError(say("An economy and a population are those of one country; the inquiry has {countries}.",
                                 countries=", ".join(found) or "-"), remedy=say("Name it with --country."))
        return None, None, []
    findings: list[Finding] = []
    money, people = None, None
    if economy is not None:
        reading = datasets.read_economy(economy)
        findings += reading.findings
        money = reading.economy
        if money is not None and money.country and money.country != found[0]:
            findings.append(Finding("error", economy.name, None, "country", money.country, "other_country",
                                    say("The economy is that of {one}, not of {other}.", one=money.country, other=found[0]),
                                    say("Name the file of the country.")))
    elif country_of(found[0]).made_up:
        money = datasets.made_up(found[0]).economy
    if population is not None:
        counted = datasets.check_population(population, country=found[0])
        findings += counted.findings
        people = counted.population
    if any(finding.severity == "error" for finding in findings):
        raise InputError(say("The inputs of {country} have errors.", country=found[0]), findings=findings)
    return money, people, findings


def _write(made: Sequence[Report], books: Sequence[Book], findings: Sequence[Finding], format: str, output: Path | None, *,
           country: str | None, year: int | None) -> None:
    rows = [row for one in made for row in one.rows()]
    lists: dict[str, list[dict[str, Any]]] = {}
    for one in made:
        for name, further in one.lists().items():
            lists.setdefault(name, []).extend(further)
    options = made[0].options.as_dict() if made else {}
    if format in ("table", "json", "csv"):
        put(_text(rows, lists, options, findings, format), output)
        return
    from socle import datasets, reports  # noqa: PLC0415 - python-docx and typst take half a second to import

    if format == "xlsx":
        content = _workbook(rows, lists, options, findings)
    elif len(made) != 1:
        raise InputError(say("A document is of one inquiry."), remedy=say("Name one path, or choose xlsx, csv or json."))
    else:
        content = reports.render(reports.bulletin(made[0], books[0], country=country, year=year), format)
    if output is None:
        typer.echo(content, nl=False)
    else:
        datasets.write_file(output, content)


def _text(rows: Sequence[dict[str, Any]], lists: Mapping[str, list[dict[str, Any]]], options: Mapping[str, object],
          findings: Sequence[Finding], format: str) -> str:
    from socle.coverage import COLUMNS  # noqa: PLC0415 - numpy takes a fifth of a second to import

    if format == "json":
        return text_of(COLUMNS, rows, options=options, warnings=findings, format=format, more=lists)
    if format == "csv":
        return text_of(COLUMNS, [_joined(row) for row in rows], options=options, warnings=findings, format=format)
    return text_of(_shown(rows), rows, options=options, warnings=findings, format=format,
                   more={name: [_short(row) for row in further] for name, further in lists.items()})


def _joined(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "records": ";".join(row["records"])}


def _shown(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The columns of a table in a terminal: breakdowns that no row has are left out, and what is long."""
    broken_down = [name for name in ("sex", "age_group", "disability", "area") if any(row[name] != "total" for row in rows)]
    return ("series", "country", "year", *broken_down, "numerator", "denominator", "value", "bound", "family", "status")


def _short(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row for a terminal: no records, and what only its name would make a share or none."""
    found = {name: value for name, value in row.items() if name not in _LONG}
    if found.get("administration_share") is not None:
        found["administration_share"] = percent(found["administration_share"], decimals=2)
    if found.get("difference") is not None:
        found["difference"] = number(found["difference"], decimals=3)
    return found


def _workbook(rows: Sequence[dict[str, Any]], lists: Mapping[str, list[dict[str, Any]]], options: Mapping[str, object],
              findings: Sequence[Finding]) -> bytes:
    from socle.coverage import COLUMNS  # noqa: PLC0415 - numpy takes a fifth of a second to import
    from socle.reports import costing as paper  # noqa: PLC0415 - python-docx and typst take half a second to import

    title = say("Who is covered")
    parts = [paper.Part(name, COLUMNS if name == "coverage" else tuple(told[0]),
                        [{**row, "records": _fitting(row["records"])} for row in told],
                        frozenset(column for column in told[0] if "share" in column))
             for name, told in {"coverage": rows, **lists}.items() if told]
    chosen = {name: value for name, value in options.items() if value is not None}
    return paper.workbook(paper.Listing(title, "", parts, chosen, findings))


def _fitting(records: Sequence[str]) -> str:
    """Records joined by ``;``, as many as a cell of a workbook can hold, and how many more there are."""
    whole = ";".join(records)
    if len(whole) <= LONGEST_CELL:
        return whole
    kept = list(records)
    while len(";".join(kept)) > LONGEST_CELL - 40:
        kept = kept[:len(kept) * 9 // 10]
    return ";".join(kept) + ";" + say("... and {n} more", n=number(len(records) - len(kept)))
