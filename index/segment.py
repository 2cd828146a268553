"""One Whoosh segment opened for reading: its lexicon, its places, and what is known of its documents."""

# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage

from index.layout import SEPARATOR, Field, Pages, read_facts, read_pages
from index.mapped import MappedStorage
from index.meaning import NUMBERS, Vector, read
from index.occurrences import Ints
from index.whoosh_format import SCHEMA


class DamagedError(Exception):
    """A segment's files do not hold what they should."""


def open_files(storage: FileStorage, segment: Any) -> Any:
    """The files of `segment`, mapped into memory. They are let go with the last thing read from them."""
    if not segment.is_compound():
        return storage
    file = storage.open_file(segment.make_filename(segment.COMPOUND_EXT))
    try:
        return MappedStorage(file, use_mmap=True)
    except Exception:
        file.close()
        raise


class OpenSegment:
    """A segment never changes but for the numbers of its deleted documents, which are kept elsewhere.

    Not safe to share between threads while `places` or `pages` run: `Snapshot` holds a lock.
    """

    def __init__(self, storage: FileStorage, segment: Any) -> None:
        self.name: str = segment.segment_id()
        self._files = open_files(storage, segment)
        self._terms = segment.codec().terms_reader(self._files, segment)
        self._documents = segment.codec().per_document_reader(self._files, segment)
        self._pages = self._column("pages")
        self.facts = read_facts(self._column("facts"))
        lengths = [facts.lengths for facts in self.facts]
        self.lengths = np.array(lengths, dtype=np.float32).reshape(-1, len(Field)).T
        self.years = np.array([facts.year or 0 for facts in self.facts], dtype=np.int64)

    def _column(self, name: str) -> Any:
        return self._documents.column_reader(name, SCHEMA[name].column_type)

    def __len__(self) -> int:
        """Documents, deleted ones too."""
        return len(self.facts)

    @cached_property
    def _meanings(self) -> Any:
        return self._column("meaning") if self._documents.has_column("meaning") else None

    def vectors(self, numbers: Sequence[int]) -> Vector:
        """What each of the documents `numbers` is about, a row each; zeros where that is not known."""
        kept = self._meanings
        if kept is None:  # no document had a vector
            return np.zeros((len(numbers), NUMBERS), dtype=np.float32)
        return read(kept.some(numbers))

    def forms(self, stem: str) -> Iterator[tuple[str, Ints]]:
        """Each word of `stem` in this segment with its places."""
        beginning = f"{stem}{SEPARATOR}".encode()
        for (field, key), _ in self._terms.items_from("words", beginning):
            if field != "words" or not key.startswith(beginning):
                return
            yield key[len(beginning) :].decode(), self._read(key)

    def _read(self, key: bytes) -> Ints:
        places: Ints = self._matcher(key).places()
        return places

    def _matcher(self, key: bytes) -> Any:
        return self._terms.matcher("words", key, SCHEMA["words"].format)

    @cached_property
    def vocabulary(self) -> dict[str, bytes]:
        """Every word to the key of its places."""
        separator = SEPARATOR.encode()
        keys = (key for field, key in self._terms.terms_from("words", b"") if field == "words")
        return {key.partition(separator)[2].decode(): key for key in keys}

    def places(self, word: str) -> Ints | None:
        """Places of exactly `word`, or None."""
        key = self.vocabulary.get(word)
        return None if key is None else self._read(key)

    def misses(self, key: bytes, number: int, places: bytes) -> bool:
        """Whether `key` does not stand at exactly these `places` (see `Laid.postings`) of document `number`."""
        there = ("words", key) in self._terms
        return not there or bool(self._matcher(key).places_in(number) != places)

    def pages(self, number: int) -> Pages:
        """The pages of document `number`."""
        return read_pages(self._pages[number])
