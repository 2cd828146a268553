"""Rows of collections: finding one, giving a resource its place in the order, setting one at a door.

Each function works within its caller's session; what a curator asks for is in `shelves`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from clearinghouse import slugs, vocabulary
from clearinghouse.errors import NotFound
from clearinghouse.models import Collection, CollectionItem, Resource


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a resource should stand."""

    collection: str
    """Slug or title; a new collection is made where there is none."""
    position: int | None = None
    """Counted from 1; None, or past the end, is the end."""
    note: str = ""


def find(session: Session, slug: str) -> Collection:
    """The collection of this slug, not an answer pack. Raises `NotFound`, suggesting the nearest slug."""
    listed = Collection.kind != "pack"
    row = session.scalars(select(Collection).where(Collection.slug == slug, listed)).one_or_none()
    if row is None:
        near = vocabulary.did_you_mean(slug, session.scalars(select(Collection.slug).where(listed)))
        raise NotFound(f"There is no collection “{slug}”.{near} `clearinghouse collection list` shows them all.")
    return row


def named(session: Session, name: str, *, kind: str = "shelf") -> Collection:
    """The collection of this slug or title, made where there is none."""
    of_this_title = and_(func.lower(Collection.title) == name.lower(), Collection.kind != "pack")
    found = session.scalars(
        select(Collection).where(or_(Collection.slug == slugs.slugify(name, "collection"), of_this_title))
    ).first()
    if found is None:
        found = Collection(slug=slugs.slugify(name, "collection"), title=name.strip(), kind=kind)
        session.add(found)
        session.flush()
    return found


def describe(session: Session, name: str, *, title: str, description: str, kind: str) -> Collection:
    """Set how a collection is shown, making it where there is none."""
    collection = named(session, name, kind=kind)
    collection.title, collection.description, collection.kind = title, description, kind
    return collection


def at_door(session: Session, audience: str) -> Collection | None:
    """The collection that the page of this audience begins with."""
    return session.scalars(select(Collection).where(Collection.door == audience)).one_or_none()


def put(session: Session, resource: Resource, placement: Placement) -> None:
    """Stand `resource` at its place, in a collection that is made where there is none."""
    stand(named(session, placement.collection), resource, placement.position, placement.note)


def stand(collection: Collection, resource: Resource, position: int | None, note: str | None) -> CollectionItem:
    """Give `resource` its place; those after it move on by one. An empty `note` leaves the one it has."""
    item = next((each for each in collection.items if each.resource_id == resource.id), None)
    others = sorted((each for each in collection.items if each is not item), key=lambda each: each.position)
    if item is None:
        item = CollectionItem(resource=resource, note=note or "")
        collection.items.append(item)
    elif note:
        item.note = note
    at = len(others) if position is None else min(max(position, 1) - 1, len(others))
    _number([*others[:at], item, *others[at:]])
    return item


def take_out(collection: Collection, item: CollectionItem) -> None:
    """Let go of an item; those after it move up by one."""
    collection.items.remove(item)
    _number(sorted(collection.items, key=lambda each: each.position))


def _number(items: list[CollectionItem]) -> None:
    for position, each in enumerate(items, start=1):
        each.position = position
