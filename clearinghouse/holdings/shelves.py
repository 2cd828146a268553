"""Use cases of a curator on collections: make, look, describe, and order what stands in them.

A curator sees every resource in a collection with its status; visitors see the published ones (`browsing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from clearinghouse import slugs, vocabulary
from clearinghouse.errors import Invalid, NotFound
from clearinghouse.holdings import catalogue, collections
from clearinghouse.library import Library
from clearinghouse.models import Collection, CollectionItem


@dataclass(frozen=True, slots=True)
class Item:
    """A resource in a collection."""

    position: int
    """Counted from 1, over resources of every status."""
    slug: str
    title: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A collection with everything in it, in order."""

    slug: str
    title: str
    description: str
    kind: str
    door: str | None
    """The audience whose page begins with it."""
    items: tuple[Item, ...]

    @property
    def shown(self) -> int:
        """Number of its resources that visitors see."""
        return sum(each.status == "published" for each in self.items)


@dataclass(frozen=True, slots=True)
class Said:
    """A collection as it is described now."""

    shelf: Shelf
    changed: dict[str, list[Any]]
    """Field to [before, after]."""
    stepped_aside: str | None = None
    """Slug of the collection that stood at the door until now."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a resource stands now."""

    position: int
    of: int
    before: int | None
    """Where it stood before; None where it is new there."""
    status: str


def listing(library: Library) -> tuple[Shelf, ...]:
    """Training series, then shelves, by title; those that visitors would find empty too."""
    every = select(Collection).where(Collection.kind != "pack")
    loaded = selectinload(Collection.items).joinedload(CollectionItem.resource)
    with library.database.reading() as session:
        rows = session.scalars(every.order_by(Collection.kind != "training", Collection.title).options(loaded))
        return tuple(map(_shelf, rows))


def show(library: Library, slug: str) -> Shelf:
    """Raises `NotFound`."""
    with library.database.reading() as session:
        return _shelf(collections.find(session, slug))


def create(
    library: Library,
    title: str,
    *,
    kind: str = "shelf",
    description: str = "",
    door: str | None = None,
    slug: str | None = None,
) -> Said:
    """A new, empty collection. Raises `Invalid` without a title or where its slug is taken, or `Unknown`."""
    title = _title(title)
    address = slugs.slugify(slug or title, "collection")
    with library.database.writing() as session:
        if session.scalar(select(Collection.id).where(Collection.slug == address)):
            raise Invalid(
                f"There is a collection “{address}” already. Add to it with `clearinghouse collection add "
                f"{address}`, or give the new one a name of its own with --slug."
            )
        row = Collection(slug=address, title=title, description=description.strip())
        row.kind = vocabulary.require("collection-kind", kind)
        session.add(row)
        session.flush()
        aside = _set_door(session, row, door) if door else None
        return Said(_shelf(row), {}, aside)


def edit(
    library: Library,
    slug: str,
    *,
    title: str | None = None,
    description: str | None = None,
    kind: str | None = None,
    door: str | None = None,
) -> Said:
    """Change how a collection is shown; None is "not said", and an empty `door` takes it away from its door.

    Raises `NotFound`, `Unknown`, or `Invalid` for an empty title.
    """
    with library.database.writing() as session:
        row = collections.find(session, slug)
        before = _described(row)
        if title is not None:
            row.title = _title(title)
        if description is not None:
            row.description = description.strip()
        if kind is not None:
            row.kind = vocabulary.require("collection-kind", kind)
        aside = _set_door(session, row, door) if door is not None else None
        after = _described(row)
        changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        return Said(_shelf(row), changed, aside)


def add(
    library: Library, slug: str, resource: str, *, position: int | None = None, note: str | None = None
) -> Placed:
    """Stand a resource in a collection, at the end unless `position` (from 1) is given; those after it move on.

    One that stands there already keeps its place unless `position` says another. Raises `NotFound`, or `Invalid`
    for a position that is not there; nothing is changed then.
    """
    with library.database.writing() as session:
        row = collections.find(session, slug)
        found = catalogue.find(session, resource)
        item = _item(row, resource)
        last = len(row.items) + (item is None)
        if position is not None:
            _require_place(row, position, last)
        before = item.position if item else None
        item = collections.stand(row, found, position or before, note)
        if before is None:
            catalogue.remember(session, library, found, "placed", {"collection": slug, "position": item.position})
        return Placed(item.position, len(row.items), before, found.status)


