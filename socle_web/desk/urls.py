"""Addresses of the desk. The project puts them under ``desk/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from socle_web.desk.views import work

urlpatterns: list[URLPattern] = [
    path("", work.work, name="desk"),
]
