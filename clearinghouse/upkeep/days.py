"""Days of the curator's calendar."""

from __future__ import annotations

import calendar
from datetime import date


def today() -> date:
    """The day where the library stands."""
    return date.today()  # noqa: DTZ011 - a day of the curator's calendar


def months_later(day: date, months: int) -> date:
    """The same day so many months on (or back); the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
