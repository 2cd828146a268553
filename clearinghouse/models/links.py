"""Links: what addresses outside the library answered when they were last asked."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from clearinghouse.orm import Base


class LinkCheck(Base):
    """An address outside, and what it answered. What leads there is asked of the rows that do."""

    __tablename__ = "link_check"

    address: Mapped[str] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(10), index=True)
    """``answered``, ``failed``; or ``unsure`` (it answers, but not a program), ``put off`` (it said: later) and
    ``not asked`` (robots.txt, or an address inside a private network)."""
    status: Mapped[int | None]
    """HTTP status of the last answer, where there was one."""
    sentence: Mapped[str] = mapped_column(default="")
    moved_to: Mapped[str] = mapped_column(default="")
    """Where it says that it has moved for good."""
    etag: Mapped[str] = mapped_column(default="")
    last_modified: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    """When it last answered."""
    failing_since: Mapped[date | None]
    """Day of the first failure since then."""
    failed_days: Mapped[int] = mapped_column(default=0)
    """Number of different days on which it failed since then: one may be an accident, two are a broken link."""
    ask_after: Mapped[datetime | None]
    """Until when its server asked to be left alone."""
