"""The API explained to people who write programs: a page like any other here, made from the same description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, url_for

from clearinghouse.visiting import browsing, listing
from clearinghouse.web import site
from clearinghouse.web.api import openapi
from clearinghouse.words import glossary

blueprint = Blueprint("api_guide", __name__)

#: Asked in the examples, of a place that takes questions.
_QUESTIONS = {"/api/v1/search": "?q=peer+support&audience=consumers", "/api/v1/suggestions": "?q=peer"}
_TYPES = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}
#: Resources among which one is looked for that can be read here.
_LOOKED_AT = 20
_LIMITS = {"minimum": "at least {}", "maximum": "at most {}", "maxLength": "at most {} characters"}
_FORMATS = {"date": "day", "date-time": "moment"}


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter, or a part of an answer."""

    name: str
    before: str
    """What it is, in words; with `shape`, what comes before its name, such as ``list of``."""
    shape: str
    """Name of the shape it has, if it has one."""
    after: str
    words: tuple[str, ...]
    """The list it is from."""
    description: str


@dataclass(frozen=True, slots=True)
class Example:
    """One address that answers."""

    path: str
    description: str
    parameters: tuple[Value, ...]
    answer: str
    """Name of the shape of its answer."""
    address: str
    """To try: with names of what is in the library now."""


@blueprint.get("/api")
def guide() -> Response:
    """What can be asked, with what, and what is answered."""
    described = openapi.document(site.library().settings.site_name)
    names = _names()
    operations = [(path, each["get"]) for path, each in described["paths"].items()]
    areas = [
        (tag["name"], [_example(path, each, names) for path, each in operations if tag["name"] in each["tags"]])
        for tag in described["tags"]
    ]
    shapes = [
        (name, schema.get("description", ""), _values(schema["properties"]))
        for name, schema in sorted(described["components"]["schemas"].items())
    ]
    page = render_template(
        "api/guide.html", areas=areas, shapes=shapes, host=url_for("home.index", _external=True).rstrip("/")
    )
    response = make_response(page)
    response.headers["Link"] = (
        f'<{url_for("api.description")}>; rel="service-desc"; type="application/json"'  # RFC 8631
    )
    return response


def _names() -> Mapping[str, Mapping[str, str]]:
    """For each list, something that is in it now; empty for an empty library."""
    library = site.library()
    newest = listing.published(library, page=1, size=_LOOKED_AT).resources
    to_read = [(one, edition) for one in newest for edition in one.editions if edition.page_count]
    named = {
        "topics": [topic.slug for topic, count in browsing.topics(library) if count],
        "collections": [each.slug for each in browsing.collections(library)],
        "glossary": [each.slug for each in glossary.words(library)],
    }
    found = {name: {"slug": slugs[0]} for name, slugs in named.items() if slugs}
    for resource, edition in to_read[:1]:
        found["resources"] = {"slug": resource.card.slug, "key": edition.key, "number": "1"}
    return found


def _example(path: str, operation: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]) -> Example:
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    address = path
    of_list = path.removeprefix("/api/v1/").partition("/")[0]
    for place, name in names.get(of_list, {}).items():
        address = address.replace(f"{{{place}}}", name)
    values = {
        each["name"]: {"description": each["description"], **each["schema"]} for each in operation["parameters"]
    }
    return Example(
        path=path,
        description=operation["description"],
        parameters=_values(values),
        answer=_reference(answer),
        address=address + _QUESTIONS.get(path, ""),
    )


def _values(properties: Mapping[str, Mapping[str, Any]]) -> tuple[Value, ...]:
    return tuple(_value(name, schema) for name, schema in properties.items())


def _value(name: str, schema: Mapping[str, Any]) -> Value:
    before, kind, after = "", schema, ""
    if "anyOf" in kind:
        kind = next(each for each in kind["anyOf"] if each.get("type") != "null")
        after = ", or null"
    if kind.get("type") == "array":
        before, kind = "list of ", kind.get("items") or {"type": "list"}
    if kind.get("type") == "object":
        before, kind = f"{before}name to ", kind["additionalProperties"]
    return Value(
        name=name,
        before=before + ("" if "$ref" in kind else _in_words(kind)),
        shape=_reference(kind),
        after=after + _usually(schema),
        words=tuple(map(str, kind.get("enum", ()))),
        description=schema.get("description", ""),
    )


def _in_words(kind: Mapping[str, Any]) -> str:
    if "enum" in kind:
        return "one of"
    if "prefixItems" in kind or kind.get("type") == "list":
        return "pair of whole numbers"
    said = _FORMATS.get(kind.get("format", "")) or _TYPES[kind["type"]]
    limits = [words.format(kind[name]) for name, words in _LIMITS.items() if kind.get(name)]
    return ", ".join([said, *limits])


def _usually(schema: Mapping[str, Any]) -> str:
    return f"; {schema['default']} if not said" if schema.get("default") else ""


def _reference(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
