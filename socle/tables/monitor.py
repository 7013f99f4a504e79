"""The register of policy measures as a file: one CSV or one sheet, a row an announced measure.

After the ILO Social Protection Monitor: the unit is an announced policy decision that affects how a system of social protection
works, from a small parametric change to a major reform.
"""

from __future__ import annotations

from socle.tables.columns import Column as C
from socle.tables.columns import Form, Kind, Sheet

MONITOR = Form("monitor", (
    Sheet("measures", "announced policy measures", (
        C("measure", Kind.KEY, "short identifier", required=True),
        C("country", Kind.COUNTRY, "the country", required=True),
        C("announced_on", Kind.PERIOD, "day, or year, of the announcement", required=True),
        C("title", Kind.TEXT, "what was announced, in one line", required=True),
        C("summary", Kind.TEXT, "what it does, for whom"),
        C("scheme", Kind.TEXT, "the scheme it concerns, by name"),
        C("scheme_type", Kind.CODE, "contributory, non_contributory or both", required=True, codes="MEASURE_SCHEME_TYPES"),
        C("component", Kind.CODE, "component of the floor", required=True, codes="MEASURE_COMPONENTS"),
        C("function", Kind.CODE, "function", required=True, codes="MEASURE_FUNCTIONS"),
        C("direction", Kind.CODE, "expansion or contraction", required=True, codes="MEASURE_DIRECTIONS"),
        C("kind", Kind.CODE, "parametric or structural", required=True, codes="MEASURE_KINDS"),
        C("measure_type", Kind.CODE, "type of measure; its group is the direction", required=True, codes="MEASURE_TYPES"),
        C("source", Kind.TEXT, "the publication it was announced in, with its date", required=True),
        C("url", Kind.TEXT, "where it can be read"),
    ), key=("measure",)),
))
