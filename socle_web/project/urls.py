"""Addresses: English at /, French at /fr/, Spanish at /es/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
