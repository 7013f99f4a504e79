"""Addresses of schemes, at /schemes/: what is published, the studio, and what is on its way (/schemes/work/)."""

from __future__ import annotations

from django.urls import path

from socle_web.schemes.views import files, reading, scenarios, studio, working

urlpatterns = [
    path("", reading.schemes, name="schemes"),
    path("studio/", studio.costing, name="studio"),
    path("studio/why/", studio.why, name="studio-why"),
    path("studio/costing.<str:format>", files.of_studio, name="studio-file"),
    path("scenarios/costing.<str:format>", files.of_scenarios, name="scenarios-file"),
    path("scenarios/<str:key>/costing.<str:format>", files.of_scenario, name="scenario-file"),
    path("scenarios/", scenarios.compare, name="scenarios"),
    path("scenarios/<str:key>/", scenarios.scenario, name="scenario"),
    path("work/", working.work, name="scheme-work"),
    path("work/new/", working.new, name="scheme-new"),
    path("work/keep/", scenarios.new, name="scenario-new"),
    path("work/scenarios/<str:key>/do/", scenarios.do, name="scenario-do"),
    path("work/change/<str:country>/<str:key>/", working.change, name="scheme-change"),
    path("work/<int:pk>/", working.draft, name="scheme-draft"),
    path("work/<int:pk>/edit/", working.edit, name="scheme-edit"),
    path("work/<int:pk>/do/", working.do, name="scheme-do"),
    path("work/<int:pk>/file.toml", working.download, name="scheme-file"),
    path("<str:country>/<str:key>/", reading.scheme, name="scheme"),
    path("<str:country>/<str:key>/<int:number>/", reading.scheme, name="scheme-version"),
    path("<str:country>/<str:key>/<int:number>/scheme.toml", reading.download, name="scheme-download"),
    path("<str:country>/<str:key>/<int:number>/cases.toml", reading.cases, name="scheme-cases"),
    path("<str:country>/<str:key>/<int:before>/to/<int:after>/", reading.compare, name="scheme-compare"),
]
