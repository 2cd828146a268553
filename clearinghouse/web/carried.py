"""Choices that stay while one walks: an audience, Easy Read first, resources with content notes hidden.

They live in the address and nowhere else, so that they are gone with the tab, and can be seen, shared and taken
away. Templates need do nothing: their `url_for` is `link`, which carries them to every page of this site. Python
that makes a lasting address (for a citation, say) uses Flask's own `url_for`, which carries nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for

from clearinghouse import vocabulary
from clearinghouse.web import paths

AUDIENCE, EASY, NOTES = "audience", "easy", "notes"
EASY_FIRST, HIDE = "first", "hide"

_KEY = "clearinghouse.carried"

EASY_LABEL = "Easy Read first"
HIDE_LABEL = "Without content notes"

#: What is no page of this site: files, and the way out.
_FILES = frozenset(
    {
        "static",
        "help.leave",
        "home.icon",
        "feeds.everything",
        "feeds.audience",
        "feeds.topic",
        "feeds.collection",
        "describing.json_ld",
        "describing.linkset",
        "oai.answer",
        "robots.opensearch",
        "robots.rules",
        "feeds.search",
        "suggest.suggest",
        "api.description",
        "resources.original",
        "citations.resource",
        "citations.collection",
        "citations.search",
        "collections.originals",
    }
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing chosen, and the address of the same page without it."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the visitor has chosen to keep."""

    audiences: tuple[str, ...] = ()
    easy_first: bool = False
    hide_noted: bool = False

    def values(self) -> dict[str, Any]:
        """As they stand in an address: name to value, None for what is not chosen."""
        return {
            AUDIENCE: self.audiences or None,
            EASY: EASY_FIRST if self.easy_first else None,
            NOTES: HIDE if self.hide_noted else None,
        }

    def fields(self) -> list[tuple[str, str]]:
        """As hidden fields of a form that searches: (name, value)."""
        return [
            (name, each)
            for name, value in self.values().items()
            if value
            for each in ([value] if isinstance(value, str) else value)
        ]

    def __bool__(self) -> bool:
        return bool(self.audiences or self.easy_first or self.hide_noted)


def attach(app: Flask) -> None:
    """Let every link of every template carry the choices, and every template see them."""
    app.jinja_env.filters["url_for"] = link
    app.jinja_env.globals.update(url_for=link, carried=now, chosen_here=chosen_here, here=here)


def now() -> Choices:
    """The choices in the address asked for; at a door, the audience is the door's."""
    return _within(request.environ)


def _within(environ: dict[str, Any]) -> Choices:
    known: Choices | None = environ.get(_KEY)  # every link asks
    if known is None:
        known = environ[_KEY] = _chosen()
    return known


def _chosen() -> Choices:
    door = (request.view_args or {}).get(AUDIENCE)
    asked = [door] if door else request.args.getlist(AUDIENCE)
    return Choices(
        audiences=tuple(each for each in vocabulary.AUDIENCES if each in asked),
        easy_first=request.args.get(EASY) == EASY_FIRST,
        hide_noted=request.args.get(NOTES) == HIDE,
    )


def link(endpoint: str, /, **values: Any) -> str:
    """Flask's `url_for`, carrying the choices to pages; `audience=None` leaves that one behind."""
    if values.get("_external"):
        return url_for(endpoint, **values)
    environ = request.environ
    kept = _within(environ)
    if endpoint not in _FILES and kept:
        values |= {name: value for name, value in kept.values().items() if name not in values}
    return paths.within(environ, endpoint, values)


def here(**changes: str | Iterable[str] | None) -> str:
    """The address of this page with some choices changed; None takes one away."""
    at = request.view_args or {}
    if request.endpoint is None or request.method not in {"GET", "HEAD"}:
        return link("home.index", **changes)
    asked: Mapping[str, Any] = {**request.args.to_dict(flat=False), **changes}
    query = paths.query(
        (name, each)
        for name, value in asked.items()
        if value and name != "page"
        for each in ([value] if isinstance(value, str) else value)
    )
    address = paths.to(request.endpoint, **at)
    return f"{address}?{query}" if query else address


def chosen_here() -> list[Choice]:
    """What is chosen, in words, each with the address of this page without it. A door says itself whose it is."""
    kept = now()
    audiences = () if AUDIENCE in (request.view_args or {}) else kept.audiences
    found = [
        Choice(vocabulary.AUDIENCES[each], here(audience=[other for other in audiences if other != each]))
        for each in audiences
    ]
    if kept.easy_first:
        found.append(Choice(EASY_LABEL, here(easy=None)))
    if kept.hide_noted:
        found.append(Choice(HIDE_LABEL, here(notes=None)))
    return found
