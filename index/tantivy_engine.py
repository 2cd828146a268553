"""The engine for a large library on one machine: tantivy finds, ranks and counts in Rust."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Order

from index.document import Document, settled
from index.engine import BestPage, Hit, Results
from index.errors import Unavailable
from index.folder import damaged
from index.query import Query
from index.spelling import Spelling
from index.suggest import suggest
from index.tantivy_layout import CHOICES, FIELDS, FORMS, SEPARATOR, Kept, key, read_kept, read_order
from index.tantivy_pages import best_pages
from index.tantivy_question import Asked, ask
from index.tantivy_reader import Reader
from index.tantivy_store import DamagedError, State, Store, reading

_MOST_VALUES = 60_000
"""Values of all filters together that are counted."""
_BEYOND = 20
"""Hits read beyond those asked for, to see whether equal ones are cut apart."""
_FOUND = tuple[float, Any]
"""Score and address of a hit."""


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
            reader = Reader(index)
        self._open = (state, index, reader)
        return reader

    def _damaged(self) -> Unavailable:
        return damaged(self._store.folder)


def _answer(reader: Reader, query: Query) -> Results:
    asked = ask(reader, query)
    total, found = _hits(asked)
    most = query.pages_per_hit if query.must else 0
    hits = tuple(_hit(asked, score, address, most) for score, address in found)
    having = total if asked.whole is None else asked.having_all()
    suggestion = suggest(_Shown(reader, query), query, having)
    return Results(total, hits, _counts(asked), suggestion, None if asked.whole is None else having)


def _hit(asked: Asked, score: float, address: Any, most: int) -> Hit:
    kept = _kept(asked.reader, address)
    pages: tuple[BestPage, ...] = ()
    if most > 0:
        rows = [group.rows for group in asked.groups]
        pages = best_pages(kept, list(zip(asked.weights, rows, strict=True)), most)
    return Hit(kept.id, score, pages)


def _kept(reader: Reader, address: Any) -> Kept:
    return read_kept(reader.searcher.doc(address)["kept"][0])


def _hits(asked: Asked) -> tuple[int, list[_FOUND]]:
    """How many answer, and score and address of those on the page asked for, in order."""
    reader, query = asked.reader, asked.query
    size, first = min(max(query.size, 0), reader.size), (max(query.page, 1) - 1) * max(query.size, 0)
    if asked.whole is None:
        return _some_hits(asked, first, size)
    having, found = _some_hits(replace(asked, among_whole=True), first, size)
    others, rest = _some_hits(replace(asked, among_whole=False), max(first - having, 0), size - len(found))
    return having + others, found + rest


def _some_hits(asked: Asked, first: int, size: int) -> tuple[int, list[_FOUND]]:
    """How many answer, and `size` of them from `first`, in order."""
    reader, query = asked.reader, asked.query
    if not size or first:
        total = reader.count(asked.passing())
        if not size or first >= total:
            return total, []
    if query.sort == "title":
        return _in_order(asked, "by_title", Order.Asc, first, size)
    if query.sort == "newest" or not query.must:
        return _in_order(asked, "by_newest", Order.Desc, first, size)
    return _most_relevant(asked, first, first + size)


def _in_order(asked: Asked, field: str, order: Order, first: int, size: int) -> tuple[int, list[_FOUND]]:
    # Nothing is scored where nothing was asked.
    query = asked.scored() if asked.groups else asked.passing()
    result: Any = asked.reader.searcher.search(query, limit=size, offset=first, order_by_field=field, order=order)
    return result.count, [(0.0, address) for _, address in result.hits]


def _most_relevant(asked: Asked, first: int, last: int) -> tuple[int, list[_FOUND]]:
    """Hits `first` to `last` by score: equal ones by title, then id."""
    query, limit = asked.scored(), last + _BEYOND
    while True:
        result: Any = asked.reader.searcher.search(query, limit=limit)
        found: list[_FOUND] = result.hits
        if len(found) < limit or found[-1][0] < found[last - 1][0]:
            break
        limit *= 4
    ordered: list[_FOUND] = []
    for _, equal in groupby(found[: _end(found, last)], key=lambda hit: hit[0]):
        same = list(equal)
        if len(same) > 1 and len(ordered) + len(same) > first:
            same = _by_title(asked.reader, same)
        ordered += same
    return result.count, ordered[first:last]


def _end(found: list[_FOUND], last: int) -> int:
    """Where the hits equal to the last one asked for end."""
    if len(found) <= last:
        return len(found)
    least = found[last - 1][0]
    return next((at for at in range(last, len(found)) if found[at][0] < least), len(found))


def _by_title(reader: Reader, found: list[_FOUND]) -> list[_FOUND]:
    """Hits in the order of titles, then ids. What titles begin with is told by a column, which is quick."""
    begins = reader.searcher.fast_field_values("order", [address for _, address in found])
    pairs = sorted(zip(begins, found, strict=True), key=lambda pair: int(pair[0] or 0))
    ordered: list[_FOUND] = []
    for _, equal in groupby(pairs, key=lambda pair: pair[0]):
        same = [hit for _, hit in equal]
        if len(same) > 1:
            same.sort(key=lambda hit: read_order(reader.searcher.doc(hit[1])["kept"][0]))
        ordered += same
    return ordered


def _counts(asked: Asked) -> dict[str, dict[str, int]]:
    """Of each filter, how many documents each value would leave, its own choice set aside."""
    counts = _counted(asked.reader, asked.passing())
    for name in asked.filters:
        counts[name] = _counted(asked.reader, asked.passing(but=name)).get(name, {})
    return {name: counts.get(name, {}) for name in asked.reader.filters}


def _counted(reader: Reader, query: tantivy.Query) -> dict[str, dict[str, int]]:
    """Filter to value to number of documents, commonest first."""
    terms = {"terms": {"field": CHOICES, "size": _MOST_VALUES, "segment_size": _MOST_VALUES}}
    buckets = reader.searcher.aggregate(query, {CHOICES: terms})[CHOICES]["buckets"]
    found = sorted((-bucket["doc_count"], bucket["key"]) for bucket in buckets)
    counts: dict[str, dict[str, int]] = {}
    for number, term in found:
        name, _, value = term.partition(SEPARATOR)
        counts.setdefault(name, {})[value] = -number
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
