"""What a curator said is not the same: pairs of resources that no list of near duplicates names any more.

It counts until the text of one of them is replaced; then it must be looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, delete, insert, or_, select
from sqlalchemy.orm import Session

from clearinghouse.errors import Invalid
from clearinghouse.holdings import catalogue
from clearinghouse.library import Library
from clearinghouse.models import KeptApart, Resource
from clearinghouse.orm import now


def keep(library: Library, slug: str, *others: str) -> tuple[str, ...]:
    """Remember that `slug` is the same as none of `others`; returns those of which that is news.

    Raises `NotFound`, or `Invalid` for a resource and itself.
    """
    with library.database.writing() as session:
        return keep_rows(session, library, catalogue.find(session, slug), others)


def keep_rows(session: Session, library: Library, row: Resource, others: Iterable[str]) -> tuple[str, ...]:
    """`keep` within a transaction. Raises as it does."""
    known, new = of(session, row), list[str]()
    for slug in dict.fromkeys(others):
        other = _another(session, row, slug)
        if other.id not in known:
            one_id, other_id = sorted((row.id, other.id))
            session.execute(insert(KeptApart), {"one_id": one_id, "other_id": other_id, "said_at": now()})
            catalogue.remember(session, library, row, "kept apart", {"from": slug})
            new.append(slug)
    return tuple(new)


def together(library: Library, slug: str, *others: str) -> tuple[str, ...]:
    """Take back what `keep` remembers; returns those of `others` of which it did. Raises as `keep` does."""
    with library.database.writing() as session:
        row = catalogue.find(session, slug)
        known, found = of(session, row), [_another(session, row, each) for each in dict.fromkeys(others)]
        taken = [other for other in found if other.id in known]
        put_back(session, row, known - {other.id for other in taken})
        for other in taken:
            catalogue.remember(session, library, row, "no longer kept apart", {"from": other.slug})
        return tuple(other.slug for other in taken)


def of(session: Session, row: Resource) -> frozenset[int]:
    """Ids of the resources that `row` is kept apart from."""
    pairs = session.execute(select(KeptApart.one_id, KeptApart.other_id).where(_has(row.id)))
    return frozenset(each for pair in pairs for each in pair if each != row.id)


def every(session: Session) -> frozenset[tuple[int, int]]:
    """Ids of each two that are kept apart, the lower one first."""
    return frozenset((one, other) for one, other in session.execute(select(KeptApart.one_id, KeptApart.other_id)))


def put_back(session: Session, row: Resource, others: frozenset[int]) -> None:
    """Let `row` be kept apart from no other resources than `others`, of those that it is kept apart from."""
    for gone in of(session, row) - others:
        session.execute(delete(KeptApart).where(_has(row.id), _has(gone)))


def forget(session: Session, resource_id: int) -> None:
    """Its text is another now: whether it is the same as others must be said again."""
    session.execute(delete(KeptApart).where(_has(resource_id)))


def _has(resource_id: int) -> ColumnElement[bool]:
    return or_(KeptApart.one_id == resource_id, KeptApart.other_id == resource_id)


def _another(session: Session, row: Resource, slug: str) -> Resource:
    other = catalogue.find(session, slug)
    if other is row:
        raise Invalid(f"“{slug}” is the same as itself; name another resource.")
    return other
