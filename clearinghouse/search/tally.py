"""Use case: what people search for, counted by day and by words, and never by person.

Words are kept once three days have seen them; until then only a keyed digest of them is, so that the days can be
counted. Nothing says who searched, from where, at what time, or after what.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from clearinghouse import own_secret
from clearinghouse.counting import UNSAID, Count
from clearinghouse.library import Library
from clearinghouse.models import GlossaryEntry, SearchDay, SearchTally, Topic
from clearinghouse.search import unnamed

#: Days that must have seen the same words before the words themselves are kept.
DAYS_BEFORE_WORDS = 3
#: Days after which words nobody searched for again are forgotten: unkept words soon, kept ones after a year.
_FORGET_UNKEPT, _FORGET = 60, 365

_KEY = "search-tally"


@dataclass(frozen=True, slots=True)
class DayCount:
    """One day's searches."""

    day: date
    searches: int
    nothing_found: int


@dataclass(frozen=True, slots=True)
class WordCount:
    """Words that several days have seen."""

    words: str
    days: int
    searches: int
    nothing_found: int
    last_day: date


@dataclass(frozen=True, slots=True)
class SearchReport:
    """What was looked for."""

    counted: bool
    """Whether searches are counted at all (``CLEARINGHOUSE_COUNT_SEARCHES``)."""
    days: tuple[DayCount, ...]
    """Newest first."""
    unmet: tuple[WordCount, ...]
    """Words for which nothing was found at least once, most often first."""
    asked: tuple[WordCount, ...]
    """All words, most searched for first."""


def count(library: Library, typed: str, *, found: bool) -> None:
    """Remember that one search was made. Costs no more than a look at the words; `write` does the rest.

    Whoever calls it has made sure that the search suggests no crisis and was made by a person.
    """
    if library.settings.count_searches and typed.strip():
        library.searches.add(typed, found=found)


def write(library: Library, today: date | None = None) -> int:
    """Write down what was counted since the last time, as of `today`; returns the number of searches."""
    taken = library.searches.take()
    if not taken:
        return 0
    today = today or date.today()  # noqa: DTZ011 - the day where the library stands
    secret = own_secret.of(library, _KEY)
    with library.database.writing() as session:
        counts = _by_words(taken, _known(session))
        _add_day(session, today, counts.values())
        for words in sorted(counts.keys() - {UNSAID}):
            _add_words(session, _digest(secret, words), words, counts[words], today)
        _forget(session, today)
        return sum(each.searches for each in counts.values())


def report(library: Library, days: int = 30, most: int = 50) -> SearchReport:
    """The last `days` days, and at most `most` words of each list."""
    since = date.today() - timedelta(days=days)  # noqa: DTZ011
    with library.database.reading() as session:
        by_day = session.scalars(select(SearchDay).where(SearchDay.day > since).order_by(SearchDay.day.desc()))
        kept = session.scalars(select(SearchTally).where(SearchTally.words != "", SearchTally.last_day > since))
        days_counted = tuple(DayCount(each.day, each.searches, each.nothing_found) for each in by_day)
        words = [
            WordCount(each.words, each.days, each.searches, each.nothing_found, each.last_day) for each in kept
        ]
    unmet = sorted(
        (each for each in words if each.nothing_found), key=lambda each: (-each.nothing_found, each.words)
    )
    asked = sorted(words, key=lambda each: (-each.searches, each.words))
    return SearchReport(library.settings.count_searches, days_counted, tuple(unmet[:most]), tuple(asked[:most]))


def _by_words(taken: Mapping[str, Count], known: frozenset[str]) -> dict[str, Count]:
    """What was typed -> words that may be kept; all the rest together under `UNSAID`."""
    counts: dict[str, Count] = {}
    for typed, each in taken.items():
        count = counts.setdefault(unnamed.words_of(typed, known) or UNSAID, Count())
        count.searches += each.searches
        count.nothing_found += each.nothing_found
    return counts


def _known(session: Session) -> frozenset[str]:
    """Terms that may be written with capitals without being a name."""
    words = (*session.scalars(select(Topic.preferred)), *session.scalars(select(GlossaryEntry.word)))
    return frozenset(map(str.lower, words))


def _add_day(session: Session, day: date, counts: Iterable[Count]) -> None:
    row = session.get(SearchDay, day)
    if row is None:
        row = SearchDay(day=day, searches=0, nothing_found=0)
        session.add(row)
    for each in counts:
        row.searches += each.searches
        row.nothing_found += each.nothing_found


def _add_words(session: Session, key: str, words: str, count: Count, today: date) -> None:
    row = session.get(SearchTally, key)
    if row is None:
        row = SearchTally(key=key, words="", days=1, last_day=today, searches=0, nothing_found=0)
        session.add(row)
    elif row.last_day != today:
        row.days += 1
        row.last_day = today
    row.searches += count.searches
    row.nothing_found += count.nothing_found
    if row.days >= DAYS_BEFORE_WORDS:
        row.words = words


def _forget(session: Session, today: date) -> None:
    unkept = (SearchTally.words == "") & (SearchTally.last_day < today - timedelta(days=_FORGET_UNKEPT))
    old = SearchTally.last_day < today - timedelta(days=_FORGET)
    session.execute(delete(SearchTally).where(unkept | old))


def _digest(secret: str, words: str) -> str:
    return hmac.new(secret.encode(), words.encode(), hashlib.sha256).hexdigest()
