"""Help lines: facts that are true until the day they are not."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from clearinghouse.orm import Base


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
