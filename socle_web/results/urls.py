"""Addresses of the workbench. The project puts them at /workbench/, /fr/workbench/ and /es/workbench/."""

from __future__ import annotations

from django.urls import path

from socle_web.results.views import adopting, deciding, entering, files, listing, locking, mandates, showing, typing, uploads

urlpatterns = [
    path("", listing.work, name="work"),
    path("do/", listing.do, name="work-do"),
    path("new/", entering.choose, name="work-choose"),
    path("new/<str:sheet>/", entering.new, name="work-new"),
    path("entries/<int:pk>/", showing.entry, name="entry"),
    path("entries/<int:pk>/edit/", entering.edit, name="entry-edit"),
    path("entries/<int:pk>/do/", deciding.do, name="entry-do"),
    path("entries/<int:pk>/catch-up/", deciding.catch_up, name="entry-catch-up"),
    path("records/<str:sheet>/<path:key>/change/", entering.change, name="record-change"),
    path("beside/<str:sheet>/<path:key>/", showing.beside, name="work-beside"),
    path("typing/", typing.keep, name="work-typing"),
    path("typing/drop/", typing.drop, name="work-typing-drop"),
    path("consequence/", typing.consequence, name="work-consequence"),
    path("adopt/", adopting.adopt, name="work-adopt"),
    path("entries/<int:pk>/files/", files.attach, name="entry-attach"),
    path("files/<int:pk>/detach/", files.detach, name="file-detach"),
    path("templates/<str:country>.xlsx", files.template, name="upload-template"),
    path("uploads/", uploads.listed, name="uploads"),
    path("uploads/new/", uploads.new, name="upload-new"),
    path("uploads/<int:pk>/", uploads.upload, name="upload"),
    path("uploads/<int:pk>/do/", uploads.do, name="upload-do"),
    path("uploads/<int:pk>/findings.csv", uploads.findings_file, name="upload-findings"),
    path("uploads/<int:pk>/marked.xlsx", uploads.marked, name="upload-marked"),
    path("people/<str:username>/projects/", mandates.projects, name="person-projects"),
    path("locks/", locking.locks, name="work-locks"),
    path("locks/<int:pk>/unlock/", locking.unlock, name="work-unlock"),
]
