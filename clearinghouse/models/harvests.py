"""Places that are harvested, what each lists, and what the sources of a resource say of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clearinghouse.models.works import Resource
from clearinghouse.orm import Base, now


class Harvest(Base):
    """A place that lists documents, asked again and again for what is new."""

    __tablename__ = "harvest"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    address: Mapped[str]
    """An address, or the absolute path of a folder."""
    kind: Mapped[str] = mapped_column(String(10))
    """``sitemap``, ``feed``, ``oai``, ``catalogue``, ``folder`` or ``page``."""
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The curator's word on what is new in it (see `record.as_json`)."""
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """See `acquisition.harvesting.options.Options`."""
    stage: Mapped[str] = mapped_column(String(10), default="")
    """What a run that has not ended was doing: ``listing`` or ``taking``; empty between runs."""
    cursor: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Where its listing stands (see `ingest.harvest.Cursor`); empty between runs."""
    since: Mapped[str] = mapped_column(default="")
    """From when on the next run asks for changes, by the clock of an OAI-PMH repository."""
    etag: Mapped[str] = mapped_column(default="")
    last_modified: Mapped[str] = mapped_column(default="")
    """What its server said of the list itself."""
    runs: Mapped[int] = mapped_column(default=0)
    """How many runs were begun."""
    added_at: Mapped[datetime] = mapped_column(default=now)
    began_at: Mapped[datetime | None]
    """When the latest run began."""
    ended_at: Mapped[datetime | None]
    """When a run last came to its end."""
    sentence: Mapped[str] = mapped_column(default="")
    """Why the latest run stopped before its end; empty where it did not."""

    items: Mapped[list[HarvestItem]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class HarvestItem(Base):
    """One thing that a harvest lists."""

    __tablename__ = "harvest_item"
    __table_args__ = (
        UniqueConstraint("harvest_id", "key"),
        Index("ix_harvest_item_harvest_id_state", "harvest_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    harvest_id: Mapped[int] = mapped_column(ForeignKey("harvest.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the identifier, which may be longer than a database lets an index hold."""
    identifier: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    datestamp: Mapped[str] = mapped_column(default="")
    described: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the list says of it (see `ingest.harvest.Description`)."""
    files: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(String(10))
    """``wanted``, ``taken``, ``failed``, ``missing`` (no longer at its source) or ``left`` (no document)."""
    sentence: Mapped[str] = mapped_column(default="")
    seen: Mapped[int] = mapped_column(default=0)
    """The run that last listed it."""
    etag: Mapped[str] = mapped_column(default="")
    last_modified: Mapped[str] = mapped_column(default="")
    missing_since: Mapped[datetime | None]
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id", ondelete="SET NULL"), index=True)

    resource: Mapped[Resource | None] = relationship()


class Statement(Base):
    """What one source of a resource said of it when it was last read: so that it is known what is new in it."""

    __tablename__ = "statement"

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), index=True)
    source: Mapped[str]
    """A path, an address, or the identifier of a record."""
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """See `record.as_json`."""
    at: Mapped[datetime] = mapped_column(default=now)


class Proposal(Base):
    """What a source says anew of a field that a curator set by hand; it waits for the curator's word."""

    __tablename__ = "proposal"

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    source: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
