"""Use case: many resources at once, whole: for citations, feeds and programs that read the library."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from clearinghouse import showing
from clearinghouse.library import Library
from clearinghouse.models import Resource
from clearinghouse.views import ResourceView

#: Ids asked for at once: databases limit how many values one statement may have.
_AT_ONCE = 500


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
