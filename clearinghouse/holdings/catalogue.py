"""Use cases on one resource: find, list, revise, publish, withdraw, and its history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from clearinghouse import cards, showing, slugs, views, vocabulary
from clearinghouse.errors import Invalid, NotFound
from clearinghouse.holdings import record, resource_fields
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.models import Event, Proposal, Resource, ResourceAudience
from clearinghouse.orm import now


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of a resource's history."""

    at: datetime
    who: str
    what: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filing:
    """The whole of a resource, for a curator: its record, and the text of each edition."""

    view: views.ResourceView
    texts: tuple[tuple[views.PageView, ...], ...]
    """Pages of each edition, in the order of ``view.editions``."""


def listing(
    library: Library, *, audience: str | None = None, kind: str | None = None, status: str | None = None
) -> tuple[views.Card, ...]:
    """Every resource that the filters leave, by title. Raises `Unknown` for a word not in its list."""
    wanted = select(Resource.id).order_by(func.lower(Resource.title), Resource.id)
    if audience:
        chosen = vocabulary.require("audience", audience)
        wanted = wanted.where(Resource.audiences.any(ResourceAudience.audience == chosen))
    if kind:
        wanted = wanted.where(Resource.kind == vocabulary.require("kind", kind))
    if status:
        wanted = wanted.where(Resource.status == vocabulary.require("status", status))
    with library.database.reading() as session:
        return tuple(cards.read(session, session.scalars(wanted).all()).values())


def names(library: Library) -> tuple[tuple[str, str], ...]:
    """Slug and title of every resource, whatever its status, by slug."""
    with library.database.reading() as session:
        rows = session.execute(select(Resource.slug, Resource.title).order_by(Resource.slug))
        return tuple((slug, title) for slug, title in rows)


def show(library: Library, slug: str) -> Filing:
    """Everything known of a resource, whatever its status. Raises `NotFound`."""
    with library.database.reading() as session:
        row = find(session, slug)
        texts = tuple(tuple(showing.page(page) for page in edition.pages) for edition in row.editions)
        return Filing(showing.resource(row), texts)


def history(library: Library, slug: str) -> tuple[HistoryEntry, ...]:
    """Who changed what and when, oldest first. Raises `NotFound`."""
    with library.database.reading() as session:
        events = select(Event).where(Event.resource_id == find(session, slug).id).order_by(Event.id)
        return tuple(HistoryEntry(each.at, each.who, each.what, each.details) for each in session.scalars(events))


def revise(library: Library, slug: str, said: Record, emptied: Iterable[str] = ()) -> dict[str, list[Any]]:
    """Change a resource by a curator's word; returns field -> [before, after] of what changed.

    `emptied` names fields that shall say nothing. Raises `NotFound`, `Unknown`, or `Invalid` where a published
    resource would lose its kind or audience.
    """
    said, emptied = record.checked(said), tuple(emptied)
    with library.database.writing() as session:
        row = find(session, slug)
        changed = resource_fields.apply(session, row, said, by_curator=True)
        changed |= resource_fields.empty(session, row, emptied)
        settle(session, row, (*said.said(), *emptied))
        if row.status == "published":
            _require_publishable(row)
        if changed:
            remember(session, library, row, "revised", changed)
        return changed


def settle(session: Session, row: Resource, names: Iterable[str]) -> None:
    """A curator has spoken on these fields: nothing that a source proposed for them waits any more."""
    waiting = delete(Proposal).where(Proposal.resource_id == row.id, Proposal.field.in_(list(names)))
    session.execute(waiting)


def publish(library: Library, slug: str) -> bool:
    """Show a resource to visitors. Returns False where it was shown already. Raises `NotFound` or `Invalid`."""
    with library.database.writing() as session:
        row = find(session, slug)
        if row.status == "published":
            return False
        publish_row(session, library, row)
        return True


def publish_row(session: Session, library: Library, row: Resource) -> None:
    """Publish within a transaction. Raises `Invalid` where kind or audience is missing."""
    _require_publishable(row)
    row.status = "published"
    row.published_at = row.published_at or now()
    row.withdrawn_reason = ""
    row.guessed = {}
    row.updated_at = now()
    remember(session, library, row, "published", {})


def withdraw(library: Library, slug: str, reason: str) -> bool:
    """Take a resource away from visitors, keeping it with the reason. Returns False where it was away already.

    Raises `NotFound`, or `Invalid` without a reason.
    """
    if not reason.strip():
        raise Invalid('Say why it is withdrawn, for those who come looking for it: --reason "Replaced by …".')
    with library.database.writing() as session:
        row = find(session, slug)
        if row.status == "withdrawn":
            return False
        withdraw_row(session, library, row, reason.strip())
        return True


def withdraw_row(session: Session, library: Library, row: Resource, reason: str) -> None:
    """Withdraw within a transaction."""
    row.status = "withdrawn"
    row.withdrawn_reason = reason
    row.updated_at = now()
    remember(session, library, row, "withdrawn", {"reason": reason})


def find(session: Session, slug: str) -> Resource:
    """The row of this slug. Raises `NotFound`, suggesting the nearest slug."""
    row = session.scalars(select(Resource).where(Resource.slug == slug)).one_or_none()
    if row is None:
        near = vocabulary.did_you_mean(slug, session.scalars(select(Resource.slug)))
        raise NotFound(f"There is no resource “{slug}”.{near} `clearinghouse list` shows them all.")
    return row


def new_row(session: Session, library: Library, title: str) -> Resource:
    """A new draft with a slug of its own, written at once so that it has an id."""
    base = slugs.slugify(title)
    alike = session.scalars(select(Resource.slug).where(Resource.slug.startswith(base, autoescape=True)))
    row = Resource(slug=slugs.free(base, set(alike)), title=title, curated=[], content_notes=[], guessed={})
    row.identifiers = {}
    row.details = {}
    # Said to be empty, so that no query asks what hangs on a row that is only now written.
    row.authors, row.audiences, row.topics, row.editions, row.places = [], [], [], [], []
    session.add(row)
    session.flush()
    remember(session, library, row, "added", {})
    return row


def remember(session: Session, library: Library, row: Resource, what: str, details: dict[str, Any]) -> None:
    """Write a line of history."""
    session.add(Event(resource_id=row.id, who=library.curator, what=what, details=details))


def _require_publishable(row: Resource) -> None:
    lacks = [name for name, value in (("a kind", row.kind), ("an audience", row.audiences)) if not value]
    if not lacks:
        return
    kind = row.guessed.get("kind") or "KIND"
    audience = (row.guessed.get("audiences") or ["AUDIENCE"])[0]
    needed = " ".join(
        option
        for option, value in ((f"--kind {kind}", row.kind), (f"--audience {audience}", row.audiences))
        if not value
    )
    raise Invalid(
        f"“{row.slug}” needs {' and '.join(lacks)} before visitors can see it; say which with "
        f"`clearinghouse edit {row.slug} {needed}`, then publish it."
    )
