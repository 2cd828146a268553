"""The API described for programs: OpenAPI 3.1, made from the operations and the shapes they answer with."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, get_type_hints

import msgspec

from clearinghouse.web import problem_details
from clearinghouse.web.api.asked import Asked, Paged
from clearinghouse.web.api.operations import AREAS, MEDIA_TYPE, OPERATIONS, Operation
from clearinghouse.web.problem_details import PLACE, Problem

VERSION = "1.0.0"
"""Of the API: the first number changes, with the address, where a program would have to be changed."""

_REF = "#/components/schemas/{name}"

#: What stands in an address.
_PLACES: Mapping[str, str] = {
    "slug": "Names it, as lists and searches have it.",
    "key": "Key of the edition, such as `full-en`.",
    "number": "Number of the page, counted from 1.",
}
_STATUSES: Mapping[int, str] = {
    400: "A parameter there is none of, or a value it cannot have.",
    404: "There is no such thing.",
    406: "An answer was asked for in a form that there is none of.",
    410: "It was in the library and has been withdrawn.",
    500: "Something went wrong in the library.",
    503: "The library or its search is away; try again after `Retry-After` seconds.",
}


@cache
def document(name: str) -> dict[str, Any]:
    """The whole description, for the library of this name."""
    answers = [each.answer for each in OPERATIONS]
    _, schemas = msgspec.json.schema_components([*answers, Problem], ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": name,
            "version": VERSION,
            "summary": "Read and search a library of resources for mental health peer support.",
            "description": "Read only, without a key. Lists come in pages, with `Link` headers to the others; "
            "`ETag` and `If-None-Match` save sending what has not changed; problems are "
            "problem details (RFC 9457).",
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": area} for area in AREAS],
        "paths": {path(each): {"get": _described(each)} for each in OPERATIONS},
        "components": {"schemas": schemas},
    }


def path(operation: Operation) -> str:
    """Its address as OpenAPI writes it: ``/api/v1/resources/{slug}``."""
    parts = [f"{{{_place(part)}}}" if part.startswith("<") else part for part in operation.rule.split("/")]
    return PLACE + "/".join(parts)


def parameters(asked: type[Asked]) -> list[dict[str, Any]]:
    """What may be asked in the query."""
    _, schemas = msgspec.json.schema_components([asked], ref_template=_REF)
    return [
        {
            "name": name,
            "in": "query",
            "description": schema.get("description", ""),
            "schema": {key: value for key, value in schema.items() if key != "description"},
        }
        for name, schema in schemas[asked.__name__]["properties"].items()
    ]


def _described(operation: Operation) -> dict[str, Any]:
    said = inspect.getdoc(operation.view) or ""
    return {
        "operationId": operation.name,
        "tags": [operation.area],
        "summary": said.partition("\n")[0].rstrip("."),
        "description": said,
        "parameters": [*_places(operation), *parameters(operation.asked)],
        "responses": {
            "200": {
                "description": inspect.getdoc(operation.answer) or "",
                "headers": _headers(operation),
                "content": {MEDIA_TYPE: {"schema": {"$ref": _REF.format(name=operation.answer.__name__)}}},
            },
            "304": {"description": "It is as it was when the `ETag` in `If-None-Match` was given."},
            **{str(status): _problem(status) for status in _problems(operation)},
        },
    }


def _places(operation: Operation) -> Iterable[dict[str, Any]]:
    hints = get_type_hints(operation.view)
    for part in operation.rule.split("/"):
        if part.startswith("<"):
            name = _place(part)
            kind = {"type": "integer", "minimum": 1} if hints[name] is int else {"type": "string", "minLength": 1}
            yield {"name": name, "in": "path", "required": True, "description": _PLACES[name], "schema": kind}


def _place(part: str) -> str:
    return part.strip("<>").rpartition(":")[2]


def _headers(operation: Operation) -> dict[str, Any]:
    said = {"ETag": "Changes when the answer does."}
    if issubclass(operation.asked, Paged):
        said["Link"] = "Where the other pages are: `first`, `prev`, `next`, `last` (RFC 8288)."
    return {
        name: {"description": text, "required": True, "schema": {"type": "string"}} for name, text in said.items()
    }


def _problems(operation: Operation) -> list[int]:
    found = [400, 406, 500, 503]
    if "<" in operation.rule or "topic" in operation.asked.__struct_encode_fields__:
        found.append(404)
    if operation.rule.startswith("/resources/<"):
        found.append(410)
    return sorted(found)


def _problem(status: int) -> dict[str, Any]:
    return {
        "description": _STATUSES[status],
        "content": {problem_details.MEDIA_TYPE: {"schema": {"$ref": _REF.format(name=Problem.__name__)}}},
    }
