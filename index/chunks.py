"""Text read in chunks: whatever an engine needs of a chunk is made once, and then found by one look-up.

Text is cut at white space, which takes a fraction of the time of looking for words in it, and chunks repeat
themselves as words do. White space stands between words everywhere but in ``Cert IV``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from index.analysis import CERTIFICATE_AND_NUMBER, Run, numbered, raw_runs, run
from index.meaning import Meaning, Vector
from index.remembered import Remembered


@dataclass(slots=True, eq=False)
class Chunk:
    """A stretch of text without white space. One object for all that say the same, so they are counted fast."""

    sign: str
    """See `numbered`."""
    tokens: tuple[int, ...]
    """What it means: see `Meaning.tokens`. None without the extra."""


C = TypeVar("C", bound=Chunk)


class Chunks(Generic[C]):
    """Reads text. Safe to share between threads."""

    def __init__(self, means: Meaning | None, make: Callable[[str, tuple[int, ...], tuple[Run, ...]], C]) -> None:
        """`make`: makes a chunk of its sign, its tokens and its runs."""
        self._means = means
        self._make = make
        self._chunks = Remembered(self._read, limit=100_000)

    def _read(self, chunk: str) -> C:
        raws, sign = raw_runs(chunk), numbered(chunk)
        if len(raws) == 1 and raws[0] != chunk:  # a word with a comma behind it
            bare = self._chunks[raws[0]]
            if bare.sign == sign:
                return bare
        tokens = self._means.tokens(chunk) if self._means else ()
        return self._make(sign, tokens, tuple(map(run, raws)))

    def of(self, text: str) -> list[C]:
        """The chunks of `text`: their runs, one after another, are those of `text`."""
        chunks = self._chunks
        found = [chunks[each] for each in text.split()]
        if CERTIFICATE_AND_NUMBER in "".join([each.sign for each in found]):
            return [chunks[each] for each in raw_runs(text)]
        return found

    def meaning(self, parts: Iterable[Iterable[C]]) -> Vector | None:
        """The vector of what `parts` say: zeros where nothing, None without the extra."""
        if self._means is None:
            return None
        counts: Counter[C] = Counter()
        for part in parts:
            counts.update(part)
        return self._means.of_tokens([each.tokens for each in counts], counts.values())
