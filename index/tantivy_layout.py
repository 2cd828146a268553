"""What tantivy is given of a document, and what is kept beside it to be read back with a hit.

Words go in already analysed (`index.analysis`), as stems with spaces between them, so that both engines
read the same words and no analysis happens twice. A hyphenated word is its parts in the row and, behind a
gap, also one word; `WHOLES` tells which parts a word may stand for, so that a phrase can be looked for
either way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import tantivy

from index.analysis import raw_runs, run
from index.document import Document
from index.layout import Pages, sort_title

SCHEMA_NUMBER = 4
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


@dataclass(frozen=True, slots=True)
class Kept:
    """What comes back with a hit."""

    id: str
    order: str
    """The title as it is put in order."""
    pages: Pages
    """Pages that have words; each starts at a place counted in characters of `text`."""
    wholes: dict[str, list[int]]
    """Stems of hyphenated words as one to the places they stand at."""
    text: str
    """Stems of all pages, a space before and behind each."""


def read_kept(data: bytes) -> Kept:
    """What `laid_out` kept."""
    head, _, text = data.partition(b"\n")
    id, order, pages, wholes = json.loads(head)  # noqa: A001
    return Kept(id, order, Pages(*pages), wholes, text.decode())


def read_order(data: bytes) -> tuple[str, str]:
    """Title as put in order, and id, of what `laid_out` kept."""
    id, order, *_ = json.loads(data.partition(b"\n")[0])  # noqa: A001
    return order, id


@dataclass(frozen=True, slots=True)
class _Read:
    """What a run of characters is indexed by."""

    stems: str
    """Its parts, with spaces."""
    any: str
    """Its parts and the whole, with spaces."""
    forms: tuple[str, ...]
    """Its words as they stand, for each of `FIELDS`, with spaces."""
    whole: str | None
    """Stem of a hyphenated word as one."""


class _Reads(dict[str, _Read]):
    """Runs read before: text repeats its words."""

    limit = 30_000

    def __missing__(self, raw: str) -> _Read:
        read = run(raw)
        parts, wholes = read.words[: read.width], read.words[read.width :]
        words = dict.fromkeys(word.text for word in read.words)
        if len(self) >= self.limit:
            self.clear()
        made = self[raw] = _Read(
            stems=" ".join([word.stem for word in parts]),
            any=" ".join(dict.fromkeys([word.stem for word in read.words])),
            forms=tuple(" ".join([f"{word}{SEPARATOR}{at}" for word in words]) for at in range(len(FIELDS))),
            whole=wholes[0].stem if wholes else None,
        )
        return made


_reads = _Reads()


@dataclass(slots=True)
class _Laying:
    """A document being laid out."""

    to: tantivy.Document
    any: list[str] = field(default_factory=list)
    wholes: set[str] = field(default_factory=set)

    def add(self, name: str, runs: set[str], stems: str) -> None:
        """Put one value, its different `runs` and all its `stems`, in field `name`."""
        self.to.add_text(name, stems)
        number = FIELDS.index(name)
        read = [_reads[raw] for raw in runs]
        self.any += [each.any for each in read]
        self.to.add_text(FORMS, " ".join([each.forms[number] for each in read]))
        for each in read:
            if each.whole is not None:
                self.to.add_text(name, each.whole)
                self.wholes.add(f"{each.whole}{SEPARATOR}{each.stems}")

    def add_values(self, name: str, values: Iterable[str]) -> None:
        """Put the values of a short field."""
        for value in values:
            raws = raw_runs(value)
            if raws:
                self.add(name, set(raws), _stems(raws))


def laid_out(document: Document, row: int | None = None, mark: str = "") -> tantivy.Document:
    """Everything tantivy keeps of `document`. `row`: where its vector stands, made as `mark` says."""
    to = tantivy.Document()
    laying = _Laying(to)
    laying.add_values("title", [document.title])
    laying.add_values("author", [*document.authors, document.organisation])
    laying.add_values("topic", document.topics)
    laying.add_values("summary", [document.summary])
    laying.add_values("identifier", document.identifiers)
    pages, wholes, text = _pages(laying, document)
    to.add_text(ANY, " ".join(laying.any))
    for whole in laying.wholes:
        to.add_text(WHOLES, whole)
    _add_facts(to, document)
    to.add_text("seal", seal(document, mark))
    if row is not None:
        to.add_unsigned(ROW, row)
    order = sort_title(document.title)[:_LONGEST_KEY]
    head = json.dumps([document.id, order, pages, wholes])
    to.add_bytes("kept", f"{head}\n{text}".encode())
    to.add_text("by_title", f"{order}\0{key(document.id)}")
    to.add_unsigned("order", int.from_bytes(order.encode()[:8].ljust(8, b"\0")))
    return to


def _add_facts(to: tantivy.Document, document: Document) -> None:
    to.add_text("id", key(document.id))
    to.add_text("id", EVERY)
    for name, values in document.facets.items():
        for value in dict.fromkeys(values):
            to.add_text(CHOICES, choice(name, value))
    if document.year is not None:
        to.add_integer("year", document.year)
        to.add_text(CHOICES, choice("year", str(document.year)))
    to.add_text("by_newest", f"{_writable(document.added)}\0{_reversed(key(document.id))}")


def _pages(laying: _Laying, document: Document) -> tuple[list[list[object]], dict[str, list[int]], str]:
    """Put the pages, each edition as one text: sentences run over the end of a page.

    Returns what `Pages` is made of, where hyphenated words stand, and the stems of all pages.
    """
    editions: list[object] = []
    numbers: list[object] = []
    starts: list[object] = []
    wholes: dict[str, list[int]] = {}
    text = ""
    for edition, pages in _by_edition(document):
        different: set[str] = set()
        rows: list[str] = []
        start = len(text)
        for number, raws in pages:
            editions.append(edition)
            numbers.append(number)
            starts.append(start)
            of_page = set(raws)
            for raw in of_page:
                whole = _reads[raw].whole
                if whole is not None:
                    wholes.setdefault(whole, []).append(start)
            rows.append(_stems(raws))
            start += len(rows[-1]) + 1
            different |= of_page
        joined = " ".join(rows)
        laying.add("text", different, joined)
        text += f" {joined} \n"
    return [editions, numbers, starts], wholes, text


def _by_edition(document: Document) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    """Each stretch of pages of one edition: their numbers and runs, pages without words left out."""
    before, pages = "", list[tuple[int, list[str]]]()
    for page in document.pages:
        raws = raw_runs(page.text)
        if not raws:
            continue
        if pages and page.edition != before:
            yield before, pages
            pages = []
        before = page.edition
        pages.append((page.number, raws))
    if pages:
        yield before, pages


def _stems(raws: list[str]) -> str:
    return " ".join([_reads[raw].stems for raw in raws])


def _writable(text: str) -> str:
    """`text` without halves of characters, which UTF-8 has no place for."""
    return text.encode("utf-8", "replace").decode()


def _reversed(text: str) -> str:
    """Comes after what `text` comes before: so that the newest first can have ids in rising order."""
    return "".join(f"{255 - byte:02x}" for byte in text.encode()) + "~"
