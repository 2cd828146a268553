"""The project officer's desk: enquiries, and what was written on them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clearinghouse.orm import Base, now

if TYPE_CHECKING:
    from clearinghouse.models.collections import Collection


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
