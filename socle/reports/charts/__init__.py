"""Charts as inline SVG: strings, escaped, without script, style or identifiers; see ``drawing``.

Each is an image with a title and a description, or, where countries or changes are links, a group of named links. Put the
table of the same figures beside it: a chart is never the only way to a number.
"""

from socle.reports.charts.bars import WITHOUT_RECORDS, Progress, bars, columns, progress
from socle.reports.charts.history import Event, Observed, history, levels, timeline
from socle.reports.charts.lines import Curve, lines
from socle.reports.charts.tiles import changes_label, tile_map, tiles

__all__ = [
    "WITHOUT_RECORDS",
    "Curve",
    "Event",
    "Observed",
    "Progress",
    "bars",
    "changes_label",
    "columns",
    "history",
    "levels",
    "lines",
    "progress",
    "tile_map",
    "tiles",
    "timeline",
]
