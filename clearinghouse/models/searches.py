"""Searches counted by day and by words, never by person."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from clearinghouse.orm import Base


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
