"""Fingerprints of texts, by which nearly the same text is found again (see `ingest.fingerprint`)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clearinghouse.orm import Base, UtcDateTime, now


class Fingerprint(Base):
    """The fingerprint of an edition's text."""

    __tablename__ = "fingerprint"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int]
    """How it was worked out: those of other versions cannot be compared with it."""
    places: Mapped[bytes] = mapped_column(LargeBinary)
    """Numbers of 32 bits, the lower byte first."""


class FingerprintBand(Base):
    """A part of a fingerprint: two editions that share one are worth comparing."""

    __tablename__ = "fingerprint_band"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own name and shape

    value: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class KeptApart(Base):
    """Two resources with nearly the same text of which a curator said that they are not the same."""

    __tablename__ = "kept_apart"
    __table_args__ = (UniqueConstraint("one_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"))
    """The one that was added first."""
    other_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), index=True)
    said_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
