"""What documents that were found are worth: by words, by having every word, and by meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.occurrences import Ints
from index.ranking import MIXED_TO, Floats, mix, nearest

Mask = npt.NDArray[np.bool_]
Likeness = Callable[[Ints], npt.NDArray[np.floating[Any]]]
"""Numbers of documents to the cosine of each to the question."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Parallel arrays, a place for each document found."""

    found: Ints
    """Numbers of the documents, rising."""
    words: Floats
    """What words give."""
    scores: Floats
    """What all gives together."""
    whole: Mask | None = None
    """Where the question was widened: whether it has every word."""
    first: float = 0.0
    """What having every word gives, so that those which have them come first."""
    meant: bool = False
    """Whether meaning had a say."""

    def score(self, number: int) -> float:
        """What document `number`, which was found, is worth."""
        return float(self.scores[self._place(number)])

    def parts(self, number: int) -> dict[str, float]:
        """What the score of document `number`, which was found, is the sum of."""
        at = self._place(number)
        parts = {"words": float(self.words[at])}
        if self.whole is not None and self.whole[at]:
            parts["every word"] = self.first
        if self.meant:
            parts["meaning"] = max(0.0, float(self.scores[at]) - sum(parts.values()))
        return parts

    def _place(self, number: int) -> int:
        return int(np.searchsorted(self.found, number))


def scored(found: Ints, words: Floats, whole: Mask | None, likeness: Likeness | None) -> Scored:
    """The worth of documents `found`, whose score by words is `words`. `likeness`: None to go by words alone."""
    scores = words
    meant = likeness is not None and bool(words.any())
    if likeness is not None and meant:
        words = words / words.max()
        near = nearest(words if whole is None else words + whole)
        scores = np.round(words, MIXED_TO)
        scores[near] = mix(words[near], likeness(found[near]))
    first = 0.0
    if whole is not None:
        first = 1 + float(scores.max(initial=0.0))
        scores = scores + first * whole
    return Scored(found, words, scores, whole, first, meant)
