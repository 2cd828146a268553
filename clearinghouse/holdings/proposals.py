"""What a source says anew of a resource: taken where no curator has spoken, else kept as a proposal.

A curator's word always wins. What a source said all along is no news, however different from the curator's: only
what it says differently from the last time is put before the curator, who accepts or dismisses it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from clearinghouse.errors import NotFound
from clearinghouse.holdings import catalogue, record, resource_fields
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.models import Proposal, Resource, Statement
from clearinghouse.orm import now

_NEWS = "It now says another"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A field that a source now says differently from the curator."""

    slug: str
    title: str
    name: str
    here: Any
    """What the curator said: plain JSON."""
    there: Any
    """What the source says now."""
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a source's word."""

    changed: dict[str, list[Any]] = field(default_factory=dict)
    """Field to [before, after], of what was taken."""
    proposed: tuple[str, ...] = ()
    """Fields that wait for the curator."""


def hear(session: Session, row: Resource, source: str, word: Record, *, new: bool) -> Heard:
    """Take what `source` says of `row`. `new`: it is the first that this resource is told by a source.

    The first time that a source is heard of a resource that was here before, every difference is news.
    """
    heard = select(Statement).where(Statement.resource_id == row.id, Statement.source == source)
    before = None if new else session.scalars(heard).first()
    said = record.as_json(word)
    known = [] if new else [name for name in row.curated if name in said]
    proposed = [name for name in known if _is_news(row, name, said, before)]
    agreed = [name for name in known if resource_fields.is_said(row, name, said[name])]
    if agreed:
        catalogue.settle(session, row, agreed)
    for name in proposed:
        session.merge(Proposal(resource_id=row.id, field=name, value=said[name], source=source, at=now()))
    if before is None:
        session.add(Statement(resource_id=row.id, source=source, said=said))
    elif before.said != said:
        before.said, before.at = said, now()
    return Heard(resource_fields.apply(session, row, word, by_curator=False), tuple(proposed))


def listing(library: Library, slug: str | None = None) -> tuple[Proposed, ...]:
    """What waits for the curator's word, of one resource or of all. Raises `NotFound`."""
    with library.database.reading() as session:
        wanted = select(Proposal, Resource).join(Resource, Resource.id == Proposal.resource_id)
        if slug is not None:
            wanted = wanted.where(Proposal.resource_id == catalogue.find(session, slug).id)
        rows = session.execute(wanted.order_by(Resource.title, Resource.id, Proposal.field))
        return tuple(_proposed(each, row) for each, row in rows)


def accept(library: Library, slug: str, fields: Iterable[str] = ()) -> dict[str, list[Any]]:
    """Let what was proposed be said, of `fields` or of all; returns field -> [before, after].

    It stays the curator's word: they chose it. Raises `NotFound`, or what `catalogue.revise` does.
    """
    with library.database.reading() as session:
        values = {each.field: each.value for each in _chosen(session, slug, fields)}
    return catalogue.revise(library, slug, record.from_json(values))


def dismiss(library: Library, slug: str, fields: Iterable[str] = ()) -> tuple[str, ...]:
    """Keep what is said here; returns the fields. The same word is not proposed again. Raises `NotFound`."""
    with library.database.writing() as session:
        chosen = _chosen(session, slug, fields)
        for each in chosen:
            session.delete(each)
        return tuple(each.field for each in chosen)


def sentence(slug: str, proposed: Iterable[str]) -> tuple[str, ...]:
    """What to tell the curator, where anything was proposed."""
    names = ", ".join(name.replace("_", " ") for name in proposed)
    if not names:
        return ()
    return (f"{_NEWS} {names}; yours stays. See `clearinghouse proposals list {slug}`.",)


def is_sentence(words: str) -> bool:
    """Whether `words` are what `sentence` made."""
    return words.startswith(_NEWS)


def _is_news(row: Resource, name: str, said: dict[str, Any], before: Statement | None) -> bool:
    if resource_fields.is_said(row, name, said[name]):
        return False
    return before is None or before.said.get(name) != said[name]


def _chosen(session: Session, slug: str, fields: Iterable[str]) -> list[Proposal]:
    row = catalogue.find(session, slug)
    waiting = {each.field: each for each in session.scalars(select(Proposal).filter_by(resource_id=row.id))}
    wanted = list(fields) or list(waiting)
    for name in wanted:
        if name not in waiting:
            known = f" Waiting: {', '.join(waiting)}." if waiting else ""
            raise NotFound(f"Nothing is proposed for “{name}” of “{slug}”.{known}")
    if not wanted:
        raise NotFound(f"Nothing is proposed for “{slug}”; `clearinghouse proposals list` shows what is.")
    return [waiting[name] for name in wanted]


def _proposed(each: Proposal, row: Resource) -> Proposed:
    here = resource_fields.shown(row, each.field)
    return Proposed(row.slug, row.title, each.field, here, each.value, each.source, each.at)
