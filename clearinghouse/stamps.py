"""Stamps: when what other systems are shown of a resource last changed, in the order of the transactions.

Whoever keeps a copy (a harvester, a feed reader, a browser) asks for what changed since. So each transaction, as
its last act before it commits, gives the resources whose record it changed one moment, later than every moment
given before: a clock that is set back, or two transactions in one second, hide nothing. What is discarded after it
was shown leaves a `Tombstone`, stamped the same way.

What counts is the record: its own fields, its authors, audiences, topics and editions with their pages, and which
collections it stands in. Its place in a collection's order, and its neighbours there, do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import delete, event, func, insert, inspect, select, update
from sqlalchemy.orm import Session, UOWTransaction

from clearinghouse import groups
from clearinghouse.models import (
    Author,
    Collection,
    CollectionItem,
    Edition,
    Page,
    Resource,
    ResourceAudience,
    Tombstone,
    Topic,
    resource_topic,
)
from clearinghouse.orm import Base, now

#: What of these rows a record shows nothing of, and what of those it shows alone.
_UNSHOWN_OF_A_RESOURCE = frozenset(
    {"curated", "guessed", "told_by", "put_off_at", "updated_at", "changed_at", "places"}
)
_SHOWN_OF_A_TOPIC = frozenset({"slug", "preferred"})
_SHOWN_OF_A_COLLECTION = frozenset({"slug", "title", "kind"})

_TOUCHED, _BURIED = "resources to be stamped", "tombstones to be set"
#: Parameters of one statement; SQLite's own limit is higher.
_AT_ONCE = 500
#: Any number that nothing else locks by: on PostgreSQL, transactions that stamp take turns.
_TURN = 0x5741_4D50


def listen(session: Session) -> None:
    """Stamp what this session changes, each time it commits."""
    event.listen(session, "after_flush", _notice)
    event.listen(session, "before_commit", _stamp)


def touch(session: Session, resources: Iterable[int]) -> None:
    """Stamp these too: for what was changed past the session's objects, by a statement."""
    session.info.setdefault(_TOUCHED, set()).update(resources)


def _notice(session: Session, _context: UOWTransaction) -> None:
    with session.no_autoflush:
        fresh = {row.id for row in session.new if isinstance(row, Edition)}  # each speaks for its pages
        for row in (*session.new, *session.deleted, *filter(session.is_modified, session.dirty)):
            if not (isinstance(row, Page) and row.edition_id in fresh):
                touch(session, _shown_by(session, row))
        for row in (*session.deleted, *session.dirty):
            if isinstance(row, Resource) and _is_gone(session, row):
                session.info.setdefault(_BURIED, {})[row.slug] = groups.written(_groups(row))


def _shown_by(session: Session, row: object) -> Iterator[int]:
    """Ids of the resources whose record shows something of `row`, which was changed."""
    match row:
        case Resource() if row in session.new or _changed(row) - _UNSHOWN_OF_A_RESOURCE:
            yield row.id
        case Author() | ResourceAudience() | Edition():
            yield row.resource_id
        case Page():
            edition = session.get(Edition, row.edition_id)
            if edition is not None:
                yield edition.resource_id
        case CollectionItem() if row not in session.dirty or "collection" in _changed(row):
            collection = session.get(Collection, row.collection_id)
            if collection is None or collection.kind != "pack":
                yield row.resource_id
        case Collection() if row.kind != "pack" and _changed(row) & _SHOWN_OF_A_COLLECTION:
            yield from (item.resource_id for item in row.items)
        case Topic() if _changed(row) & _SHOWN_OF_A_TOPIC:
            about = select(resource_topic.c.resource_id).where(resource_topic.c.topic_id == row.id)
            yield from session.execute(about).scalars()


def _is_gone(session: Session, row: Resource) -> bool:
    """Whether it was published, and nothing will say so any more: deleted, or its publishing undone."""
    if row in session.deleted:
        return row.published_at is not None
    return row.published_at is None and any(inspect(row).attrs.published_at.history.deleted)


def _changed(row: Base) -> set[str]:
    """Names of what was changed of it."""
    return {each.key for each in inspect(row).attrs if each.history.has_changes()}


def _groups(row: Resource) -> Iterator[str]:
    yield from groups.of(
        audiences=[each.audience for each in row.audiences],
        kind=row.kind,
        collections=[item.collection.slug for item in row.places if item.collection.kind != "pack"],
    )


def _stamp(session: Session) -> None:
    session.flush()
    touched: set[int] = session.info.pop(_TOUCHED, set())
    buried: dict[str, str] = session.info.pop(_BURIED, {})
    if not touched and not buried:
        return
    moment = _next_moment(session)
    for some in _some(sorted(touched)):
        stamped = update(Resource).where(Resource.id.in_(some)).values(changed_at=moment)
        session.execute(stamped, execution_options={"synchronize_session": False})
        shown = select(Resource.slug).where(Resource.id.in_(some), Resource.published_at.is_not(None))
        risen = delete(Tombstone).where(Tombstone.slug.in_(shown))
        session.execute(risen, execution_options={"synchronize_session": False})
    if buried:
        session.execute(delete(Tombstone).where(Tombstone.slug.in_(buried)))
        rows = [{"slug": slug, "changed_at": moment, "groups": said} for slug, said in buried.items()]
        session.execute(insert(Tombstone), rows)


def _next_moment(session: Session) -> datetime:
    """Now, or just after the last moment given where the clock was set back or stands still.

    SQLite has one writer at a time. Elsewhere whoever stamps waits here until the one before has committed.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_TURN)))
    stamps = (select(func.max(kind.changed_at)).scalar_subquery() for kind in (Resource, Tombstone))
    last = max(filter(None, session.execute(select(*stamps)).one()), default=None)
    moment = now()
    return moment if last is None or moment > last else last + timedelta(microseconds=1)


def _some(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
