"""socle coverage check and template: what an inquiry contradicts or leaves open, and the workbook to answer it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from socle.cli.figures import Language, Output
from socle.cli.output import as_csv, as_json, as_table, exit_code, needs_output, not_over, put, summary
from socle.errors import Finding, InputError, Unreadable
from socle.vocabulary import say, speaking

if TYPE_CHECKING:
    from socle.coverage import Limits
    from socle.schemes import Scheme
    from socle.tables import Book


def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Folders of CSV files or XLSX workbooks, each an "
                                                "inquiry.")],
    before: Annotated[Path | None, typer.Option(metavar="PATH", help="The inquiry of the year before, to compare with.")] = None,
    schemes: Annotated[Path | None, typer.Option(metavar="DIR", help="Scheme files that the inventory may name.")] = None,
    option: Annotated[list[str] | None, typer.Option("--option", metavar="K=V", help="A limit: jump=0.3. Repeatable.")] = None,
    format: Annotated[Literal["table", "json", "csv", "xlsx"], typer.Option("--format")] = "table",
    output: Output = None,
    lang: Language = "en",
) -> None:
    """Every error and warning of an inquiry at once; xlsx is the same workbook with the cells marked."""
    from socle import coverage  # noqa: PLC0415 - numpy takes a fifth of a second to import

    with speaking(lang):
        needs_output(format, output, formats=("xlsx",))
        for one in (*paths, *([before] if before else [])):
            not_over(one, output)
        if format == "xlsx" and len(paths) > 1:
            raise InputError(say("Format {format} marks one inquiry, not {n}.", format=format, n=len(paths)),
                             remedy=say("Check them one by one, or choose another format."))
        limits = coverage.Limits.parse(option or [])
        catalogue, told = read_schemes(schemes)
        if any(finding.severity == "error" for finding in told):
            raise InputError(say("The schemes have errors."), findings=told)
        earlier = None if before is None else _earlier(before)
        findings = []
        for path in paths:
            try:
                _, told = read_inquiry(path, before=earlier, schemes=catalogue, limits=limits)
            except Unreadable as refusal:
                if format == "xlsx":
                    raise
                told = list(refusal.findings)
            findings += told if len(paths) == 1 else [_in_file(path, one) for one in told]
        if format == "xlsx" and output is not None:
            from socle import datasets  # noqa: PLC0415 - openpyxl takes a quarter of a second to import

            datasets.marked_workbook(paths[0], findings, output)
        else:
            put({"table": as_table, "json": as_json, "csv": as_csv}[format](findings), output)
        typer.echo(summary(findings), err=True)
        raise typer.Exit(exit_code(findings))


def template(
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write it: a workbook (.xlsx), or a folder of CSV "
                                                          "files.")],
    lang: Language = "en",
) -> None:
    """An empty inquiry to fill in: every sheet, the meaning of every column, the code lists to choose from."""
    from socle import datasets  # noqa: PLC0415 - openpyxl takes a quarter of a second to import
    from socle.tables import INQUIRY  # noqa: PLC0415 - the currencies of Babel take a tenth of a second to import

    with speaking(lang):
        if output.suffix.lower() not in ("", ".xlsx"):
            raise InputError(say("The template is a workbook, or a folder of CSV files."),
                             remedy=say("Name a file that ends in .xlsx, or a folder."))
        datasets.write_template(output, INQUIRY)


def read_inquiry(path: Path, *, before: Book | None = None, schemes: Sequence[Scheme] = (),
                 limits: Limits | None = None) -> tuple[Book, list[Finding]]:
    """An inquiry as far as it can be read, filled from the catalogue, and all that is to be said about it in the order of the
    form. Raises ``Unreadable``."""
    from socle import coverage, datasets  # noqa: PLC0415 - openpyxl and numpy take half a second to import
    from socle.tables import INQUIRY, in_order  # noqa: PLC0415 - the currencies of Babel take a tenth of a second to import

    parsed = datasets.read_book(path, INQUIRY)
    incomplete = {finding.sheet for finding in parsed.errors if finding.sheet} | set(parsed.bad_rows)
    told = coverage.check(parsed.book, before=before, schemes=schemes, options=limits, incomplete=incomplete)
    return coverage.filled(parsed.book, schemes), in_order(INQUIRY, [*parsed.findings, *told])


def _in_file(path: Path, finding: Finding) -> Finding:
    """Where several inquiries are checked, a sheet says whose it is: ``kenya.xlsx: recipients``."""
    return replace(finding, sheet=": ".join(part for part in (str(path), finding.sheet) if part))


def _earlier(path: Path) -> Book:
    """The inquiry before, which must be readable; whatever else is to be said of it was said then."""
    from socle import datasets  # noqa: PLC0415 - openpyxl takes a quarter of a second to import
    from socle.tables import INQUIRY  # noqa: PLC0415 - the currencies of Babel take a tenth of a second to import

    parsed = datasets.read_book(path, INQUIRY)
    if parsed.errors:
        raise InputError(say("The inquiry before has errors."), findings=parsed.errors)
    return parsed.book


def read_schemes(folder: Path | None) -> tuple[list[Scheme], list[Finding]]:
    """Every scheme below a folder, and the errors of their files."""
    if folder is None:
        return [], []
    from socle import schemes as scheme_files  # noqa: PLC0415 - the currencies of Babel take a tenth of a second to import

    readings = [scheme_files.read(path) for path in scheme_files.found(folder)]
    if not readings:
        return [], [Finding("error", str(folder), None, None, None, "empty", say("There is no scheme.toml below this folder."),
                            say("Name a scheme file."))]
    return ([one.scheme for one in readings if one.scheme is not None],
            [finding for one in readings for finding in one.findings if finding.severity == "error"])
