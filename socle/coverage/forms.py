"""Small files beside a table of values: weights of countries, regions of one's own, a path to follow."""

from __future__ import annotations

from socle.tables import Column as C
from socle.tables import Form, Kind, Sheet

_COUNTRY = C("country", Kind.COUNTRY, "the country", required=True)
_YEAR = C("year", Kind.YEAR, "the calendar year", required=True)
_SERIES = C("series", Kind.KEY, "the series; empty: every series")
_SEX = C("sex", Kind.CODE, "total, female or male; empty: every sex", codes="SEXES_AND_TOTAL")

WEIGHTS = Form("weights", (
    Sheet("weights", "how many persons a percentage is a percentage of", (
        _COUNTRY, _YEAR, C("persons", Kind.NUMBER, "number of persons; empty: not known"), _SERIES, _SEX,
    ), key=("country", "year"), unique=("country", "year", "series", "sex")),
))
REGIONS_FORM = Form("regions", (
    Sheet("regions", "which countries a region holds", (
        C("region", Kind.TEXT, "the region", required=True), _COUNTRY,
    ), key=("region", "country")),
))
PATHS = Form("paths", (
    Sheet("paths", "where coverage is to go", (
        _COUNTRY, _YEAR, C("value", Kind.NUMBER, "per cent, from 0 to 100", required=True), _SERIES, _SEX,
    ), key=("country", "year"), unique=("country", "year", "series", "sex")),
))
