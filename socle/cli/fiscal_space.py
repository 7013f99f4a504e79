"""socle fiscal-space: the eight options as flows, against what the floor costs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from socle.cli.figures import NEED_A_FILE, AFormat, Language, Output, Years, format_of, put, years_of
from socle.cli.output import needs_output
from socle.vocabulary import say, speaking

if TYPE_CHECKING:
    from socle.costing import Measures


def fiscal_space(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The measures (TOML).")],
    cost: Annotated[Path | None, typer.Option(help="What it costs: the JSON of socle cost or socle floor.")] = None,
    years: Years = None,
    format: AFormat = None,
    output: Output = None,
    lang: Language = "en",
) -> None:
    """Space by option and year; space against cost, what remains open, and how probably it is closed."""
    from socle import costing, datasets  # noqa: PLC0415 - numpy takes a fifth of a second to import

    with speaking(lang):
        chosen = format_of(format, output)
        needs_output(chosen, output, formats=NEED_A_FILE)
        text = datasets.text_of(file) if file.suffix else costing.preset_text(str(file), "fiscal-space")
        measures = costing.read_measures(text, name=file.name)
        against = None if cost is None else costing.cost_of_rows(datasets.text_of(cost), name=cost.name)
        asked = years_of(years) if years else tuple(sorted(measures.cost if against is None else against)) or _span(measures)
        found = costing.fiscal_space(measures, years=asked, cost=against)
        put(found.columns, list(found.rows()), options={"measures": file.name, "independent": True, "levels": "uniform"},
            findings=found.warnings, format=chosen, output=output, more={"balance": list(found.balance())},
            title=say("Fiscal space"))


def _span(measures: Measures) -> tuple[int, ...]:
    """Without years and cost: from the first start until every measure flows in full."""
    starts = [(one.start, one.start + one.ramp - 1) for one in measures.measures]
    return tuple(range(min(first for first, _ in starts), max(last for _, last in starts) + 1))
