"""The protocol every engine keeps, and what it answers. Nothing engine-shaped leaks past it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from index.document import Document
from index.query import Query


@dataclass(frozen=True, slots=True)
class BestPage:
    """A page of a hit that has the words."""

    edition: str
    number: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One resource that answers the question."""

    id: str
    score: float
    """Higher is better; comparable within one answer only. 0.0 where nothing was asked."""
    pages: tuple[BestPage, ...] = ()
    """Best first, at most ``Query.pages_per_hit``."""
    parts: Mapping[str, float] = field(default_factory=dict)
    """What `score` is the sum of, each part by its name, as far as the engine tells."""


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one `Query`."""

    total: int
    """How many resources answer."""
    hits: tuple[Hit, ...] = ()
    """The asked-for page of hits, in order."""
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Filter name to value to number of resources. A filter's own counts ignore its own choice."""
    suggestion: str | None = None
    """The question with misspelt words mended, offered only where it finds more than was found."""
    whole: int | None = None
    """Where the question was widened: how many of `total` have every word. They come first."""


class Engine(Protocol):
    """An index of documents by id. Safe to share between threads."""

    def search(self, query: Query) -> Results:
        """Answer `query`. Raises `Unavailable` or `Outdated`; never for anything a visitor typed."""

    def write(self, put: Iterable[Document], drop: Iterable[str]) -> None:
        """Put documents (replacing those of the same id) and drop ids, all or nothing.

        Raises `Busy` where another process is writing, `Unavailable` where it cannot be written.
        """

    def replace(self, documents: Iterable[Document]) -> None:
        """Make the index hold exactly `documents`. Readers see the old index whole, then the new one.

        `documents` is consumed as a stream: memory stays flat. Raises like `write`.
        """

    def digests(self) -> dict[str, str]:
        """Id to `Document.digest()` of everything indexed. Raises `Unavailable` or `Outdated`."""

    def lacking(self, documents: Iterable[Document]) -> set[str]:
        """Ids of those of `documents` to which not each of their words leads, or whose vector is lost.

        Those that are not indexed, or otherwise, are passed over. Each is laid out again, so this is for some
        documents, not for all. Raises as `digests` does.
        """

    def close(self) -> None:
        """Give back files and memory; the engine is not used again."""
