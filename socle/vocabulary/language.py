"""The language a person reads in, and the sentences of the library in that language.

A sentence is an English literal in ``say("...")``; ``scripts/messages.py`` collects the literals into the catalogue of
domain ``socle``. The language is a context variable: safe in threads and in asynchronous code.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

LANGUAGES = ("en", "fr", "es")

_language: ContextVar[str] = ContextVar("language", default="en")


def language() -> str:
    """The language spoken now: ``en``, ``fr`` or ``es``."""
    return _language.get()


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak ``lang`` inside the block. A language variant ("fr-CH") speaks its language, any other language English."""
    token = _language.set(known_language(lang))
    try:
        yield
    finally:
        _language.reset(token)


def say(sentence: str, /, **values: object) -> str:
    """The sentence in the language spoken now, with its ``{names}`` filled in."""
    found = catalogue(_language.get()).gettext(sentence)
    return found.format(**values) if values else found


def known_language(lang: str) -> str:
    """``fr`` for "fr", "FR" and "fr-CH"; English for a language the library does not speak."""
    primary = lang.replace("_", "-").partition("-")[0].lower()
    return primary if primary in LANGUAGES else "en"


@cache
def catalogue(lang: str) -> NullTranslations:
    """The translated sentences of one language; empty for English."""
    file = files("socle.vocabulary").joinpath("locale", lang, "LC_MESSAGES", "socle.mo")
    if not file.is_file():
        return NullTranslations()
    with file.open("rb") as stream:
        return GNUTranslations(stream)
