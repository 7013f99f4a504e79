"""socle coverage aggregate, outlook, convert and editions: values of many countries, averaged, carried on, written, compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

from socle.cli.figures import NEED_A_FILE, AFormat, Format, Language, Output, format_of, put, years_of
from socle.cli.output import exit_code, needs_output, not_over, tell
from socle.errors import Finding, InputError
from socle.vocabulary import say, speaking

if TYPE_CHECKING:
    from socle.coverage import Weights
    from socle.tables import Values

Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Values (CSV, XLSX, folder), or an inquiry.")]
AWeights = Annotated[Path | None,
                     typer.Option("--weights", metavar="FILE", help="Persons: country, year, persons; also series, sex.")]
AnOption = Annotated[list[str] | None, typer.Option("--option", metavar="K=V", help="A convention. Repeatable.")]
ASeries = Annotated[list[str] | None, typer.Option("--series", metavar="CODE", help="Only this series. Repeatable.")]
AVintage = Annotated[str | None, typer.Option("--vintage", metavar="NAME", help="The edition, where there are several.")]
ABy = Annotated[str, typer.Option("--by", metavar="GROUPING",
                                  help="ilo_region, ilo_subregion, un_region, income_group, world, or a file: region, country.")]


def aggregate(
    paths: Paths,
    by: ABy = "ilo_region",
    weights: AWeights = None,
    series: ASeries = None,
    year: Annotated[list[str] | None, typer.Option("--year", metavar="YEAR", help="2023 or 2015:2023. Repeatable.")] = None,
    vintage: AVintage = None,
    option: AnOption = None,
    format: AFormat = None,
    output: Output = None,
    lang: Language = "en",
) -> None:
    """Regional and world averages, weighted by each series' own denominator."""
    from socle import coverage  # noqa: PLC0415 - numpy takes a fifth of a second to import

    with speaking(lang):
        chosen = format_of(format, output)
        needs_output(chosen, output, formats=NEED_A_FILE)
        conventions = _conventions(option or [], ("threshold", "impute", "vintage"))
        years = sorted({one for text in year or [] for one in years_of(text)})
        edition = vintage or conventions.get("vintage")
        values, findings = _values([*paths], output, edition=edition)
        persons, told = _weights(weights, output)
        groups, more = _groups(by, output)
        findings += [*told, *more]
        found = coverage.aggregate(
            _only(coverage.of_vintage(values, edition), series or []), by=groups, weights=persons, threshold=_share(conventions),
            impute=conventions.get("impute"))
        rows = found.rows(years=years)
        if years and not rows:
            raise InputError(say("There is nothing of these years."), where={"column": "year", "value": ", ".join(year or [])},
                             remedy=say("There are: {names}.", names=", ".join(map(str, found.years))))
        columns = found.columns if found.with_imputed is not None else found.columns[:-3]
        _put(say("Coverage by region"), columns, [{name: row[name] for name in columns} for row in rows],
             options={**found.options, "by": by}, findings=[*findings, *found.warnings], format=chosen, output=output)


def outlook(
    paths: Paths,
    path: Annotated[str, typer.Option("--path", metavar="PATH", help="+2, as_last:10, or a file: country, year, value.")],
    to: Annotated[int, typer.Option("--to", help="The last year.")] = 2030,
    base_year: Annotated[int | None, typer.Option("--base-year", help="Without it, the last year of each series.")] = None,
    weights: AWeights = None,
    by: ABy = "world",
    target: Annotated[float, typer.Option("--target", help="Per cent to reach.")] = 100.0,
    series: ASeries = None,
    vintage: AVintage = None,
    option: AnOption = None,
    format: AFormat = None,
    output: Output = None,
    lang: Language = "en",
) -> None:
    """Where coverage goes on a path, how far the target is, and who is left behind."""
    from socle import coverage, datasets  # noqa: PLC0415 - numpy takes a fifth of a second to import

    with speaking(lang):
        chosen = format_of(format, output)
        needs_output(chosen, output, formats=NEED_A_FILE)
        conventions = _conventions(option or [], ("threshold", "trend", "vintage"))
        edition = vintage or conventions.get("vintage")
        values, findings = _values([*paths], output, edition=edition)
        persons, told = _weights(weights, output)
        groups, more = _groups(by, output)
        findings += [*told, *more]
        way: str | coverage.Path = path
        if _is_a_file(path):
            not_over(Path(path), output)
            way, beside = datasets.read_path(Path(path))
            findings += beside
        trend: Any = conventions.get("trend", "mean_change")
        found = coverage.outlook(
            _only(coverage.of_vintage(values, edition), series or []), path=way, to=to, base_year=base_year, weights=persons,
            by=groups, target=target,
            trend=trend, threshold=_share(conventions))
        _put(say("Coverage ahead"), found.columns, found.rows, options={**found.options, "by": by},
             findings=[*findings, *found.warnings], format=chosen, output=output,
             more={"targets": found.targets, "left_behind": found.left_behind})


