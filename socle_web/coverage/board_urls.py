"""Addresses of the boards, below /coverage/."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from socle_web.coverage.views import boards, bulletins, editions


class Iso3(StringConverter):
    """Three letters, a code of a country."""

    regex = "[A-Za-z]{3}"


register_converter(Iso3, "iso3")

urlpatterns = [
    path("", boards.world, name="coverage"),
    path("download.<str:format>", boards.world_file, name="coverage-file"),
    path("compare/", boards.compare, name="coverage-compare"),
    path("compare/download.<str:format>", boards.compare_file, name="coverage-compare-file"),
    path("editions/", editions.editions, name="editions"),
    path("editions/differences/", editions.differences, name="editions-differences"),
    path("editions/<slug:key>/", editions.edition, name="edition"),
    path("editions/<slug:key>/download.<str:format>", editions.edition_file, name="edition-file"),
    path("<iso3:alpha3>/", boards.country, name="coverage-country"),
    path("<iso3:alpha3>/download.<str:format>", boards.country_file, name="coverage-country-file"),
    path("<iso3:alpha3>/why/", boards.why, name="coverage-why"),
    path("<iso3:alpha3>/bulletin/<int:year>/download.<str:format>", bulletins.country, name="coverage-bulletin"),
]
