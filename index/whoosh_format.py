"""What Whoosh is told of our fields, and how its posting blocks are read whole.

Whoosh keeps the files: lexicon, postings, columns, segments, the table of contents that a commit renames
into place. What the words of a document are and where they stand is decided in `index.layout`; the
classes here only carry that through, and hand back a term's postings a block at a time instead of one
by one.
"""

# Whoosh's codec modules have no annotations, so every call into them is untyped.
# mypy: disable-error-code="no-untyped-call,no-untyped-def,misc,abstract"
from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from operator import itemgetter, sub
from typing import Any

import numpy as np
from whoosh import columns, formats
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3LeafMatcher, W3PostingsWriter
from whoosh.fields import COLUMN, FieldType, Schema

from index.meaning import BYTES
from index.occurrences import DOC_BITS, Ints
from index.whoosh_pool import Postings

_BLOCK = 512
"""Postings of a block."""
_ONES = array("f", [1.0]) * _BLOCK


class PlacesFormat(formats.Format):
    """A posting holds the places of the word as native 32-bit numbers, rising."""

    posting_size = -1

    def decode_positions(self, value: bytes) -> list[int]:
        """The places in a posting."""
        return np.frombuffer(value, dtype=np.uint32).tolist()  # type: ignore[no-any-return]

    def decode_frequency(self, value: bytes) -> int:
        """How often the word occurs."""
        return len(value) // 4


class Keys(FieldType):
    """A field given as a mapping from key to posting value, already analysed."""

    def __init__(self, format: formats.Format) -> None:  # noqa: A002 - Whoosh's name
        self.format = format
        self.scorable = False
        self.stored = False
        self.unique = False
        self.set_sortable(False)

    def index(self, value: Mapping[bytes, bytes], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:  # type: ignore[override]
        """Term, frequency, weight and value of each posting."""
        return ((key, 1, 1.0, places) for key, places in value.items())


class VectorColumn(columns.FixedBytesColumn):
    """Vectors, of which some can be read together."""

    class Reader(columns.FixedBytesColumn.Reader):
        """Reads the vectors of a segment."""

        def some(self, numbers: Iterable[int]) -> bytes:
            """Those of the documents `numbers`, one after another."""
            return b"".join([self[number] for number in numbers])


SCHEMA = Schema(
    id=Keys(formats.Existence()),
    words=Keys(PlacesFormat()),
    facts=COLUMN(columns.VarBytesColumn()),
    pages=COLUMN(columns.VarBytesColumn()),
    meaning=COLUMN(VectorColumn(BYTES)),
)


class BlockMatcher(W3LeafMatcher):
    """Reads a whole posting list, block by block, into arrays."""

    def doc_numbers(self) -> Ints:
        """Numbers, within the segment, of the documents that have the term."""
        return np.concatenate([np.cumsum(ids) for ids, _ in self._blocks()]).astype(np.int64)

    def places(self) -> Ints:
        """Every place of the term in the segment, as `index.occurrences` counts them."""
        found = [self._block_places(ids, values) for ids, values in self._blocks()]
        return np.concatenate(found)

    def places_in(self, number: int) -> bytes:
        """The places of the term in document `number`, as they were written; only their block is unpacked."""
        self._skip_to_block(lambda: bool(self.block_max_id() < number))
        if self._atend:
            return b""
        self._read_data()
        data: Any = self._data
        ids, values = np.cumsum(data[0]), data[2]
        at = int(np.searchsorted(ids, number))
        return bytes(values[at]) if at < len(ids) and ids[at] == number else b""

    @staticmethod
    def _block_places(ids: tuple[int, ...], values: tuple[bytes, ...]) -> Ints:
        docs = np.cumsum(np.array(ids, dtype=np.int64))
        counts = np.fromiter(map(len, values), dtype=np.int64, count=len(values)) >> 2
        places = np.frombuffer(b"".join(values), dtype=np.uint32)
        return (np.repeat(docs, counts) << DOC_BITS) | places

    def _blocks(self) -> Iterator[tuple[Any, Any]]:
        while not self._atend:
            self._read_data()
            data: Any = self._data
            yield data[0], data[2]
            self._next_block()


class PostingsWriter(W3PostingsWriter):
    """Writes all postings of a term together, without the checks and lengths, which our fields have no use for."""

    def add_all(self, numbers: list[int], values: list[bytes]) -> None:
        """Take the postings of the term begun: `numbers` of documents, rising, and the value of each."""
        limit = self._blocklimit
        for first in range(0, len(numbers), limit):
            if first:
                self._write_block()
            self._ids = array("I", numbers[first : first + limit])
            self._weights = _ONES[: len(self._ids)]
            self._values = [value for value in values[first : first + limit] if value]
            self._maxweight = 1.0

    def _mini_ids(self):
        return tuple(map(sub, self._ids, chain((0,), self._ids)))

    def _mini_weights(self):
        return None  # Whoosh's sign for "all are 1.0"


class TermsWriter(W3FieldWriter):
    """Writes what `index.whoosh_pool` gathered, a term at a time."""

    def add_postings(self, schema, lengths, items: Iterable[Postings]) -> None:
        """Write `items`, which come sorted by field and term. `lengths` of fields are of no account."""
        for field, terms in groupby(items, key=itemgetter(0)):
            self.start_field(field, schema[field])
            writer: Any = self._postwriter
            for _, term, numbers, values in terms:
                self.start_term(term)
                writer.add_all(numbers, values)
                self.finish_term()
            self.finish_field()


class Codec(W3Codec):
    """Whoosh's own codec with postings that can be read a block at a time."""

    def __init__(self) -> None:
        super().__init__(blocklimit=_BLOCK, compression=1)

    def field_writer(self, storage, segment):
        """What terms are written with."""
        return TermsWriter(self, storage, segment)

    def postings_writer(self, dbfile, byteids=False):
        """What postings are written with."""
        return PostingsWriter(dbfile, self._blocklimit, byteids, self._compression, self._inlinelimit)

    def postings_reader(self, dbfile, terminfo, format_, term=None, scorer=None):
        """A matcher over the postings `terminfo` points to."""
        offset, length = terminfo.extent()
        return BlockMatcher(dbfile, offset, length, format_, term=term, scorer=scorer)
