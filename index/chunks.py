"""Text read in chunks: whatever an engine needs of a chunk is made once, and then found by one look-up.

Text is cut at white space, which takes a fraction of the time of looking for words in it, and chunks repeat
themselves as words do. White space stands between words everywhere but in ``Cert IV``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

from index.analysis import CERTIFICATE_AND_NUMBER, Run, numbered, raw_runs, run
from index.document import Document
from index.meaning import Meaning
from index.remembered import Remembered


@dataclass(slots=True, eq=False)
class Chunk:
    """A stretch of text without white space. One object for most that say the same."""

    sign: str
    """See `numbered`."""
    tokens: bytes
    """What it means: see `Meaning.tokens`. Empty without the extra."""


C = TypeVar("C", bound=Chunk)
F = TypeVar("F")


class Read(NamedTuple, Generic[C, F]):
    """The chunks of a document."""

    fields: dict[F, list[list[C]]]
    """By short field and value."""
    pages: list[list[C]]


class Chunks(Generic[C]):
    """Reads text. Safe to share between threads."""

    def __init__(self, means: Meaning | None, make: Callable[[str, bytes, tuple[Run, ...]], C]) -> None:
        """`make`: makes a chunk of its sign, its tokens and its runs."""
        self._means = means
        self._make = make
        self._chunks = Remembered(self._read, limit=100_000)

    def _read(self, chunk: str) -> C:
        raws, sign = raw_runs(chunk), numbered(chunk)
        if len(raws) == 1:  # a word, which says the same with a comma behind it and at the beginning of a sentence
            bare = raws[0].lower() if raws[0].isascii() else raws[0]
            if bare != chunk and (known := self._chunks[bare]).sign == sign:
                return known
        tokens = self._means.tokens(chunk) if self._means else b""
        return self._make(sign, tokens, tuple(map(run, raws)))

    def of(self, text: str) -> list[C]:
        """The chunks of `text`: their runs, one after another, are those of `text`."""
        chunks = self._chunks
        found = list(map(chunks.__getitem__, text.split()))
        if CERTIFICATE_AND_NUMBER in "".join([each.sign for each in found]):
            return [chunks[each] for each in raw_runs(text)]
        return found

    def read(
        self,
        documents: Sequence[Document],
        values: Callable[[Document], Mapping[F, Iterable[str]]],
        about: Sequence[F],
        kept: np.dtype[Any],
    ) -> Iterator[tuple[Document, Read[C, F], bytes]]:
        """Each of `documents` with its chunks and its vector.

        `values`: short fields with what they hold; `about`: those that tell what it is about; `kept`: the sort of
        numbers of a vector, which is zeros where nothing is said, and empty without the extra.

        One step is done for all of them before the next, since each goes through a table of its own that a
        processor keeps near while it is in use: together that is a third of the time.
        """
        read = [self._document(each, values(each)) for each in documents]
        meant = (_meant(document, of, about) for document, of in zip(documents, read, strict=True))
        return zip(documents, read, self._meanings(meant, kept), strict=True)

    def _document(self, document: Document, values: Mapping[F, Iterable[str]]) -> Read[C, F]:
        fields = {field: [self.of(value) for value in of_field] for field, of_field in values.items()}
        return Read(fields, [self.of(page.text) for page in document.pages])

    def _meanings(self, texts: Iterable[Iterable[Iterable[C]]], kept: np.dtype[Any]) -> list[bytes]:
        """The vectors of what `texts` say, each in parts."""
        tokens = [b"".join([each.tokens for part in parts for each in part]) for parts in texts]
        if self._means is None:
            return [b""] * len(tokens)
        return [vector.tobytes() for vector in self._means.of_texts(tokens).astype(kept)]


def _meant(document: Document, read: Read[C, F], about: Sequence[F]) -> Iterator[list[C]]:
    """What of `document`, in the order of `about` and its pages, tells what it is about."""
    pages = (chunks for page, chunks in zip(document.pages, read.pages, strict=True) if page.meant)
    return chain(*(read.fields[field] for field in about), pages)
