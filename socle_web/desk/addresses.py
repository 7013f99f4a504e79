"""Where the work is done. The forms and files are the next room's; the desk leads there by address."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


def entry(pk: int | str) -> str:
    return f"{_work()}entries/{pk}/"


def entries(**asked: str) -> str:
    return f"{_work()}entries/{_query(asked)}"


def new(sheet: str, **prefilled: str) -> str:
    """The form of a new record, with what is known filled in."""
    return f"{_work()}{sheet}/new/{_query(prefilled)}"


def change(sheet: str, key: str) -> str:
    return f"{_work()}records/{sheet}/{key}/change/"


def template(country: str) -> str:
    return f"{_work()}templates/{country}.xlsx"


def subject(kind: str, key: str) -> str:
    """Where somebody reads what a remark is about."""
    if kind == "entry":
        return entry(key)
    return f"{reverse('audit-record', args=(kind, key))}"


def _work() -> str:
    return f"{reverse('desk').removesuffix('desk/')}work/"


def _query(asked: dict[str, str]) -> str:
    return f"?{urlencode(asked)}" if asked else ""
