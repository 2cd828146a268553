"""Resources made at once, without a child process to read them: rows, originals and outbox are the real ones."""

from __future__ import annotations

import hashlib
from pathlib import Path

import ingest
from clearinghouse.acquisition import intake
from clearinghouse.acquisition.wanted import Outcome, Wanted
from clearinghouse.holdings import catalogue, collections, editions, resource_fields
from clearinghouse.holdings.collections import Placement
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from ingest import Extracted, Page, Source, fingerprint

#: What makes a record publishable, for tests that are about something else.
STAFF = Record(kind="guideline", audiences=("staff",))


def document(library: Library, name: str, content: str | bytes) -> Path:
    """A file beside the library's home."""
    path = library.settings.home.parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def a_resource(
    library: Library,
    title: str,
    *pages: str,
    kind: str | None = "guideline",
    audiences: tuple[str, ...] | None = ("staff",),
    draft: bool = False,
    form: str = "full",
    language: str | None = "en",
    place: Placement | None = None,
    **said: object,
) -> str:
    """A resource with one edition that has `pages`; published unless `draft`. Returns its slug."""
    word = Record(title=title, kind=kind, audiences=audiences, **said)  # type: ignore[arg-type]
    with library.database.writing() as session:
        row = catalogue.new_row(session, library, title)
        if pages:
            source = _source(library, row.slug, pages)
            editions.new(session, row, source, extracted(*pages), form, language, "")
        resource_fields.apply(session, row, word, by_curator=True)
        if place is not None:
            collections.put(session, row, place)
        if not draft:
            catalogue.publish_row(session, library, row)
        return row.slug


def an_edition(library: Library, slug: str, *pages: str, form: str = "full", language: str | None = "en") -> None:
    """Another edition of the resource `slug`."""
    with library.database.writing() as session:
        row = catalogue.find(session, slug)
        source = _source(library, f"{slug} {form} {language}", pages)
        editions.new(session, row, source, extracted(*pages), form, language, "")


def extracted(*pages: str, **rest: object) -> Extracted:
    """A document read to the end, a page for each of `pages`."""
    kept = tuple(Page(number, str(number), "", text) for number, text in enumerate(pages, start=1))
    return Extracted(pages=kept, fingerprint=fingerprint.of(kept), **rest)  # type: ignore[arg-type]


def take_in(library: Library, *things: Wanted) -> list[Outcome]:
    """Everything that intake says of `things`."""
    return list(intake.take_in(library, things))


def wanted(path: Path | str, said: Record = STAFF, **rest: object) -> Wanted:
    """A file or an address that is wanted."""
    return Wanted(shown=str(path), location=str(path), record=said, **rest)  # type: ignore[arg-type]


def sha256(content: str | bytes) -> str:
    """Hex digest of `content`."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _source(library: Library, name: str, pages: tuple[str, ...]) -> Source:
    path = document(library, f"made/{name}.txt", name + "\n" + "\n\n".join(pages))
    source = ingest.read_file(path, max_bytes=10_000_000)
    library.originals.keep(source.path, source.sha256)
    return source
