"""Seconds spent in each of several named parts of a program that runs in this process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class Clock:
    """Seconds spent in each of several named parts, those inside others counted in both."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def add(self, name: str, since: float) -> None:
        """Count the time from `since` to now to `name`."""
        self.spent[name] = self.spent.get(name, 0.0) + time.perf_counter() - since

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, timed."""

        def timed(*given: Any, **named: Any) -> Any:
            started = time.perf_counter()
            try:
                return function(*given, **named)
            finally:
                self.add(name, started)

        return timed

    @contextmanager
    def on(self, holder: Any, attribute: str, name: str) -> Iterator[None]:
        """Time `holder.attribute` for the block."""
        original = getattr(holder, attribute)
        setattr(holder, attribute, self.around(name, original))
        try:
            yield
        finally:
            setattr(holder, attribute, original)
