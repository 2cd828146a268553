"""Hits joined with the rows of published resources: what a result shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

import index
import ingest
from clearinghouse import cards
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


def joined(session: Session, query: Query, results: Results, known: dict[int, Card]) -> tuple[Found, ...]:
    """Hits with their rows. An id without a published row is dropped: the index is only a shadow.

    `known`: see `cards.read`.
    """
    shown = cards.published(session, [int(hit.id) for hit in results.hits], known)
    hits = [(hit, shown[int(hit.id)]) for hit in results.hits if int(hit.id) in shown]
    texts = _texts(session, [(card.id, best) for hit, card in hits for best in hit.pages])
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
        for hit, card in hits
    )


def pages(session: Session, query: Query, hit: Hit) -> tuple[FoundPage, ...]:
    """The best pages of one hit, with their texts; its resource is known to be published."""
    resource = int(hit.id)
    texts = _texts(session, [(resource, best) for best in hit.pages])
    return _pages(query, index.Marker(query), resource, hit.pages, texts)


_Key = tuple[int, str, int]
"""Of a page: id of its resource, key of its edition, and its number."""


def _texts(session: Session, best: Sequence[tuple[int, BestPage]]) -> dict[_Key, Any]:
    """What is shown of the best pages that are there still, and what sort of file each is from."""
    if not best:
        return {}
    given: dict[str, Any] = {}
    for at, (resource, page) in enumerate(best):
        given[f"r{at}"], given[f"k{at}"], given[f"n{at}"] = resource, page.edition, page.number
    rows = session.connection().execute(_pages_of(len(best)), given).all()
    return {(row.resource_id, row.key, row.number): row for row in rows}


@lru_cache(maxsize=128)
def _pages_of(number: int) -> TextClause:
    """What selects `number` pages.

    Joined to what is wanted, a line each: for an IN of such lines SQLite reads every page of the library instead
    of its primary key. As text: putting so many together as expressions takes longer than the answer.
    """
    wanted = ", ".join(f"(:r{at}, :k{at}, :n{at})" for at in range(number))
    return text(
        f"WITH wanted (resource_id, edition_key, page_number) AS (VALUES {wanted}) "  # noqa: S608 - no values
        "SELECT edition.resource_id, edition.key, page.number, page.label, page.heading, page.text, "
        "original.media_type FROM wanted "
        "JOIN edition ON edition.resource_id = wanted.resource_id AND edition.key = wanted.edition_key "
        "JOIN page ON page.edition_id = edition.id AND page.number = wanted.page_number "
        "LEFT JOIN original ON original.sha256 = edition.original_sha256"
    )


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
