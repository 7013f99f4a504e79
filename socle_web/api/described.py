"""The interface, described by itself: OpenAPI, and the same as a page to read."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import Any

from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.operation import Operation

from socle_web.api.private import DOES_NOTHING
from socle_web.api.refusing import Refusal
from socle_web.api.repeating import HEADER
from socle_web.api.repeating import KEY as PATTERN

REF = "#/components/schemas/{model}"
Document = dict[str, Any]


SAID = {
    400: "What was sent cannot be read",
    401: "No token, or one that is not known, or no more",
    403: "The token does not do this, or not for this country or project",
    404: "There is nothing of that name",
    409: "It does not go with what is there",
    413: "More than is taken at once",
    415: "What was sent is of another kind",
    422: "A parameter is wrong; every finding says what, where, and the remedy",
    429: "Too often; `Retry-After` says how many seconds to wait",
    503: "Somebody's long work is being written down: nothing was changed; `Retry-After` says how many seconds to wait",
    507: "The disk of the server is full: nothing was changed; `Retry-After` says how many seconds to wait",
}
KEY = {
    "in": "header", "name": HEADER, "required": True, "schema": {"type": "string", "pattern": PATTERN},
    "description": "letters and digits, such as a UUID, that no other request of yours has; the same when it is repeated",
}


class Interface(NinjaAPI):
    """An interface whose description says what it refuses, and nothing that is not so."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._described: dict[tuple[str, str | None], Any] = {}

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Document | None = None) -> Any:
        """Written once for where the site stands, and for each language; each caller has its own copy."""
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        place = prefix, get_language()
        if place not in self._described:
            self._described[place] = self._written(prefix)
        return deepcopy(self._described[place])

    def _written(self, prefix: str) -> Any:
        document = super().get_openapi_schema(path_prefix=prefix)
        for address, item in document["paths"].items():
            for method, operation in item.items():
                _complete(operation, statuses=_refusals(operation, method, by_name="{" in address))
                if method == "post" and operation["operationId"] not in DOES_NOTHING:
                    operation["parameters"].append(KEY)
        refusal = Refusal.model_json_schema(ref_template=REF)
        schemas = document["components"]["schemas"] | refusal.pop("$defs") | {"Refusal": refusal}
        document["components"]["schemas"] = {name: schemas[name] for name in sorted(_referred(document["paths"], schemas))}
        return document


def _refusals(operation: Document, method: str, *, by_name: bool) -> list[int]:
    """With which statuses an operation says no."""
    statuses = [404, 422] if by_name else [422]
    if "security" in operation:
        statuses += [401, 429]
    if method in ("post", "put"):
        statuses += [400, 403, 409, 413, 415, 503, 507]
    return statuses


def _complete(operation: Document, *, statuses: list[int]) -> None:
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        whole = [part for part in schema.pop("anyOf", ()) if part != {"type": "null"}]  # a parameter is there or it is not
        parameter["schema"] = {**whole[0], **schema} if whole else schema
        for name in ("title", "description"):
            parameter["schema"].pop(name, None)
    said = {"application/json": {"schema": {"$ref": REF.format(model="Refusal")}}}
    for status in sorted(statuses):
        operation["responses"].setdefault(status, {"description": SAID[status], "content": said})
    for status in {429, 503, 507}.intersection(statuses):
        operation["responses"][status] = operation["responses"][status] | {"headers": {
            "Retry-After": {"description": "seconds", "schema": {"type": "integer"}}}}


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
