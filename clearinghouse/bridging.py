"""From any word that leads to a topic to the topic itself, so that a search for it finds what is about it.

Only where the whole search is such a word, and plainly typed. Broad to narrow: a search for peer workers finds
what is about consumer consultants, and never the other way round; related topics are not searched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from clearinghouse import showing
from clearinghouse.models import Topic, TopicWord
from clearinghouse.views import TopicName
from index import Clause, Query
from index.analysis import sequences

_MOST_CHARACTERS = 120
"""No word that leads to a topic is longer."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The topic that a search names."""

    topic: TopicName
    searched: tuple[str, ...]
    """Its preferred word and those of every narrower topic."""


def meant(session: Session, words: str) -> Meant | None:
    """The topic to which the whole of `words` leads, as preferred, other, historical or clinical word."""
    wanted = _stems(words) if words.strip() and len(words) <= _MOST_CHARACTERS else frozenset()
    if not wanted:
        return None
    leading = select(Topic.id, Topic.preferred).union_all(select(TopicWord.topic_id, TopicWord.word))
    found = [topic for topic, word in session.execute(leading) if wanted & _stems(word)]
    row = session.get(Topic, min(found)) if found else None
    return Meant(showing.topic_name(row), tuple(dict.fromkeys(_preferred(row)))) if row else None


def widened(query: Query, topic: Meant | None) -> Query:
    """`query`, with being about the topic as good as having the words; precise questions stay as they are."""
    if topic is None or query.must_not or not all(_is_plain(group) for group in query.must):
        return query
    about = tuple(Clause(tuple(word.split()), "topic") for word in topic.searched)
    return replace(query, must=tuple((*group, *about) for group in query.must))


def _is_plain(group: tuple[Clause, ...]) -> bool:
    return len(group) == 1 and len(group[0].words) == 1 and group[0].field is None and not group[0].prefix


def _preferred(row: Topic) -> Iterator[str]:
    yield row.preferred
    for each in row.narrower:
        yield from _preferred(each)


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[tuple[str, ...]]:
    """The ways in which an index may have `text`, as stems: `Peer workers` and `peer worker` are one."""
    return frozenset(tuple(stem for _, stem in way) for way in sequences(text))
