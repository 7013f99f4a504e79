"""Addresses of rounds and inquiries, at /coverage/work/."""

from __future__ import annotations

from django.urls import URLPattern, path

from socle_web.coverage.views import bulletins, inquiries, rounds

urlpatterns: list[URLPattern] = [
    path("work/", rounds.listed, name="rounds"),
    path("work/rounds/new/", rounds.new, name="inquiry-round-new"),
    path("work/rounds/<int:pk>/", rounds.one, name="inquiry-round"),
    path("work/rounds/<int:pk>/do/", rounds.do, name="inquiry-round-do"),
    path("work/inquiries/<int:pk>/", inquiries.one, name="inquiry"),
    path("work/inquiries/<int:pk>/bring/", inquiries.bring, name="inquiry-bring"),
    path("work/inquiries/<int:pk>/brought/<int:delivery>/", inquiries.brought, name="inquiry-brought"),
    path("work/inquiries/<int:pk>/questionnaire.xlsx", inquiries.questionnaire, name="inquiry-questionnaire"),
    path("work/inquiries/<int:pk>/sheets/<str:name>/", inquiries.sheet, name="inquiry-sheet"),
    path("work/inquiries/<int:pk>/compare/", inquiries.compare, name="inquiry-compare"),
    path("work/inquiries/<int:pk>/query/", inquiries.query, name="inquiry-query"),
    path("work/inquiries/<int:pk>/threads/<int:key>/", inquiries.thread, name="inquiry-thread"),
    path("work/inquiries/<int:pk>/do/", inquiries.do, name="inquiry-do"),
    path("work/inquiries/<int:pk>/bulletin/<int:year>/download.<str:format>", bulletins.inquiry, name="inquiry-bulletin"),
]
