"""Use cases on collections: a resource's place in an ordered list."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from clearinghouse import slugs
from clearinghouse.models import Collection, CollectionItem, Resource


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a resource should stand."""

    collection: str
    """Slug or title; a new collection is made where there is none."""
    position: int | None = None
    """Counted from 1; None, or past the end, is the end."""
    note: str = ""


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


def describe(session: Session, name: str, *, title: str, description: str, kind: str) -> None:
    """Set how a collection is shown, making it where there is none."""
    collection = named(session, name, kind=kind)
    collection.title, collection.description, collection.kind = title, description, kind


def put(session: Session, resource: Resource, placement: Placement) -> None:
    """Stand `resource` at its place; those after it move on by one."""
    collection = named(session, placement.collection)
    item = next((each for each in collection.items if each.resource_id == resource.id), None)
    others = [each for each in collection.items if each is not item]
    if item is None:
        item = CollectionItem(resource=resource, note=placement.note)
        collection.items.append(item)
    elif placement.note:
        item.note = placement.note
    at = len(others) if placement.position is None else min(max(placement.position, 1) - 1, len(others))
    others.insert(at, item)
    for position, each in enumerate(others, start=1):
        each.position = position
