"""What the library holds. The database is the only truth; everything else can be made again from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clearinghouse.orm import Base, now

resource_topic = Table(
    "resource_topic",
    Base.metadata,
    Column("resource_id", ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True, index=True),
)

topic_related = Table(
    "topic_related",
    Base.metadata,
    Column("topic_id", ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True),
    Column("related_id", ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True),
)


class Resource(Base):
    """One work, in one or more editions."""

    __tablename__ = "resource"

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
    status: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    withdrawn_reason: Mapped[str] = mapped_column(default="")
    curated: Mapped[list[str]] = mapped_column(default=list)
    """Names of the fields a curator set by hand: a document never overwrites them."""
    guessed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Suggestions not yet accepted: ``kind``, ``audiences``, ``because``."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    checked_on: Mapped[date | None]

    authors: Mapped[list[Author]] = relationship(
        back_populates="resource", cascade="all, delete-orphan", order_by="Author.position"
    )
    audiences: Mapped[list[ResourceAudience]] = relationship(cascade="all, delete-orphan")
    topics: Mapped[list[Topic]] = relationship(secondary=resource_topic, order_by="Topic.preferred")
    editions: Mapped[list[Edition]] = relationship(
        back_populates="resource", cascade="all, delete-orphan", order_by="Edition.id"
    )
    places: Mapped[list[CollectionItem]] = relationship(back_populates="resource", cascade="all, delete-orphan")


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


class Page(Base):
    """A PDF page or a headed section, with its text."""

    __tablename__ = "page"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(default="")
    heading: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")


class Collection(Base):
    """An ordered list of resources: a training series, a shelf, or the answer to an enquiry."""

    __tablename__ = "collection"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(String(20), default="shelf")
    """``training``, ``shelf``, or ``pack``: an answer pack, found by its address alone and listed nowhere."""
    door: Mapped[str | None] = mapped_column(String(20), unique=True, index=True)
    """The audience whose page begins with this shelf."""
    made_at: Mapped[datetime | None]
    """When an answer pack was made."""
    withdrawn_at: Mapped[datetime | None]
    """When an answer pack was taken away; whoever comes to its address is told so."""
    items: Mapped[list[CollectionItem]] = relationship(
        back_populates="collection", cascade="all, delete-orphan", order_by="CollectionItem.position"
    )


class CollectionItem(Base):
    """A resource's place in a collection, with a note on why it stands there."""

    __tablename__ = "collection_item"

    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id", ondelete="CASCADE"), primary_key=True)
    resource_id: Mapped[int] = mapped_column(
        ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    collection: Mapped[Collection] = relationship(back_populates="items")
    resource: Mapped[Resource] = relationship(back_populates="places")


class Topic(Base):
    """A preferred term of the controlled vocabulary."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    preferred: Mapped[str]
    scope_note: Mapped[str] = mapped_column(default="")
    broader_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    broader: Mapped[Topic | None] = relationship(remote_side=[id], back_populates="narrower")
    narrower: Mapped[list[Topic]] = relationship(back_populates="broader", order_by="Topic.preferred")
    words: Mapped[list[TopicWord]] = relationship(cascade="all, delete-orphan", order_by="TopicWord.word")
    related: Mapped[list[Topic]] = relationship(
        secondary=topic_related,
        primaryjoin=id == topic_related.c.topic_id,
        secondaryjoin=id == topic_related.c.related_id,
        order_by="Topic.preferred",
    )


class TopicWord(Base):
    """Another word that finds a topic, and is never shown as its name."""

    __tablename__ = "topic_word"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True)
    word: Mapped[str] = mapped_column(String(120), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), default="other")
    """``other``; or ``historical`` or ``clinical``, which find and are never suggested either."""


class GlossaryEntry(Base):
    """A word with its plain meaning."""

    __tablename__ = "glossary_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    word: Mapped[str] = mapped_column(String(120))
    meaning: Mapped[str]
    examples: Mapped[list[str]] = mapped_column(default=list)
    accepted: Mapped[bool] = mapped_column(default=True, index=True)
    """Whether visitors see it; otherwise it was offered by a document and waits for the curator."""
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id", ondelete="SET NULL"), index=True)
    """The resource whose Dictionary it was read from."""
    updated_at: Mapped[datetime] = mapped_column(default=now)


class HelpLine(Base):
    """A help line: a dated fact with its source, never taken from a document's text."""

    __tablename__ = "help_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    position: Mapped[int] = mapped_column(default=0)
    number: Mapped[str]
    text_number: Mapped[str] = mapped_column(default="")
    hours: Mapped[str]
    jurisdiction: Mapped[str] = mapped_column(default="National")
    who: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    source: Mapped[str]
    checked_on: Mapped[date | None]
    """When somebody last checked it; None until somebody has."""
    checked_by: Mapped[str] = mapped_column(default="")
    """Who checked it."""
    check_by: Mapped[date | None]
    always: Mapped[bool] = mapped_column(default=False)
    """Stands on every page."""


class CrisisPhrase(Base):
    """Words that suggest, in a search, that somebody may need help now."""

    __tablename__ = "crisis_phrase"

    phrase: Mapped[str] = mapped_column(String(120), primary_key=True)


class Enquiry(Base):
    """What somebody asked the project officer. Deleted a set time after it is closed."""

    __tablename__ = "enquiry"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    """What the visitor keeps; says nothing about them."""
    form: Mapped[str | None] = mapped_column(String(64), unique=True)
    """SHA-256 of the form's own token and of what it said: the same form sent twice is one enquiry."""
    received_at: Mapped[datetime] = mapped_column(default=now)
    need: Mapped[str]
    audience: Mapped[str | None] = mapped_column(String(20))
    nickname: Mapped[str] = mapped_column(default="")
    reach: Mapped[str] = mapped_column(default="")
    """How to reach them, in their own words; empty where no answer can be sent."""
    may_leave_message: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(10), default="open", index=True)
    closed_at: Mapped[datetime | None]

    notes: Mapped[list[EnquiryNote]] = relationship(cascade="all, delete-orphan", order_by="EnquiryNote.id")


class EnquiryNote(Base):
    """What the officer wrote on an enquiry: a note to themselves, or the answer that was given."""

    __tablename__ = "enquiry_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    enquiry_id: Mapped[int] = mapped_column(ForeignKey("enquiry.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    who: Mapped[str]
    kind: Mapped[str] = mapped_column(String(10), default="note")
    text: Mapped[str]
    collection_id: Mapped[int | None] = mapped_column(ForeignKey("collection.id", ondelete="SET NULL"))
    collection: Mapped[Collection | None] = relationship()
    """The answer pack that went with it."""


class Secret(Base):
    """A secret of this library's own, such as the one that signs the enquiry form."""

    __tablename__ = "secret"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str]


class SearchDay(Base):
    """How often people searched on one day, and how often nothing was found."""

    __tablename__ = "search_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    searches: Mapped[int] = mapped_column(default=0)
    nothing_found: Mapped[int] = mapped_column(default=0)


class SearchTally(Base):
    """How often the same words were searched for. The words stand here once three days have seen them."""

    __tablename__ = "search_tally"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - rows keep no order of coming

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Keyed digest of the words, so that days can be counted before the words are kept."""
    words: Mapped[str] = mapped_column(default="")
    days: Mapped[int] = mapped_column(default=0)
    last_day: Mapped[date]
    searches: Mapped[int] = mapped_column(default=0)
    nothing_found: Mapped[int] = mapped_column(default=0)


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


class Lease(Base):
    """Held by the one process that is writing the index."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(default="")
    until: Mapped[datetime]
