"""What everybody reads: the schemes, each with its law, rules, cases and versions."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from socle.schemes import Scheme
from socle_web.schemes import bridge, queries
from socle_web.schemes.models import Version
from socle_web.schemes.permissions import may_write
from socle_web.schemes.views.door import file_answer, public
from socle_web.schemes.views.shown import cases_of, sections

TOML = "application/toml; charset=utf-8"


@public
def schemes(request: HttpRequest) -> HttpResponse:
    return render(request, "schemes/schemes.html", {"countries": queries.by_country(list(queries.current_schemes()))})


@public
def scheme(request: HttpRequest, country: str, key: str, number: int | None = None) -> HttpResponse:
    version = _there(country, key, number)
    told = bridge.read(version.text)
    numbers = list(queries.numbers_of(version))
    # what is missing has a place of its own on the page
    remarks = [one for one in told.findings if not (one.column or "").startswith("missing[")]
    return render(request, "schemes/scheme.html", {
        "version": version, "scheme": told.scheme, "sections": sections(told.scheme) if told.scheme else None,
        "label": label_of(version, told.scheme), "findings": remarks, "tried": cases_of(version), "numbers": numbers,
        "is_latest": numbers[0].pk == version.pk, "writes": may_write(request.user, version.country_id)})


@public
def download(request: HttpRequest, country: str, key: str, number: int) -> HttpResponse:
    version = _there(country, key, number)
    return file_answer(version.text, TOML, version.file_name)


@public
def cases(request: HttpRequest, country: str, key: str, number: int) -> HttpResponse:
    version = _there(country, key, number)
    if not version.cases:
        raise Http404
    return file_answer(version.cases, TOML, f"{version.key}-cases.toml")


@public
def compare(request: HttpRequest, country: str, key: str, before: int, after: int) -> HttpResponse:
    old, new = _there(country, key, before), _there(country, key, after)
    return render(request, "schemes/compare_versions.html", {
        "old": old, "new": new, "label": label_of(new, bridge.read(new.text).scheme), "lines": queries.compared(old.text, new.text),
        "meanings": queries.meanings(old.text, new.text), "cases": queries.compared(old.cases, new.cases)})


def label_of(version: Version, scheme: Scheme | None) -> str:
    return scheme.label() if scheme is not None else version.key or _("A scheme that cannot be read yet")


def _there(country: str, key: str, number: int | None) -> Version:
    version = queries.published(country, key, number)
    if version is None:
        raise Http404
    return version
