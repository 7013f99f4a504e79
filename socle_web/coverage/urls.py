"""Coverage, at /coverage/: dashboards; rounds and inquiries at /coverage/work/; the register at /coverage/measures/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
