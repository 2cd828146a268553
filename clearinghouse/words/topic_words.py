"""The words that lead to topics, read once and kept until somebody changes a topic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, select
from sqlalchemy.orm import Session

from clearinghouse.models import Topic, TopicWord, topic_related
from index.analysis import sequences

Row = tuple[str, ...]
"""Stems as they stand one after another: `Peer workers` and `peer worker` are one."""

_YOURS = {
    stem: to
    for words, to in (
        ("my our his her their", "your"),
        ("myself ourselves himself herself themselves", "yourself"),
    )
    for ((_, stem),) in (sequences(word)[0] for word in words.split())
}
"""People say `telling my story` of what a topic calls telling your story."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several in a row, that leads to a topic."""

    text: str
    kind: str
    """``preferred``, or one of `clearinghouse.facts.thesaurus.WORD_KINDS`."""
    topic: str
    """Slug."""
    rows: tuple[Row, ...]
    """The ways in which an index may have it: two where it is hyphenated."""


@dataclass(frozen=True, slots=True)
class TopicWords:
    """Every topic with its words. Never changed: a change of topics makes another."""

    topics: Mapping[str, str]
    """Slug to preferred word."""
    beneath: Mapping[str, tuple[str, ...]]
    """Slug to those of all narrower topics, however far down."""
    beside: Mapping[str, tuple[str, ...]]
    """Slug to those of the broader topic and of related ones: worth offering, never searched instead."""
    terms: Mapping[str, tuple[Term, ...]]
    """Slug to its words, the preferred one first."""
    leading: Mapping[Row, Term]
    """Where a row of stems leads, whoever it is said of: see `whoever`."""
    longest: Mapping[str, int]
    """Stem to the length of the longest of `leading` that begins with it."""

    def of(self, text: str) -> Term | None:
        """The term that the whole of `text` is."""
        said = map(whoever, rows(text))
        return next((self.leading[row] for row in said if row in self.leading), None)


def _lines(*columns: Any) -> Any:
    """Every row of a table as a line."""
    texts: list[ColumnElement[str]] = [func.coalesce(cast(column, String), "") for column in columns]
    line = reduce(lambda before, text: before + ":" + text, texts)
    return select(func.aggregate_strings(line, "\n")).scalar_subquery()


_ALL = select(
    _lines(Topic.id, Topic.slug, Topic.preferred, Topic.broader_id),
    _lines(TopicWord.topic_id, TopicWord.kind, TopicWord.word),
    _lines(topic_related.c.topic_id, topic_related.c.related_id),
)

_read: dict[str, tuple[str, TopicWords]] = {}
"""Per database: what its topics were like when they were read, and what was read."""


def read(session: Session) -> TopicWords:
    """The words of the topics as they are now. Nothing but their fingerprint is read where none has changed."""
    place = str(session.get_bind().engine.url)
    now = _fingerprint(session)
    known = _read.get(place)
    if known is None or known[0] != now:
        known = _read[place] = (now, _made(session))
    return known[1]


def rows(text: str) -> tuple[Row, ...]:
    """The ways in which an index may have `text`."""
    return tuple(tuple(stem for _, stem in way) for way in sequences(text))


def whoever(row: Row) -> Row:
    """`row` as it is looked for in `TopicWords.leading`: my story, our story and your story are one."""
    return tuple(_YOURS.get(stem, stem) for stem in row)


def _fingerprint(session: Session) -> str:
    """Everything that `_made` reads as one text, put together by the database: less than a tenth of the work."""
    return "\n\n".join(each or "" for each in session.execute(_ALL).one())


def _made(session: Session) -> TopicWords:
    topics = session.execute(
        select(Topic.id, Topic.slug, Topic.preferred, Topic.broader_id).order_by(Topic.id)
    ).all()
    slugs = {id: slug for id, slug, _, _ in topics}  # noqa: A001
    children: dict[str, list[str]] = {}
    beside: dict[str, list[str]] = {slug: [] for slug in slugs.values()}
    terms = {slug: [Term(preferred, "preferred", slug, rows(preferred))] for _, slug, preferred, _ in topics}
    for _, slug, _, broader in topics:
        if broader in slugs:
            children.setdefault(slugs[broader], []).append(slug)
            beside[slug].append(slugs[broader])
    by_word = select(TopicWord.topic_id, TopicWord.word, TopicWord.kind).order_by(TopicWord.word)
    for topic, word, kind in session.execute(by_word):
        terms[slugs[topic]].append(Term(word, kind, slugs[topic], rows(word)))
    for topic, related in session.execute(select(topic_related).order_by(topic_related.c.related_id)):
        beside[slugs[topic]].append(slugs[related])
    leading: dict[Row, Term] = {}
    longest: dict[str, int] = {}
    for term in (term for of_topic in terms.values() for term in of_topic):
        for row in map(whoever, term.rows):
            leading.setdefault(row, term)
            longest[row[0]] = max(longest.get(row[0], 0), len(row))
    return TopicWords(
        topics={slug: preferred for _, slug, preferred, _ in topics},
        beneath={slug: tuple(dict.fromkeys(_beneath(slug, children, {slug}))) for slug in slugs.values()},
        beside={slug: tuple(dict.fromkeys(others)) for slug, others in beside.items()},
        terms={slug: tuple(of_topic) for slug, of_topic in terms.items()},
        leading=leading,
        longest=longest,
    )


def _beneath(slug: str, children: Mapping[str, list[str]], above: set[str]) -> Iterator[str]:
    for child in children.get(slug, ()):
        if child not in above:  # a loop, which loading refuses
            yield child
            yield from _beneath(child, children, above | {child})
