"""Use case: resources like one that is being looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

import index
from clearinghouse import showing
from clearinghouse.library import Library
from clearinghouse.models import Resource
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
        alike = session.scalars(
            select(Resource)
            .where(Resource.id.in_(scores), Resource.status == "published")
            .options(*showing.card_parts())
        )
        ranked = sorted(alike, key=lambda each: (-scores[each.id] - _shared(row, each), each.title, each.id))
        return tuple(map(showing.card, ranked[:limit]))


def _hits(engine: Engine, query: Query, enough: int) -> Sequence[Hit]:
    """What has the words that say most; where that is little, what has any of them."""
    any_word = replace(query, must=(tuple(clause for group in query.must for clause in group),))
    try:
        hits = engine.search(query).hits
        return hits if len(hits) >= enough else engine.search(any_word).hits
    except IndexProblem:
        return ()


def _shared(one: Resource, other: Resource) -> float:
    """What two resources have in common, from 0 to 0.8."""
    topics = {each.id for each in one.topics}, {each.id for each in other.topics}
    both = len(topics[0] & topics[1]) / (len(topics[0] | topics[1]) or 1)
    audiences = {each.audience for each in one.audiences} & {each.audience for each in other.audiences}
    return _TOPICS * both + (_AUDIENCE if audiences else 0.0)
