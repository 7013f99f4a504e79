"""The library speaks the language of the page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language

from socle import vocabulary


class SpeakTheReadersLanguage:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with vocabulary.speaking((get_language() or "en")[:2]):
            return self.get_response(request)
