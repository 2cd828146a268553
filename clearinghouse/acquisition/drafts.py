"""Drafts as a curator looks them over: what was found, what is guessed and why, and how the text begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from clearinghouse import showing, vocabulary
from clearinghouse.acquisition import alike
from clearinghouse.acquisition.alike import Alike
from clearinghouse.errors import Invalid, NotFound
from clearinghouse.holdings import catalogue, guesses, resource_fields
from clearinghouse.holdings.guesses import Guess
from clearinghouse.library import Library
from clearinghouse.models import Edition, Harvest, HarvestItem, Page, Resource
from clearinghouse.views import EditionView

#: Fields in the order in which a curator reads them.
FIELDS = (
    "title",
    "authors",
    "year",
    "kind",
    "audiences",
    "topics",
    "speaks",
    "organisation",
    "jurisdiction",
    "licence",
    "link",
    "identifiers",
    "content_notes",
    "summary",
)

#: Characters of a document's beginning that are enough to know it by.
_BEGINNING = 2_000
_MOST_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A field that says something."""

    name: str
    value: Any
    """Text, a year, a list, or a mapping."""
    told_by: str
    """Where it is from: `showing.BY_HAND`, or a place in the document; empty where nobody kept that."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with everything that helps to decide on it."""

    slug: str
    title: str
    added_at: datetime
    updated_at: datetime
    """Changes with the record: a decision may name it, and is refused where the draft has changed since."""
    put_off_at: datetime | None
    found: tuple[Found, ...]
    guessed: tuple[Guess, ...]
    lacks: tuple[str, ...]
    """What it needs before visitors can see it, and nothing is guessed for: ``kind``, ``audiences``."""
    editions: tuple[EditionView, ...]
    alike: tuple[Alike, ...]
    """Resources with nearly the same text, the most alike first."""
    beginning: str
    """How its text begins."""


def waiting(
    library: Library, *, kind: str | None = None, harvest: str | None = None, limit: int | None = None
) -> tuple[str, ...]:
    """Slugs of the drafts, those that came first on top and those that were passed over last.

    With `kind`, only those that are said or guessed to be of it; with `harvest`, only what that one brought.
    Raises `Unknown` for a kind that is none, `NotFound` for a harvest that is not there.
    """
    order = (Resource.put_off_at.is_not(None), Resource.put_off_at, Resource.created_at, Resource.id)
    with library.database.reading() as session:
        wanted = _drafts(Resource.slug, kind).order_by(*order).limit(limit)
        if harvest is not None:
            wanted = wanted.where(Resource.id.in_(_brought_by(session, harvest)))
        return tuple(session.scalars(wanted))


def number(library: Library, *, kind: str | None = None) -> int:
    """How many drafts wait. Raises `Unknown` for a kind that is none."""
    with library.database.reading() as session:
        return session.scalar(_drafts(func.count(), kind)) or 0


def show(library: Library, slug: str) -> Draft:
    """Raises `NotFound`, or `Invalid` for what is no draft."""
    with library.database.reading() as session:
        row = require_draft(catalogue.find(session, slug))
        return Draft(
            slug=row.slug,
            title=row.title,
            added_at=row.created_at,
            updated_at=row.updated_at,
            put_off_at=row.put_off_at,
            found=tuple(_found(row)),
            guessed=(guessed := guesses.of(row)),
            lacks=_lacks(row, guessed),
            editions=showing.resource(row, places=False).editions,
            alike=alike.to_resource(session, row)[:_MOST_ALIKE],
            beginning=_beginning(session, row),
        )


def require_draft(row: Resource) -> Resource:
    """`row`. Raises `Invalid` where it is no draft: what visitors see is changed by `edit` alone."""
    if row.status != "draft":
        raise Invalid(f"“{row.slug}” is {row.status}, no draft; change it with `clearinghouse edit {row.slug}`.")
    return row


def _drafts(what: Any, kind: str | None) -> Select[Any]:
    wanted: Select[Any] = select(what).select_from(Resource).where(Resource.status == "draft")
    if kind is None:
        return wanted
    word = vocabulary.require("kind", kind)
    guessed = Resource.guessed["kind"].as_string() == word
    return wanted.where(or_(Resource.kind == word, Resource.kind.is_(None) & guessed))


def _brought_by(session: Session, harvest: str) -> Select[Any]:
    """Ids of the resources that a harvest lists."""
    names = list(session.scalars(select(Harvest.name).order_by(Harvest.name)))
    if harvest not in names:
        near = vocabulary.did_you_mean(harvest, names)
        raise NotFound(f"There is no harvest “{harvest}”.{near} `clearinghouse harvest list` shows them all.")
    return select(HarvestItem.resource_id).join(Harvest).where(Harvest.name == harvest)


def _found(row: Resource) -> list[Found]:
    values = resource_fields.kept(row)
    told_by = {**row.told_by, **dict.fromkeys(row.curated, showing.BY_HAND)}
    return [Found(name, values[name], told_by.get(name, "")) for name in FIELDS if values[name]]


def _lacks(row: Resource, guessed: tuple[Guess, ...]) -> tuple[str, ...]:
    known = {each.name for each in guessed}
    return tuple(name for name in ("kind", "audiences") if not getattr(row, name) and name not in known)


def _beginning(session: Session, row: Resource) -> str:
    """The text of the first pages of the first edition that has any."""
    pages = (
        select(Page.heading, Page.text)
        .join(Edition, Edition.id == Page.edition_id)
        .where(Edition.resource_id == row.id)
        .order_by(Edition.id, Page.number)
    )
    parts: list[str] = []
    for heading, text in session.execute(pages.limit(20)):
        parts += [part for part in (heading, text) if part.strip()]
        if sum(map(len, parts)) >= _BEGINNING:
            break
    return "\n".join(parts)[:_BEGINNING]
