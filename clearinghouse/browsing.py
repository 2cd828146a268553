"""Use case: a visitor looks around. Published resources only; each function opens its own reading session."""

from __future__ import annotations

from dataclasses import dataclass

from clearinghouse.library import Library
from clearinghouse.views import (
    Card,
    CollectionCard,
    CollectionView,
    EditionView,
    HelpLineView,
    OriginalView,
    PageView,
    ResourceView,
    TopicName,
    TopicView,
)


@dataclass(frozen=True, slots=True)
class Home:
    """What the first page shows."""

    total: int
    """Number of published resources."""
    counts: dict[str, int]
    """Audience to number of published resources."""
    newest: tuple[Card, ...]
    charter: Card | None
    training: tuple[CollectionView, ...]
    shelves: tuple[CollectionCard, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of an edition to be read."""

    resource: ResourceView
    edition: EditionView
    pages: tuple[PageView, ...]
    """The pages of this part."""
    part: int
    """Counted from 1."""
    parts: int


def home(library: Library) -> Home: ...


def help_lines(library: Library) -> tuple[HelpLineView, ...]:
    """All, those for every page first."""


def resource(library: Library, slug: str) -> ResourceView:
    """Raises `NotFound` (also for drafts) or `Withdrawn`."""


def reading(library: Library, slug: str, key: str, part: int = 1) -> Reading:
    """Raises `NotFound` (also for drafts, unknown editions and parts) or `Withdrawn`."""


def original(library: Library, slug: str, key: str) -> tuple[OriginalView, str]:
    """The original of an edition and the path of its bytes. Raises `NotFound` or `Withdrawn`."""


def collections(library: Library) -> tuple[CollectionCard, ...]: ...


def collection(library: Library, slug: str) -> CollectionView:
    """Raises `NotFound`."""


def topics(library: Library) -> tuple[tuple[TopicName, int], ...]:
    """Every topic with the number of published resources about it, in order of name."""


def topic(library: Library, slug: str) -> tuple[TopicView, tuple[Card, ...]]:
    """The topic and its newest published resources (at most 50). Raises `NotFound`."""
