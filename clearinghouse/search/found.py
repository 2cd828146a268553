"""Hits joined with the rows of published resources: what a result shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import TextClause, select, text
from sqlalchemy.orm import Session

import index
from clearinghouse import showing
from clearinghouse.models import Resource
from clearinghouse.views import Card
from index import BestPage, Query, Results
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


def joined(session: Session, query: Query, results: Results) -> tuple[Found, ...]:
    """Hits with their rows. An id without a published row is dropped: the index is only a shadow."""
    ids = [int(hit.id) for hit in results.hits]
    rows = {
        row.id: row
        for row in session.scalars(
            select(Resource)
            .where(Resource.id.in_(ids), Resource.status == "published")
            .options(*showing.card_parts())
        )
    }
    hits = [hit for hit in results.hits if int(hit.id) in rows]
    texts = page_rows(session, rows, [(int(hit.id), best) for hit in hits for best in hit.pages])
    marker = index.Marker(query)
    found = []
    for hit in hits:
        card = showing.card(rows[int(hit.id)])
        found.append(
            Found(
                card=card,
                score=hit.score,
                parts=hit.parts,
                title=tuple(marker.mark(card.title)),
                summary=tuple(marker.mark(card.summary)),
                pages=found_pages(query, marker, rows[int(hit.id)], hit.pages, texts),
            )
        )
    return tuple(found)


def page_rows(
    session: Session, rows: Mapping[int, Resource], best: Iterable[tuple[int, BestPage]]
) -> dict[tuple[int, int], Any]:
    """(edition id, page number) to label, heading and text of the best pages."""
    keys = {(edition.resource_id, edition.key): edition.id for row in rows.values() for edition in row.editions}
    wanted = {
        (keys[resource, page.edition], page.number) for resource, page in best if (resource, page.edition) in keys
    }
    if not wanted:
        return {}
    given = {f"{name}{at}": each[part] for at, each in enumerate(wanted) for part, name in enumerate("en")}
    return {(page.edition_id, page.number): page for page in session.execute(_pages_of(len(wanted)), given)}


@lru_cache(maxsize=128)
def _pages_of(number: int) -> TextClause:
    """What selects `number` pages.

    Pair by pair: for an IN of pairs SQLite reads every page of the library instead of its primary key. As
    text: putting so many conditions together as expressions takes longer than the answer.
    """
    pairs = " OR ".join(f"(edition_id = :e{at} AND number = :n{at})" for at in range(number))
    return text(f"SELECT edition_id, number, label, heading, text FROM page WHERE {pairs}")  # noqa: S608 - no values


def found_pages(
    query: Query,
    marker: index.Marker,
    row: Resource,
    best: Iterable[BestPage],
    texts: Mapping[tuple[int, int], Any],
) -> tuple[FoundPage, ...]:
    editions = {edition.key: edition for edition in row.editions}
    found = []
    for each in best:
        edition = editions.get(each.edition)
        page = texts.get((edition.id, each.number)) if edition else None
        if edition is None or page is None:
            continue
        found.append(
            FoundPage(
                edition=edition.key,
                number=page.number,
                label=page.label,
                heading=page.heading,
                heading_marked=tuple(marker.mark(page.heading)),
                unit=showing.edition(edition).unit,
                snippet=tuple(index.snippet(page.text, query, marker=marker)),
            )
        )
    return tuple(found)
