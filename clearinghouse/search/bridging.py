"""The word bridge: from any word that leads to a topic to the other words for the same.

What is searched besides goes from broad to narrow only: a search for peer workers finds what is about consumer
consultants, and never the other way round. Related topics are not searched, nor are historical and clinical
words: they lead to the preferred word, and nothing leads to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from clearinghouse.views import TopicName
from clearinghouse.words.topic_words import Row, Term, TopicWords, whoever
from index import Clause, Query
from index.analysis import runs, sequences

WEIGHT = 0.3
"""What another word counts for beside the one typed: see `docs/relevance.md`."""
_MOST_WORDS = 12
"""Other words that one question is searched with, shared out among the terms in it."""
_MOST_TERMS = 4
"""Terms of one question that are given other words: the longest."""
_SEARCHED = ("preferred", "other")
"""Kinds of words that are searched besides. The others lead to a topic, and nothing leads to them."""
_MOST_RUNS = 60
"""Words of a question that are looked at."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words of a question that lead to a topic, and what is searched besides."""

    typed: str
    """The words as they were typed."""
    topic: TopicName
    kind: str
    """``preferred``, ``other``, ``clinical``, or ``historical``: a word of another time."""
    words: tuple[str, ...]
    """Other words for the same, or for something narrower; empty where there are none or none is wanted."""
    weight: float = WEIGHT


@dataclass(frozen=True, slots=True)
class Bridged:
    """A question with other words beside its own."""

    query: Query
    expansions: tuple[Expansion, ...] = ()
    topic: TopicName | None = None
    """The topic that the whole question names."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Runs `first` to `last` (left out) of a question, which are `term`."""

    start: int
    end: int
    """Characters of the question."""
    stems: frozenset[str]
    row: Row
    term: Term


def bridge(words: TopicWords, query: Query, *, as_typed: bool = False) -> Bridged:
    """`query` searched with the other words of the topics it names; as it is where it is precise or `as_typed`."""
    whole = words.of(query.typed)
    topic = TopicName(whole.topic, words.topics[whole.topic]) if whole else None
    if not query.about or query.must_not:
        return Bridged(query, topic=topic)
    expansions = []
    must = [list(group) for group in query.must]
    spans = list({span.row: span for span in _spans(words, query.typed)}.values())[:_MOST_TERMS]
    most = 0 if as_typed else _MOST_WORDS // max(1, len(spans))
    for span in spans:
        covered = [group for group in must if _is_covered(group[0], span.stems)]
        if not covered:
            continue
        # One word among many is often meant otherwise: limits, boundaries, evidence.
        others = _others(words, span)[:most] if query.every or len(span.row) > 1 else []
        for group in covered:
            group += [Clause(tuple(each.split()), weight=WEIGHT) for each in others]
        name = TopicName(span.term.topic, words.topics[span.term.topic])
        expansions.append(Expansion(query.typed[span.start : span.end], name, span.term.kind, tuple(others)))
    if whole and not as_typed:
        # Being about the topic is as good as having the words.
        about = [Clause(tuple(words.topics[slug].split()), "topic") for slug in _meant(words, whole)]
        must = [group + about for group in must]
    return Bridged(replace(query, must=tuple(map(tuple, must))), tuple(expansions), topic)


def _meant(words: TopicWords, term: Term) -> tuple[str, ...]:
    return (term.topic, *words.beneath[term.topic])


def _spans(words: TopicWords, typed: str) -> Iterator[_Span]:
    """Where terms stand in a question, the longest first, none within another."""
    read = list(zip(range(_MOST_RUNS), runs(typed), strict=False))
    places = [(start, end, word.stem) for _, (start, end, run) in read for word in run.words[: run.width]]
    stems = whoever(tuple(stem for _, _, stem in places))
    at = 0
    found = []
    for at, stem in enumerate(stems):
        for length in range(min(words.longest.get(stem, 0), len(stems) - at), 0, -1):
            row = stems[at : at + length]
            if row in words.leading:
                found.append((at, row))
                break
    taken: set[int] = set()
    for at, row in sorted(found, key=lambda each: (-len(each[1]), each[0])):
        span = range(at, at + len(row))
        if taken.isdisjoint(span):
            taken.update(span)
            start, end = places[at][0], places[span[-1]][1]
            typed_stems = frozenset(stem for _, _, stem in places[span.start : span.stop])
            yield _Span(start, end, typed_stems, row, words.leading[row])


def _is_covered(clause: Clause, stems: frozenset[str]) -> bool:
    """Whether all of a typed word is among the words that lead to a topic."""
    return any(stems.issuperset(stem for _, stem in way) for way in sequences(" ".join(clause.words)))


def _others(words: TopicWords, span: _Span) -> list[str]:
    """The other words for `span`, then those for what is narrower, names of topics first.

    None that has another in it: who has `mental health peer worker` is found by `peer worker`. Nor one that is
    only a part of what was typed: that is for widening to find.
    """
    topics = _meant(words, span.term)
    terms = [term for slug in topics[:1] for term in words.terms[slug]]
    terms += [words.terms[slug][0] for slug in topics[1:]]
    terms += [term for slug in topics[1:] for term in words.terms[slug][1:]]
    terms = [term for term in terms if term.kind in _SEARCHED]
    kept: list[Term] = []
    having = [span.row, *span.term.rows]
    for term in sorted(terms, key=lambda term: len(term.rows[0])):
        if not any(_has(row, one) for row in term.rows for one in having) and not _has(span.row, term.rows[0]):
            kept.append(term)
            having += term.rows
    return [term.text for term in terms if term in kept]


def _has(row: Row, one: Row) -> bool:
    """Whether `one` stands within `row`."""
    return any(row[at : at + len(one)] == one for at in range(len(row) - len(one) + 1))
