"""Use case: a visitor's question -> the engine -> results joined with rows of published resources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import TextClause, select, text
from sqlalchemy.orm import Session

import index
from clearinghouse import avoided, bridging, filters, showing, typed
from clearinghouse.filters import Filter
from clearinghouse.library import Library
from clearinghouse.models import Change, Resource, Topic
from clearinghouse.views import Card, TopicName
from index import BestPage, Query, Results, Sort
from index.errors import IndexProblem

#: A piece of text and whether the question's words are in it.
Fragments = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, as it came: nothing in it can be wrong, only unknown, and unknown is ignored."""

    words: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """``audience``, ``kind``, ``topic``, ``language``, ``form``, ``speaks``, ``jurisdiction`` to chosen values."""
    years: tuple[int | None, int | None] = (None, None)
    sort: Sort = "relevance"
    page: int = 1
    size: int = 10
    hide_noted: bool = False
    """Leave out resources with content notes."""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page that has the words."""

    edition: str
    """Key of the edition."""
    number: int
    label: str
    heading: str
    heading_marked: Fragments
    numbered: bool
    """Whether it is a printed page (PDF) rather than a section."""
    snippet: Fragments


@dataclass(frozen=True, slots=True)
class Found:
    """A resource that answers, with its best pages."""

    card: Card
    score: float
    title: Fragments
    summary: Fragments
    pages: tuple[FoundPage, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the results page shows."""

    question: Question
    total: int
    found: tuple[Found, ...]
    filters: tuple[Filter, ...]
    counts: Mapping[str, Mapping[str, int]]
    """Filter name (``year`` among them) to value to number of resources."""
    suggestion: str | None
    whole: int | None
    """Where fewer than a page have every word: how many of `total` have them; the others have most."""
    pages: int
    """How many pages of results there are; at least 1."""
    topic: TopicName | None = None
    """The topic that the words name, whether by its preferred word or by another."""
    hidden: int = 0
    """How many resources with content notes answer too, and were left out as the visitor wished."""


def search(library: Library, question: Question) -> Answer:
    """Answer `question`. Raises `index.errors.Unavailable` or `Outdated` where there is no index."""
    with library.database.reading() as session:
        topics = dict(session.execute(select(Topic.slug, Topic.preferred)).all())
        chosen = filters.known(question.filters, topics)
        query = index.parse(
            question.words,
            filters=filters.wanted(chosen, hide_noted=question.hide_noted),
            years=question.years,
            sort=question.sort,
            page=question.page,
            size=question.size,
        )
        query = typed.in_the_vocabulary(query)
        meant = bridging.meant(session, question.words)
        query = replace(bridging.widened(query, meant), without=_gone(session))
        results = library.engine.search(query)
        return Answer(
            question=question,
            total=results.total,
            found=_joined(session, query, results),
            filters=filters.shown(results.counts, {**chosen, **query.filters}, topics),
            counts=results.counts,
            suggestion=avoided.unless_avoided(session, question.words, results.suggestion),
            whole=results.whole,
            pages=max(1, -(-results.total // question.size)),
            topic=meant.topic if meant else None,
            hidden=results.counts.get(filters.NOTES, {}).get("noted", 0) if question.hide_noted else 0,
        )


def pages_that_match(library: Library, slug: str, words: str, limit: int = 10) -> tuple[FoundPage, ...]:
    """Pages of one published resource that have `words`, best first; none where the index is away.

    A resource can be read without the index, so its absence is no reason to fail the page.
    """
    with library.database.reading() as session:
        row = session.scalars(
            select(Resource).where(Resource.slug == slug, Resource.status == "published")
        ).one_or_none()
        if row is None or not words.strip():
            return ()
        query = typed.in_the_vocabulary(index.parse(words, size=1, pages_per_hit=limit, within=str(row.id)))
        try:
            hits = library.engine.search(query).hits
        except IndexProblem:
            hits = ()
        if not hits:
            return ()
        texts = _page_rows(session, {row.id: row}, [(row.id, best) for best in hits[0].pages])
        return _found_pages(query, index.Marker(query), row, hits[0].pages, texts)


def marker(words: str) -> Callable[[str], Fragments]:
    """What cuts a text in pieces, with the question's words marked: for the reading page."""
    find = index.Marker(index.parse(words))
    return lambda text: tuple(find.mark(text))


def _gone(session: Session) -> frozenset[str]:
    """Ids that the index may still hold though visitors must no longer see them."""
    changed = select(Change.resource_id).distinct()
    shown = select(Resource.id).where(Resource.status == "published")
    return frozenset(map(str, session.scalars(changed.where(Change.resource_id.not_in(shown)))))


def _joined(session: Session, query: Query, results: Results) -> tuple[Found, ...]:
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
    texts = _page_rows(session, rows, [(int(hit.id), best) for hit in hits for best in hit.pages])
    marker = index.Marker(query)
    found = []
    for hit in hits:
        card = showing.card(rows[int(hit.id)])
        found.append(
            Found(
                card=card,
                score=hit.score,
                title=tuple(marker.mark(card.title)),
                summary=tuple(marker.mark(card.summary)),
                pages=_found_pages(query, marker, rows[int(hit.id)], hit.pages, texts),
            )
        )
    return tuple(found)


def _page_rows(
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


def _found_pages(
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
                numbered=showing.edition(edition).has_numbered_pages,
                snippet=tuple(index.snippet(page.text, query, marker=marker)),
            )
        )
    return tuple(found)
