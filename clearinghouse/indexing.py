"""Keeps the index equal to the database: the index is its shadow, and can always be made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Row, Select, delete, func, select
from sqlalchemy.orm import Session

from clearinghouse import lease, topic_tree
from clearinghouse.library import Library
from clearinghouse.models import (
    Author,
    Change,
    Edition,
    Page,
    Resource,
    ResourceAudience,
    Topic,
    resource_topic,
)
from index import Document, PageText

#: Changes taken from the outbox at a time, resources read from the database at a time, and resources whose
#: texts are read at a time: they bound memory.
_CHANGES = 250
_ROWS = 500
_TEXTS = 64

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync or a rebuild wrote."""

    put: int
    dropped: int


@dataclass(frozen=True, slots=True)
class Drift:
    """Where index and database differ, as slugs (or ids, for what the database does not have)."""

    missing: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    waiting: int = 0
    """Changes in the outbox that no sync has taken yet."""

    def __bool__(self) -> bool:
        return bool(self.missing or self.different or self.surplus)


def pending(library: Library) -> int:
    """Number of changes that wait for a sync."""
    with library.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Change)) or 0


def sync(library: Library, *, wait: float = 30.0) -> Synced:
    """Write every pending change to the index. Raises `Occupied` where another process keeps the lease.

    Changes are deleted only after the index has them, and exactly those that were read: whatever happens
    in between, work stays pending rather than lost.
    """
    put = dropped = 0
    with lease.held(library.database, wait=wait):
        while changes := _next_changes(library):
            published, gone = _sorted_out(library, sorted(set(changes.values())))
            library.engine.write(documents(library, published), map(str, gone))
            _done_with(library, list(changes))
            put += len(published)
            dropped += len(gone)
    return Synced(put, dropped)


def size(library: Library) -> int:
    """Number of documents the index should hold."""
    return len(_published(library))


def rebuild(library: Library, *, progress: Progress = lambda done: None) -> Synced:
    """Make the whole index again from the database. Visitors see the old one until the new one is whole."""
    with lease.held(library.database):
        changes = _all_changes(library)
        published = _published(library)
        library.engine.replace(_counted(documents(library, published), progress))
        _done_with(library, changes)
    return Synced(len(published), 0)


def check(library: Library) -> Drift:
    """Compare the digest of every document both ways."""
    indexed = library.engine.digests()
    missing, different = [], []
    published = _published(library)
    for document in documents(library, published):
        digest = indexed.pop(document.id, None)
        if digest is None:
            missing.append(document.id)
        elif digest != document.digest():
            different.append(document.id)
    names = _slugs(library)
    return Drift(
        missing=tuple(names[each] for each in missing),
        different=tuple(names[each] for each in different),
        surplus=tuple(names.get(each, each) for each in indexed),
        waiting=pending(library),
    )


def repair(library: Library) -> Drift:
    """Mend every difference that `check` finds; returns what was mended."""
    drift = check(library)
    if drift:
        ids = {slug: each for each, slug in _slugs(library).items()}
        with lease.held(library.database):
            wanted = [int(ids[slug]) for slug in (*drift.missing, *drift.different)]
            published, gone = _sorted_out(library, wanted)
            drop = [*map(str, gone), *(ids.get(each, each) for each in drift.surplus)]
            library.engine.write(documents(library, published), drop)
    sync(library)
    return drift


def _document(row: Any) -> Document:
    """One of `_rows`, as the index is given it."""
    facets = {
        "audience": tuple(sorted(each.audience for each in row.audiences)),
        "kind": (row.kind,) if row.kind else (),
        "topic": tuple(sorted({slug for _, slug in row.filed_under})),
        "language": tuple(sorted({each.language.split("-")[0] for each in row.editions if each.language})),
        "form": tuple(sorted({each.form for each in row.editions})),
        "speaks": (row.speaks,) if row.speaks else (),
        "jurisdiction": (row.jurisdiction,) if row.jurisdiction else (),
        # So that a visitor can do without those that have notes.
        "notes": ("noted" if row.content_notes else "none",),
    }
    return Document(
        id=str(row.id),
        title=row.title,
        summary="\n".join([row.summary, *row.keywords]).strip(),
        authors=tuple(author.name for author in row.authors),
        organisation=row.organisation,
        topics=tuple(topic.preferred for topic in row.topics),
        identifiers=tuple(str(value) for _, value in sorted(row.identifiers.items())),
        pages=tuple(_page_texts(row.editions)),
        facets=facets,
        year=row.year,
        added=row.published_at.isoformat() if row.published_at else "",
    )


def _page_texts(editions: Iterable[Any]) -> Iterator[PageText]:
    for edition in editions:
        for page in edition.pages:
            yield PageText(edition.key, page.number, f"{page.heading}\n{page.text}" if page.heading else page.text)


