"""The interface, described by itself: OpenAPI, and the same as a page to read."""

from __future__ import annotations

import json
import re
from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation

from socle_web.api.refusing import Refusal

REF = "#/components/schemas/{model}"
Document = dict[str, Any]


class Interface(NinjaAPI):
    """An interface whose description says what it refuses, and nothing that is not so."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **given: Any) -> Any:
        document = super().get_openapi_schema(**given)
        for address, item in document["paths"].items():
            _complete(item["get"], by_name="{" in address)
        refusal = Refusal.model_json_schema(ref_template=REF)
        schemas = document["components"]["schemas"] | refusal.pop("$defs") | {"Refusal": refusal}
        document["components"]["schemas"] = {name: schemas[name] for name in sorted(_referred(document["paths"], schemas))}
        return document


def _complete(operation: Document, *, by_name: bool) -> None:
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        whole = [part for part in schema.pop("anyOf", ()) if part != {"type": "null"}]  # a parameter is there or it is not
        parameter["schema"] = {**whole[0], **schema} if whole else schema
        for name in ("title", "description"):
            parameter["schema"].pop(name, None)
    said = {"application/json": {"schema": {"$ref": REF.format(model="Refusal")}}}
    if by_name:
        operation["responses"]["404"] = {"description": "There is nothing of that name", "content": said}
    operation["responses"]["422"] = {"description": "A parameter is wrong; every finding says what, where, and the remedy",
                                     "content": said}


def _referred(part: Any, schemas: Document) -> set[str]:
    """Schemas that ``part`` refers to, and those that they refer to."""
    found: set[str] = set()
    new = _names(part)
    while new:
        found |= new
        new = {name for one in new for name in _names(schemas[one])} - found
    return found


def _names(part: Any) -> set[str]:
    return set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(part)))
