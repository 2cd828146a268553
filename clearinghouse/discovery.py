"""Use case: a visitor's question -> the engine -> results joined with rows of published resources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clearinghouse.library import Library
from clearinghouse.views import Card
from index import Sort

#: A piece of text and whether the question's words are in it.
Fragments = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, as it came: nothing in it can be wrong, only unknown, and unknown is ignored."""

    words: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """``audience``, ``kind``, ``topic``, ``language``, ``form``, ``speaks`` to chosen values."""
    years: tuple[int | None, int | None] = (None, None)
    sort: Sort = "relevance"
    page: int = 1
    size: int = 10


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page that has the words."""

    edition: str
    """Key of the edition."""
    number: int
    label: str
    heading: str
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
class Choice:
    """One value of a filter."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its values, most first (audiences and kinds in the vocabulary's order)."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the results page shows."""

    question: Question
    total: int
    found: tuple[Found, ...]
    filters: tuple[Filter, ...]
    suggestion: str | None
    pages: int
    """How many pages of results there are; at least 1."""


def search(library: Library, question: Question) -> Answer:
    """Answer `question`. Raises `index.errors.Unavailable` or `Outdated` where there is no index."""
    raise NotImplementedError


def pages_that_match(library: Library, slug: str, words: str, limit: int = 10) -> tuple[FoundPage, ...]:
    """Pages of one published resource that have `words`, best first."""
    raise NotImplementedError


def mark(words: str, text: str) -> Fragments:
    """`text` in pieces, with the question's words marked: for the reading page."""
    raise NotImplementedError
