"""Use case: many resources at once, whole: for citations, feeds and programs that read the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select

from clearinghouse import showing
from clearinghouse.library import Library
from clearinghouse.models import Resource, ResourceAudience, Topic
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
            rows = select(Resource).where(wanted, Resource.status == "published")
            for row in session.scalars(rows.options(*showing.resource_parts())):
                found[row.id] = showing.resource(row)
    return tuple(found[each] for each in ids if each in found)


def published(
    library: Library, *, page: int, size: int, order: Order = "newest", audience: str = "", topic: str = ""
) -> Listed:
    """Page `page`, from 1, of the published resources; only those for `audience`, or about `topic` (a slug)."""
    wanted = [Resource.status == "published"]
    if audience:
        wanted.append(Resource.audiences.any(ResourceAudience.audience == audience))
    if topic:
        wanted.append(Resource.topics.any(Topic.slug == topic))
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
