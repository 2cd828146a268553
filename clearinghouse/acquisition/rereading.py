"""Use case: read kept originals again, once a program is installed that reads more of them, or a reader does."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

import ingest
from clearinghouse import indexing
from clearinghouse.acquisition import readers
from clearinghouse.acquisition.wanted import Outcome
from clearinghouse.errors import NotFound
from clearinghouse.holdings import catalogue, editions
from clearinghouse.library import Library
from clearinghouse.models import Edition
from ingest import Extracted, Source
from ingest.errors import IngestProblem


def choose(library: Library, slug: str = "", key: str = "") -> list[int]:
    """Ids of the editions of a resource with an original, or of the one with this key.

    Without a `slug`, of every edition that has pages which could not be read. Raises `NotFound`.
    """
    with library.database.reading() as session:
        if not slug:
            found = select(Edition.id).where(Edition.original_sha256.is_not(None), Edition.unread.any())
            return list(session.scalars(found.order_by(Edition.id)))
        row = catalogue.find(session, slug)
        there = [each for each in row.editions if each.original_sha256 and key in {"", each.key}]
        if not there:
            which = f"no form “{key}”" if key else "no form"
            raise NotFound(
                f"“{slug}” has {which} with an original that could be read again; see `clearinghouse edition list "
                f"{slug}`."
            )
        return [each.id for each in there]


def reread(library: Library, ids: list[int]) -> Iterator[Outcome]:
    """Read the originals of these editions again, and bring the index up to date.

    Each ends as ``updated``, as ``checked`` where it says what it said, or as ``failed``; then its text stays.
    What is known of the resource stays as it is.
    """
    there = [(each, source) for each in ids if (source := _source(library, each))]
    with ingest.Extractor(library.settings.jobs, readers.limits(library.settings)) as extractor:
        readings = extractor.run(source for _, source in there)
        for (each, _), (source, read) in zip(there, readings, strict=True):
            with library.database.writing() as session:
                edition = session.get(Edition, each)
                outcome = _kept(session, library, edition, source, read) if edition else None
            if outcome:
                yield outcome
    indexing.sync(library)


def _source(library: Library, edition_id: int) -> Source | None:
    with library.database.reading() as session:
        edition = session.get(Edition, edition_id)
        original = edition.original if edition else None
        if edition is None or original is None:
            return None
        return Source(
            location=edition.location,
            path=library.originals.path(original.sha256),
            name=original.name,
            media_type=original.media_type,
            sha256=original.sha256,
            size=original.size,
            language=edition.language or "",
        )


def _kept(
    session: Session, library: Library, edition: Edition, source: Source, read: Extracted | IngestProblem
) -> Outcome:
    row = edition.resource
    shown = f"{row.slug} {edition.key}"
    if isinstance(read, IngestProblem):
        return Outcome(shown, "failed", row.slug, row.title, row.status, error=f"{read} Its text stays as it was.")
    before = [(page.number, page.label, page.heading, page.text, page.read_by) for page in edition.pages]
    after = [(page.number, page.label, page.heading, page.text, page.read_by) for page in read.pages]
    outcome = "checked" if before == after else "updated"
    if outcome == "updated":
        words = [edition.word_count, read.words]
        editions.replace_text(session, edition, source, read)
        catalogue.remember(session, library, row, "updated", {"edition": edition.key, "words": words})
    return Outcome(
        shown, outcome, row.slug, row.title, row.status, edition.page_count, edition.word_count, read.warnings
    )
