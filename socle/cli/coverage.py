"""socle coverage: who is covered. Check an inquiry, report on it; regions and the outlook.

Each command is in a file of its own and is registered here: ``app.command("report")(report)``.
"""

from __future__ import annotations

import typer

from socle.cli.coverage_check import check, template
from socle.cli.coverage_records import records
from socle.cli.coverage_report import report
from socle.cli.coverage_values import aggregate, convert, editions, outlook

app = typer.Typer(help="Who is covered: check an inquiry, report on it, average over regions, look ahead.", no_args_is_help=True,
                  rich_markup_mode=None)
app.command("check")(check)
app.command("template")(template)
app.command("records")(records)
app.command("report")(report)
app.command("aggregate")(aggregate)
app.command("outlook")(outlook)
app.command("convert")(convert)
app.command("editions")(editions)