def convert(
    paths: Paths,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write: .csv, .xlsx or .json.")],
    to: Annotated[Literal["un", "tidy", "sdmx", "sdmx-1.0"],
                  typer.Option("--to", help="The layout: of the UN, tidy, or SDMX-CSV.")] = "un",
    vintage: Annotated[str | None,
                       typer.Option("--vintage", metavar="NAME", help="Name the edition, where the file does not.")] = None,
    lang: Language = "en",
) -> None:
    """Write values in another layout: as the UN does, as SDMX-CSV, or tidy."""
    from socle import datasets  # noqa: PLC0415 - numpy takes a fifth of a second to import

    with speaking(lang):
        values, findings = _values([*paths], output, vintage=vintage)
        datasets.write_values(values, output, to=to)
        tell(findings)
        raise typer.Exit(exit_code(findings))


def editions(
    older: Annotated[Path, typer.Argument(metavar="OLDER", help="Values of one edition.")],
    newer: Annotated[Path, typer.Argument(metavar="NEWER", help="Values of a later one.")],
    format: AFormat = None,
    output: Output = None,
    lang: Language = "en",
) -> None:
    """What a later edition says differently of the same areas and years."""
    from socle import coverage  # noqa: PLC0415 - numpy takes a fifth of a second to import

    with speaking(lang):
        chosen = format_of(format, output)
        needs_output(chosen, output, formats=NEED_A_FILE)
        before, findings = _values([older], output)
        after, more = _values([newer], output)
        found = coverage.compare_editions(before, after)
        counts = {status: sum(one.status == status for one in found) for status in ("restated", "added", "removed")}
        _put(say("What an edition restates"), coverage.RESTATED_COLUMNS, [one.as_row() for one in found], options=counts,
             findings=[*findings, *more], format=chosen, output=output)


def _values(paths: Sequence[Path], output: Path | None, *, vintage: str | None = None,
            edition: str | None = None) -> tuple[Values, list[Finding]]:
    """The values of every file, or the figures of an inquiry; of several editions, ``edition``; ``vintage`` names one where a file
    does not. Every error of every file at once."""
    from socle import coverage, datasets  # noqa: PLC0415 - numpy takes a fifth of a second to import

    parts: list[Values] = []
    findings: list[Finding] = []
    for path in paths:
        not_over(path, output)
        if _is_inquiry(path):
            values, told = _of_inquiry(path, vintage)
        else:
            reading = datasets.read_values(path, vintage=vintage)
            values, told = reading.values, reading.findings
        findings += [_in_file(one, path) for one in told] if len(paths) > 1 else told
        if values is not None:
            parts.append(coverage.of_vintage(values, edition) if edition in values.vintages else values)
    if any(finding.severity == "error" for finding in findings):
        raise InputError(say("The values have errors."), findings=findings)
    found = coverage.joined(parts)
    if len(parts) > 1 and "" in found.vintages:
        findings.append(Finding("warning", None, None, "vintage", None, "vintage_missing",
                                say("The files do not say of which edition they are."),
                                say("Add a column vintage: an edition restates the past, and two are not joined.")))
    return found, findings


def _is_inquiry(path: Path) -> bool:
    """Whether a folder or workbook has the sheets of an inquiry."""
    from socle import datasets, tables  # noqa: PLC0415 - openpyxl takes a quarter of a second to import

    if path.suffix.lower() in (".csv", ".json"):
        return False
    sheets, _findings = datasets.read_raw(path)
    names = {sheet.name.strip().casefold() for sheet in sheets}
    return bool(names & {"schemes", "recipients", "denominators", "protected"} & {sheet.name for sheet in tables.INQUIRY})


