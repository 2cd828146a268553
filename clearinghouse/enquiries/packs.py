"""Use cases on answer packs: resources chosen for one person, on a page that never says for whom.

A pack is a collection that nothing lists: whoever has its address can read it, and nobody else comes by.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from clearinghouse import showing, vocabulary
from clearinghouse.errors import Invalid, NotFound, Withdrawn
from clearinghouse.holdings import catalogue
from clearinghouse.library import Library
from clearinghouse.models import Collection, CollectionItem
from clearinghouse.orm import now
from clearinghouse.views import Card

#: Crockford's base 32: no I, L, O or U, so that an address can be read out over the telephone.
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
#: Five groups of four letters, of five bits each: 100 bits, so that nobody comes upon a pack by trying.
_GROUPS, _IN_A_GROUP = 5, 4


@dataclass(frozen=True, slots=True)
class Contents:
    """What a pack is to hold."""

    title: str
    slugs: Sequence[str]
    """Of its resources, in order."""
    introduction: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Slug to why it was chosen."""

    def words(self) -> tuple[str, ...]:
        """Everything in it that the officer wrote."""
        return (self.title, self.introduction, *self.notes.values())


@dataclass(frozen=True, slots=True)
class Pack:
    """An answer pack as its page shows it."""

    slug: str
    title: str
    introduction: str
    made_at: datetime | None
    withdrawn_at: datetime | None
    items: tuple[tuple[Card, str], ...]
    """Its published resources in order, each with the note on it."""
    dropped: int
    """How many of its resources have been withdrawn since."""


def create(library: Library, contents: Contents) -> Pack:
    """Make a pack. Raises `NotFound` for an unknown resource, `Invalid` for one that visitors cannot see."""
    with library.database.writing() as session:
        return _pack(make(session, contents))


def make(session: Session, contents: Contents) -> Collection:
    """Make a pack within a transaction. Raises as `create` does."""
    title = " ".join(contents.title.split())
    if not title:
        raise Invalid("The pack has no title; say what it is about, such as “Starting a peer group”.")
    chosen = tuple(dict.fromkeys(contents.slugs))
    if not chosen:
        raise Invalid("The pack is empty; name the slug of at least one resource.")
    for slug in contents.notes:
        if slug not in chosen:
            near = vocabulary.did_you_mean(slug, chosen)
            raise Invalid(f"There is a note on “{slug}”, which is not in this pack.{near}")
    row = Collection(
        slug=_new_slug(), title=title, description=contents.introduction.strip(), kind="pack", made_at=now()
    )
    session.add(row)
    for position, slug in enumerate(chosen, start=1):
        resource = catalogue.find(session, slug)
        if resource.status != "published":
            status = "a draft" if resource.status == "draft" else "withdrawn"
            raise Invalid(
                f"“{slug}” is {status}, so nobody could open it; publish it with `clearinghouse publish {slug}`, "
                "or leave it out."
            )
        note = contents.notes.get(slug, "").strip()
        row.items.append(CollectionItem(resource=resource, position=position, note=note))
    session.flush()
    return row


def pack(library: Library, name: str) -> Pack:
    """A pack, also one that was taken away. `name` is its slug or its address. Raises `NotFound`."""
    with library.database.reading() as session:
        return _pack(find(session, name))


def reading(library: Library, slug: str) -> Pack:
    """A pack as a visitor may read it. Raises `NotFound`, or `Withdrawn` where it was taken away."""
    found = pack(library, slug)
    if found.withdrawn_at is not None:
        raise Withdrawn("The page at this address was an answer pack, and has been taken away.")
    return found


def packs(library: Library) -> tuple[Pack, ...]:
    """All of them, the newest first: for the officer alone."""
    every = select(Collection).where(Collection.kind == "pack").order_by(Collection.id.desc())
    with library.database.reading() as session:
        return tuple(map(_pack, session.scalars(every.options(*_whole()))))


def withdraw(library: Library, name: str) -> bool:
    """Take a pack away for good. Returns False where it was away already. Raises `NotFound`."""
    with library.database.writing() as session:
        row = find(session, name)
        if row.withdrawn_at is not None:
            return False
        row.withdrawn_at = now()
        return True


def find(session: Session, name: str) -> Collection:
    """The row of a pack, by its slug or its whole address. Raises `NotFound`."""
    slug = name.strip().rstrip("/").rpartition("/")[2].lower()
    wanted = select(Collection).where(Collection.kind == "pack", Collection.slug == slug)
    row = session.scalars(wanted.options(*_whole())).one_or_none()
    if row is None:
        raise NotFound(f"There is no answer pack “{slug}”. `clearinghouse pack list` shows them all.")
    return row


def words(row: Collection) -> tuple[str, ...]:
    """Everything in a pack that the officer wrote."""
    return (row.title, row.description, *(item.note for item in row.items))


def _whole() -> tuple[Any, ...]:
    items = selectinload(Collection.items).joinedload(CollectionItem.resource)
    return (items.options(*showing.card_parts()),)


def _new_slug() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _pack(row: Collection) -> Pack:
    shown = [item for item in row.items if item.resource.status == "published"]
    return Pack(
        slug=row.slug,
        title=row.title,
        introduction=row.description,
        made_at=row.made_at,
        withdrawn_at=row.withdrawn_at,
        items=tuple((showing.card(item.resource), item.note) for item in shown),
        dropped=len(row.items) - len(shown),
    )
