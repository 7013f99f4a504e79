"""Addresses of people, at /accounts/."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from socle_web.places import views

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="me"), name="account"),
    path("me/", views.me, name="me"),
    path("people/", views.people, name="people"),
    path("invite/", views.invite, name="invite"),
    path("people/<str:username>/", views.person, name="person"),
    path("systems/", views.systems, name="systems"),
    path("systems/<int:key>/revoke/", views.revoke, name="revoke"),
]
