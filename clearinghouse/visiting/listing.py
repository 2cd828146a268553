"""Use case: many resources at once, whole: for citations, feeds and programs that read the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import and_, func, select

from clearinghouse import showing, topic_tree
from clearinghouse.library import Library
from clearinghouse.models import Collection, CollectionItem, Resource, ResourceAudience, Topic
from clearinghouse.views import ResourceView

Order = Literal["newest", "title"]

#: Ids asked for at once: databases limit how many values one statement may have.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """A stretch of a list."""

    total: int
    """How many resources the whole list has."""
    resources: tuple[ResourceView, ...]


def resources(library: Library, ids: Sequence[int]) -> tuple[ResourceView, ...]:
    """The resources of these ids, in this order; those that are not published are left out."""
    found: dict[int, ResourceView] = {}
    with library.database.reading() as session:
        for start in range(0, len(ids), _AT_ONCE):
            wanted = Resource.id.in_(ids[start : start + _AT_ONCE])
            rows = select(Resource).where(wanted, Resource.shown())
            for row in session.scalars(rows.options(*showing.resource_parts())):
                found[row.id] = showing.resource(row)
    return tuple(found[each] for each in ids if each in found)


def published(
    library: Library,
    *,
    page: int,
    size: int,
    order: Order = "newest",
    audience: str = "",
    topic: str = "",
    collection: str = "",
    hide_noted: bool = False,
) -> Listed:
    """Page `page`, from 1, of the published resources.

    Only those for `audience`, about `topic` and in `collection` (slugs), where these are said; with `hide_noted`
    without those that have content notes.
    """
    in_collection = CollectionItem.collection.has(and_(Collection.slug == collection, Collection.kind != "pack"))
    about = topic_tree.about()
    of_topic = select(about.c.resource_id).join(Topic, Topic.id == about.c.topic_id).where(Topic.slug == topic)
    wanted = [
        Resource.shown(hide_noted=hide_noted),
        *([Resource.audiences.any(ResourceAudience.audience == audience)] if audience else []),
        *([Resource.id.in_(of_topic)] if topic else []),
        *([Resource.places.any(in_collection)] if collection else []),
    ]
    by = {
        "newest": (Resource.published_at.desc(), Resource.id.desc()),
        "title": (func.lower(Resource.title), Resource.id),
    }
    rows = select(Resource).where(*wanted).order_by(*by[order]).offset((page - 1) * size).limit(size)
    with library.database.reading() as session:
        return Listed(
            total=session.scalar(select(func.count()).select_from(Resource).where(*wanted)) or 0,
            resources=tuple(map(showing.resource, session.scalars(rows.options(*showing.resource_parts())))),
        )
