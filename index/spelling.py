"""The words an index has, ready to be looked through for those that are nearly a given word."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

LONGEST = 40
"""Letters of the longest word looked at; longer ones are noise from broken text."""
_DIFFERENT = 32
"""Letters told apart; those of other alphabets share a place."""


class Spelling:
    """Words of letters with what tells at once that two of them cannot be near."""

    def __init__(self, words: Iterable[str]) -> None:
        """`words`: each once, folded; those with other signs than letters are left out."""
        self._words = [word for word in words if word.isalpha() and len(word) < LONGEST]
        self._lengths = np.array([len(word) for word in self._words], dtype=np.int64)
        self._counts = np.zeros((len(self._words), _DIFFERENT), dtype=np.int8)
        for at, word in enumerate(self._words):
            for letter in word:
                self._counts[at, ord(letter) % _DIFFERENT] += 1
        self._letters = np.array([_letter_set(word) for word in self._words], dtype=np.uint64)

    def near(self, word: str, most: int) -> list[str]:
        """Words that could be within `most` slips of `word`: about as long, with about the same letters."""
        near = np.abs(self._lengths - len(word)) <= most
        # One slip changes at most two letters of the set.
        near &= np.bitwise_count(self._letters ^ np.uint64(_letter_set(word))) <= 2 * most
        found = np.flatnonzero(near)
        own = np.bincount([ord(letter) % _DIFFERENT for letter in word], minlength=_DIFFERENT)
        differing = self._counts[found] - np.minimum(own, LONGEST).astype(np.int8)
        # So many letters at least were added, and so many left out.
        added = np.maximum(differing, 0).sum(1, dtype=np.int16)
        apart = np.maximum(added, added - differing.sum(1, dtype=np.int16))
        return [self._words[at] for at in found[apart <= most].tolist()]


def _letter_set(word: str) -> int:
    """A bit for each letter of `word`."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
