"""The description of the interface as a page to read: no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from socle_web.api.described import Interface
from socle_web.results.models import Document, Programme

PREFIX = "#/components/schemas/"
COMMON = ("lang", "page", "limit")


@dataclass(frozen=True)
class Line:
    """A parameter, or a field of a shape."""

    name: str
    kind: SafeString
    meaning: str
    required: bool


@dataclass(frozen=True)
class Address:
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Line]
    sent: SafeString | None
    shape: SafeString
    by_token: bool
    plain: bool  # can be opened as it is


@dataclass(frozen=True)
class Shape:
    name: str
    description: str
    fields: list[Line]


def reference(request: HttpRequest, interface: Interface) -> HttpResponse:
    document = interface.get_openapi_schema()
    page = render(request, "api/reference.html", {
        "origin": Programme.objects.order_by("id").first(),
        "sources": Document.objects.order_by("id"),
        "info": document["info"],
        "addresses": list(_addresses(document["paths"])),
        "common": _common(document["paths"]),
        "shapes": [
            Shape(name, shape.get("description", ""), list(_fields(shape)))
            for name, shape in document["components"]["schemas"].items() if not name.startswith("Page_")
        ],
    })
    page["Content-Language"] = "en"
    return page


def _addresses(paths: dict[str, Any]) -> Iterator[Address]:
    for path, method, asked in _operations(paths):
        parameters = [_line(p["name"], p["schema"], p.get("description", ""), p["required"]) for p in asked.get("parameters", ())
                      if p["name"] not in COMMON]
        answer = next(said for status, said in asked["responses"].items() if status < 300)["content"]["application/json"]["schema"]
        by_token = "security" in asked
        yield Address(method.upper(), path, asked["summary"], asked.get("description", ""), parameters, _sent(asked), _kind(answer),
                      by_token, plain=not by_token and not any(p.required for p in parameters))


def _sent(asked: dict[str, Any]) -> SafeString | None:
    content = asked.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        return _kind(content["application/json"]["schema"])
    return SafeString("a form (multipart/form-data) with the file as <code>file</code>") if content else None


def _operations(paths: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in paths.items():
        for method, asked in item.items():
            yield path, method, asked


def _common(paths: dict[str, Any]) -> list[Line]:
    """Parameters that mean the same everywhere."""
    given = [p for _path, _method, asked in _operations(paths) for p in asked.get("parameters", ())]
    found = {p["name"]: p for p in given if p["name"] in COMMON}
    return [_line(name, found[name]["schema"], found[name]["description"], False) for name in COMMON]


def _fields(shape: dict[str, Any]) -> Iterator[Line]:
    for name, field in shape.get("properties", {}).items():
        yield _line(name, field, field.get("description", ""), name in shape.get("required", ()))


def _line(name: str, schema: dict[str, Any], meaning: str, required: bool) -> Line:
    return Line(name, _kind(schema), meaning, required)


def _kind(schema: dict[str, Any]) -> SafeString:
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(PREFIX)
        if name.startswith("Page_"):
            inner = name.removeprefix("Page_").rstrip("_")
            if inner == "dict_str__Any":
                return SafeString("a page of rows with the columns of the sheet")
            return format_html('a page of <a href="#{0}">{0}</a>', inner)
        return format_html('<a href="#{0}">{0}</a>', name)
    if "anyOf" in schema:
        return format_html_join(" or ", "{}", ((_kind(part),) for part in schema["anyOf"]))
    if "enum" in schema:
        return format_html_join(", ", "<code>{}</code>", ((code,) for code in schema["enum"]))
    if schema.get("type") == "array":
        return format_html("list of {}", _kind(schema["items"]))
    if isinstance(schema.get("additionalProperties"), dict):
        return SafeString("columns of the sheet")
    return format_html("{}", {"string": "text", "integer": "whole number", "object": "columns of the sheet"}.get(
        schema.get("type", ""), schema.get("type", "")))
