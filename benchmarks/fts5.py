"""The peer of the search: SQLite's own full-text search on the same texts, in this process."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.corpus import Text

_TOP = 10


def seconds_each(folder: Path, texts: Sequence[Text], questions: Sequence[str]) -> list[float]:
    """How long each question takes: the ten best by BM25 with title and text, stemmed, every word wanted.

    Empty where this SQLite has no FTS5.
    """
    with closing(sqlite3.connect(folder / "fts5.db")) as database:
        try:
            database.execute("CREATE VIRTUAL TABLE found USING fts5(title, body, tokenize='porter unicode61')")
        except sqlite3.OperationalError:
            return []
        database.executemany("INSERT INTO found VALUES (?, ?)", ((text.title, text.body) for text in texts))
        database.execute("INSERT INTO found(found) VALUES ('optimize')")
        database.commit()
        return [_timed(database, question) for question in questions]


def _timed(database: sqlite3.Connection, question: str) -> float:
    started = time.perf_counter()
    best = "SELECT rowid, title FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?"
    database.execute(best, (question, _TOP)).fetchall()
    return time.perf_counter() - started
