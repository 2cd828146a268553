"""Reports for a curator: which resources have no Easy Read form, and how hard each form is to read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from clearinghouse import showing, vocabulary
from clearinghouse.library import Library
from clearinghouse.models import Edition, Resource, ResourceAudience
from clearinghouse.views import Card, EditionView

#: Whom Easy Read is made for first, unless an audience is named.
_EASY_READ_FOR = ("consumers", "carers")


@dataclass(frozen=True, slots=True)
class WithoutEasyRead:
    """A published resource that has no Easy Read form."""

    slug: str
    title: str
    kind: str | None
    audiences: tuple[str, ...]
    schooling: float | None
    """Years that the easiest of its forms asks for; None where no form has a level."""
    words: int
    """Length of its longest form."""


@dataclass(frozen=True, slots=True)
class MissingForms:
    """Which resources have no Easy Read form, those most in need of one first."""

    audiences: tuple[str, ...]
    published: int
    """Resources for these audiences."""
    with_easy_read: int
    missing: tuple[WithoutEasyRead, ...]


@dataclass(frozen=True, slots=True)
class FormLevel:
    """How hard one form of a resource is to read."""

    slug: str
    title: str
    key: str
    form: str
    language: str | None
    schooling: float
    by_hand: bool
    words: int


@dataclass(frozen=True, slots=True)
class ReadingLevels:
    """How hard the forms of published resources are to read, the hardest first."""

    forms: tuple[FormLevel, ...]
    without: int
    """Forms with text but without a level."""


def missing_forms(library: Library, audience: str | None = None) -> MissingForms:
    """Published resources for `audience` (consumers and carers if None) without an Easy Read form.

    A form that is only a link counts as there. Those that are hardest to read come first, the longer before the
    shorter, and those whose level nobody knows last. Raises `Unknown` for an audience that is none.
    """
    audiences = (vocabulary.require("audience", audience),) if audience else _EASY_READ_FOR
    wanted = Resource.audiences.any(ResourceAudience.audience.in_(audiences))
    rows = select(Resource).where(Resource.shown(), wanted).options(*showing.card_parts())
    with library.database.reading() as session:
        found = [(showing.card(row), tuple(map(showing.edition, row.editions))) for row in session.scalars(rows)]
    missing = [_without(card, editions) for card, editions in found if "easy-read" not in card.forms]
    missing.sort(key=lambda each: (each.schooling is None, -(each.schooling or 0), -each.words, each.slug))
    return MissingForms(audiences, len(found), len(found) - len(missing), tuple(missing))


def reading_levels(library: Library, audience: str | None = None, *, over: int = 0) -> ReadingLevels:
    """The levels of all forms of published resources (for `audience`) that ask for more than `over` years.

    Raises `Unknown` for an audience that is none.
    """
    rows = (
        select(Edition, Resource)
        .join(Resource, Resource.id == Edition.resource_id)
        .where(Resource.shown())
        .order_by(Resource.slug, Edition.id)
    )
    if audience:
        chosen = vocabulary.require("audience", audience)
        rows = rows.where(Resource.audiences.any(ResourceAudience.audience == chosen))
    with library.database.reading() as session:
        found = [(resource.slug, resource.title, showing.edition(row)) for row, resource in session.execute(rows)]
    levels = [
        FormLevel(slug, title, each.key, each.form, each.language, years, each.schooling_by_hand, each.word_count)
        for slug, title, each in found
        if (years := each.schooling) is not None and years > over
    ]
    levels.sort(key=lambda each: -each.schooling)
    without = sum(1 for _, _, each in found if each.schooling is None and each.page_count)
    return ReadingLevels(tuple(levels), without)


def _without(card: Card, editions: tuple[EditionView, ...]) -> WithoutEasyRead:
    known = [each.schooling for each in editions if each.schooling is not None]
    return WithoutEasyRead(
        slug=card.slug,
        title=card.title,
        kind=card.kind,
        audiences=card.audiences,
        schooling=min(known, default=None),
        words=max((each.word_count for each in editions), default=0),
    )
