"""Searches counted in memory until somebody writes them down: answering a visitor never waits for it.

What is held here has no time and no order, only words and how often, and is lost if the program is killed.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

#: Different words held at once; whatever comes beyond is counted without its words.
MOST = 10_000
#: What stands for words that are counted and not kept.
UNSAID = ""


@dataclass(slots=True)
class Count:
    """How often words were searched for, and how often nothing was found."""

    searches: int = 0
    nothing_found: int = 0


class Searches:
    """Words to counts. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, Count] = {}

    def __bool__(self) -> bool:
        return bool(self._counts)

    def add(self, words: str, *, found: bool) -> None:
        """Count one search for `words` (`UNSAID` for words not to be kept)."""
        with self._lock:
            key = words if words in self._counts or len(self._counts) < MOST else UNSAID
            count = self._counts.setdefault(key, Count())
            count.searches += 1
            count.nothing_found += not found

    def take(self) -> Mapping[str, Count]:
        """Everything counted so far; counting begins anew."""
        with self._lock:
            taken, self._counts = self._counts, {}
        return taken
