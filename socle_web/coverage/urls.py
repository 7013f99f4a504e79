"""Coverage, at /coverage/: dashboards; rounds and inquiries at /coverage/work/; the register at /coverage/measures/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from socle_web.coverage import board_urls, round_urls
from socle_web.coverage.views import measures

urlpatterns: list[URLPattern | URLResolver] = [
    path("measures/", measures.register, name="measures"),
    path("measures/measures.csv", measures.download, name="measures-csv"),
    path("measures/counts.csv", measures.counts, name="measures-counts"),
    path("measures/<int:pk>/", measures.measure, name="measure"),
    path("work/measures/", measures.work, name="measures-work"),
    path("work/measures/new/", measures.new, name="measure-new"),
    path("work/measures/bring/", measures.bring, name="measures-bring"),
    path("work/measures/<int:pk>/", measures.one, name="measure-work"),
    path("work/measures/<int:pk>/edit/", measures.edit, name="measure-edit"),
    path("work/measures/<int:pk>/do/", measures.do, name="measure-do"),
    *round_urls.urlpatterns,
    *board_urls.urlpatterns,
]
