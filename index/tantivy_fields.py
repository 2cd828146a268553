"""The fields of a tantivy index, and what is kept beside them to be read back with a hit."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import NamedTuple

import tantivy

from index.document import Document

SCHEMA_NUMBER = 7
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


@lru_cache(maxsize=10_000)
def choice(name: str, value: str) -> str:
    """The term of one value of one filter."""
    return writable(f"{name}{SEPARATOR}{value}")


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


def writable(text: str) -> str:
    """`text` without halves of characters, which UTF-8 has no place for."""
    return text.encode("utf-8", "replace").decode()
