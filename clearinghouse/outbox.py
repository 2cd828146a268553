"""The outbox: every change to a resource leaves a `Change` in the same transaction.

It says which resource, never what: whoever brings the index up to date reads the rows as they are then.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session, UOWTransaction

from clearinghouse import topic_tree
from clearinghouse.models import (
    Author,
    Change,
    Edition,
    Page,
    Resource,
    ResourceAudience,
    Topic,
)


def listen(session: Session) -> None:
    """Record a `Change` for every resource that this session's flushes touch."""
    event.listen(session, "after_flush", _record)


def everything(session: Session) -> None:
    """Record a `Change` for every resource: for rows that were written past the session's objects."""
    session.execute(insert(Change).from_select([Change.resource_id], select(Resource.id)))


def _record(session: Session, _context: UOWTransaction) -> None:
    # what was set to what it was already is dirty too, and no change
    rows = (*session.new, *filter(session.is_modified, session.dirty), *session.deleted)
    editions = {row.id for row in rows if isinstance(row, Edition)}  # each speaks for its pages
    touched: set[int] = set()
    for row in rows:
        if not (isinstance(row, Page) and row.edition_id in editions):
            touched.update(_resources_of(session, row))
    if touched:
        session.execute(insert(Change), [{"resource_id": each} for each in sorted(touched)])


def _resources_of(session: Session, row: object) -> Iterator[int]:
    if isinstance(row, Resource):
        yield row.id
    elif isinstance(row, Author | ResourceAudience | Edition):
        yield row.resource_id
    elif isinstance(row, Page):
        with session.no_autoflush:
            edition = session.get(Edition, row.edition_id)
        if edition is not None:
            yield edition.resource_id
    elif isinstance(row, Topic):
        about = topic_tree.about()
        yield from session.scalars(select(about.c.resource_id).where(about.c.topic_id == row.id))
