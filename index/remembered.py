"""What is made of a piece of text, made once: text repeats its words, so nearly every look-up finds it there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_LONGEST = 128
"""Characters of a piece that is remembered: longer ones hardly come again."""


class Remembered(dict[str, T]):
    """A text to what is made of it. Bounded: what was not asked for of late is forgotten.

    Safe to share between threads: at worst something is made twice.
    """

    def __init__(self, make: Callable[[str], T], limit: int = 40_000) -> None:
        """`limit`: how many are remembered from one forgetting to the next; twice as many at most."""
        super().__init__()
        self._make = make
        self._limit = limit
        self._before: dict[str, T] = {}

    def __missing__(self, text: str) -> T:
        found = self._before[text] if text in self._before else self._make(text)
        if len(text) <= _LONGEST:
            if len(self) >= self._limit:
                self._before = dict(self)
                self.clear()
            self[text] = found
        return found
