"""Documents laid out for tantivy: see `index.tantivy_fields`.

Words go in already analysed (`index.analysis`), as stems with spaces between them, so that both engines
read the same words and no analysis happens twice. A hyphenated word is its parts in the row and, behind a
gap, also one word; `WHOLES` tells which parts a word may stand for, so that a phrase can be looked for
either way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import tantivy

from index.analysis import Run
from index.chunks import Chunk, Chunks, Read
from index.document import Document, PageText
from index.layout import sort_title
from index.meaning import Meaning, meaning
from index.tantivy_fields import (
    ANY,
    CHOICES,
    EVERY,
    FIELDS,
    FORMS,
    ROW,
    SEPARATOR,
    WHOLES,
    choice,
    key,
    seal,
    writable,
)
from index.tantivy_vectors import KEPT

_LONGEST_TERM = 65_530
"""Bytes; tantivy drops longer ones."""
_ABOUT = ("title", "summary", "topic")
"""Short fields that tell what a document is about."""
_LONGEST_KEY = 500
"""Characters of a title that count in an order."""


@dataclass(slots=True, eq=False)
class _Chunk(Chunk):
    """What a stretch of text is indexed by."""

    stems: str
    """Its words side by side, a space before each."""
    any: str
    """Every stem, a space before each: of its words, and of hyphenated ones as one."""
    words: str
    """Every word as it stands, `SEPARATOR` behind each."""
    wholes: tuple[tuple[str, str], ...]
    """Stem of each hyphenated word as one, and the stems of its parts with spaces."""


def _chunk(sign: str, tokens: bytes, runs: tuple[Run, ...]) -> _Chunk:
    if len(runs) == 1 and len(runs[0].words) == 1:  # nearly every one
        word = runs[0].words[0]
        return _Chunk(sign, tokens, f" {word.stem}", f" {word.stem}", word.text + SEPARATOR, ())
    words = [word for read in runs for word in read.words]
    return _Chunk(
        sign,
        tokens,
        stems="".join([f" {word.stem}" for read in runs for word in read.words[: read.width]]),
        any="".join(dict.fromkeys([f" {word.stem}" for word in words])),
        words="".join(dict.fromkeys([word.text + SEPARATOR for word in words])),
        wholes=tuple(
            (read.words[-1].stem, " ".join([word.stem for word in read.words[: read.width]]))
            for read in runs
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

    def terms(self) -> set[tuple[str, str]]:
        """Each field with each term of it that leads to the document."""
        found = {
            (name, term)
            for name, text in self.texts
            for term in (text.split(" ") if name in (*FIELDS, ANY, FORMS) else [text])
        }
        return {(name, term) for name, term in found if 0 < len(term.encode()) <= _LONGEST_TERM}

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


def lay_out(documents: Sequence[Document]) -> list[Laid]:
    """Everything tantivy keeps of each of `documents`."""
    means = meaning()
    mark = means.mark if means else ""
    return [_laid(*each, mark) for each in _chunks(means).read(documents, _values, _ABOUT, KEPT)]


def _values(document: Document) -> dict[str, tuple[str, ...]]:
    return {
        "title": (document.title,),
        "author": (*document.authors, document.organisation),
        "topic": document.topics,
        "summary": (document.summary,),
        "identifier": document.identifiers,
    }


def _laid(document: Document, read: Read[_Chunk, str], vector: bytes, mark: str) -> Laid:
    laying = _Laying()
    for name, values in read.fields.items():
        for chunks in values:
            if stems := _stems(chunks):
                laying.add(name, set(chunks), stems)
    pages = _Pages(laying, document, read.pages)
    laying.finish()
    order = sort_title(document.title)[:_LONGEST_KEY]
    head = json.dumps([document.id, order, pages.places, pages.wholes])
    facts = [("seal", seal(document, mark)), *_facts(document, key(document.id), order)]
    return Laid(
        document.id,
        [*laying.texts, *facts],
        document.year,
        int.from_bytes(order.encode()[:8].ljust(8, b"\0")),
        pages.text + b"\n" + head.encode(),
        vector,
    )


class _Laying:
    """A document being laid out."""

    def __init__(self) -> None:
        self.texts: list[tuple[str, str]] = []
        self._different: set[_Chunk] = set()
        self._forms: list[str] = []
        self._wholes: set[tuple[str, str]] = set()

    def add(self, name: str, different: set[_Chunk], stems: str) -> None:
        """Put one value, its `different` chunks and all its `stems`, in field `name`."""
        self.texts.append((name, stems))
        words = "".join([each.words for each in different])
        self._forms.append(words.replace(SEPARATOR, f"{SEPARATOR}{FIELDS.index(name)} "))
        wholes = {whole for each in different if each.wholes for whole in each.wholes}
        self.texts += [(name, whole) for whole, _ in wholes]
        self._wholes |= wholes
        self._different |= different

    def finish(self) -> None:
        """Put what all fields have together."""
        self.texts.append((ANY, "".join([each.any for each in self._different])))
        self.texts.append((FORMS, "".join(self._forms)))
        self.texts += [(WHOLES, f"{whole}{SEPARATOR}{parts}") for whole, parts in self._wholes]


def _facts(document: Document, id: str, order: str) -> Iterator[tuple[str, str]]:  # noqa: A002
    yield "id", id
    yield "id", EVERY
    yield "by_title", f"{order}\0{id}"
    for name, values in document.facets.items():
        for value in dict.fromkeys(values):
            yield CHOICES, choice(name, value)
    if document.year is not None:
        yield CHOICES, choice("year", str(document.year))
    yield "by_newest", f"{writable(document.added)}\0{_reversed(id)}"


class _Pages:
    """The pages of a document, each edition as one text: sentences run over the end of a page."""

    def __init__(self, laying: _Laying, document: Document, read: Iterable[list[_Chunk]]) -> None:
        """Put them. `read`: the chunks of each."""
        self.places: tuple[list[str], list[int], list[int]] = ([], [], [])
        """What `Pages` is made of."""
        self.wholes: dict[str, list[int]] = {}
        """Hyphenated words as one to where the pages begin that have them."""
        self.text = b""
        """The stems of all pages."""
        pages = ((page, set(chunks), _stems(chunks)) for page, chunks in zip(document.pages, read, strict=True))
        worded = (row for row in pages if row[2])
        for _, of_edition in groupby(worded, lambda row: row[0].edition):
            self._add(laying, of_edition)

    def _add(self, laying: _Laying, pages: Iterable[tuple[PageText, set[_Chunk], str]]) -> None:
        editions, numbers, starts = self.places
        different: set[_Chunk] = set()
        rows: list[str] = []
        start = len(self.text)
        for page, of_page, stems in pages:
            editions.append(page.edition)
            numbers.append(page.number)
            starts.append(start)
            for whole in {whole for each in of_page if each.wholes for whole, _ in each.wholes}:
                self.wholes.setdefault(whole, []).append(start)
            rows.append(stems)
            start += len(stems if stems.isascii() else stems.encode())
            different |= of_page
        joined = "".join(rows)
        laying.add("text", different, joined)
        self.text += f"{joined} \n".encode()


def _stems(chunks: list[_Chunk]) -> str:
    """The stems of `chunks`, a space before each."""
    return "".join([each.stems for each in chunks])


_MIRRORED = bytes(range(255, -1, -1))


def _reversed(text: str) -> str:
    """Comes after what `text` comes before: so that the newest first can have ids in rising order."""
    return text.encode().translate(_MIRRORED).hex() + "~"
