"""The library's own books: attempts to take something in, who changed what, and what keeps processes in step."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from clearinghouse.orm import Base, now


class Ingestion(Base):
    """One attempt to take in one source, and how it ended."""

    __tablename__ = "ingestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    source: Mapped[str]
    sha256: Mapped[str | None] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(10), index=True)
    milliseconds: Mapped[int]
    sentence: Mapped[str] = mapped_column(default="")
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id", ondelete="SET NULL"))
    asked: Mapped[dict[str, Any] | None]
    """What was asked of it then, so that it can be tried again in the same way (see `acquisition.asked`)."""


class Event(Base):
    """Who changed what, and when."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_resource_id_id", "resource_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"))
    who: Mapped[str]
    what: Mapped[str] = mapped_column(String(20))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Change(Base):
    """The outbox: a resource whose index document may be out of date. Says which, never what."""

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=now)


class Tombstone(Base):
    """What is left of a resource that was published and then discarded: other systems are told that it is gone."""

    __tablename__ = "tombstone"
    __table_args__ = (Index("ix_tombstone_changed_at_slug", "changed_at", "slug"),)

    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    changed_at: Mapped[datetime]
    """When it was discarded, as `stamps` counts."""
    groups: Mapped[str]
    """The groups it was in, as `groups.written` writes them."""


class Lease(Base):
    """Held by the one process that is writing the index."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(default="")
    until: Mapped[datetime]


class Secret(Base):
    """A secret of this library's own, such as the one that signs the enquiry form."""

    __tablename__ = "secret"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str]
