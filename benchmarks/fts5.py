"""The peer of the search: SQLite's own full-text search on the same texts, in this process."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Text

_TOP = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """What FTS5 took; seconds and bytes."""

    index: float
    size: int
    each: list[list[float]]
    """For each set of questions, how long each question took."""


def measure(folder: Path, texts: Sequence[Text], *sets: Sequence[str]) -> Measured | None:
    """Index `texts` and ask each of `sets`: the ten best by BM25 with title and text, stemmed.

    Every word is wanted, in a set of whole sentences any. None where this SQLite has no FTS5.
    """
    path = folder / "fts5.db"
    with closing(sqlite3.connect(path)) as database:
        started = time.perf_counter()
        try:
            database.execute("CREATE VIRTUAL TABLE found USING fts5(title, body, tokenize='porter unicode61')")
        except sqlite3.OperationalError:
            return None
        database.executemany("INSERT INTO found VALUES (?, ?)", ((text.title, text.body) for text in texts))
        database.execute("INSERT INTO found(found) VALUES ('optimize')")
        database.commit()
        indexed = time.perf_counter() - started
        each = [[_timed(database, question) for question in questions] for questions in sets]
    return Measured(indexed, path.stat().st_size, each)


def _timed(database: sqlite3.Connection, question: str) -> float:
    words = re.findall(r"\w+", question.lower())
    wanted = " ".join(words) if len(words) <= 3 else " OR ".join(f'"{word}"' for word in words)
    started = time.perf_counter()
    best = "SELECT rowid, title FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?"
    database.execute(best, (wanted, _TOP)).fetchall()
    return time.perf_counter() - started
