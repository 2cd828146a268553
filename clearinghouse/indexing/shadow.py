"""Keeps the index equal to the database: the index is its shadow, and can always be made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import SystemRandom

from sqlalchemy import delete, func, select

from clearinghouse import lease
from clearinghouse.indexing import documents
from clearinghouse.library import Library
from clearinghouse.models import Change, Resource
from index import Document, parse
from index.errors import Outdated

#: Changes taken from the outbox at a time, which bounds memory.
_CHANGES = 250

#: Documents of which each word is looked up by a check: where one word of a hundred is lost, hardly any has all.
LOOKED_INTO = 64
_TOGETHER = 16

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
    lacking: tuple[str, ...] = ()
    """Those of the `LOOKED_INTO` of which something is lost within the index."""
    waiting: int = 0
    """Changes in the outbox that no sync has taken yet."""

    def __bool__(self) -> bool:
        return bool(self.missing or self.different or self.surplus or self.lacking)


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
            library.engine.write(documents.of(library, published), map(str, gone))
            _done_with(library, list(changes))
            put += len(published)
            dropped += len(gone)
    return Synced(put, dropped)


def size(library: Library) -> int:
    """Number of documents the index should hold."""
    return len(_published(library))


def is_of_no_use(library: Library) -> bool:
    """Whether only `rebuild` helps: another version or engine made the index, or nobody has since it was lost.

    Raises `Unavailable` for one that cannot be read, which somebody must look into.
    """
    try:
        return library.engine.search(parse("")).total == 0 and size(library) > 0
    except Outdated:
        return True


def rebuild(library: Library, *, progress: Progress = lambda done: None) -> Synced:
    """Make the whole index again from the database. Visitors see the old one until the new one is whole."""
    with lease.held(library.database):
        changes = _all_changes(library)
        published = _published(library)
        library.engine.replace(_counted(documents.of(library, published), progress))
        _done_with(library, changes)
    return Synced(len(published), 0)


def check(library: Library) -> Drift:
    """Compare the digest of every document both ways, and look up each word of `LOOKED_INTO` of them."""
    indexed = library.engine.digests()
    missing, different, some = [], [], []
    lacking: set[str] = set()
    published = _published(library)
    # others each time, so that in time all have their turn
    chosen = set(SystemRandom().sample(published, min(LOOKED_INTO, len(published))))
    for document in documents.of(library, published):
        digest = indexed.pop(document.id, None)
        if digest is None:
            missing.append(document.id)
        elif digest != document.digest():
            different.append(document.id)
        elif int(document.id) in chosen:
            some.append(document)
        if len(some) == _TOGETHER:
            lacking |= library.engine.lacking(some)
            some = []
    lacking |= library.engine.lacking(some) if some else set()
    names = _slugs(library)
    return Drift(
        missing=tuple(names[each] for each in missing),
        different=tuple(names[each] for each in different),
        surplus=tuple(names.get(each, each) for each in indexed),
        lacking=tuple(names[each] for each in sorted(lacking, key=int)),
        waiting=pending(library),
    )


def repair(library: Library) -> Drift:
    """Mend every difference that `check` finds; returns what was mended.

    Where words are lost in some documents others may lack them too, so the index is made again.
    """
    drift = check(library)
    if drift.lacking:
        rebuild(library)
    elif drift:
        ids = {slug: each for each, slug in _slugs(library).items()}
        with lease.held(library.database):
            wanted = [int(ids[slug]) for slug in (*drift.missing, *drift.different)]
            published, gone = _sorted_out(library, wanted)
            drop = [*map(str, gone), *(ids.get(each, each) for each in drift.surplus)]
            library.engine.write(documents.of(library, published), drop)
    sync(library)
    return drift


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
            published |= set(session.scalars(select(Resource.id).where(Resource.id.in_(some), Resource.shown())))
    return [each for each in ids if each in published], [each for each in ids if each not in published]


def _published(library: Library) -> list[int]:
    with library.database.reading() as session:
        return list(session.scalars(select(Resource.id).where(Resource.shown()).order_by(Resource.id)))


def _slugs(library: Library) -> dict[str, str]:
    with library.database.reading() as session:
        return {str(each): slug for each, slug in session.execute(select(Resource.id, Resource.slug))}


def _counted(made: Iterable[Document], progress: Progress) -> Iterator[Document]:
    for done, each in enumerate(made, start=1):
        yield each
        progress(done)
