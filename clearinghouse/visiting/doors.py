"""Use case: a visitor comes in by a door. Everything published for one audience, beginning with its shelf."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, selectinload

from clearinghouse import cards, languages, showing, vocabulary
from clearinghouse.errors import NotFound
from clearinghouse.holdings import collections
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
class LanguageCount:
    """How much there is in a language beside English."""

    tag: str
    """Its BCP 47 primary tag."""
    name: str
    own_name: str
    """As those who speak it call it; empty where that is not known."""
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
    paths: tuple[CollectionCard, ...]
    """Training series, then shelves that stand at no door, of which at least half is for this audience."""
    newest: tuple[Card, ...]
    kinds: tuple[KindCount, ...]
    """In the vocabulary's order, without those of which there is nothing."""
    languages: tuple[LanguageCount, ...]
    """By name."""
    total: int
    """Number of resources for this audience."""


def come_in(library: Library, audience: str, *, hide_noted: bool = False) -> Door:
    """The page of this audience, with `hide_noted` without resources that have content notes.

    Raises `NotFound` for an audience that is not in the vocabulary.
    """
    if audience not in vocabulary.AUDIENCES:
        raise NotFound(f"There is no door for “{audience}”. Known: {', '.join(vocabulary.AUDIENCES)}.")
    with library.database.reading() as session:
        shelf = collections.at_door(session, audience)
        start = showing.collection(shelf, hide_noted=hide_noted) if shelf is not None else None
        start = start if start and start.items else None
        for_them = Resource.audiences.any(ResourceAudience.audience == audience)
        here = and_(Resource.shown(hide_noted=hide_noted), for_them)
        kinds = _kinds(session, here)
        return Door(
            audience=audience,
            label=vocabulary.AUDIENCES[audience],
            start=start,
            easy_read=_easy_read(session, here, start),
            paths=_paths(session, audience),
            newest=_newest(session, here),
            kinds=kinds,
            languages=_languages(session, here),
            total=sum(each.count for each in kinds),
        )


def _newest(session: Session, here: ColumnElement[bool]) -> tuple[Card, ...]:
    newest_first = select(Resource.id).where(here).order_by(Resource.published_at.desc(), Resource.id.desc())
    return tuple(cards.published(session, session.scalars(newest_first.limit(_NEWEST)).all()).values())


def _kinds(session: Session, here: ColumnElement[bool]) -> tuple[KindCount, ...]:
    counted = select(Resource.kind, func.count(Resource.id)).where(here).group_by(Resource.kind)
    found = dict(session.execute(counted).all())
    return tuple(
        KindCount(kind, label, found[kind]) for kind, label in vocabulary.KINDS.items() if found.get(kind)
    )


def _languages(session: Session, here: ColumnElement[bool]) -> tuple[LanguageCount, ...]:
    spoken = select(Resource.id, Edition.language).join(Resource.editions).where(here)
    tags = {(number, (language or "en").split("-")[0]) for number, language in session.execute(spoken.distinct())}
    counted = Counter(tag for _, tag in tags if tag != "en")
    found = [LanguageCount(tag, languages.name(tag), languages.own_name(tag), counted[tag]) for tag in counted]
    return tuple(sorted(found, key=lambda each: each.name))


def _easy_read(session: Session, here: ColumnElement[bool], start: CollectionView | None) -> tuple[EasyRead, ...]:
    wanted = (
        select(Resource.slug, Resource.title, Edition.key)
        .join(Resource.editions)
        .where(here, Edition.form == "easy-read", Edition.page_count > 0)
        .order_by(func.lower(Resource.title), Edition.id)
    )
    found: dict[str, EasyRead] = {}
    for slug, title, key in session.execute(wanted):
        found.setdefault(slug, EasyRead(slug, title, key))
    on_the_shelf = [card.slug for card, _ in start.items if card.slug in found] if start else []
    in_order = dict.fromkeys([*on_the_shelf, *found])
    return tuple(found[slug] for slug in in_order)[:_EASY]


def _paths(session: Session, audience: str) -> tuple[CollectionCard, ...]:
    others = select(Collection).where(Collection.kind != "pack", Collection.door.is_(None))
    in_order = others.order_by(Collection.kind != "training", Collection.title)
    loaded = selectinload(Collection.items).joinedload(CollectionItem.resource).selectinload(Resource.audiences)
    return tuple(
        showing.collection_card(row) for row in session.scalars(in_order.options(loaded)) if _leads(row, audience)
    )


def _leads(row: Collection, audience: str) -> bool:
    """Whether at least half of what is published in it is for this audience."""
    published = [item.resource for item in row.items if item.resource.status == "published"]
    here = [each for each in published if any(audience == its.audience for its in each.audiences)]
    return bool(here) and 2 * len(here) >= len(published)
