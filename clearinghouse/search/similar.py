"""Use case: resources like one that is being looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

import index
from clearinghouse import cards
from clearinghouse.library import Library
from clearinghouse.models import Resource, resource_topic
from clearinghouse.search import filters
from clearinghouse.views import Card
from index import Engine, Hit, Query
from index.errors import IndexProblem

#: Candidates the engine is asked for, to be put in order by what they share.
_CANDIDATES = 24
#: How much sharing every topic, or the audience, adds to a score scaled by the best.
_TOPICS, _AUDIENCE = 0.6, 0.2


def to(library: Library, slug: str, limit: int = 4, *, hide_noted: bool = False) -> tuple[Card, ...]:
    """At most `limit` published resources like the one at `slug`, most alike first.

    Found by the words of its title and topics, and put in order by the topics and audiences they share.
    Not among them: itself, and its neighbours in a series, which its page shows already; with `hide_noted`, what
    has content notes. None where the index is away: the page can be read without.
    """
    with library.database.reading() as session:
        row = session.scalars(select(Resource).where(Resource.slug == slug)).one_or_none()
        if row is None:
            return ()
        series = [place.collection for place in row.places if place.collection.kind != "pack"]
        neighbours = {item.resource_id for each in series for item in each.items}
        query = replace(
            index.parse(" ".join([row.title, *(topic.preferred for topic in row.topics)]), size=_CANDIDATES),
            every=False,
            filters=filters.wanted({}, hide_noted=hide_noted),
            without=frozenset(map(str, {row.id} | neighbours)),
            pages_per_hit=0,
        )
        if not query.must:
            return ()
        hits = _hits(library.engine, query, limit)
        if not hits:
            return ()
        scores = {int(hit.id): hit.score / (hits[0].score or 1.0) for hit in hits}
        topics = _topics(session, [row.id, *scores])
        audiences = {each.audience for each in row.audiences}

        def rank(each: Card) -> tuple[float, str, int]:
            shared = _TOPICS * _both(topics[row.id], topics[each.id])
            shared += _AUDIENCE if audiences.intersection(each.audiences) else 0.0
            return -scores[each.id] - shared, each.title, each.id

        return tuple(sorted(cards.published(session, list(scores)).values(), key=rank)[:limit])


def _hits(engine: Engine, query: Query, enough: int) -> Sequence[Hit]:
    """What has the words that say most; where that is little, what has any of them."""
    any_word = replace(query, must=(tuple(clause for group in query.must for clause in group),))
    try:
        hits = engine.search(query).hits
        return hits if len(hits) >= enough else engine.search(any_word).hits
    except IndexProblem:
        return ()


def _topics(session: Session, resources: Iterable[int]) -> dict[int, set[int]]:
    """Ids of resources to those of their topics."""
    found: dict[int, set[int]] = {each: set() for each in resources}
    about = resource_topic.c
    rows = select(about.resource_id, about.topic_id).where(about.resource_id.in_(found))
    for resource, topic in session.execute(rows):
        found[resource].add(topic)
    return found


def _both(one: Set[int], other: Set[int]) -> float:
    """How much of two sets is in both, from 0 to 1."""
    return len(one & other) / (len(one | other) or 1)
