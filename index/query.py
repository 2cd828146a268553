"""A visitor's question, parsed once: what every engine is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Sort = Literal["relevance", "newest", "title"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing looked for: a word, a phrase, or the beginning of a word."""

    words: tuple[str, ...]
    """As typed, one word, or several for a phrase."""
    field: str | None = None
    """``title``, ``author``, ``topic``, ``summary``, ``text`` or None for all together."""
    prefix: bool = False
    """The single word is the beginning of the words looked for."""
    weight: float = 1.0
    """What finding it counts for beside what was typed: 1.0 as typed, less for other words put beside it."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked. Empty `must` asks for everything the filters leave."""

    typed: str = ""
    """Exactly what the visitor typed."""
    must: tuple[tuple[Clause, ...], ...] = ()
    """Every group is wanted; within a group any clause will do (OR)."""
    every: bool = True
    """Whether a resource needs every group of `must`. If not, having those that say most will do.

    A plain question (`about`) for every word that fewer than a page of resources have is widened to those
    that have most of them.
    """
    must_not: tuple[Clause, ...] = ()
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Two values of one filter mean either; two filters mean both."""
    years: tuple[int | None, int | None] = (None, None)
    """First and last year wanted, both included; None is open."""
    sort: Sort = "relevance"
    page: int = 1
    """Counted from 1."""
    size: int = 10
    """Hits a page."""
    pages_per_hit: int = 3
    within: str | None = None
    """Only this resource (an id): for the pages of one resource that match."""
    about: str = ""
    """The words of a plain question, for likeness of meaning; empty where it says exactly what it wants."""
    without: frozenset[str] = frozenset()
    """Ids to treat as absent, in hits, totals, counts and suggestion: withdrawn but not yet dropped."""
