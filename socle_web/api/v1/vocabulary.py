"""The words: lists of codes with their labels."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from socle.errors import UnknownCode
from socle.vocabulary import LANGUAGES, code_list, code_lists
from socle_web.api.asking import Asked
from socle_web.api.refusing import Missing
from socle_web.api.rows import here

router = Router()


class Listed(BaseModel):
    name: str
    title: str
    source: str = Field(description="the document that defines the codes")
    codes: int = Field(description="number of codes")
    address: str


class Lists(BaseModel):
    rows: list[Listed]


class Word(BaseModel):
    code: str
    label: str = Field(description="in the language asked for")
    label_en: str
    label_fr: str
    label_es: str
    group: str | None = Field(description="the group or region it belongs to")
    source: str
    verified: bool = Field(description="false: not read in the source")


class Words(BaseModel):
    name: str
    title: str
    rows: list[Word]


@router.get("/vocabulary", response=Lists, summary="Lists of codes")
def lists(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Every closed list of codes."""
    return {"rows": [
        {"name": name, "title": one.title, "source": one.source, "codes": len(one), "address": f"{here(request)}vocabulary/{name}"}
        for name, one in code_lists().items()
    ]}


@router.get("/vocabulary/{name}", response=Words, summary="One list of codes")
def words(request: HttpRequest, name: str, asked: Query[Asked]) -> Any:
    """The codes of a list, in order, with their labels."""
    try:
        codes = code_list(name)
    except UnknownCode as unknown:
        raise Missing(str(unknown)) from unknown
    return {"name": codes.name, "title": codes.title, "rows": [
        {"code": one.code, "label": one.label(), **{f"label_{lang}": one.label(lang) for lang in LANGUAGES}, "group": one.group,
         "source": one.source, "verified": one.verified}
        for one in codes.values()
    ]}
