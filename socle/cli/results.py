"""socle results: check a programme's records, and report on them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from socle.cli.output import as_csv, as_json, as_table, exit_code, named_by, needs_output, not_over, put, summary, tell
from socle.errors import Finding, InputError, Unreadable
from socle.tables import in_order
from socle.vocabulary import Period, say, speaking

if TYPE_CHECKING:
    from socle.results import Chain, Report
    from socle.tables import Parsed

_MISSING_FROM = {
    "outside_phases": ("phases",),
    "outside_phase": ("phases",),
    "published_year": ("phases",),
    "no_baseline": ("observations",),
    "level_falls": ("observations",),
}

app = typer.Typer(help="A programme's results chain: check its records, report on them.", no_args_is_help=True,
                  rich_markup_mode=None)

Source = Annotated[Path, typer.Argument(metavar="PATH", help="A folder of CSV files or an XLSX workbook.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Where to write; without it, to the terminal.")]
Language = Annotated[Literal["en", "fr", "es"], typer.Option("--lang", help="Language of what is said.")]


@app.command()
def check(
    path: Source,
    format: Annotated[Literal["table", "json", "csv", "xlsx"] | None,
                      typer.Option("--format", help="Without it, what the name of the output says, or table.")] = None,
    output: Output = None,
    lang: Language = "en",
) -> None:
    """Every error and warning at once; xlsx is the same workbook with the cells marked."""
    with speaking(lang):
        chosen = format or named_by(output, ("json", "csv", "xlsx")) or "table"
        needs_output(chosen, output, formats=("xlsx",))
        not_over(path, output)
        try:
            _, findings = _read(path)
        except Unreadable as refusal:
            if chosen == "xlsx":
                raise
            findings = list(refusal.findings)
        if chosen == "xlsx" and output is not None:
            from socle import datasets  # noqa: PLC0415 - openpyxl takes a quarter of a second to import

            datasets.marked_workbook(path, findings, output)
        else:
            put({"table": as_table, "json": as_json, "csv": as_csv}[chosen](findings), output)
        typer.echo(summary(findings), err=True)
        raise typer.Exit(exit_code(findings))


@app.command()
def report(
    path: Source,
    phase: Annotated[str | None, typer.Option(help="Key of a phase; without it, the latest.")] = None,
    year: Annotated[int | None, typer.Option(help="One year; without it, the whole phase.")] = None,
    country: Annotated[str | None, typer.Option(help="Only this country: ISO3, name or alias.")] = None,
    partner: Annotated[str | None, typer.Option(help="Only this partner, by its key.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DAY", help="As recorded by this day: 2023-12-31.")] = None,
    format: Annotated[
        Literal["table", "json", "csv", "xlsx", "html", "docx", "pdf"] | None,
        typer.Option("--format", help="Without it, what the name of the output says, or table."),
    ] = None,
    output: Output = None,
    lang: Language = "en",
) -> None:
    """The report of a phase or a year, straight from a folder or a workbook."""
    with speaking(lang):
        chosen = format or named_by(output, ("json", "csv", "xlsx", "html", "docx", "pdf")) or "table"
        needs_output(chosen, output, formats=("csv", "xlsx", "docx", "pdf"))
        not_over(path, output)
        day = Period.parse(as_of).end if as_of else None
        parsed, findings = _read(path)
        if any(finding.severity == "error" for finding in findings):
            raise InputError(say("The records have errors."), findings=findings)
        made, chain = _report(parsed, phase=phase, year=year, country=country, partner=partner, as_of=day)
        remarks = list(dict.fromkeys([*findings, *made.warnings]))
        _write_report(replace(made, remarks=tuple(remarks)), chain, chosen, output)
        tell(remarks)
        raise typer.Exit(exit_code(remarks))


@app.command()
def template(
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the workbook (.xlsx).")],
    lang: Language = "en",
) -> None:
    """An empty workbook to fill in: every sheet, the meaning of every column, the code lists to choose from."""
    from socle import datasets  # noqa: PLC0415 - openpyxl takes a quarter of a second to import

    with speaking(lang):
        if output.suffix.lower() != ".xlsx":
            raise InputError(say("The template is a workbook."), remedy=say("Name a file that ends in .xlsx."))
        datasets.write_template(output)


def _read(path: Path) -> tuple[Parsed, list[Finding]]:
    """The records, and all that is to be said about them, in the order of the form."""
    from socle import datasets, results  # noqa: PLC0415 - openpyxl and numpy take half a second to import

    parsed = datasets.read_book(path)
    in_error = {finding.sheet for finding in parsed.errors}
    spoilt = in_error | set(parsed.bad_rows)
    told = (finding for finding in results.check(parsed.book)
            if spoilt.isdisjoint(_looks_at(finding)) and not (finding.code == "no_phase" and "phases" in in_error))
    return parsed, in_order(parsed.book.form, [*parsed.findings, *told])


def _looks_at(finding: Finding) -> tuple[str, ...]:
    """The sheets where something was not found: while they have rows in error, nobody can say that it is missing."""
    if finding.code == "unknown_record":
        return ((finding.value or "").partition(":")[0],)
    return _MISSING_FROM.get(finding.code, ())


def _report(parsed: Parsed, *, phase: str | None, year: int | None, country: str | None, partner: str | None,
            as_of: date | None) -> tuple[Report, Chain]:
    from socle import results  # noqa: PLC0415 - numpy takes a fifth of a second to import

    chain = results.Chain.of(parsed.book)
    return results.report(chain, phase=phase, year=year, country=country, partner=partner, as_of=as_of, phaseless=True), chain


def _write_report(made: Report, chain: Chain, format: str, output: Path | None) -> None:
    if format == "json":
        put(json.dumps(made.as_dict(), ensure_ascii=False, indent=2) + "\n", output)
        return
    from socle import datasets, reports  # noqa: PLC0415 - python-docx and typst take half a second to import

    if format == "table":
        put(reports.table_text(made), output)
    elif format == "csv" and output is not None:
        datasets.write_files(output, reports.tables_csv(made))
    elif format == "xlsx" and output is not None:
        datasets.write_file(output, reports.workbook(made))
    else:
        content = reports.render(reports.document(made, chain), format)
        if output is None:
            typer.echo(content, nl=False)
        else:
            datasets.write_file(output, content)
