"""The command line: one noun a file.

Exit codes of every command: 0 clean, 1 warnings only, 2 bad input or usage (nothing written), 3 a defect of ours.
"""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from importlib.metadata import version
from typing import Annotated

import typer

from socle.cli import coverage, results, scheme
from socle.cli.cost import cost
from socle.cli.fiscal_space import fiscal_space
from socle.cli.floor import floor
from socle.cli.gap import gap
from socle.cli.output import tell
from socle.errors import InputError

app = typer.Typer(
    help="Build social protection floors, and trace every figure to its records.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(results.app, name="results")
app.add_typer(coverage.app, name="coverage")
app.command("cost")(cost)
app.command("floor")(floor)
app.command("gap")(gap)
app.command("fiscal-space")(fiscal_space)
app.add_typer(scheme.app, name="scheme")


@app.callback(invoke_without_command=True)
def socle(
    ask_version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    if ask_version:
        typer.echo(version("socle"))
        raise typer.Exit


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    warnings.filterwarnings("ignore", module="openpyxl")  # it warns of features of a workbook that hold no data
    try:
        app(arguments, prog_name="socle")
        sys.stdout.flush()
    except InputError as error:
        tell(error.findings)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception:  # noqa: BLE001 - whatever reaches this line is a defect: it keeps its traceback and exits 3
        traceback.print_exc()
        sys.exit(3)