def move(library: Library, slug: str, resource: str, position: int) -> Placed:
    """Give a resource another place (from 1) in its collection.

    Raises `NotFound`, also for a resource that is not in it, or `Invalid` for a position that is not there.
    """
    with library.database.writing() as session:
        row = collections.find(session, slug)
        item = _require_item(row, resource)
        _require_place(row, position, len(row.items))
        before = item.position
        collections.stand(row, item.resource, position, None)
        return Placed(item.position, len(row.items), before, item.resource.status)


def remove(library: Library, slug: str, resource: str) -> Shelf:
    """Take a resource out of a collection; it stays in the library. Raises `NotFound`."""
    with library.database.writing() as session:
        row = collections.find(session, slug)
        item = _require_item(row, resource)
        catalogue.remember(session, library, item.resource, "taken out", {"collection": slug})
        collections.take_out(row, item)
        return _shelf(row)


def note(library: Library, slug: str, resource: str, text: str) -> None:
    """Say why a resource stands in a collection; an empty text takes the note away. Raises `NotFound`."""
    with library.database.writing() as session:
        _require_item(collections.find(session, slug), resource).note = text.strip()


def delete(library: Library, slug: str) -> Shelf:
    """Delete the list and none of its resources; returns it as it was. Raises `NotFound`."""
    with library.database.writing() as session:
        row = collections.find(session, slug)
        was = _shelf(row)
        for item in row.items:
            catalogue.remember(session, library, item.resource, "taken out", {"collection": slug, "deleted": True})
        session.delete(row)
        return was


def _shelf(row: Collection) -> Shelf:
    items = (
        Item(each.position, each.resource.slug, each.resource.title, each.resource.status, each.note)
        for each in row.items
    )
    in_order = tuple(sorted(items, key=lambda item: item.position))
    return Shelf(row.slug, row.title, row.description, row.kind, row.door, in_order)


def _described(row: Collection) -> dict[str, str | None]:
    return {"title": row.title, "description": row.description, "kind": row.kind, "door": row.door}


def _title(title: str) -> str:
    if not title.strip():
        raise Invalid("The title is empty; give the collection a title in words.")
    return " ".join(title.split())


def _set_door(session: Session, row: Collection, audience: str) -> str | None:
    """Set `row` at a door, or at none; returns the slug of the collection that stood there."""
    if not audience:
        row.door = None
        return None
    wanted = vocabulary.require("audience", audience)
    there = collections.at_door(session, wanted)
    if there is not None and there is not row:
        there.door = None
        session.flush()  # the door is free before it is taken: it has room for one
        row.door = wanted
        return there.slug
    row.door = wanted
    return None


def _item(row: Collection, resource: str) -> CollectionItem | None:
    return next((each for each in row.items if each.resource.slug == resource), None)


def _require_item(row: Collection, resource: str) -> CollectionItem:
    item = _item(row, resource)
    if item is None:
        near = vocabulary.did_you_mean(resource, [each.resource.slug for each in row.items])
        raise NotFound(
            f"“{resource}” is not in “{row.slug}”.{near} `clearinghouse collection show {row.slug}` shows what is."
        )
    return item


def _require_place(row: Collection, position: int, last: int) -> None:
    if 1 <= position <= last:
        return
    size = len(row.items)
    if not size and last:
        holds = "is empty, so the first place is 1"
    elif last == 1:
        holds = "has 1 resource, so there is no other place"
    else:
        holds = f"has {size} {'resource' if size == 1 else 'resources'}, so a place is from 1 to {last}"
    raise Invalid(f"There is no place {position}: “{row.title}” {holds}. Nothing was changed.")
