"""What is made of a piece of text, made once: text repeats its words, so nearly every look-up finds it there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_LONGEST = 128
"""Characters of a piece that is remembered: longer ones hardly come again."""


class Remembered(dict[str, T]):
    """A text to what is made of it, each made when first asked for. Forgets all when there are too many.

    Safe to share between threads: at worst something is made twice.
    """

    def __init__(self, make: Callable[[str], T], limit: int) -> None:
        """`limit`: how many are remembered. Too few cost far more than the rest do in memory."""
        super().__init__()
        self._make = make
        self._limit = limit

    def __missing__(self, text: str) -> T:
        made = self._make(text)
        if len(text) <= _LONGEST:
            if len(self) >= self._limit:
                self.clear()
            self[text] = made
        return made
