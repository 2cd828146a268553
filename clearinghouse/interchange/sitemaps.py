"""Sitemaps: every page of the library for robots, in parts, each with the moment at which it last changed.

https://www.sitemaps.org/protocol.html: at most 50,000 addresses and 50 MB a part. A part has the resources of
a stretch of ids, so that it stays the same part however the library grows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lxml import etree  # type: ignore[import-untyped]
from sqlalchemy import func, select

from clearinghouse import topic_tree
from clearinghouse.interchange import xml_text
from clearinghouse.library import Library
from clearinghouse.models import Collection, CollectionItem, Edition, Resource, Topic

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: Ids of one part: with the pages to read of every edition it stays far below what is allowed.
STRETCH = 1000

#: An address, and when what stands there last changed, where that is known.
Entry = tuple[str, datetime | None]


def parts(library: Library) -> tuple[tuple[int, datetime], ...]:
    """(number, last change) of every part that has something in it, by number from 0."""
    number = Resource.id // STRETCH
    counted = select(number, func.max(Resource.changed_at)).where(Resource.shown())
    with library.database.reading() as session:
        return tuple(
            (int(part), moment) for part, moment in session.execute(counted.group_by(number).order_by(number))
        )


def resources(library: Library, number: int) -> tuple[tuple[str, datetime, tuple[str, ...]], ...]:
    """(slug, last change, keys of the editions that can be read here) of every published resource of a part."""
    first = number * STRETCH
    shown = (Resource.shown(), Resource.id >= first, Resource.id < first + STRETCH)
    with library.database.reading() as session:
        keys: dict[int, list[str]] = {}
        read = (
            select(Edition.resource_id, Edition.key).join(Edition.resource).where(Edition.page_count > 0, *shown)
        )
        for owner, key in session.execute(read.order_by(Edition.id)):
            keys.setdefault(owner, []).append(key)
        rows = session.execute(
            select(Resource.id, Resource.slug, Resource.changed_at).where(*shown).order_by(Resource.id)
        )
        return tuple((slug, moment, tuple(keys.get(each, ()))) for each, slug, moment in rows)


def topics(library: Library) -> tuple[str, ...]:
    """Slugs of the topics that something published is about."""
    numbers = topic_tree.numbers()
    slugs = select(Topic.slug).join(numbers, numbers.c.topic_id == Topic.id).order_by(Topic.slug)
    with library.database.reading() as session:
        return tuple(session.scalars(slugs))


def collections(library: Library) -> tuple[str, ...]:
    """Slugs of the collections with something published in them; no answer packs."""
    filled = (
        select(Collection.slug)
        .join(CollectionItem, CollectionItem.collection_id == Collection.id)
        .join(Resource, Resource.id == CollectionItem.resource_id)
        .where(Resource.shown(), Collection.kind != "pack")
    )
    with library.database.reading() as session:
        return tuple(session.scalars(filled.distinct().order_by(Collection.slug)))


def index(parts: Iterable[Entry]) -> bytes:
    """An index of sitemaps."""
    return _written("sitemapindex", "sitemap", parts)


def sitemap(pages: Iterable[Entry]) -> bytes:
    """A sitemap of pages."""
    return _written("urlset", "url", pages)


def _written(root: str, each: str, entries: Iterable[Entry]) -> bytes:
    made = etree.Element(f"{{{NAMESPACE}}}{root}", nsmap={None: NAMESPACE})
    for address, changed in entries:
        place = xml_text.add(made, each)
        xml_text.add(place, "loc", address)
        if changed is not None:
            xml_text.add(place, "lastmod", f"{changed:%Y-%m-%dT%H:%M:%SZ}")
    return xml_text.written(made)
