"""Hits joined with the rows of published resources: what a result shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import TextualSelect, text
from sqlalchemy.orm import Session

import index
import ingest
from clearinghouse.kept_cards import KeptCards
from clearinghouse.orm import UtcDateTime
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
    shown = kept.of(session, {row.resource_id: row.changed_at for row in rows})
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


_Key = tuple[int, str, int]
"""Of a page: id of its resource, key of its edition, and its number."""
_NO_PAGE = BestPage("", 0)
"""Asked for where a hit names none, so that its resource is asked for."""


def _rows(session: Session, hits: Sequence[Hit]) -> Sequence[Any]:
    """For each of `hits` that is published, a row for each of its best pages and at least one."""
    wanted = [(int(hit.id), page) for hit in hits for page in hit.pages or (_NO_PAGE,)]
    if not wanted:
        return ()
    given: dict[str, Any] = {}
    for at, (resource, page) in enumerate(wanted):
        given[f"r{at}"], given[f"k{at}"], given[f"n{at}"] = resource, page.edition, page.number
    return session.connection().execute(_asking_for(len(wanted)), given).all()


def _texts(rows: Iterable[Any]) -> dict[_Key, Any]:
    """The rows of pages that are there still."""
    return {(row.resource_id, row.key, row.number): row for row in rows if row.number is not None}


@lru_cache(maxsize=128)
def _asking_for(number: int) -> TextualSelect:
    """What tells of `number` pages whether their resources are shown, since when as they are, and what is on them.

    Joined to what is wanted, a line each: for an IN of such lines SQLite reads every page of the library instead
    of its primary key. As text: putting so many together as expressions takes longer than the answer.
    """
    wanted = ", ".join(f"(:r{at}, :k{at}, :n{at})" for at in range(number))
    return text(
        f"WITH wanted (resource_id, edition_key, page_number) AS (VALUES {wanted}) "  # noqa: S608 - no values
        "SELECT resource.id AS resource_id, resource.changed_at, edition.key, page.number, page.label, "
        "page.heading, page.text, original.media_type FROM wanted "
        "JOIN resource ON resource.id = wanted.resource_id AND resource.status = 'published' "
        "LEFT JOIN edition ON edition.resource_id = wanted.resource_id AND edition.key = wanted.edition_key "
        "LEFT JOIN page ON page.edition_id = edition.id AND page.number = wanted.page_number "
        "LEFT JOIN original ON original.sha256 = edition.original_sha256"
    ).columns(changed_at=UtcDateTime)


def _pages(
    query: Query, marker: index.Marker, resource: int, best: Iterable[BestPage], texts: Mapping[_Key, Any]
) -> tuple[FoundPage, ...]:
    rows = (texts.get((resource, each.edition, each.number)) for each in best)
    return tuple(
        FoundPage(
            edition=row.key,
            number=row.number,
            label=row.label,
            heading=row.heading,
            heading_marked=tuple(marker.mark(row.heading)),
            unit=ingest.unit_of(row.media_type) if row.media_type else "section",
            snippet=tuple(index.snippet(row.text, query, marker=marker)),
        )
        for row in rows
        if row is not None
    )
