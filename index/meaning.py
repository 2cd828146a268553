"""What a text is about, as one vector: the mean of the vectors of its words, made in no time by a table look-up.

The table is that of WordLlama (D. L. Miller, https://github.com/dleemiller/WordLlama, MIT): 32,000 pieces of
words with 256 numbers each, taken from a language model's embeddings and trained so that the mean of a text's
pieces tells texts of like meaning. It is an extra that may be missing; then everything is found by words alone.
"""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.analysis import raw_runs
from index.remembered import Remembered

Vector = npt.NDArray[np.float32]

NUMBERS = 256
"""Numbers of one vector."""
KEPT = np.dtype("<f2")
"""How a vector is kept: half precision, 512 bytes. No order of hits was seen to change by it."""
BYTES = NUMBERS * KEPT.itemsize
_LAST_BITS = 0.002
"""How far a number of a vector may be off for the order in which numbers were added, and half precision."""
_PACKAGE = "wordllama"
_WEIGHTS = "weights/l2_supercat_256.safetensors"
_TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"


class Meaning:
    """Makes vectors. Safe to share between threads."""

    mark = "wordllama-l2-256/1"
    """Names model and method: a vector with another mark was made otherwise and cannot be compared."""

    def __init__(self, folder: Path) -> None:
        """`folder`: where the package `wordllama` is installed. Its own code is not run: it would load more."""
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self._kept: npt.NDArray[np.float16] = load_file(folder / _WEIGHTS)["embedding.weight"]
        # In single precision, a row once it is wanted: numpy reads half precision at a fifth of the pace.
        self._table = np.empty(self._kept.shape, dtype=np.float32)
        self._is_read = np.zeros(len(self._kept), dtype=np.bool_)
        self._tokenizer: Any = Tokenizer.from_file(str(folder / _TOKENIZER))
        self._of_word = Remembered(self._tokens, limit=30_000)

    def of_question(self, text: str) -> Vector:
        """The vector of a question, of length 1, or all zeros."""
        whole: Vector = np.add.reduce(self._rows(np.array(self.tokens(text), dtype=np.intp)))
        return _of_length_1(whole)

    def tokens(self, text: str) -> tuple[int, ...]:
        """Rows of the table for the words of `text`, which are read in lower case and each by itself."""
        return tuple(chain.from_iterable(map(self._of_word.__getitem__, raw_runs(text.lower()))))

    def of_tokens(self, texts: Iterable[tuple[int, ...]], often: Iterable[int]) -> Vector:
        """The vector of texts as `tokens` reads them, each as `often` as said; of length 1, or all zeros.

        Every word is counted, those that say little too: that was better on judged sets.
        """
        texts = list(texts)
        tokens = np.fromiter(chain.from_iterable(texts), np.intp)
        if not len(tokens):
            return np.zeros(NUMBERS, dtype=np.float32)
        weights = np.repeat(np.fromiter(often, np.float32, len(texts)), list(map(len, texts)))
        # Not `@`: its threads wait for each other where the other core is at work.
        return _of_length_1(np.einsum("i,ij->j", weights, self._rows(tokens)))

    def _rows(self, tokens: npt.NDArray[np.intp]) -> Vector:
        fresh = tokens[~self._is_read[tokens]]
        if len(fresh):
            self._table[fresh] = self._kept[fresh]
            self._is_read[fresh] = True
        return self._table.take(tokens, 0)

    def _tokens(self, word: str) -> list[int]:
        readable = word.encode("utf-8", "replace").decode()  # half a character stops the tokenizer
        return list(self._tokenizer.encode(readable, add_special_tokens=False).ids)


def _of_length_1(vector: Vector) -> Vector:
    return vector / max(math.sqrt(float(np.dot(vector, vector))), 1e-9)


@lru_cache(maxsize=1)
def meaning() -> Meaning | None:
    """What makes vectors, loaded once; None where the extra is not installed."""
    if any(importlib.util.find_spec(name) is None for name in ("tokenizers", "safetensors")):
        return None
    package = importlib.util.find_spec(_PACKAGE)
    folders = [Path(each) for each in (package.submodule_search_locations or ())] if package else []
    found = [each for each in folders if (each / _WEIGHTS).is_file() and (each / _TOKENIZER).is_file()]
    return Meaning(found[0]) if found else None


def alike(kept: Vector, fresh: Vector) -> bool:
    """Whether a vector that was kept is the one now made of the same words, last bits left aside."""
    return bool(np.allclose(kept, fresh, atol=_LAST_BITS))


def read(kept: bytes | memoryview) -> Vector:
    """Kept vectors, one after another, as an array of shape (vectors, `NUMBERS`)."""
    return np.frombuffer(kept, dtype=KEPT).reshape(-1, NUMBERS).astype(np.float32)
