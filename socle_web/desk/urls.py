"""Addresses of the desk. The project puts them under ``desk/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from socle_web.desk.views import absences, board, reading, rounds, talking, work

urlpatterns: list[URLPattern] = [
    path("", work.work, name="desk"),
    path("news/", reading.read, name="desk-news"),
    path("news/read/", reading.look, name="desk-look"),
    path("comments/", talking.comment, name="desk-comment"),
    path("comments/<int:pk>/retract/", talking.retract, name="desk-retract"),
    path("absence/", absences.absence, name="desk-absence"),
    path("absence/<int:pk>/end/", absences.end, name="desk-absence-end"),
    path("calendar/", rounds.calendar, name="desk-calendar"),
    path("calendar.ics", rounds.download, name="desk-calendar-download"),
    path("calendar/plan/", rounds.plan, name="desk-plan"),
    path("calendar/<int:pk>/", rounds.round, name="desk-round"),
    path("calendar/<int:pk>/close/", rounds.close, name="desk-round-close"),
    path("calendar/<int:pk>/<str:country>/", rounds.duty, name="desk-duty"),
    path("board/", board.board, name="desk-board"),
    path("evaluation/", board.evaluation, name="desk-evaluation"),
]
