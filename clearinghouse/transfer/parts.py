"""Which rows travel, what hangs on which, and by what name a record speaks of another.

A record never says a row's number, which another library would give to something else: it says a slug.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, select
from sqlalchemy.orm import DeclarativeBase

from clearinghouse import models
from clearinghouse.models.words import topic_related
from clearinghouse.models.works import resource_topic

#: Table to the column by which records name its rows.
NAMED_BY: Mapping[str, str] = {"resource": "slug", "topic": "slug", "collection": "slug"}

Condition = Callable[[], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table as records, each with what hangs on it."""

    table: Table
    hanging: Mapping[str, Part] = field(default_factory=dict)
    """Name in the record to the rows that belong to this one, as a list of records."""
    linked: Mapping[str, Table] = field(default_factory=dict)
    """Name in the record to a table of pairs, as a list of slugs of its second column's rows."""
    shared: Condition | None = None
    """Which rows an export of what visitors see has; all of them where this is None."""
    discreet: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    """Column to what such an export says instead of its value."""
    private: bool = False
    """Whether such an export leaves all of it out."""

    @property
    def number(self) -> Column[int] | None:
        """The column that numbers the rows, which does not travel; None where rows have names of their own."""
        column = self.table.c.get("id")
        return column if column is not None and column.primary_key else None


def _table(model: type[DeclarativeBase]) -> Table:
    found = model.__table__
    assert isinstance(found, Table)
    return found


def _of_what_is_shown() -> ColumnElement[bool]:
    return models.Resource.shown()


def _in_a_shown_resource(column: Column[int]) -> ColumnElement[bool]:
    return column.in_(select(models.Resource.id).where(_of_what_is_shown()))


def _if_an_address(location: str) -> str:
    """A path would tell others of the curator's own machine."""
    return location if location.startswith(("http://", "https://")) else ""


_EDITION = Part(
    _table(models.Edition),
    hanging={"pages": Part(_table(models.Page))},
    discreet={"location": _if_an_address},
)
_ITEM = Part(
    _table(models.CollectionItem),
    shared=lambda: _in_a_shown_resource(_table(models.CollectionItem).c.resource_id),
)

#: File of an export to what stands in it, in the order in which it must come in again.
PARTS: Mapping[str, Part] = {
    "topics": Part(
        _table(models.Topic), hanging={"words": Part(_table(models.TopicWord))}, linked={"related": topic_related}
    ),
    "originals": Part(
        _table(models.Original),
        shared=lambda: _table(models.Original).c.sha256.in_(
            select(models.Edition.original_sha256).where(
                _in_a_shown_resource(_table(models.Edition).c.resource_id),
                models.Edition.original_sha256.is_not(None),
            )
        ),
    ),
    "resources": Part(
        _table(models.Resource),
        hanging={
            "authors": Part(_table(models.Author)),
            "audiences": Part(_table(models.ResourceAudience)),
            "editions": _EDITION,
            "history": Part(_table(models.Event), private=True),
            "statements": Part(_table(models.Statement), private=True),
            "proposals": Part(_table(models.Proposal), private=True),
        },
        linked={"topics": resource_topic},
        shared=_of_what_is_shown,
    ),
    "kept-apart": Part(_table(models.KeptApart), private=True),
    "collections": Part(
        _table(models.Collection), hanging={"items": _ITEM}, shared=lambda: models.Collection.kind != "pack"
    ),
    "topic-changes": Part(_table(models.TopicEvent), private=True),
    "glossary": Part(
        _table(models.GlossaryEntry),
        shared=lambda: models.GlossaryEntry.accepted.is_(True),
    ),
    "help-lines": Part(_table(models.HelpLine)),
    "crisis-phrases": Part(_table(models.CrisisPhrase)),
    "tombstones": Part(_table(models.Tombstone), private=True),
    "attempts": Part(_table(models.Ingestion), private=True),
    "links": Part(_table(models.LinkCheck), private=True),
    "harvests": Part(_table(models.Harvest), hanging={"items": Part(_table(models.HarvestItem))}, private=True),
}

#: Tables that never travel, each with its reason. A test holds that every table is here or in a part.
LEFT_BEHIND: Mapping[str, str] = {
    "enquiry": "what somebody wrote to the project officer stays where they wrote it",
    "enquiry_note": "so does what was answered",
    "secret": "a secret that travels is none",
    "search_day": "counts of searches belong to the site they were made on",
    "search_tally": "and are keyed with its secret",
    "change": "the index is made again on arrival",
    "fingerprint": "texts get theirs again on arrival, as that version of the program makes them",
    "fingerprint_band": "and these with them",
    "lease": "nobody writes the index while it travels",
}
