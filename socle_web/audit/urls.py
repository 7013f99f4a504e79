"""Addresses of the log. The project puts them under ``audit/``."""

from __future__ import annotations

from django.urls import path

from socle_web.audit import views

urlpatterns = [
    path("", views.log, name="audit"),
    path("export.csv", views.export, name="audit-export"),
    path("records/<str:sheet>/<path:key>/", views.record, name="audit-record"),
]
