"""Use cases of the curator's review: decide on a draft, and take a decision back.

Nothing that was guessed is a curator's word before a curator decides so, and only drafts are decided on here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from clearinghouse import vocabulary
from clearinghouse.acquisition import alike
from clearinghouse.acquisition.drafts import require_draft
from clearinghouse.errors import Invalid, Unknown
from clearinghouse.holdings import apart, catalogue, forms, guesses, record, resource_fields
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.models import Edition, Resource
from clearinghouse.orm import now

NOT_THE_SAME = "not-the-same"
#: What may be decided.
DECISIONS = ("accept", "change", "publish", "skip", "discard", "move", NOT_THE_SAME)

#: Columns beside the record's fields that a decision may change.
_STATE = (
    "curated",
    "guessed",
    "status",
    "withdrawn_reason",
    "published_at",
    "put_off_at",
    "told_by",
    "updated_at",
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a curator wants of one draft."""

    slug: str
    do: str
    """One of `DECISIONS`."""
    said: Record = field(default_factory=Record)
    """What is changed before anything else, already `record.checked`."""
    emptied: tuple[str, ...] = ()
    """Fields that shall say nothing."""
    guesses: tuple[str, ...] | None = None
    """Names of the guesses to accept, by `accept` and `publish`; None for all."""
    reason: str = ""
    """Why it is discarded."""
    to: str = ""
    """Slug of the resource that gets its forms, of `move`; of the one that it is not the same as, of
    `not-the-same`, where that is not each one that is alike."""
    seen: datetime | None = None
    """The draft's `updated_at` when it was looked at; None where that does not matter."""


@dataclass(frozen=True, slots=True)
class Before:
    """A draft as it was before a decision, to take the decision back."""

    slug: str
    fields: Mapping[str, Any]
    state: Mapping[str, Any]
    """Columns beside the record's fields."""
    forms: Mapping[int, str]
    """Ids of its editions, and the key of each."""
    apart: frozenset[int]
    """Ids of the resources of which a curator had said that they are not the same."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a decision."""

    slug: str
    title: str
    do: str
    status: str
    changed: dict[str, list[Any]]
    """Field to [before, after]."""
    before: Before
    updated_at: datetime
    """Of the resource, after the decision."""


def decide(library: Library, decision: Decision) -> Decided:
    """Carry out a decision, all of it or nothing.

    `accept` makes guesses the curator's word and leaves the draft a draft; `publish` does so and shows it to
    visitors; `skip` puts it behind the others; `discard` withdraws it before anybody saw it: it is kept with its
    originals, so that the same file is known when it comes again; `move` makes its forms those of another
    resource, as `forms.move` does; `not-the-same` says that what is alike is another work, and leaves the draft a
    draft. Raises `NotFound`, `Unknown`, or `Invalid` for
    what is no draft (any more), has changed since it was looked at, or cannot be published yet.
    """
    if decision.do not in DECISIONS:
        near = vocabulary.did_you_mean(decision.do, DECISIONS)
        raise Unknown(f"Nobody can “{decision.do}” a draft.{near} Known: {', '.join(DECISIONS)}.")
    with library.database.writing() as session:
        row = require_draft(catalogue.find(session, decision.slug))
        if decision.seen is not None and decision.seen != row.updated_at:
            raise Invalid(f"“{row.slug}” has changed since you looked at it; look again, then decide.")
        before = _before(session, row)
        changed = resource_fields.apply(session, row, decision.said, by_curator=True)
        changed |= resource_fields.empty(session, row, decision.emptied)
        catalogue.settle(session, row, [*decision.said.said(), *decision.emptied])
        if decision.do in {"accept", "publish"}:
            changed |= _accept(session, row, decision)
        if changed:
            catalogue.remember(session, library, row, "revised", changed)
        _finish(session, library, row, decision)
        return Decided(row.slug, row.title, decision.do, row.status, changed, before, row.updated_at)


def undo(library: Library, decided: Decided) -> None:
    """Make the resource what it was before. Raises `NotFound`, or `Invalid` where it has changed since."""
    before = decided.before
    with library.database.writing() as session:
        row = catalogue.find(session, before.slug)
        if row.updated_at != decided.updated_at:
            raise Invalid(f"“{row.slug}” has changed since; mend it with `clearinghouse edit {row.slug}`.")
        resource_fields.put_back(session, row, before.fields)
        for name, value in before.state.items():
            setattr(row, name, value)
        _take_back_forms(session, row, before.forms)
        apart.put_back(session, row, before.apart)
        catalogue.remember(session, library, row, "undone", {"decision": decided.do})


def _take_back_forms(session: Session, row: Resource, forms: Mapping[int, str]) -> None:
    with session.no_autoflush:  # two forms of one key stand nowhere, not even for a moment
        for edition_id, key in forms.items():
            edition = session.get(Edition, edition_id)
            if edition is not None and edition.resource is not row:
                edition.key = key
                row.editions.append(edition)


def _accept(session: Session, row: Resource, decision: Decision) -> dict[str, list[Any]]:
    open_ = guesses.of(row)
    wanted = decision.guesses
    for name in wanted or ():
        if name not in {each.name for each in open_}:
            known = ", ".join(each.name for each in open_) or "nothing"
            raise Invalid(f"There is no guess at “{name}”; guessed of “{row.slug}” is {known}.")
    chosen = tuple(each for each in open_ if wanted is None or each.name in wanted)
    if decision.do == "accept" and not chosen and not decision.said.said():
        raise Invalid(f"Nothing is guessed of “{row.slug}”; change it, or publish it as it is.")
    return resource_fields.apply(session, row, record.checked(guesses.as_record(chosen)), by_curator=True)


def _finish(session: Session, library: Library, row: Resource, decision: Decision) -> None:
    if decision.do == "publish":
        catalogue.publish_row(session, library, row)
    elif decision.do == "discard":
        reason = decision.reason.strip()
        row.status = "withdrawn"
        row.withdrawn_reason = f"Discarded in review: {reason}" if reason else "Discarded in review."
        row.updated_at = now()
        catalogue.remember(session, library, row, "discarded", {"reason": reason} if reason else {})
    elif decision.do == "move":
        forms.move_rows(session, library, row, decision.to)
    elif decision.do == NOT_THE_SAME:
        _keep_apart(session, library, row, decision.to)
    elif decision.do == "skip":
        # Not by way of the row: what the index holds of it, and what somebody saw of it, stay as they are.
        session.execute(update(Resource).where(Resource.id == row.id).values(put_off_at=now()))


def _keep_apart(session: Session, library: Library, row: Resource, other: str) -> None:
    others = [other] if other else [each.slug for each in alike.to_resource(session, row)]
    if not others:
        raise Invalid(f"Nothing here is like “{row.slug}”; name the resource that it is not the same as.")
    apart.keep_rows(session, library, row, others)


def _before(session: Session, row: Resource) -> Before:
    state = {name: getattr(row, name) for name in _STATE}
    return Before(
        row.slug,
        resource_fields.kept(row),
        state,
        {each.id: each.key for each in row.editions},
        apart.of(session, row),
    )
