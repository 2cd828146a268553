"""The engine for a large library on one machine: tantivy finds, ranks and counts in Rust."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence
from operator import itemgetter
from pathlib import Path

import tantivy

from index.beside import laid_out_here
from index.document import Document, settled
from index.engine import Hit, Results
from index.errors import Unavailable
from index.folder import damaged
from index.query import Query
from index.spelling import Spelling
from index.suggest import suggest
from index.tantivy_fields import CHOICES, FIELDS, FORMS, SEPARATOR, key, read_choice, read_kept
from index.tantivy_layout import lay_out
from index.tantivy_pages import Wanted, best_pages, wanted
from index.tantivy_question import Asked, ask
from index.tantivy_ranking import Found, hits
from index.tantivy_reader import Reader
from index.tantivy_store import DamagedError, State, Store, reading

_MOST_VALUES = 60_000
"""Values of all filters together that are counted."""
_VALUES = {
    "terms": {"field": CHOICES, "size": _MOST_VALUES, "segment_size": _MOST_VALUES, "order": {"_key": "asc"}}
}


class TantivyEngine:
    """An index in a folder. Safe to share between threads; other processes may read and write beside it."""

    def __init__(self, folder: Path, patience: float = 5.0) -> None:
        """`patience`: seconds a writer waits for another before it raises `Busy`."""
        self._store = Store(folder, patience)
        self._lock = threading.Lock()
        self._open: tuple[State, tantivy.Index, Reader] | None = None

    def search(self, query: Query) -> Results:
        """Answer `query`. Raises `Unavailable` or `Outdated`; never for anything a visitor typed."""
        reader = self._reader()
        if reader is None or not reader.size:
            return Results(total=0)
        try:
            with reading():
                return _answer(reader, query)
        except DamagedError as problem:
            raise self._damaged() from problem

    def write(self, put: Iterable[Document], drop: Iterable[str]) -> None:
        """Put documents (the last of each id) and drop ids, all or nothing. An id in both is put."""
        documents, gone = settled(put, drop)
        if documents or gone:
            self._store.write(documents, gone)

    def replace(self, documents: Iterable[Document]) -> None:
        """Make the index hold exactly `documents`, whatever state the folder is in."""
        self._store.replace(documents)

    def digests(self) -> dict[str, str]:
        """Id to digest of everything indexed. Raises `Unavailable` or `Outdated`."""
        reader = self._reader()
        if reader is None:
            return {}
        try:
            with reading():
                return reader.digests()
        except DamagedError as problem:
            raise self._damaged() from problem

    def lacking(self, documents: Iterable[Document]) -> set[str]:
        """Ids of those of `documents`, all indexed, of which something is lost: see `Engine.lacking`."""
        reader = self._reader()
        all_laid = list(laid_out_here(lay_out, documents))
        try:
            with reading():
                return {laid.id for laid in all_laid if reader is None or reader.lacks(laid)}
        except DamagedError as problem:
            raise self._damaged() from problem

    def close(self) -> None:
        """Let go of the files; what another thread is reading ends with its search."""
        with self._lock:
            self._open = None

    def _reader(self) -> Reader | None:
        """The newest commit, opened again only when another was published."""
        state = self._store.state()
        current = self._open
        if current is not None and current[0] == state:
            return current[2]
        with self._lock:
            return self._reopen()

    def _reopen(self) -> Reader | None:
        for attempt in range(20):
            state = self._store.state()
            if state is None:
                return None
            if self._open is not None and self._open[0] == state:
                return self._open[2]
            try:
                return self._read(state)
            except DamagedError as problem:
                # A writer beside us may have removed what its commit replaced: then there is a newer state.
                if self._store.state() == state and attempt:
                    raise self._damaged() from problem
                time.sleep(0.02)
        raise self._damaged()

    def _read(self, state: State) -> Reader:
        if self._open is not None and self._open[0][0] == state[0]:
            index = self._open[1]
            with reading():
                index.reload()
        else:
            index = self._store.open(state)
        with reading():
            reader = Reader(index, self._store.folder / state[0])
        self._open = (state, index, reader)
        return reader

    def _damaged(self) -> Unavailable:
        return damaged(self._store.folder)


def _answer(reader: Reader, query: Query) -> Results:
    asked, total, found = hits(ask(reader, query))
    most = query.pages_per_hit if query.must else 0
    looked_for = [wanted(weight, group.rows) for weight, group in zip(asked.weights, asked.groups, strict=True)]
    shown = tuple(_hit(reader, each, looked_for, most) for each in found)
    having = total if asked.whole is None else asked.having_all()
    suggestion = suggest(_Shown(reader, query), query, having)
    return Results(total, shown, _counts(asked), suggestion, None if asked.whole is None else having)


def _hit(reader: Reader, found: Found, looked_for: Sequence[Wanted], most: int) -> Hit:
    kept = read_kept(reader.searcher.doc(found.address)["kept"][0])
    pages = best_pages(kept, looked_for, most) if most > 0 else ()
    return Hit(kept.id, found.score, pages, found.parts)


def _counts(asked: Asked) -> dict[str, dict[str, int]]:
    """Of each filter, how many documents each value would leave, its own choice set aside."""
    counts = _counted(asked.reader, asked.passing())
    for name in asked.filters:
        counts[name] = _counted(asked.reader, asked.passing(but=name)).get(name, {})
    return {name: counts.get(name, {}) for name in asked.reader.filters}


def _counted(reader: Reader, query: tantivy.Query) -> dict[str, dict[str, int]]:
    """Filter to value to number of documents, commonest first."""
    buckets = reader.searcher.aggregate(query, {CHOICES: _VALUES})[CHOICES]["buckets"]
    buckets.sort(key=itemgetter("doc_count"), reverse=True)
    counts: dict[str, dict[str, int]] = {}
    for bucket in buckets:
        name, value = read_choice(bucket["key"])
        if name in counts:
            counts[name][value] = bucket["doc_count"]
        else:
            counts[name] = {value: bucket["doc_count"]}
    return counts


class _Shown:
    """The words of a reader, resources that a question leaves out set aside: see `index.suggest.Lexicon`."""

    def __init__(self, reader: Reader, query: Query) -> None:
        self._reader = reader
        self._without = [key(id) for id in query.without]  # noqa: A001

    @property
    def spelling(self) -> Spelling:
        return self._reader.spelling

    def has(self, stem: str) -> bool:
        having = self._reader.documents_with(stem)
        if not having or having > self._reader.dropped + len(self._without):
            return having > 0
        return self._count(tantivy.Query.term_query(self._reader.schema, "any", stem, "basic")) > 0

    def common(self, word: str) -> int:
        forms = [f"{word}{SEPARATOR}{number}" for number in range(len(FIELDS))]
        return self._count(tantivy.Query.term_set_query(self._reader.schema, FORMS, forms))

    def total(self, query: Query) -> int:
        return ask(self._reader, query).having_all()

    def _count(self, query: tantivy.Query) -> int:
        if self._without:
            gone = tantivy.Query.term_set_query(self._reader.schema, "id", self._without)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.MustNot, gone)])
        return self._reader.count(query)
