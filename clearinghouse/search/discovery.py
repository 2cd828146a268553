"""Use case: a visitor's question -> the engine -> results joined with rows of published resources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

import index
from clearinghouse.library import Library
from clearinghouse.models import Change, Resource
from clearinghouse.search import bridging, filters, found, typed, ways_on
from clearinghouse.search.bridging import Bridged, Expansion
from clearinghouse.search.filters import Filter
from clearinghouse.search.found import Found, FoundPage, Fragments
from clearinghouse.search.ways_on import LetGo
from clearinghouse.views import TopicName
from clearinghouse.words import avoided, topic_words
from clearinghouse.words.topic_words import TopicWords
from index import Query, Sort
from index.errors import IndexProblem


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
    as_typed: bool = False
    """Search only for the words typed, not for others that mean the same."""
    best_pages: int = 3
    """How many pages with the words are named under each resource."""


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
    expansions: tuple[Expansion, ...] = ()
    """Words that name topics, and what was searched besides."""
    query: Query = field(default_factory=Query)
    """How the question was read."""
    let_go: tuple[LetGo, ...] = ()
    """Where nothing was found: filters without which something is."""
    near: tuple[TopicName, ...] = ()
    """Where little was found: topics to look at besides."""
    hidden: int = 0
    """How many resources with content notes answer too, and were left out as the visitor wished."""


def search(library: Library, question: Question) -> Answer:
    """Answer `question`. Raises `index.errors.Unavailable` or `Outdated` where there is no index."""
    words = library.database.remembered(topic_words.read)
    gone = library.database.remembered(_gone)
    with library.database.reading() as session:
        chosen = filters.known(question.filters, words.topics)
        query = index.parse(
            question.words,
            filters=filters.wanted(chosen, hide_noted=question.hide_noted),
            years=question.years,
            sort=question.sort,
            page=question.page,
            size=question.size,
            pages_per_hit=question.best_pages,
        )
        query = replace(typed.in_the_vocabulary(query), without=gone)
        bridged = bridging.bridge(words, query, as_typed=question.as_typed)
        query = bridged.query
        results = library.engine.search(query)
        return Answer(
            question=question,
            total=results.total,
            found=found.joined(session, query, results, library.cards),
            filters=filters.shown(results.counts, {**chosen, **query.filters}, words.topics),
            counts=results.counts,
            suggestion=avoided.unless_avoided(session, question.words, results.suggestion),
            whole=results.whole,
            pages=max(1, -(-results.total // question.size)),
            topic=bridged.topic,
            expansions=bridged.expansions,
            query=query,
            let_go=() if results.total else _let_go(library, question, chosen, query),
            near=_near(library, bridged, words) if results.total <= ways_on.LITTLE else (),
            hidden=results.counts.get(filters.NOTES, {}).get("noted", 0) if question.hide_noted else 0,
        )


def as_meant(library: Library, answer: Answer) -> Answer | None:
    """Where nothing was found for misspelt words: the answer to what was meant, or None."""
    if answer.total or answer.suggestion is None or answer.question.as_typed:
        return None
    meant = search(library, replace(answer.question, words=answer.suggestion, page=1))
    return meant if meant.total else None


def _let_go(
    library: Library, question: Question, chosen: Mapping[str, Iterable[str]], query: Query
) -> tuple[LetGo, ...]:
    names = [*chosen, *(["year"] if question.years != (None, None) else [])]
    return ways_on.let_go(library.engine, query, names)


def _near(library: Library, bridged: Bridged, words: TopicWords) -> tuple[TopicName, ...]:
    named = [each.topic for each in bridged.expansions] + [each for each in [bridged.topic] if each]
    return ways_on.topics_near(library.engine, bridged.query, words, named)


def pages_that_match(library: Library, slug: str, words: str, limit: int = 10) -> tuple[FoundPage, ...]:
    """Pages of one published resource that have `words`, best first; none where the index is away.

    A resource can be read without the index, so its absence is no reason to fail the page.
    """
    with library.database.reading() as session:
        shown = select(Resource.id).where(Resource.slug == slug, Resource.shown())
        number = session.scalars(shown).one_or_none()
        if number is None or not words.strip():
            return ()
        query = typed.in_the_vocabulary(index.parse(words, size=1, pages_per_hit=limit, within=str(number)))
        query = bridging.bridge(library.database.remembered(topic_words.read), query).query
        try:
            hits = library.engine.search(query).hits
        except IndexProblem:
            hits = ()
        return found.pages(session, query, hits[0]) if hits else ()


def marker(library: Library, words: str) -> Callable[[str], Fragments]:
    """What cuts a text in pieces, with the question's words marked, and others for them: for the reading page."""
    known = library.database.remembered(topic_words.read)
    find = index.Marker(bridging.bridge(known, index.parse(words)).query)
    return lambda text: tuple(find.mark(text))


def _gone(session: Session) -> frozenset[str]:
    """Ids that the index may still hold though visitors must no longer see them."""
    changed = select(Change.resource_id).distinct()
    shown = select(Resource.id).where(Resource.shown())
    return frozenset(map(str, session.scalars(changed.where(Change.resource_id.not_in(shown)))))
