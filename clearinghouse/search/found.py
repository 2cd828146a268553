"""Hits joined with the rows of published resources: what a result shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from sqlalchemy.orm import Session

import index
import ingest
from clearinghouse.database import as_the_driver_has_it
from clearinghouse.kept_cards import KeptCards
from clearinghouse.views import Card
from index import BestPage, Hit, Query, Results
from ingest import Unit

#: A piece of text and whether the question's words are in it.
Fragments = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page that has the words."""

    edition: str
    """Key of the edition."""
    number: int
    label: str
    heading: str
    heading_marked: Fragments
    unit: Unit
    """What it is: a page, a slide, a section, or a stretch of time."""
    snippet: Fragments


@dataclass(frozen=True, slots=True)
class Found:
    """A resource that answers, with its best pages."""

    card: Card
    score: float
    parts: Mapping[str, float]
    """What the score is the sum of."""
    title: Fragments
    summary: Fragments
    pages: tuple[FoundPage, ...]


def joined(session: Session, query: Query, results: Results, kept: KeptCards) -> tuple[Found, ...]:
    """Hits with their rows. An id without a published row is dropped: the index is only a shadow."""
    rows = _rows(session, results.hits)
    shown = kept.of(session, {row.resource_id: row.stamp for row in rows})
    texts = _texts(rows)
    marker = index.Marker(query)
    return tuple(
        Found(
            card=card,
            score=hit.score,
            parts=hit.parts,
            title=tuple(marker.mark(card.title)),
            summary=tuple(marker.mark(card.summary)),
            pages=_pages(query, marker, card.id, hit.pages, texts),
        )
        for hit in results.hits
        if (card := shown.get(int(hit.id)))
    )


def pages(session: Session, query: Query, hit: Hit) -> tuple[FoundPage, ...]:
    """The best pages of one hit, with their texts; none where its resource is not published."""
    return _pages(query, index.Marker(query), int(hit.id), hit.pages, _texts(_rows(session, [hit])))


class _Row(NamedTuple):
    """A resource that is shown, and one of its pages, where that is there still."""

    resource_id: int
    stamp: object
    """When it last changed, as the database has it."""
    key: str
    """Of the edition."""
    number: int | None
    """Of the page; None, as all that follows, where there is none."""
    label: str
    heading: str
    text: str
    media_type: str | None


_Key = tuple[int, str, int | None]
"""Of a page: id of its resource, key of its edition, and its number."""
_NO_PAGE = BestPage("", 0)
"""Asked for where a hit names none, so that its resource is asked for."""


def _rows(session: Session, hits: Sequence[Hit]) -> list[_Row]:
    """For each of `hits` that is published, a row for each of its best pages and at least one."""
    wanted = [(int(hit.id), page.edition, page.number) for hit in hits for page in hit.pages or (_NO_PAGE,)]
    if not wanted:
        return []
    found = as_the_driver_has_it(session, _asking_for(len(wanted)), [*chain.from_iterable(wanted)])
    return list(map(_Row._make, found))


def _texts(rows: Iterable[_Row]) -> dict[_Key, _Row]:
    """The rows of pages that are there still."""
    return {(row.resource_id, row.key, row.number): row for row in rows if row.number is not None}


@lru_cache(maxsize=128)
def _asking_for(number: int) -> str:
    """What tells of `number` pages whether their resources are shown, since when as they are, and what is on them.

    Joined to what is wanted, a line each: for an IN of such lines SQLite reads every page of the library instead
    of its primary key.
    """
    wanted = ", ".join(["(?, ?, ?)"] * number)
    return (
        f"WITH wanted (resource_id, edition_key, page_number) AS (VALUES {wanted}) "  # noqa: S608 - no values
        "SELECT resource.id, resource.changed_at, edition.key, page.number, page.label, page.heading, page.text, "
        "original.media_type FROM wanted "
        "JOIN resource ON resource.id = wanted.resource_id AND resource.status = 'published' "
        "LEFT JOIN edition ON edition.resource_id = wanted.resource_id AND edition.key = wanted.edition_key "
        "LEFT JOIN page ON page.edition_id = edition.id AND page.number = wanted.page_number "
        "LEFT JOIN original ON original.sha256 = edition.original_sha256"
    )


def _pages(
    query: Query, marker: index.Marker, resource: int, best: Iterable[BestPage], texts: Mapping[_Key, _Row]
) -> tuple[FoundPage, ...]:
    return tuple(
        FoundPage(
            edition=row.key,
            number=page.number,
            label=row.label,
            heading=row.heading,
            heading_marked=tuple(marker.mark(row.heading)),
            unit=ingest.unit_of(row.media_type) if row.media_type else "section",
            snippet=tuple(index.snippet(row.text, query, marker=marker)),
        )
        for page in best
        if (row := texts.get((resource, page.edition, page.number))) is not None
    )