def _next_changes(library: Library) -> dict[int, int]:
    """Change id to resource id."""
    with library.database.reading() as session:
        rows = session.execute(select(Change.id, Change.resource_id).order_by(Change.id).limit(_CHANGES))
        return dict(rows.all())


def _all_changes(library: Library) -> list[int]:
    with library.database.reading() as session:
        return list(session.scalars(select(Change.id)))


def _done_with(library: Library, changes: list[int]) -> None:
    remaining = iter(changes)
    with library.database.writing() as session:
        while some := list(islice(remaining, _CHANGES)):
            session.execute(delete(Change).where(Change.id.in_(some)))


def _sorted_out(library: Library, ids: list[int]) -> tuple[list[int], list[int]]:
    """`ids` as (published, not published or not there)."""
    published: set[int] = set()
    with library.database.reading() as session:
        for start in range(0, len(ids), _CHANGES):
            some = ids[start : start + _CHANGES]
            published |= set(
                session.scalars(select(Resource.id).where(Resource.id.in_(some), Resource.status == "published"))
            )
    return [each for each in ids if each in published], [each for each in ids if each not in published]


def _published(library: Library) -> list[int]:
    with library.database.reading() as session:
        return list(
            session.scalars(select(Resource.id).where(Resource.status == "published").order_by(Resource.id))
        )


def _slugs(library: Library) -> dict[str, str]:
    with library.database.reading() as session:
        return {str(each): slug for each, slug in session.execute(select(Resource.id, Resource.slug))}


def documents(library: Library, ids: Sequence[int]) -> Iterator[Document]:
    """The documents of `ids`, a few rows in memory at a time."""
    for start in range(0, len(ids), _ROWS):
        with library.database.reading() as session:
            for row in _rows(session, ids[start : start + _ROWS]):
                yield _document(row)


def _rows(session: Session, ids: Sequence[int]) -> Iterator[Any]:
    """Resources with what hangs on them, by the names `Resource` gives it, columns instead of objects;
    and `filed_under`, the topics and what takes them in, so that whoever chooses a broad topic finds the narrow.

    Objects that could be changed and saved, one for each page, take longer to make than to index.
    """
    authors = _by_owner(session, select(Author.resource_id, Author.name).order_by(Author.position), ids)
    audiences = _by_owner(session, select(ResourceAudience.resource_id, ResourceAudience.audience), ids)
    named = select(resource_topic.c.resource_id, Topic.slug, Topic.preferred)
    topics = _by_owner(session, named.join(Topic).order_by(Topic.preferred), ids)
    within = topic_tree.within()
    wider = select(resource_topic.c.resource_id, Topic.slug).join(
        within, within.c.topic_id == resource_topic.c.topic_id
    )
    filed_under = _by_owner(session, wider.join(Topic, Topic.id == within.c.within_id), ids)
    forms = select(Edition.resource_id, Edition.id, Edition.key, Edition.form, Edition.language)
    editions = _by_owner(session, forms.order_by(Edition.id), ids)
    rows = session.execute(select(*_COLUMNS).where(Resource.id.in_(ids)).order_by(Resource.id)).mappings().all()
    for start in range(0, len(rows), _TEXTS):
        some = rows[start : start + _TEXTS]
        pages = _pages(session, [edition.id for row in some for edition in editions.get(row["id"], ())])
        for row in some:
            yield SimpleNamespace(
                **row,
                authors=authors.get(row["id"], ()),
                audiences=audiences.get(row["id"], ()),
                topics=topics.get(row["id"], ()),
                filed_under=filed_under.get(row["id"], ()),
                editions=[
                    SimpleNamespace(key=key, form=form, language=language, pages=pages.get(number, ()))
                    for _, number, key, form, language in editions.get(row["id"], ())
                ],
            )


_COLUMNS = (
    Resource.id,
    Resource.title,
    Resource.summary,
    Resource.organisation,
    Resource.year,
    Resource.kind,
    Resource.speaks,
    Resource.jurisdiction,
    Resource.content_notes,
    Resource.identifiers,
    Resource.keywords,
    Resource.published_at,
)
"""What the index is given of a resource itself."""


def _pages(session: Session, editions: Sequence[int]) -> dict[int, list[Row[*tuple[Any, ...]]]]:
    texts = select(Page.edition_id, Page.number, Page.heading, Page.text)
    return _by_owner(session, texts.order_by(Page.edition_id, Page.number), editions)


def _by_owner(
    session: Session, rows: Select[*tuple[Any, ...]], owners: Sequence[int]
) -> dict[int, list[Row[*tuple[Any, ...]]]]:
    """Those of `rows` whose first column is one of `owners`, by it, in their order."""
    found: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    for row in session.execute(rows.where(rows.selected_columns[0].in_(owners))):
        found.setdefault(row[0], []).append(row)
    return found


def _counted(documents: Iterable[Document], progress: Progress) -> Iterator[Document]:
    for done, each in enumerate(documents, start=1):
        yield each
        progress(done)
