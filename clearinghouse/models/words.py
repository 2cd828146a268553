"""Words: topics and what finds them, the glossary, and phrases that suggest a crisis."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clearinghouse.orm import Base, now

topic_related = Table(
    "topic_related",
    Base.metadata,
    Column("topic_id", ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True),
    Column("related_id", ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True),
)


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


class TopicEvent(Base):
    """Who changed what of a topic, and when. Named by slug, for it stays when the topic goes."""

    __tablename__ = "topic_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    slug: Mapped[str] = mapped_column(String(80), index=True)
    who: Mapped[str]
    what: Mapped[str] = mapped_column(String(20))
    """``added``, ``changed`` or ``removed``."""
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Field to [before, after]."""


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


class CrisisPhrase(Base):
    """Words that suggest, in a search, that somebody may need help now."""

    __tablename__ = "crisis_phrase"

    phrase: Mapped[str] = mapped_column(String(120), primary_key=True)
