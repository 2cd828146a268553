"""What a text is about, as one vector: the mean of the vectors of its words, made in no time by a table look-up.

The table is that of WordLlama (D. L. Miller, https://github.com/dleemiller/WordLlama, MIT): 32,000 pieces of
words with 256 numbers each, taken from a language model's embeddings and trained so that the mean of a text's
pieces tells texts of like meaning. It is an extra that may be missing; then everything is found by words alone.
"""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.analysis import raw_runs
from index.document import Document

Vector = npt.NDArray[np.float32]

NUMBERS = 256
"""Numbers of one vector."""
KEPT = np.dtype("<f2")
"""How a vector is kept: half precision, 512 bytes. No order of hits was seen to change by it."""
BYTES = NUMBERS * KEPT.itemsize
_PACKAGE = "wordllama"
_WEIGHTS = "weights/l2_supercat_256.safetensors"
_TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"
_MOST_WORDS = 50_000
"""Words whose pieces are remembered."""


class Meaning:
    """Makes vectors. Safe to share between threads."""

    mark = "wordllama-l2-256/1"
    """Names model and method: a vector with another mark was made otherwise and cannot be compared."""

    def __init__(self, folder: Path) -> None:
        """`folder`: where the package `wordllama` is installed. Its own code is not run: it would load more."""
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self._table: npt.NDArray[np.float16] = load_file(folder / _WEIGHTS)["embedding.weight"]
        self._tokenizer: Any = Tokenizer.from_file(str(folder / _TOKENIZER))
        self._pieces: dict[str, list[int]] = {}

    def of_document(self, document: Document) -> bytes:
        """The vector of what `document` says, as it is kept; all zeros where it says nothing."""
        parts = (document.title, document.summary, *document.topics, *(page.text for page in document.pages))
        return self._vector(parts).astype(KEPT).tobytes()

    def of_question(self, text: str) -> Vector:
        """The vector of a question, of length 1, or all zeros."""
        return self._vector((text,))

    def _vector(self, texts: Iterable[str]) -> Vector:
        """Words in lower case, every one counted, those that say little too: both were better on judged sets."""
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(raw_runs(text.lower()))
        pieces: list[int] = []
        often: list[int] = []
        for word, count in counts.items():
            found = self._of_word(word)
            pieces += found
            often += [count] * len(found)
        if not pieces:
            return np.zeros(NUMBERS, dtype=np.float32)
        whole: Vector = np.array(often, dtype=np.float32) @ self._table[pieces].astype(np.float32)
        return whole / max(float(np.linalg.norm(whole)), 1e-9)

    def _of_word(self, word: str) -> list[int]:
        found = self._pieces.get(word)
        if found is None:
            if len(self._pieces) >= _MOST_WORDS:
                self._pieces.clear()
            readable = word.encode("utf-8", "replace").decode()  # half a character stops the tokenizer
            found = self._pieces[word] = self._tokenizer.encode(readable, add_special_tokens=False).ids
        return found


@lru_cache(maxsize=1)
def meaning() -> Meaning | None:
    """What makes vectors, loaded once; None where the extra is not installed."""
    if any(importlib.util.find_spec(name) is None for name in ("tokenizers", "safetensors")):
        return None
    package = importlib.util.find_spec(_PACKAGE)
    folders = [Path(each) for each in (package.submodule_search_locations or ())] if package else []
    found = [each for each in folders if (each / _WEIGHTS).is_file() and (each / _TOKENIZER).is_file()]
    return Meaning(found[0]) if found else None


def read(kept: bytes | memoryview) -> Vector:
    """Kept vectors, one after another, as an array of shape (vectors, `NUMBERS`)."""
    return np.frombuffer(kept, dtype=KEPT).reshape(-1, NUMBERS).astype(np.float32)
