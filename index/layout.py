"""Where the words of a document stand: one row of places for all its fields.

Each short field has a span of places of its own, and the pages follow. So the place of a word tells its
field, and one list of places for each word answers bags of words, phrases, ``field:word`` and "which page".
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from index.analysis import fold, raw_runs, run
from index.document import Document
from index.meaning import meaning

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


@dataclass(frozen=True, slots=True)
class Laid:
    """A document ready for an engine to keep."""

    postings: dict[bytes, array[int]]
    """Key (stem, NUL, word) to its places, rising."""
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


_KeyedRun = tuple[tuple[tuple[bytes, int], ...], int]


class _Keys(dict[str, _KeyedRun]):
    """Runs of characters to the keys they are indexed by, each with its offset, and their width."""

    limit = 30_000

    def __missing__(self, raw: str) -> _KeyedRun:
        read = run(raw)
        keys = tuple((f"{word.stem}{SEPARATOR}{word.text}".encode(), word.offset) for word in read.words)
        if len(self) >= self.limit:
            self.clear()
        keyed = self[raw] = (keys, read.width)
        return keyed


_keys = _Keys()


class _Row:
    """Places being filled."""

    def __init__(self) -> None:
        self.postings: dict[bytes, array[int]] = {}
        self.lengths = [0] * len(Field)

    def fill(self, text: str, field: Field, place: int, end: int | None = None) -> int:
        """Lay `text` out from `place`, not beyond `end`; the place after it."""
        postings, keys, begun = self.postings, _keys, place
        for raw in raw_runs(text):
            words, width = keys[raw]
            for key, offset in words:
                places = postings.get(key)
                if places is None:
                    postings[key] = array("I", (place + offset,))
                elif (at := place + offset) > places[-1]:
                    places.append(at)
            place += width
            if end is not None and place >= end:
                break
        self.lengths[field] += place - begun
        return place

    def fill_field(self, field: Field, values: Iterable[str]) -> None:
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


def lay_out(document: Document) -> Laid:
    """Everything an engine keeps of `document`."""
    row = _Row()
    row.fill_field(Field.TITLE, [document.title])
    row.fill_field(Field.AUTHOR, document.authors)
    row.fill_field(Field.ORGANISATION, [document.organisation])
    row.fill_field(Field.TOPIC, document.topics)
    row.fill_field(Field.SUMMARY, [document.summary])
    row.fill_field(Field.IDENTIFIER, document.identifiers)
    pages = _fill_pages(row, document)
    means = meaning()
    facts = [
        document.id,
        document.digest(),
        document.year,
        document.added,
        sort_title(document.title),
        row.lengths,
        {name: list(dict.fromkeys(values)) for name, values in document.facets.items()},
        means.mark if means else "",
    ]
    vector = means.of_document(document) if means else b""
    return Laid(row.postings, json.dumps(facts).encode(), json.dumps(pages).encode(), vector)


def _fill_pages(row: _Row, document: Document) -> tuple[list[str], list[int], list[int]]:
    """Lay out the pages; their editions, numbers and first places.

    Pages of one edition follow without a gap: sentences run over the end of a page.
    """
    editions: list[str] = []
    numbers: list[int] = []
    starts: list[int] = []
    place: int = TEXT_START
    for page in document.pages:
        if editions and page.edition != editions[-1]:
            place += GAP
        start, place = place, row.fill(page.text, Field.TEXT, place)
        if place > start:
            editions.append(page.edition)
            numbers.append(page.number)
            starts.append(start)
    return editions, numbers, starts
