"""socle scheme: check scheme files, and ask one what it says to a person."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from socle.cli.output import as_csv, as_json, as_table, exit_code, named_by, not_over, put, summary, tell
from socle.errors import Finding, InputError
from socle.vocabulary import Period, country, say, speaking

if TYPE_CHECKING:
    from socle.entitlements import Answer
    from socle.schemes import Case, Scheme

app = typer.Typer(help="A scheme in one file: check it, ask it.", no_args_is_help=True, rich_markup_mode=None)

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Scheme files (TOML), or folders of them.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A scheme file (TOML).")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Where to write; without it, to the terminal.")]
Language = Annotated[Literal["en", "fr", "es"], typer.Option("--lang", help="Language of what is said.")]


@app.command()
def check(
    files: Files,
    format: Annotated[Literal["table", "json", "csv"] | None,
                      typer.Option("--format", help="Without it, what the name of the output says, or table.")] = None,
    output: Output = None,
    lang: Language = "en",
) -> None:
    """Every error and warning at once, each with its line; and the worked cases beside a scheme."""
    from socle import schemes  # noqa: PLC0415 - the currencies of Babel take a tenth of a second to import

    with speaking(lang):
        chosen = format or named_by(output, ("json", "csv")) or "table"
        findings: list[Finding] = []
        ids: dict[str, str] = {}
        seen: set[Path] = set()
        for file in files:
            not_over(file, output)
            paths = schemes.found(file)
            if not paths:
                findings.append(Finding("error", str(file), None, None, None, "empty",
                                        say("There is no scheme.toml below this folder."), say("Name a scheme file.")))
            for path in paths:
                findings += _checked(path, ids, seen)
        put({"table": as_table, "json": as_json, "csv": as_csv}[chosen](findings), output)
        typer.echo(summary(findings), err=True)
        raise typer.Exit(exit_code(findings))


@app.command()
def explain(
    file: File,
    facts: Annotated[Path, typer.Option(help="A JSON object: names of facts and their values; a household has members.")],
    on: Annotated[str, typer.Option(metavar="DAY", help="The day of the question: 2024-06-30.")],
    economy: Annotated[Path | None,
                       typer.Option(help="The country's economy: its currency is that of a scheme that names none.")] = None,
    output: Output = None,
    lang: Language = "en",
) -> None:
    """Whether a person or household is entitled, to how much, why, and which facts are missing: JSON."""
    from socle import entitlements, schemes  # noqa: PLC0415 - Ibis takes half a second to import

    with speaking(lang):
        not_over(file, output)
        not_over(facts, output)
        if economy is not None:
            not_over(economy, output)
        day = _day(on)
        reading = schemes.read(file)
        given, wrong = schemes.read_given(facts)
        if wrong or reading.scheme is None:
            more = [] if wrong or reading.scheme is not None else _wrong_facts(given, day, facts)
            raise InputError(say("The scheme or the facts have errors."), findings=[*reading.findings, *wrong, *more])
        currency, told = _currency(reading.scheme, economy)
        answer = entitlements.judge(reading.scheme, given, on=day, sheet=str(facts), currency=currency)
        put(json.dumps(_as_dict(answer), ensure_ascii=False, indent=2) + "\n", output)
        tell([*reading.findings, *told])
        raise typer.Exit(exit_code([*reading.findings, *told]))


@app.command()
def schema(output: Output = None) -> None:
    """The JSON Schema of a scheme file, for an editor."""
    from socle import schemes  # noqa: PLC0415 - the currencies of Babel take a tenth of a second to import

    put(json.dumps(schemes.json_schema(), ensure_ascii=False, indent=2) + "\n", output)


def _checked(path: Path, ids: dict[str, str], seen: set[Path]) -> list[Finding]:
    """All that is to be said about a scheme file and the cases beside it. A file of cases stands for the scheme that it is beside;
    ``seen``: the files that were checked already, each of them once."""
    from socle import schemes  # noqa: PLC0415 - the currencies of Babel take a tenth of a second to import

    if path.resolve() in seen:
        return []
    seen.add(path.resolve())
    reading = schemes.read(path)
    if any(finding.code == "cases" for finding in reading.findings):
        scheme = schemes.scheme_beside(path)
        return _checked(scheme, ids, seen) if scheme is not None else _cases_alone(path)
    findings = list(reading.findings)
    if reading.scheme is not None:
        other = ids.setdefault(reading.scheme.id, str(path))
        if other != str(path):
            findings.append(Finding("error", str(path), None, "id", reading.scheme.id, "duplicate_id",
                                    say("{other} is called “{id}”, too.", other=other, id=reading.scheme.id),
                                    say("Give each scheme an id of its own.")))
    beside = schemes.beside(path)
    if beside is not None:
        cases = schemes.read_cases(beside)
        findings += cases.findings
        if reading.scheme is not None:
            findings += _cases_that_fail(reading.scheme, cases.cases, str(beside))
    return findings


def _cases_alone(path: Path) -> list[Finding]:
    """What is to be said of worked cases without their scheme."""
    from socle import schemes  # noqa: PLC0415 - the currencies of Babel take a tenth of a second to import

    alone = Finding("error", str(path), None, None, None, "cases_alone",
                    say("These are worked cases, and their scheme is not beside them: they are only read."),
                    say("Put cases.toml beside scheme.toml, NAME.cases.toml beside NAME.toml."))
    return [alone, *schemes.read_cases(path).findings]


def _cases_that_fail(scheme: Scheme, cases: tuple[Case, ...], sheet: str) -> list[Finding]:
    from socle import entitlements  # noqa: PLC0415 - Ibis takes half a second to import

    findings = []
    for case in cases:
        try:
            differences = case.differences(entitlements.judge(scheme, case.facts, on=case.day, sheet=sheet))
        except InputError as wrong:
            findings += [Finding("error", sheet, case.line, f"facts.{one.column}" if one.column else "facts", one.value, one.code,
                                 one.message, one.remedy) for one in wrong.findings]
            continue
        findings += [Finding("error", sheet, case.line, "answer", case.name or None, "case_fails", difference,
                             say("Correct the case or the scheme: they must agree.")) for difference in differences]
    return findings


def _wrong_facts(given: object, day: date, facts: Path) -> list[Finding]:
    """What is wrong with the facts, though the scheme cannot be asked."""
    from socle import entitlements  # noqa: PLC0415 - Ibis takes half a second to import

    try:
        unit = "household" if isinstance(given, dict) and "members" in given else "person"
        entitlements.read_facts(given, on=day, sheet=str(facts), unit=unit)
    except InputError as wrong:
        return list(wrong.findings)
    return []


def _currency(scheme: Scheme, economy: Path | None) -> tuple[str | None, list[Finding]]:
    """The currency of the country, where the scheme names none; and what is to be said of its file."""
    if economy is None and (scheme.currency or not country(scheme.country).made_up):
        return None, []
    from socle.cli.figures import economy_read  # noqa: PLC0415 - what it needs takes a third of a second to import

    money, told = economy_read(scheme.country, economy)
    if any(finding.severity == "error" for finding in told):
        raise InputError(say("The economy file has errors."), findings=told)
    return None if money is None else money.currency, told


def _day(text: str) -> date:
    period = Period.parse(text)
    if not period.is_day:
        raise InputError(say("“{value}” is not a day.", value=text), where={"column": "on", "value": text},
                         remedy=say("Write a day as 2024-06-30."))
    return period.start


def _as_dict(answer: Answer) -> dict[str, object]:
    return {
        "entitled": answer.entitled,
        "amount": answer.amount,
        "currency": answer.currency,
        "per": answer.per,
        "reasons": [{"text": reason.text, "article": reason.article, "source": str(reason.source) if reason.source else None}
                    for reason in answer.reasons],
        "missing": list(answer.missing),
    }
