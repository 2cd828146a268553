"""What a text is about, as one vector: the mean of the vectors of its words, made in no time by a table look-up.

The table is that of WordLlama (D. L. Miller, https://github.com/dleemiller/WordLlama, MIT): 32,000 pieces of
words with 256 numbers each, taken from a language model's embeddings and trained so that the mean of a text's
pieces tells texts of like meaning. It is an extra that may be missing; then everything is found by words alone.
"""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Sequence
from functools import lru_cache
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
_TOKEN_BITS = 16
_TOKEN = np.dtype(f"u{_TOKEN_BITS // 8}")
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
        whole: Vector = np.add.reduce(self._rows(np.frombuffer(self.tokens(text), _TOKEN)))
        return _of_length_1(whole)

    def tokens(self, text: str) -> bytes:
        """Rows of the table for the words of `text`, which are read in lower case and each by itself.

        Native numbers of 16 bits: those of several texts are put together as bytes are.
        """
        return b"".join(map(self._of_word.__getitem__, raw_runs(text.lower())))

    def of_texts(self, texts: Sequence[bytes]) -> Vector:
        """The vectors of texts as `tokens` reads them, shape (texts, `NUMBERS`); of length 1, or all zeros.

        Every word is counted, those that say little too: that was better on judged sets.
        """
        owners = np.repeat(np.arange(len(texts)), [len(each) // _TOKEN.itemsize for each in texts])
        all_tokens = np.frombuffer(b"".join(texts), _TOKEN)
        # Each token of a text once, with how often it comes.
        pairs, often = np.unique(owners << _TOKEN_BITS | all_tokens, return_counts=True)
        tokens, weights = pairs & (1 << _TOKEN_BITS) - 1, often.astype(np.float32)
        ends = np.searchsorted(pairs, np.arange(len(texts) + 1) << _TOKEN_BITS).tolist()
        wholes = np.empty((len(texts), NUMBERS), dtype=np.float32)
        for whole, start, end in zip(wholes, ends, ends[1:], strict=False):
            # Not `@`: its threads wait for each other where the other core is at work.
            np.einsum("i,ij->j", weights[start:end], self._rows(tokens[start:end]), out=whole)
        wholes /= np.maximum(np.linalg.norm(wholes, axis=1, keepdims=True), 1e-9)
        return wholes

    def _rows(self, tokens: npt.NDArray[np.integer[Any]]) -> Vector:
        fresh = tokens[~self._is_read[tokens]]
        if len(fresh):
            self._table[fresh] = self._kept[fresh]
            self._is_read[fresh] = True
        return self._table.take(tokens, 0)

    def _tokens(self, word: str) -> bytes:
        readable = word.encode("utf-8", "replace").decode()  # half a character stops the tokenizer
        return np.array(self._tokenizer.encode(readable, add_special_tokens=False).ids, _TOKEN).tobytes()


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
