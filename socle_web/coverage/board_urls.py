"""Addresses of the boards, below /coverage/."""

from __future__ import annotations

from django.urls import path, re_path

from socle_web.coverage.views import boards, editions

COUNTRY = r"(?P<alpha3>[A-Za-z]{3})"

urlpatterns = [
    path("", boards.world, name="coverage"),
    path("download.<str:format>", boards.world_file, name="coverage-file"),
    path("compare/", boards.compare, name="coverage-compare"),
    path("compare/download.<str:format>", boards.compare_file, name="coverage-compare-file"),
    path("editions/", editions.editions, name="editions"),
    path("editions/differences/", editions.differences, name="editions-differences"),
    path("editions/<slug:key>/", editions.edition, name="edition"),
    path("editions/<slug:key>/download.<str:format>", editions.edition_file, name="edition-file"),
    re_path(rf"^{COUNTRY}/$", boards.country, name="coverage-country"),
    re_path(rf"^{COUNTRY}/download\.(?P<format>[a-z]{{2,5}})$", boards.country_file, name="coverage-country-file"),
    re_path(rf"^{COUNTRY}/why/$", boards.why, name="coverage-why"),
]