def _of_inquiry(path: Path, vintage: str | None) -> tuple[Values | None, Sequence[Finding]]:
    from socle import coverage, datasets, tables  # noqa: PLC0415 - numpy takes a fifth of a second to import

    parsed = datasets.read_book(path, tables.INQUIRY)
    if parsed.errors:
        return None, parsed.findings
    report = coverage.report(parsed.book)
    warnings = [one for one in report.warnings if one.code != "economy_missing"]  # money is no matter of these figures
    return coverage.values_of(report.figures, vintage=vintage or ""), [*parsed.findings, *warnings]


def _in_file(finding: Finding, path: Path) -> Finding:
    return replace(finding, sheet=path.name if finding.sheet in (None, path.stem) else f"{path.name}: {finding.sheet}")


def _weights(path: Path | None, output: Path | None) -> tuple[Weights | None, Sequence[Finding]]:
    from socle import datasets  # noqa: PLC0415 - numpy takes a fifth of a second to import

    if path is None:
        return None, ()
    not_over(path, output)
    return datasets.read_weights(path)


def _groups(by: str, output: Path | None) -> tuple[str | Mapping[str, Iterable[str]], Sequence[Finding]]:
    """One of the groupings, or the regions of a file."""
    from socle import coverage, datasets  # noqa: PLC0415 - numpy takes a fifth of a second to import

    if by in coverage.GROUPINGS or not _is_a_file(by):
        return by, ()
    not_over(Path(by), output)
    return datasets.read_regions(Path(by))


def _is_a_file(text: str) -> bool:
    return Path(text).suffix.lower() in (".csv", ".xlsx", ".zip")


def _conventions(options: Iterable[str], known: Sequence[str]) -> dict[str, str]:
    """``key=value`` texts; everything that is wrong at once."""
    found: dict[str, str] = {}
    findings = []
    for text in options:
        key, equals, value = (part.strip() for part in text.partition("="))
        if key not in known or not equals or not value or key in found:
            findings.append(Finding("error", None, None, "option", text, "input", say("“{value}” is no option.", value=text),
                                    say("Use one of: {codes}.", codes=", ".join(f"{name}=..." for name in known))))
        found[key] = value
    if findings:
        raise InputError(findings[0].message, findings=findings)
    return found


def _share(conventions: Mapping[str, str]) -> float:
    text = conventions.get("threshold", "0.5")
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise InputError(say("{value} is no share.", value=text), where={"column": "threshold", "value": text},
                         remedy=say("Write a share from 0 to 1, such as 0.5."))
    return share


def _only(values: Values, series: Sequence[str]) -> Values:
    """The rows of these series. An ``InputError`` names those that are not there."""
    if not series:
        return values
    missing = [name for name in series if name not in values.series.used]
    if missing:
        raise InputError(say("There is no series {name} in the values.", name=", ".join(missing)),
                         where={"column": "series", "value": ", ".join(missing)},
                         remedy=say("There are: {names}.", names=", ".join(values.series.used[:20])))
    return values.take([name in series for name in values.series])


def _put(title: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], *, options: Mapping[str, object],
         findings: Sequence[Finding], format: Format, output: Path | None,
         more: Mapping[str, Sequence[Mapping[str, Any]]] | None = None) -> NoReturn:
    """Write the figures, tell the findings, leave with the exit code."""
    if format in ("table", "json", "csv"):
        words = {True: say("yes"), False: say("no")} if format == "table" else {True: "yes", False: "no"}  # as files are
        shown = rows if format == "json" else [
            {name: words[one] if isinstance(one, bool) else one for name, one in row.items()} for row in rows]
        put(columns, shown, options=options, findings=findings, format=format, output=output, more=more, title=title)
    from socle import datasets, reports  # noqa: PLC0415 - python-docx and typst take half a second to import

    told = tuple(dict.fromkeys(findings))
    names = {"targets": say("Distance to the target"), "left_behind": say("Persons not covered")}
    tables = [reports.ValueTable(title, columns, rows),
              *(reports.ValueTable(names[name], tuple(one[0]), one) for name, one in (more or {}).items() if one)]
    if format == "xlsx":
        content = reports.values_workbook(tables, options=options, warnings=told)
    else:
        paper = reports.values_document(title, tables, options=options, warnings=told, by=str(options.get("by", "")))
        content = reports.render(paper, format)
    if output is None:
        typer.echo(content.decode(), nl=False)
    else:
        datasets.write_file(output, content)
    tell(told)
    raise typer.Exit(exit_code(told))
