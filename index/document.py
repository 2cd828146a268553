"""What the index is given: one document for each published resource."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class PageText:
    """The searchable text of one page, and where it stands."""

    edition: str
    """Key of the edition within its resource, such as ``full-en``."""
    number: int
    """Counted from 1 within the edition."""
    text: str
    """Heading and text of the page."""
    meant: bool = True
    """Whether it tells what the document is about. A translation is searched, but its words would blur that."""


@dataclass(frozen=True, slots=True)
class Document:
    """Everything an engine may know of one resource."""

    id: str
    title: str
    summary: str = ""
    authors: tuple[str, ...] = ()
    organisation: str = ""
    topics: tuple[str, ...] = ()
    """Topic labels as people read them; their slugs are in ``facets["topic"]``."""
    identifiers: tuple[str, ...] = ()
    """DOIs, ISBNs and course codes, found as whole words."""
    pages: tuple[PageText, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Filter name to values, such as ``{"audience": ("carers", "staff"), "kind": ("guideline",)}``."""
    year: int | None = None
    added: str = ""
    """When the resource was first published, as ISO 8601 in UTC: the order of "newest"."""

    def digest(self) -> str:
        """SHA-256 (hex) of the content, the same on every machine: equal digests, equal documents."""
        named = [getattr(self, name) for name in self.__slots__ if name not in ("pages", "facets")]
        # What is nearly always so adds nothing: digests made before this was told are right still.
        pages = [(page.edition, page.number, page.text, *(() if page.meant else (0,))) for page in self.pages]
        facets = sorted((name, list(values)) for name, values in self.facets.items())
        content = _json([named, pages, facets])
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def settled(put: Iterable[Document], drop: Iterable[str]) -> tuple[dict[str, Document], set[str]]:
    """What a write comes to: id to the last document of that id, and ids to drop; an id in both is put."""
    documents = {document.id: document for document in put}
    return documents, set(drop) - documents.keys()
