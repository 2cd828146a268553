"""Records in the order in which they last changed, with those that are gone: what a harvester walks through.

The order is by stamp and then by slug, and whoever walks goes on after the last record seen. Stamps only ever
grow, in the order of the transactions, so a record that changes meanwhile moves to the end and is met there:
nothing is skipped, however the library changes while it is being read.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import selectinload

from clearinghouse import groups, showing
from clearinghouse.library import Library
from clearinghouse.models import Collection, CollectionItem, Resource, ResourceAudience, Tombstone
from clearinghouse.views import ResourceView

Kind = TypeVar("Kind", Resource, Tombstone)

#: A place in the order: (stamp, slug).
Place = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records; everything that was ever published, where nothing is said."""

    since: datetime | None = None
    """Changed at this moment or later."""
    before: datetime | None = None
    """Changed before this moment."""
    group: str = ""
    """In this group (``audience:carers``), or in any of a sort (``audience``)."""


@dataclass(frozen=True, slots=True)
class Record:
    """One resource that is or was published."""

    slug: str
    changed_at: datetime
    groups: tuple[str, ...]
    deleted: bool
    """Whether it is published no more."""
    resource: ResourceView | None = None
    """What it is; None where it is deleted, or was not asked for. Its places are left out."""

    @property
    def place(self) -> Place:
        """Where it stands in the order."""
        return self.changed_at, self.slug


def some(
    library: Library, wanted: Wanted, *, most: int, after: Place | None = None, whole: bool = True
) -> tuple[Record, ...]:
    """At most `most` of the records wanted, in order, those after the place `after`; `whole` with all they say."""
    with library.database.reading() as session:
        rows = select(Resource).where(
            _ever_published(), *_within(Resource, wanted, after), *_of_group(wanted.group)
        )
        shown = session.scalars(_in_order(Resource, rows).limit(most).options(*_parts(whole=whole)))
        graves = select(Tombstone).where(*_within(Tombstone, wanted, after), *_of_a_grave(wanted.group))
        gone = session.scalars(_in_order(Tombstone, graves).limit(most))
        found = heapq.merge(
            (_record(row, whole=whole) for row in shown), map(_grave, gone), key=lambda each: each.place
        )
        return tuple(islice(found, most))


def one(library: Library, slug: str) -> Record | None:
    """The record of this slug; None where nothing of that name was ever published."""
    with library.database.reading() as session:
        asked = select(Resource).where(Resource.slug == slug, _ever_published()).options(*_parts(whole=True))
        row = session.scalars(asked).one_or_none()
        if row is not None:
            return _record(row, whole=True)
        grave = session.get(Tombstone, slug)
        return _grave(grave) if grave is not None else None


def size(library: Library, wanted: Wanted) -> int:
    """How many records are wanted."""
    shown = select(func.count()).select_from(Resource)
    gone = select(func.count()).select_from(Tombstone)
    with library.database.reading() as session:
        return sum(
            session.scalar(each) or 0
            for each in (
                shown.where(_ever_published(), *_within(Resource, wanted, None), *_of_group(wanted.group)),
                gone.where(*_within(Tombstone, wanted, None), *_of_a_grave(wanted.group)),
            )
        )


def earliest(library: Library) -> datetime | None:
    """The stamp that no record is before; None in a library in which nothing was ever published."""
    with library.database.reading() as session:
        firsts = (
            session.scalar(select(func.min(Resource.changed_at)).where(_ever_published())),
            session.scalar(select(func.min(Tombstone.changed_at))),
        )
        return min((each for each in firsts if each), default=None)


def collections(library: Library) -> tuple[tuple[str, str, str], ...]:
    """(slug, title, description) of every collection that is a group, by title."""
    with library.database.reading() as session:
        rows = session.execute(
            select(Collection.slug, Collection.title, Collection.description)
            .where(Collection.kind != "pack")
            .order_by(Collection.title, Collection.slug)
        )
        return tuple((slug, title, description) for slug, title, description in rows)


def _ever_published() -> ColumnElement[bool]:
    return Resource.published_at.is_not(None)


def _within(
    kind: type[Resource | Tombstone], wanted: Wanted, after: Place | None
) -> Iterable[ColumnElement[bool]]:
    if wanted.since is not None:
        yield kind.changed_at >= wanted.since
    if wanted.before is not None:
        yield kind.changed_at < wanted.before
    if after is not None:
        moment, slug = after
        yield kind.changed_at >= moment  # what follows says it too, but no database finds an index for that
        yield or_(kind.changed_at > moment, and_(kind.changed_at == moment, kind.slug > slug))


def _of_group(group: str) -> Iterable[ColumnElement[bool]]:
    if not group:
        return
    sort, _, name = group.partition(":")
    if sort == groups.AUDIENCE:
        yield Resource.audiences.any(ResourceAudience.audience == name) if name else Resource.audiences.any()
    elif sort == groups.KIND:
        yield Resource.kind == name if name else Resource.kind.is_not(None)
    elif sort == groups.COLLECTION:
        listed = Collection.kind != "pack"
        called = and_(listed, Collection.slug == name) if name else listed
        yield Resource.places.any(CollectionItem.collection.has(called))
    else:
        yield Resource.id.is_(None)  # a group that nothing is in


def _of_a_grave(group: str) -> Iterable[ColumnElement[bool]]:
    if group:
        yield Tombstone.groups.contains(groups.sought(group), autoescape=True)


def _in_order(kind: type[Resource | Tombstone], rows: Select[Kind]) -> Select[Kind]:
    return rows.order_by(kind.changed_at, kind.slug)


def _parts(*, whole: bool) -> tuple[Any, ...]:
    """What to load beside a resource so that a record costs no further query."""
    if whole:
        return showing.resource_parts(places=False)
    return (selectinload(Resource.audiences), selectinload(Resource.places).joinedload(CollectionItem.collection))


def _record(row: Resource, *, whole: bool) -> Record:
    published = row.status == "published"
    return Record(
        slug=row.slug,
        changed_at=row.changed_at,
        groups=tuple(
            groups.of(
                audiences=sorted(each.audience for each in row.audiences),
                kind=row.kind,
                collections=sorted(item.collection.slug for item in row.places if item.collection.kind != "pack"),
            )
        ),
        deleted=not published,
        resource=showing.resource(row, places=False) if whole and published else None,
    )


def _grave(row: Tombstone) -> Record:
    return Record(row.slug, row.changed_at, tuple(row.groups.split()), deleted=True)
