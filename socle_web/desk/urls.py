"""Addresses of the desk. The project puts them under ``desk/``."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
