"""Text read in chunks: whatever an engine needs of a chunk is made once, and then found by one look-up.

Text is cut at white space, which takes a fraction of the time of looking for words in it, and chunks repeat
themselves as words do. White space stands between words everywhere but in ``Cert IV``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from index.analysis import CERTIFICATE_AND_NUMBER, Run, numbered, raw_runs, run
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

    def meanings(self, texts: Iterable[Iterable[Iterable[C]]], kept: np.dtype[Any]) -> list[bytes]:
        """The vectors of what `texts` say, each in parts: zeros where one says nothing, empty without the extra.

        `kept`: the sort of numbers.
        """
        tokens = [b"".join([each.tokens for part in parts for each in part]) for parts in texts]
        if self._means is None:
            return [b""] * len(tokens)
        return [vector.tobytes() for vector in self._means.of_texts(tokens).astype(kept)]
