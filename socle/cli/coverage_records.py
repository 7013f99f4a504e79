"""socle coverage records: who is covered, straight from a survey or a list of beneficiaries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from socle.cli.figures import Language, Output, text_of
from socle.cli.output import exit_code, named_by, not_over, put, tell
from socle.errors import Finding, InputError
from socle.vocabulary import say, speaking

if TYPE_CHECKING:
    from socle.coverage import Records
    from socle.schemes import Scheme
    from socle.tables import Book


def records(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The records: CSV or Parquet, a row a person.")],
    mapping: Annotated[Path, typer.Option("--map", metavar="FILE.toml", help="Which columns say who is covered.")],
    scheme: Annotated[list[Path] | None,
                      typer.Option(metavar="PATH", help="Also whom this scheme file or folder would entitle. Repeatable.")] = None,
    denominators: Annotated[Path | None,
                            typer.Option(metavar="INQUIRY", help="Persons of each group from an inquiry, not the records.")] = None,
    format: Annotated[Literal["table", "json", "csv"] | None,
                      typer.Option("--format", help="Without it, what the name of the output says, or table.")] = None,
    output: Output = None,
    lang: Language = "en",
) -> None:
    """The series of SDG 1.3.1 from unit records: unions exact, what is unknown as bounds, small cells kept back."""
    from socle import coverage, datasets  # noqa: PLC0415 - numpy takes a fifth of a second to import

    with speaking(lang):
        chosen = format or named_by(output, ("json", "csv")) or "table"
        for file in (path, mapping):
            not_over(file, output)
        read = coverage.read_mapping(datasets.text_of(mapping), name=mapping.name)
        found, findings = _schemes(scheme or [])
        people, told = _denominators(denominators)
        findings += told
        if any(finding.severity == "error" for finding in findings):
            raise InputError(say("The inputs have errors."), findings=findings)
        made = _counted(path, read, found, people)
        findings += made.warnings
        _write(made, findings, chosen, output)
        tell(findings)
        raise typer.Exit(exit_code(findings))


def _counted(path: Path, mapping: Any, schemes: Sequence[Scheme], denominators: Book | None) -> Records:
    """The figures. A CSV file whose first rows did not say what its columns hold is looked at whole; any other fault that the
    engine meets on the way is the user's to mend."""
    import duckdb  # noqa: PLC0415 - only records need it

    from socle import coverage, datasets  # noqa: PLC0415 - numpy takes a fifth of a second to import

    def counted(**how: None) -> Records:
        return coverage.of_records(datasets.read_records(path, **how), mapping, schemes=schemes, denominators=denominators)

    try:
        return counted()
    except duckdb.Error:
        pass
    try:
        return counted(look_at=None)
    except duckdb.Error as error:
        raise datasets.unreadable_records(path, error) from None


def _schemes(files: Sequence[Path]) -> tuple[list[Scheme], list[Finding]]:
    from socle import schemes as scheme_files  # noqa: PLC0415 - the currencies of Babel take a tenth of a second to import

    found: list[Scheme] = []
    findings: list[Finding] = []
    for file in files:
        paths = scheme_files.found(file)
        if not paths:
            findings.append(Finding("error", file.name, None, None, None, "empty",
                                    say("There is no scheme.toml below this folder."), say("Name a scheme file.")))
        for path in paths:
            reading = scheme_files.read(path)
            findings += reading.findings
            found += [reading.scheme] if reading.scheme is not None else []
    return found, findings


def _denominators(path: Path | None) -> tuple[Book | None, list[Finding]]:
    if path is None:
        return None, []
    from socle import datasets  # noqa: PLC0415 - openpyxl takes a quarter of a second to import
    from socle.tables import INQUIRY  # noqa: PLC0415 - the currencies of Babel take a tenth of a second to import

    parsed = datasets.read_book(path, INQUIRY)
    return parsed.book, [one for one in parsed.findings if one.sheet in (None, "denominators")]


def _write(made: Records, findings: Sequence[Finding], format: str, output: Path | None) -> None:
    from socle.coverage import COLUMNS  # noqa: PLC0415 - numpy takes a fifth of a second to import

    rows = made.rows()
    if format == "json":
        told = {"rows": rows, "warnings": [finding.as_dict() for finding in dict.fromkeys(findings)]}
        put(json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n", output)
        return
    columns = COLUMNS if format == "csv" else _shown(rows)
    rows = [row | {"records": ";".join(row["records"])} for row in rows]
    put(text_of(columns, rows, options={}, warnings=(), format=format), output)


def _shown(rows: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """The columns of a table in a terminal: breakdowns that were not asked for are left out, and what is long."""
    broken_down = [name for name in ("sex", "age_group", "disability", "area") if any(row[name] != "total" for row in rows)]
    return ("series", "country", "year", *broken_down, "numerator", "denominator", "value", "bound", "family", "status")
