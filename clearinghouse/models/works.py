"""Works: resources with their authors and audiences, their editions with pages, and originals."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, ColumnElement, ForeignKey, Index, String, Table, UniqueConstraint, and_, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

import ingest
from clearinghouse.orm import Base, now

if TYPE_CHECKING:
    from clearinghouse.models.collections import CollectionItem
    from clearinghouse.models.words import Topic


resource_topic = Table(
    "resource_topic",
    Base.metadata,
    Column("resource_id", ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Resource(Base):
    """One work, in one or more editions."""

    __tablename__ = "resource"
    __table_args__ = (Index("ix_resource_changed_at_slug", "changed_at", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    kind: Mapped[str | None] = mapped_column(String(30), index=True)
    speaks: Mapped[str | None] = mapped_column(String(30))
    jurisdiction: Mapped[str] = mapped_column(default="")
    licence: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    """Where the work lives outside this library, if it does."""
    content_notes: Mapped[list[str]] = mapped_column(default=list)
    identifiers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Of a directory entry: ``entry`` (what it is), ``provider``, ``cost``, ``time``."""
    keywords: Mapped[list[str]] = mapped_column(default=list)
    """The document's own words for what it is about; topics are the library's."""
    told_by: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Field to where a document said it, such as ``{"title": "its first page"}``; see `curated` for the rest."""
    status: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    withdrawn_reason: Mapped[str] = mapped_column(default="")
    curated: Mapped[list[str]] = mapped_column(default=list)
    """Names of the fields a curator set by hand: a document never overwrites them."""
    guessed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Suggestions not yet accepted: ``kind``, ``audiences``, ``topics``, ``speaks``, and why in ``because``."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    """When its record last changed in any way that other systems are shown; set by `stamps` alone."""
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    checked_on: Mapped[date | None]
    put_off_at: Mapped[datetime | None]
    """When a curator last passed over it in review; it comes after those that wait for the first time."""

    authors: Mapped[list[Author]] = relationship(
        back_populates="resource", cascade="all, delete-orphan", order_by="Author.position"
    )
    audiences: Mapped[list[ResourceAudience]] = relationship(cascade="all, delete-orphan")
    topics: Mapped[list[Topic]] = relationship(secondary=resource_topic, order_by="Topic.preferred")
    editions: Mapped[list[Edition]] = relationship(
        back_populates="resource", cascade="all, delete-orphan", order_by="Edition.id"
    )
    places: Mapped[list[CollectionItem]] = relationship(back_populates="resource", cascade="all, delete-orphan")

    @classmethod
    def shown(cls, *, hide_noted: bool = False) -> ColumnElement[bool]:
        """That a visitor is shown it: published, and with `hide_noted` without content notes."""
        published = cls.status == "published"
        return and_(published, func.json_array_length(cls.content_notes) == 0) if hide_noted else published


class Author(Base):
    """A name in the order of the work."""

    __tablename__ = "author"

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    resource: Mapped[Resource] = relationship(back_populates="authors")


class ResourceAudience(Base):
    """Whom a resource is for."""

    __tablename__ = "resource_audience"

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True)
    audience: Mapped[str] = mapped_column(String(20), primary_key=True, index=True)


class Original(Base):
    """Bytes kept exactly as they came, by their SHA-256. Never changed and never replaced."""

    __tablename__ = "original"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    stored_at: Mapped[datetime] = mapped_column(default=now)


class Edition(Base):
    """One form of a work: full text, Easy Read, a translation."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("resource_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(60))
    """Names the edition within its resource, in addresses too: ``full-en``, ``easy-read-en``."""
    form: Mapped[str] = mapped_column(String(20))
    language: Mapped[str | None] = mapped_column(String(35))
    label: Mapped[str] = mapped_column(default="")
    location: Mapped[str] = mapped_column(default="", index=True)
    """Where it was taken from: an absolute path or an address."""
    link: Mapped[str] = mapped_column(default="")
    """An edition that lives elsewhere, such as a video."""
    original_sha256: Mapped[str | None] = mapped_column(ForeignKey("original.sha256"), index=True)
    page_count: Mapped[int] = mapped_column(default=0)
    word_count: Mapped[int] = mapped_column(default=0)
    warnings: Mapped[list[str]] = mapped_column(default=list)
    schooling: Mapped[float | None]
    """Years of schooling its text asks for, as worked out; None where that cannot be told."""
    schooling_said: Mapped[int | None]
    """The same as a curator set it by hand, which counts before what was worked out."""
    updated_at: Mapped[datetime] = mapped_column(default=now)

    resource: Mapped[Resource] = relationship(back_populates="editions")
    original: Mapped[Original | None] = relationship()
    pages: Mapped[list[Page]] = relationship(cascade="all, delete-orphan", order_by="Page.number")
    unread: Mapped[list[Page]] = relationship(
        primaryjoin=lambda: and_(Page.edition_id == Edition.id, Page.quality < ingest.UNREADABLE),
        order_by="Page.number",
        viewonly=True,
    )
    """Pages that could not be read: pictures of text, and text that makes no sense."""
    pictured: Mapped[list[Page]] = relationship(
        primaryjoin=lambda: and_(Page.edition_id == Edition.id, Page.read_by == ingest.OCR),
        order_by="Page.number",
        viewonly=True,
    )
    """Pages that were read from pictures of them."""


class Page(Base):
    """A PDF page or a headed section, with its text."""

    __tablename__ = "page"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(default="")
    heading: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    quality: Mapped[float | None]
    """How well its text was read, from 0 to 1; None where that cannot be told."""
    read_by: Mapped[str] = mapped_column(String(10), default="")
    """``ocr`` where its text was read from a picture of it; empty where it is the page's own."""
