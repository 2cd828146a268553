"""One server of reader processes for all tests of a run: starting it takes longer than reading most documents.

It is the real one, and so is every reader; only its start and its end are those of the run. How it begins and ends
is tested where nothing of this is used: in `tests/ingest`, and wherever a command runs in a process of its own.
"""

from __future__ import annotations

import os
from pathlib import Path

from ingest.forks import Forks, environment


class Lasting(Forks):
    """Does not end with whoever uses it. Made on the main thread, with which its server would end."""

    def __init__(self, memory: int, seconds: float, scratch: Path) -> None:
        super().__init__(memory, seconds)
        self._of_the_run = str(scratch)
        self.begin()

    @property
    def scratch(self) -> str:  # type: ignore[override]
        """The server's own, whatever folder it is told of."""
        return self._of_the_run

    @scratch.setter
    def scratch(self, folder: str) -> None:
        """Leave it as it is."""

    def close(self) -> None:
        """Go on."""

    def end(self) -> None:
        """End, at the end of the run."""
        super().close()

    @property
    def is_there(self) -> bool:
        """Whether no test has killed the server."""
        return self._server is not None and self._server.poll() is None


class Servers:
    """A server for each limit and environment that tests use."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._made: dict[object, Lasting] = {}

    def of(self, memory: int, seconds: float) -> Forks:
        """In place of `Forks`."""
        key = (os.getpid(), memory, seconds, *sorted(environment().items()))
        known = self._made.get(key)
        if known is None or not known.is_there:
            known = self._made[key] = Lasting(memory, seconds, self._scratch)
        return known

    def end(self) -> None:
        """End them all."""
        for each in self._made.values():
            each.end()
