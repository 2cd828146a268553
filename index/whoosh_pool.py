"""Postings gathered by term in bounded memory while a segment is written.

Takes the place of Whoosh's pool, which sorts, writes and reads each posting by itself. Documents come with
rising numbers, so the postings of a term are in order as they come, and only terms are sorted.
"""

from __future__ import annotations

import heapq
import marshal
from collections.abc import Iterator, Mapping
from itertools import chain, groupby, islice
from pathlib import Path

Posting = tuple[str, bytes, int, float, bytes | None]
"""Field, term, document number, weight, value: as Whoosh gives them."""
Postings = tuple[str, bytes, list[int], list[bytes]]
"""Field, term, the numbers of the documents that have it, rising, and the value of each."""
_CHUNK = 64
"""Terms written to a file and read from it at a time."""
_OVERHEAD = 60
"""Bytes a posting takes besides its value."""
_OF_TERM = 400
"""Bytes a term takes besides its postings."""


class Pool:
    """Collects the postings of documents with rising numbers, and gives them back by term, sorted."""

    def __init__(self, folder: Path, limit: int) -> None:
        """`limit`: bytes of postings held before they go to a file in `folder`."""
        self._folder = folder
        self._limit = limit
        self._held: dict[str, dict[bytes, tuple[list[int], list[bytes]]]] = {}
        self._size = 0
        self._files: list[Path] = []

    def add(self, posting: Posting) -> None:
        """Take a posting."""
        field, term, number, _, value = posting
        self.add_document(field, number, {term: value or b""})

    def add_document(self, field: str, number: int, words: Mapping[bytes, bytes]) -> None:
        """Take the postings of one field of document `number`: each term with its value."""
        held = self._held.setdefault(field, {})
        terms = len(held)
        for term, value in words.items():
            found = held.get(term)
            if found is None:
                held[term] = ([number], [value])
            else:
                found[0].append(number)
                found[1].append(value)
        self._size += _OF_TERM * (len(held) - terms) + _OVERHEAD * len(words) + sum(map(len, words.values()))
        if self._size > self._limit:
            self._spill()

    def _spill(self) -> None:
        path = self._folder / f"postings{len(self._files)}.run"
        with path.open("wb") as file:
            postings = self._sorted()
            while some := list(islice(postings, _CHUNK)):
                chunk = marshal.dumps(some, 2)
                file.write(len(chunk).to_bytes(4, "big") + chunk)
        self._files.append(path)
        self._held = {}
        self._size = 0

    def _sorted(self) -> Iterator[Postings]:
        for field in sorted(self._held):
            held = self._held[field]
            for term in sorted(held):
                yield field, term, *held[term]

    def iter_postings(self) -> Iterator[Postings]:
        """The postings of each term, sorted by field and term."""
        if not self._files:
            return self._sorted()
        # Python's merge keeps the order of its arguments for what is equal: earlier files have lower numbers.
        merged = heapq.merge(*map(self._read, self._files), self._sorted(), key=_term)
        return (_together(*term, list(parts)) for term, parts in groupby(merged, key=_term))

    @staticmethod
    def _read(path: Path) -> Iterator[Postings]:
        with path.open("rb") as file:
            while size := file.read(4):
                chunk = file.read(int.from_bytes(size, "big"))
                yield from marshal.loads(chunk)  # noqa: S302 - written by this very process

    def cleanup(self) -> None:
        """Let go of postings and files."""
        self._held = {}
        for path in self._files:
            path.unlink(missing_ok=True)


def _term(postings: Postings) -> tuple[str, bytes]:
    return postings[:2]


def _together(field: str, term: bytes, parts: list[Postings]) -> Postings:
    if len(parts) == 1:
        return parts[0]
    numbers = chain.from_iterable(numbers for _, _, numbers, _ in parts)
    values = chain.from_iterable(values for _, _, _, values in parts)
    return field, term, list(numbers), list(values)
