"""What a command says: findings as lines, as a table, as JSON or CSV; and how it ends."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path

from socle.errors import Finding, InputError
from socle.tables import escaped
from socle.vocabulary import say, say_many


def tell(findings: Iterable[Finding]) -> None:
    """Findings on the error stream, one a line."""
    for finding in findings:
        word = say("error") if finding.severity == "error" else say("warning")
        print(f"{word}: {finding}", file=sys.stderr)


def exit_code(findings: Iterable[Finding]) -> int:
    severities = {finding.severity for finding in findings}
    return 2 if "error" in severities else 1 if severities else 0


def needs_output(format: str, output: Path | None, *, formats: Sequence[str]) -> None:
    """Refuse to print what no terminal can show."""
    if format in formats and output is None:
        raise InputError(say("Format {format} cannot be printed.", format=format),
                         remedy=say("Say where to write it: -o FILE."))


def named_by(output: Path | None, formats: Sequence[str]) -> str | None:
    """The format that a file's name says; None where it says none, as a text does not."""
    suffix = output.suffix.lower() if output else ""
    if output is None or suffix in ("", ".txt"):
        return None
    known = [f".{one}" for one in formats if one != "table"]
    if suffix not in known:
        raise InputError(say("“{name}” ends in no format that can be written.", name=output.name),
                         where={"column": "output", "value": output.name},
                         remedy=say("Use one of: {endings}; or say the format with --format.", endings=", ".join([*known, ".txt"])))
    return suffix.removeprefix(".")


def not_over(path: Path, output: Path | None) -> None:
    """Refuse to write over what is read."""
    if output is not None and output.resolve() == path.resolve():
        raise InputError(say("{path} would be written over itself.", path=path), remedy=say("Name another file or folder with -o."))


def put(text: str, output: Path | None) -> None:
    """To the terminal, or to a file that appears whole."""
    if output is None:
        print(text, end="")
        return
    from socle import datasets  # noqa: PLC0415 - openpyxl takes a quarter of a second to import

    datasets.write_file(output, text.encode())


def summary(findings: Sequence[Finding]) -> str:
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    if not findings:
        return say("No errors and no warnings.")
    return ", ".join((say_many("{n} error", "{n} errors", errors), say_many("{n} warning", "{n} warnings", warnings))) + "."


def as_table(findings: Sequence[Finding]) -> str:
    """Aligned columns for a terminal, the sentences last."""
    head = (say("severity"), say("sheet"), say("row"), say("column"), say("value"), say("code"), say("what to know and do"))
    rows = [
        (
            say("error") if f.severity == "error" else say("warning"),
            f.sheet or "", "" if f.row is None else str(f.row), f.column or "", _one_line(f.value or ""), f.code,
            f"{f.message} {f.remedy}".strip(),
        )
        for f in findings
    ]
    if not rows:
        return ""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(6)]
    return "\n".join(
        "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[6])) for row in (head, *rows)
    ) + "\n"


def as_json(findings: Sequence[Finding]) -> str:
    return json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False, indent=2) + "\n"


def as_csv(findings: Sequence[Finding]) -> str:
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow([field.name for field in fields(Finding)])
    for finding in findings:
        lines.writerow([escaped(v) if isinstance(v, str) else v for v in finding.as_dict().values()])
    return text.getvalue()


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 24 else f"{line[:23]}…"
