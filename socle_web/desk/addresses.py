"""Where the work is done: the forms and lists of the room below, and the files of countries."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from socle_web.results.views.showing import PAGES_OF


def entry(pk: int | str) -> str:
    return reverse("entry", args=(pk,))


def entries(**asked: str) -> str:
    return f"{reverse('work')}{_query(asked)}"


def new(sheet: str, **prefilled: str) -> str:
    """The form of a new record, with what is known filled in."""
    return f"{reverse('work-new', args=(sheet,))}{_query(prefilled)}"


def change(sheet: str, key: str) -> str:
    return reverse("record-change", args=(sheet, key))


def template(country: str) -> str:
    """The workbook of a country, filled with what is known."""
    return reverse("upload-template", args=(country,))


def typing(place: str) -> str:
    """The form something was typed in: ``changes/new``, ``entry/12``, ``changes/KEN-2024-c1``."""
    head, _, rest = place.partition("/")
    if head == "entry":
        return reverse("entry-edit", args=(rest,))
    return new(head) if rest == "new" else change(head, rest)


def subject(kind: str, key: str) -> str:
    """Where somebody reads what a remark is about; empty where there is no such page."""
    if kind == "entry":
        return entry(key)
    return reverse("work-beside", args=(kind, key)) if kind in PAGES_OF else ""


def desk() -> str:
    return reverse("desk")


def absence() -> str:
    return reverse("desk-absence")


def round(key: int | str) -> str:
    return reverse("desk-round", args=(key,))


def duty(key: int | str, country: str) -> str:
    return reverse("desk-duty", args=(key, country))


def _query(asked: dict[str, str]) -> str:
    return f"?{urlencode(asked)}" if asked else ""
