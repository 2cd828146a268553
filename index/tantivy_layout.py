"""What tantivy is given of a document, and what is kept beside it to be read back with a hit.

Words go in already analysed (`index.analysis`), as stems with spaces between them, so that both engines
read the same words and no analysis happens twice. A hyphenated word is its parts in the row and, behind a
gap, also one word; `WHOLES` tells which parts a word may stand for, so that a phrase can be looked for
either way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import tantivy

from index.analysis import Run
from index.chunks import Chunk, Chunks
from index.document import Document, PageText
from index.layout import sort_title
from index.meaning import Meaning, meaning
from index.tantivy_vectors import KEPT

SCHEMA_NUMBER = 6
"""Raise it whenever what is indexed, or how, changes: indexes made before are then `Outdated`."""

FIELDS = ("title", "author", "topic", "summary", "identifier", "text")
"""Fields of stems, each with places: what scores, phrases and ``field:word`` read. Organisations are authors."""
ANY = "any"
"""Each stem of the document once, whatever its field: who has a word, and how many."""
FORMS = "forms"
"""Each word as it stands, with the field it stands in: beginnings of words, and spelling."""
WHOLES = "wholes"
"""Each hyphenated word as one, with the parts it is written in."""
CHOICES = "choices"
"""Filter and value, year among them."""
ROW = "row"
"""Where the vector of what a document is about stands: see `index.tantivy_vectors`."""
EVERY = "*"
"""A term of the field ``id`` that every document has, so that it can be told how many dropped ones are left."""
SEPARATOR = "\x1f"

_LONGEST_KEY = 500
"""Characters of a title that count in an order; tantivy drops terms of more than 65,530 bytes."""


def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in (ANY, FORMS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in ("id", "seal", WHOLES):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (CHOICES, "by_title", "by_newest"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_integer_field("year", indexed=True, fast=True)
    for name in ("order", ROW):
        builder.add_unsigned_field(name, fast=True)
    builder.add_bytes_field("kept", stored=True)
    return builder.build()


def key(id: str) -> str:  # noqa: A002 - the word for it
    """The term an id is indexed by: whatever signs it has, these can be written."""
    return json.dumps(id)


def seal(document: Document, mark: str) -> str:
    """The term that tells id, digest and, where it has a vector, how that was made; read by `json.loads`."""
    return json.dumps([document.id, document.digest(), mark])


def choice(name: str, value: str) -> str:
    """The term of one value of one filter."""
    return _writable(f"{name}{SEPARATOR}{value}")


@lru_cache(maxsize=10_000)
def read_choice(term: str) -> tuple[str, str]:
    """Filter and value that `choice` made `term` of."""
    name, _, value = term.partition(SEPARATOR)
    return name, value


class Kept(NamedTuple):
    """What comes back with a hit."""

    text: bytes
    """To `end`, stems of all pages, a space before and behind each. Not decoded: it is only looked through."""
    end: int
    id: str
    order: str
    """The title as it is put in order."""
    pages: tuple[list[str], list[int], list[int]]
    """Of the pages that have words, their editions, their numbers, and where in `text` they start: see `Pages`."""
    wholes: dict[str, list[int]]
    """Stems of hyphenated words as one to the places they stand at."""


_parse = json.JSONDecoder().decode  # `json.loads` looks for an encoding first


def read_kept(data: bytes) -> Kept:
    """What `lay_out` kept."""
    end = data.rfind(b"\n")
    return Kept(data, end, *_parse(data[end + 1 :].decode()))


def read_order(data: bytes) -> tuple[str, str]:
    """Title as put in order, and id, of what `lay_out` kept."""
    kept = read_kept(data)
    return kept.order, kept.id


@dataclass(slots=True, eq=False)
class _Chunk(Chunk):
    """What a stretch of text is indexed by."""

    stems: str
    """Its words side by side, with spaces."""
    any: str
    """Every stem, with spaces: of its words, and of hyphenated ones as one."""
    words: str
    """Every word as it stands, with spaces."""
    wholes: tuple[tuple[str, str], ...]
    """Stem of each hyphenated word as one, and the stems of its parts with spaces."""


def _chunk(sign: str, tokens: tuple[int, ...], runs: tuple[Run, ...]) -> _Chunk:
    if len(runs) == 1 and len(runs[0].words) == 1:  # nearly every one
        word = runs[0].words[0]
        return _Chunk(sign, tokens, word.stem, word.stem, word.text, ())
    parts = [" ".join([word.stem for word in read.words[: read.width]]) for read in runs]
    words = [word for read in runs for word in read.words]
    return _Chunk(
        sign,
        tokens,
        stems=" ".join(parts),
        any=" ".join(dict.fromkeys([word.stem for word in words])),
        words=" ".join(dict.fromkeys([word.text for word in words])),
        wholes=tuple(
            (read.words[-1].stem, stems)
            for read, stems in zip(runs, parts, strict=True)
            if len(read.words) > read.width
        ),
    )


@lru_cache(maxsize=1)
def _chunks(means: Meaning | None) -> Chunks[_Chunk]:
    """What has been read before."""
    return Chunks(means, _chunk)


@dataclass(slots=True)
class Laid:
    """A document ready for tantivy, plain enough to come from another process."""

    id: str
    texts: list[tuple[str, str]]
    """Field and text."""
    year: int | None
    order: int
    kept: bytes
    meaning: bytes
    """The vector of what it is about, as it is kept; empty where none can be made."""

    def document(self, row: int | None) -> tantivy.Document:
        """What tantivy is given. `row`: where the vector stands."""
        to = tantivy.Document()
        for name, text in self.texts:
            to.add_text(name, text)
        to.add_bytes("kept", self.kept)
        to.add_unsigned("order", self.order)
        if row is not None:
            to.add_unsigned(ROW, row)
        if self.year is not None:
            to.add_integer("year", self.year)
        return to


class _Laying:
    """A document being laid out."""

    def __init__(self, chunks: Chunks[_Chunk]) -> None:
        self.texts: list[tuple[str, str]] = []
        self.chunks = chunks
        self._any: set[str] = set()
        self._wholes: set[tuple[str, str]] = set()

    def add(self, name: str, different: set[_Chunk], stems: str) -> None:
        """Put one value, its `different` chunks and all its `stems`, in field `name`."""
        self.texts.append((name, stems))
        self._any |= {each.any for each in different}
        end = f"{SEPARATOR}{FIELDS.index(name)}"
        words = " ".join({each.words for each in different if each.words})
        self.texts.append((FORMS, words.replace(" ", f"{end} ") + end))
        wholes = {whole for each in different if each.wholes for whole in each.wholes}
        self.texts += [(name, whole) for whole, _ in wholes]
        self._wholes |= wholes

    def add_values(self, name: str, values: Iterable[str]) -> list[_Chunk]:
        """Put the values of a short field; all their chunks."""
        read: list[_Chunk] = []
        for value in values:
            chunks = self.chunks.of(value)
            if stems := _stems(chunks):
                self.add(name, set(chunks), stems)
                read += chunks
        return read

    def finish(self) -> None:
        """Put what all fields have together."""
        self.texts.append((ANY, " ".join(self._any)))
        self.texts += [(WHOLES, f"{whole}{SEPARATOR}{parts}") for whole, parts in self._wholes]


def lay_out(document: Document) -> Laid:
    """Everything tantivy keeps of `document`."""
    means = meaning()
    laying = _Laying(_chunks(means))
    title = laying.add_values("title", [document.title])
    laying.add_values("author", [*document.authors, document.organisation])
    topics = laying.add_values("topic", document.topics)
    summary = laying.add_values("summary", [document.summary])
    laying.add_values("identifier", document.identifiers)
    pages = _Pages(laying, document)
    laying.finish()
    vector = laying.chunks.meaning([title, summary, topics, *pages.chunks])
    order = sort_title(document.title)[:_LONGEST_KEY]
    head = json.dumps([document.id, order, pages.places, pages.wholes])
    facts = [("seal", seal(document, means.mark if means else "")), ("by_title", f"{order}\0{key(document.id)}")]
    return Laid(
        document.id,
        [*laying.texts, *facts, *_facts(document)],
        document.year,
        int.from_bytes(order.encode()[:8].ljust(8, b"\0")),
        pages.text + b"\n" + head.encode(),
        b"" if vector is None else vector.astype(KEPT).tobytes(),
    )


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    yield "id", key(document.id)
    yield "id", EVERY
    for name, values in document.facets.items():
        for value in dict.fromkeys(values):
            yield CHOICES, choice(name, value)
    if document.year is not None:
        yield CHOICES, choice("year", str(document.year))
    yield "by_newest", f"{_writable(document.added)}\0{_reversed(key(document.id))}"


class _Pages:
    """The pages of a document, each edition as one text: sentences run over the end of a page."""

    def __init__(self, laying: _Laying, document: Document) -> None:
        """Put them."""
        self.places: tuple[list[str], list[int], list[int]] = ([], [], [])
        """What `Pages` is made of."""
        self.wholes: dict[str, list[int]] = {}
        """Hyphenated words as one to where the pages begin that have them."""
        self.text = b""
        """The stems of all pages."""
        self.chunks: list[list[_Chunk]] = []
        read = ((page, laying.chunks.of(page.text)) for page in document.pages)
        worded = ((page, chunks, stems) for page, chunks in read if (stems := _stems(chunks)))
        for _, pages in groupby(worded, lambda row: row[0].edition):
            self._add(laying, pages)

    def _add(self, laying: _Laying, pages: Iterable[tuple[PageText, list[_Chunk], str]]) -> None:
        editions, numbers, starts = self.places
        different: set[_Chunk] = set()
        rows: list[str] = []
        start = len(self.text)
        for page, chunks, stems in pages:
            editions.append(page.edition)
            numbers.append(page.number)
            starts.append(start)
            of_page = set(chunks)
            for whole in {whole for each in of_page if each.wholes for whole, _ in each.wholes}:
                self.wholes.setdefault(whole, []).append(start)
            rows.append(stems)
            start += len(stems if stems.isascii() else stems.encode()) + 1
            different |= of_page
            self.chunks.append(chunks)
        joined = " ".join(rows)
        laying.add("text", different, joined)
        self.text += f" {joined} \n".encode()


def _stems(chunks: list[_Chunk]) -> str:
    return " ".join([each.stems for each in chunks if each.stems])


def _writable(text: str) -> str:
    """`text` without halves of characters, which UTF-8 has no place for."""
    return text.encode("utf-8", "replace").decode()


def _reversed(text: str) -> str:
    """Comes after what `text` comes before: so that the newest first can have ids in rising order."""
    return "".join(f"{255 - byte:02x}" for byte in text.encode()) + "~"
