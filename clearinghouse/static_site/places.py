"""Where each page of the web site stands in a folder: names that any system and any old stick can hold."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect

Arguments = Mapping[str, Any]

SEARCH = "search.html"
#: What tells one page from another at the same path.
_OF_A_PAGE = frozenset({"part", "where"})
#: What the address of a search may ask of the search in the browser.
_ASKED = ("q", "audience", "kind", "form", "topic", "sort")


def _read(at: Arguments, query: Mapping[str, list[str]]) -> str:
    part = query.get("part", ["1"])[0]
    number = f"-{part}" if part.isdigit() and part != "1" else ""
    return f"resources/{at['slug']}/{at['key']}{number}.html"


def _pathways(_at: Arguments, query: Mapping[str, list[str]]) -> str:
    where = re.sub(r"[^a-z]", "", query.get("where", [""])[0].lower())
    return f"pathways/{where}.html" if where else "pathways.html"


_PLACES: Mapping[str, Callable[[Arguments, Mapping[str, list[str]]], str]] = {
    "home.index": lambda at, query: "index.html",
    "doors.show": lambda at, query: f"doors/{at['audience']}.html",
    "topics.index": lambda at, query: "topics.html",
    "topics.show": lambda at, query: f"topics/{at['slug']}.html",
    "collections.index": lambda at, query: "collections.html",
    "collections.show": lambda at, query: f"collections/{at['slug']}.html",
    "collections.contents": lambda at, query: f"collections/{at['slug']}/contents.html",
    "glossary.index": lambda at, query: "glossary.html",
    "pathways.index": _pathways,
    "help.about": lambda at, query: "about.html",
    "help.help_now": lambda at, query: "help-now.html",
    "search.results": lambda at, query: SEARCH,
    "ask.form": lambda at, query: "ask.html",
    "resources.show": lambda at, query: f"resources/{at['slug']}.html",
    "resources.read": _read,
    "citations.resource": lambda at, query: f"resources/{at['slug']}/cite.{at['ending']}",
    "citations.collection": lambda at, query: f"collections/{at['slug']}/cite.{at['ending']}",
    "offline.index": lambda at, query: "everything.html",
    "offline.by_letter": lambda at, query: f"everything/{at['letter']}.html",
    "static": lambda at, query: f"static/{at['filename']}",
    "home.icon": lambda at, query: "static/door.svg",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A page or a file of the site, and where a copy of it stands."""

    file: str
    """Below the folder."""
    address: str
    """The shortest address that gives it."""
    original: tuple[str, str] | None = None
    """Slug and key of the edition whose original it is."""


@dataclass(frozen=True, slots=True)
class Map:
    """Tells where everything of the site stands in a folder."""

    adapter: MapAdapter
    endings: Mapping[tuple[str, str], str]
    """Slug and key of an edition to the ending of its original's name, for those that can go along."""

    def place(self, address: str) -> Place | None:
        """Where what stands at `address` goes; None where a folder can have none of it."""
        parts = urlsplit(address)
        try:
            endpoint, at = self.adapter.match(parts.path, method="GET")
        except (HTTPException, RequestRedirect):
            return None
        if endpoint == "resources.original":
            return self._original(parts.path, (at["slug"], at["key"]))
        found = _PLACES.get(str(endpoint))
        if found is None:
            return None
        query = {name: values for name, values in parse_qs(parts.query).items() if name in _OF_A_PAGE}
        return Place(found(at, query), f"{parts.path}?{urlencode(query, doseq=True)}".removesuffix("?"))

    def _original(self, path: str, edition: tuple[str, str]) -> Place | None:
        ending = self.endings.get(edition)
        if ending is None:
            return None
        slug, key = edition
        return Place(f"resources/{slug}/{key}-original{ending}", path, edition)


def asked_of_search(query: str) -> str:
    """What of the `query` of a search the search in the browser understands, as the end of an address."""
    kept = [each for each in query.split("&") if each.partition("=")[0] in _ASKED]
    return f"?{'&'.join(kept)}" if kept else ""


def from_page(page: str, file: str) -> str:
    """The way from one file to another, both below the folder."""
    return posixpath.relpath(file, posixpath.dirname(page) or ".")
