"""Use case: a visitor comes in by a door. Everything published for one audience, beginning with its shelf."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, selectinload

from clearinghouse import collections, showing, vocabulary
from clearinghouse.errors import NotFound
from clearinghouse.library import Library
from clearinghouse.models import Collection, CollectionItem, Edition, Resource, ResourceAudience
from clearinghouse.views import Card, CollectionCard, CollectionView

_NEWEST = 3
_EASY = 6


@dataclass(frozen=True, slots=True)
class EasyRead:
    """A resource that can be read in Easy Read."""

    slug: str
    title: str
    key: str
    """Of the edition that is."""


@dataclass(frozen=True, slots=True)
class KindCount:
    """How much there is of one kind."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Door:
    """What the page of an audience shows: published things only."""

    audience: str
    label: str
    start: CollectionView | None
    """The shelf a curator set at this door, where something on it is published."""
    easy_read: tuple[EasyRead, ...]
    """At most six: those on the shelf first, in its order, then by title."""
    training: tuple[CollectionCard, ...]
    """Series with something for this audience in them."""
    newest: tuple[Card, ...]
    kinds: tuple[KindCount, ...]
    """In the vocabulary's order, without those of which there is nothing."""
    total: int
    """Number of resources for this audience."""


def come_in(library: Library, audience: str) -> Door:
    """The page of this audience. Raises `NotFound` for one that is not in the vocabulary."""
    if audience not in vocabulary.AUDIENCES:
        raise NotFound(f"There is no door for “{audience}”. Known: {', '.join(vocabulary.AUDIENCES)}.")
    with library.database.reading() as session:
        shelf = collections.at_door(session, audience)
        start = showing.collection(shelf) if shelf is not None else None
        kinds = _kinds(session, audience)
        return Door(
            audience=audience,
            label=vocabulary.AUDIENCES[audience],
            start=start if start is not None and start.items else None,
            easy_read=_easy_read(session, audience, start),
            training=_training(session, audience),
            newest=_newest(session, audience),
            kinds=kinds,
            total=sum(each.count for each in kinds),
        )


def _for(audience: str) -> ColumnElement[bool]:
    """That a resource is for this audience, and published."""
    return and_(Resource.status == "published", Resource.audiences.any(ResourceAudience.audience == audience))


def _newest(session: Session, audience: str) -> tuple[Card, ...]:
    wanted = select(Resource).where(_for(audience)).options(*showing.card_parts())
    newest = wanted.order_by(Resource.published_at.desc(), Resource.id.desc()).limit(_NEWEST)
    return tuple(map(showing.card, session.scalars(newest)))


def _kinds(session: Session, audience: str) -> tuple[KindCount, ...]:
    counted = select(Resource.kind, func.count(Resource.id)).where(_for(audience)).group_by(Resource.kind)
    found = dict(session.execute(counted).all())
    return tuple(
        KindCount(kind, label, found[kind]) for kind, label in vocabulary.KINDS.items() if found.get(kind)
    )


def _easy_read(session: Session, audience: str, start: CollectionView | None) -> tuple[EasyRead, ...]:
    wanted = (
        select(Resource.slug, Resource.title, Edition.key)
        .join(Resource.editions)
        .where(_for(audience), Edition.form == "easy-read", Edition.page_count > 0)
        .order_by(func.lower(Resource.title), Edition.id)
    )
    found: dict[str, EasyRead] = {}
    for slug, title, key in session.execute(wanted):
        found.setdefault(slug, EasyRead(slug, title, key))
    on_the_shelf = [card.slug for card, _ in start.items if card.slug in found] if start else []
    in_order = dict.fromkeys([*on_the_shelf, *found])
    return tuple(found[slug] for slug in in_order)[:_EASY]


def _training(session: Session, audience: str) -> tuple[CollectionCard, ...]:
    series = select(Collection).where(Collection.kind == "training").order_by(Collection.title)
    loaded = selectinload(Collection.items).joinedload(CollectionItem.resource).selectinload(Resource.audiences)
    return tuple(
        showing.collection_card(row)
        for row in session.scalars(series.options(loaded))
        if any(_is_for(item.resource, audience) for item in row.items)
    )


def _is_for(resource: Resource, audience: str) -> bool:
    return resource.status == "published" and any(each.audience == audience for each in resource.audiences)
