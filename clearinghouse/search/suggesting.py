"""Use case: what a visitor may mean, while they type: topics, words of the glossary, titles.

Preferred words and published resources only. What somebody types is asked and forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from clearinghouse.library import Library
from clearinghouse.models import GlossaryEntry, Resource, Topic

Kind = Literal["topic", "word", "resource"]

#: Letters needed before anything is offered: one letter begins too much.
LEAST_LETTERS = 2
#: Suggestions offered at once.
MOST = 8
_MOST_LETTERS = 60
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something in whose name each word that was typed begins a word."""

    label: str
    kind: Kind
    slug: str


@dataclass(frozen=True, slots=True)
class _Source:
    kind: Kind
    label: InstrumentedAttribute[str]
    slug: InstrumentedAttribute[str]
    shown: ColumnElement[bool]
    most: int


_SOURCES = (
    _Source("topic", Topic.preferred, Topic.slug, true(), 3),
    _Source("word", GlossaryEntry.word, GlossaryEntry.slug, GlossaryEntry.accepted.is_(True), 2),
    _Source("resource", Resource.title, Resource.slug, Resource.shown(), MOST),
)


def suggestions(library: Library, typed: str, *, hide_noted: bool = False) -> tuple[Suggestion, ...]:
    """At most eight: topics, then words of the glossary, then titles; each name once.

    With `hide_noted`, no title of a resource that has content notes.
    """
    words = typed[:_MOST_LETTERS].lower().split()[:_MOST_WORDS]
    if sum(map(len, words)) < LEAST_LETTERS:
        return ()
    with library.database.reading() as session:
        found = [each for source in _SOURCES for each in _beginning(session, source, words, hide_noted=hide_noted)]
    named: dict[str, Suggestion] = {}
    for each in found:
        named.setdefault(each.label.lower(), each)
    return tuple(named.values())[:MOST]


def _beginning(session: Session, source: _Source, words: Sequence[str], *, hide_noted: bool) -> list[Suggestion]:
    """What begins with the words first, then the shortest."""
    label = func.lower(source.label)
    has = and_(
        *(
            or_(label.startswith(each, autoescape=True), label.contains(f" {each}", autoescape=True))
            for each in words
        )
    )
    begins = label.startswith(" ".join(words), autoescape=True)
    wanted = (
        select(source.label, source.slug)
        .where(source.shown, has)
        .order_by(begins.desc(), func.length(source.label), label)
        .limit(source.most)
    )
    if hide_noted and source.kind == "resource":
        wanted = wanted.where(Resource.shown(hide_noted=True))
    return [Suggestion(name, source.kind, slug) for name, slug in session.execute(wanted)]
