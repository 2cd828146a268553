"""Where the words of a document stand: one row of places for all its fields.

Each short field has a span of places of its own, and the pages follow. So the place of a word tells its
field, and one list of places for each word answers bags of words, phrases, ``field:word`` and "which page".
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from index.analysis import Run, fold, raw_runs
from index.chunks import Chunk, Chunks, Read
from index.document import Document, PageText
from index.meaning import KEPT, Meaning, meaning

SPAN_BITS = 12
SPAN = 1 << SPAN_BITS
"""Places kept for each field before the text; words beyond them are not indexed."""
GAP = 16
"""Places left free between values, so that no phrase runs from one into the next."""
SEPARATOR = "\0"
"""Between a word's stem and the word itself in the key it is indexed by."""


class Field(IntEnum):
    """Fields in the order of their spans. `TEXT` has no end."""

    TITLE = 0
    AUTHOR = 1
    ORGANISATION = 2
    TOPIC = 3
    SUMMARY = 4
    IDENTIFIER = 5
    TEXT = 6


TEXT_START = Field.TEXT * SPAN
MEANT = (Field.TITLE, Field.TOPIC, Field.SUMMARY, Field.TEXT)
"""What tells what a document is about."""
_ABOUT: tuple[Field, ...] = tuple(field for field in MEANT if field is not Field.TEXT)


@dataclass(frozen=True, slots=True)
class Laid:
    """A document ready for an engine to keep."""

    id: str
    postings: dict[bytes, bytes]
    """Key (stem, NUL, word) to its places, rising: native numbers of 32 bits."""
    facts: bytes
    """What filters and orders need, read by `read_facts`."""
    pages: bytes
    """Where pages begin, read by `read_pages`."""
    meaning: bytes
    """The vector of what it is about, read by `index.meaning.read`; empty where none can be made."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document without its words."""

    id: str
    digest: str
    year: int | None
    added: str
    order: str
    """Title folded for sorting, a leading article left out."""
    lengths: list[int]
    """Words in each `Field`."""
    facets: dict[str, list[str]]
    meant: str
    """`Meaning.mark` of what made its vector; empty where it has none."""


def read_facts(rows: Iterable[bytes]) -> list[Facts]:
    """The facts in each `Laid.facts`, read together because that is much faster."""
    return [Facts(*row) for row in json.loads(b"[" + b",".join(rows) + b"]")]


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a document that have words, in order: parallel lists."""

    editions: list[str]
    numbers: list[int]
    starts: list[int]
    """Place of the first word of each page."""


def read_pages(data: bytes) -> Pages:
    """The pages in `Laid.pages`."""
    return Pages(*json.loads(data))


@dataclass(slots=True, eq=False)
class _Chunk(Chunk):
    """What a stretch of text is indexed by."""

    keys: tuple[tuple[bytes, int], ...]
    """Keys of its words, each with how many places after the beginning it stands."""
    width: int
    """How many places it takes."""


def _chunk(sign: str, tokens: bytes, runs: tuple[Run, ...]) -> _Chunk:
    keys: list[tuple[bytes, int]] = []
    width = 0
    for read in runs:
        keys += [(f"{each.stem}{SEPARATOR}{each.text}".encode(), width + each.offset) for each in read.words]
        width += read.width
    return _Chunk(sign, tokens, tuple(keys), width)


@lru_cache(maxsize=1)
def _chunks(means: Meaning | None) -> Chunks[_Chunk]:
    """What has been read before."""
    return Chunks(means, _chunk)


class _Row:
    """Places being filled."""

    def __init__(self) -> None:
        self.postings: dict[bytes, array[int]] = {}
        self.lengths = [0] * len(Field)

    def fill(self, chunks: Iterable[_Chunk], field: Field, place: int, end: int | None = None) -> int:
        """Lay `chunks` out from `place`, not beyond `end`; the place after them."""
        postings, begun = self.postings, place
        for chunk in chunks:
            for key, offset in chunk.keys:
                places = postings.get(key)
                if places is None:
                    postings[key] = array("I", (place + offset,))
                elif (at := place + offset) > places[-1]:
                    places.append(at)
            place += chunk.width
            if end is not None and place >= end:
                break
        self.lengths[field] += place - begun
        return place

    def fill_field(self, field: Field, values: Iterable[Iterable[_Chunk]]) -> None:
        """Lay out the values of a short field."""
        place, end = field * SPAN, (field + 1) * SPAN - 4 * GAP
        for value in values:
            if place >= end:
                break
            place = self.fill(value, field, place, end) + GAP


def sort_title(title: str) -> str:
    """`title` as it is put in order: folded, without punctuation or a leading article."""
    words = raw_runs(fold(title))
    if len(words) > 1 and words[0] in ("a", "an", "the"):
        words = words[1:]
    return " ".join(words)


def lay_out(documents: Sequence[Document]) -> list[Laid]:
    """Everything an engine keeps of each of `documents`."""
    means = meaning()
    mark = means.mark if means else ""
    return [_laid(*each, mark) for each in _chunks(means).read(documents, _values, _ABOUT, KEPT)]


def _values(document: Document) -> dict[Field, tuple[str, ...]]:
    return {
        Field.TITLE: (document.title,),
        Field.AUTHOR: document.authors,
        Field.ORGANISATION: (document.organisation,),
        Field.TOPIC: document.topics,
        Field.SUMMARY: (document.summary,),
        Field.IDENTIFIER: document.identifiers,
    }


def _laid(document: Document, read: Read[_Chunk, Field], vector: bytes, mark: str) -> Laid:
    row = _Row()
    for field, values in read.fields.items():
        row.fill_field(field, values)
    pages = _fill_pages(row, document.pages, read.pages)
    facts = [
        document.id,
        document.digest(),
        document.year,
        document.added,
        sort_title(document.title),
        row.lengths,
        {name: list(dict.fromkeys(values)) for name, values in document.facets.items()},
        mark,
    ]
    postings = {key: places.tobytes() for key, places in row.postings.items()}
    return Laid(document.id, postings, json.dumps(facts).encode(), json.dumps(pages).encode(), vector)


def _fill_pages(
    row: _Row, pages: Iterable[PageText], read: Iterable[list[_Chunk]]
) -> tuple[list[str], list[int], list[int]]:
    """Lay out the pages, each as it was `read`; their editions, numbers and first places.

    Pages of one edition follow without a gap: sentences run over the end of a page.
    """
    editions: list[str] = []
    numbers: list[int] = []
    starts: list[int] = []
    place: int = TEXT_START
    for page, chunks in zip(pages, read, strict=True):
        if editions and page.edition != editions[-1]:
            place += GAP
        start, place = place, row.fill(chunks, Field.TEXT, place)
        if place > start:
            editions.append(page.edition)
            numbers.append(page.number)
            starts.append(start)
    return editions, numbers, starts
