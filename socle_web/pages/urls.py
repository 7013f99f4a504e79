"""Addresses of the pages. The project puts them at /, /fr/ and /es/."""

from __future__ import annotations

from django.urls import path

from socle_web.pages.views import (
    about,
    country,
    evaluation,
    home,
    partner,
    record,
    report,
    results,
    search,
    standing,
    team,
    theme,
    why,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("results/", results.results, name="results"),
    path("results.<str:format>", results.download, name="results-download"),
    path("countries/", country.countries, name="countries"),
    path("countries/<str:alpha3>/", country.country, name="country"),
    path("themes/", theme.themes, name="themes"),
    path("themes/<str:code>/", theme.theme, name="theme"),
    path("partners/", partner.partners, name="partners"),
    path("partners/<str:key>/", partner.partner, name="partner"),
    path("projects/<str:key>/", record.project, name="project"),
    path("changes/<str:key>/", record.change, name="change"),
    path("impacts/<str:key>/", record.impact, name="impact"),
    path("report/", report.reports, name="reports"),
    path("report/as-it-stood/", standing.as_it_stood, name="as-it-stood"),
    path("report/<str:phase>/", report.report, name="report"),
    path("report/<str:phase>/<int:year>/", report.report, name="report"),
    path("report/<str:phase>/download.<str:format>", report.download, name="report-download"),
    path("report/<str:phase>/<int:year>/download.<str:format>", report.download, name="report-download"),
    path("why/", why.why, name="why"),
    path("evaluation/", evaluation.evaluation, name="evaluation"),
    path("team/", team.team, name="team"),
    path("reconciliation/", report.reconciliation, name="reconciliation"),
    path("search/", search.search, name="search"),
    path("about/", about.about, name="about"),
    path("glossary/", about.glossary, name="glossary"),
    path("robots.txt", about.robots, name="robots"),
]
