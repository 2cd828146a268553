"""The engine for one machine that needs nothing but a folder: Whoosh keeps the files, numpy ranks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from index.beside import laid_out_here
from index.document import Document, settled
from index.engine import BestPage, Hit, Results
from index.errors import Unavailable
from index.folder import damaged
from index.layout import lay_out
from index.matching import Matches, match
from index.meaning import meaning
from index.query import Query
from index.ranking import best_pages
from index.segment import DamagedError, OpenSegment
from index.shown import ShownWords
from index.snapshot import Snapshot
from index.suggest import suggest
from index.whoosh_store import Store

T = TypeVar("T")


class WhooshEngine:
    """An index in a folder. Safe to share between threads; other processes may read and write beside it."""

    def __init__(self, folder: Path, patience: float = 5.0) -> None:
        """`patience`: seconds a writer waits for another before it raises `Busy`."""
        self._store = Store(folder, patience)
        self._lock = threading.Lock()
        self._open: tuple[object, dict[str, OpenSegment], Snapshot] | None = None

    def search(self, query: Query) -> Results:
        """Answer `query`. Raises `Unavailable` or `Outdated`; never for anything a visitor typed."""
        snapshot = self._snapshot()
        if not snapshot.size:
            return Results(total=0)
        return self._tried(lambda: self._answer(snapshot, query))

    def _answer(self, snapshot: Snapshot, query: Query) -> Results:
        matches = match(snapshot, query)
        hits = tuple(self._hit(matches, number) for number in matches.ordered().tolist())
        having = matches.having_all
        suggestion = suggest(ShownWords(snapshot, query), query, having)
        whole = None if matches.whole is None else having
        return Results(matches.total, hits, matches.counts(), suggestion, whole)

    def _hit(self, matches: Matches, number: int) -> Hit:
        snapshot, query, scored = matches.snapshot, matches.query, matches.scored
        pages: tuple[BestPage, ...] = ()
        if matches.groups and query.pages_per_hit > 0:
            pages = best_pages(matches.groups, number, snapshot.pages(number), query.pages_per_hit)
        score, parts = (0.0, {}) if scored is None else (scored.score(number), scored.parts(number))
        return Hit(snapshot.facts[number].id, score, pages, parts)

    def write(self, put: Iterable[Document], drop: Iterable[str]) -> None:
        """Put documents (the last of each id) and drop ids, all or nothing. An id in both is put."""
        documents, gone = settled(put, drop)
        if documents or gone:
            self._store.write(documents, gone)

    def replace(self, documents: Iterable[Document]) -> None:
        """Make the index hold exactly `documents`, whatever state the folder is in."""
        self._store.replace(documents)

    def digests(self) -> dict[str, str]:
        """Id to digest of everything indexed; one that no document has where its vector is missing or stale.

        Raises `Unavailable` or `Outdated`.
        """
        snapshot, means = self._snapshot(), meaning()
        found = {id: snapshot.facts[number] for id, number in snapshot.number_of.items()}  # noqa: A001
        if means is None:
            return {id: facts.digest for id, facts in found.items()}  # noqa: A001
        lost = self._tried(lambda: snapshot.unlike) if found else set()
        return {
            id: facts.digest if facts.meant == means.mark and id not in lost else f"{facts.digest} {facts.meant}"
            for id, facts in found.items()  # noqa: A001
        }

    def lacking(self, documents: Iterable[Document]) -> set[str]:
        """Ids of those of `documents`, all indexed, of which something is lost: see `Engine.lacking`."""
        snapshot = self._snapshot()
        all_laid = laid_out_here(lay_out, documents)
        return self._tried(lambda: {laid.id for laid in all_laid if snapshot.lacks(laid)})

    def _tried(self, look: Callable[[], T]) -> T:
        try:
            return look()
        except DamagedError as problem:
            raise self._damaged() from problem

    def close(self) -> None:
        """Let go of the files; what another thread is reading ends with its search."""
        with self._lock:
            self._open = None

    def _snapshot(self) -> Snapshot:
        """The newest generation, opened again only when another was published."""
        state = self._store.generation()
        current = self._open
        if current is not None and current[0] == state:
            return current[2]
        with self._lock:
            return self._reopen()

    def _reopen(self) -> Snapshot:
        for attempt in range(20):
            state = self._store.generation()
            if self._open is not None and self._open[0] == state:
                return self._open[2]
            try:
                return self._read(state)
            except FileNotFoundError as problem:
                # A commit beside us has removed what it replaced; the next table of contents is there.
                if attempt == 19:
                    raise self._damaged() from problem
                time.sleep(0.02)
            except Exception as problem:  # damaged files raise anything: pickle, struct, zlib, mmap
                raise self._damaged() from problem
        raise AssertionError

    def _read(self, state: tuple[int, int, int] | None) -> Snapshot:
        known = {} if self._open is None else self._open[1]
        listed = [] if state is None else self._store.segments(state[0])
        opened = {}
        for segment in listed:
            name = segment.segment_id()
            opened[name] = known.get(name) or OpenSegment(self._store.storage, segment)
        snapshot = Snapshot(list(opened.values()), [sorted(segment.deleted_docs()) for segment in listed])
        self._open = (state, opened, snapshot)
        return snapshot

    def _damaged(self) -> Unavailable:
        return damaged(self._store.folder)
