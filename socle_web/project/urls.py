"""Addresses: English at /, French at /fr/, Spanish at /es/."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("socle_web.api.v1.urls")),
    *i18n_patterns(path("", include("socle_web.pages.urls")), prefix_default_language=False),
]
