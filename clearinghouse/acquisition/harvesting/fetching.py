"""Fetching what a harvest lists: as any polite visit, and remembering what the next run must know."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from ingest import Disallowed, Gone, Source, TooSlow, TryLater, Validators
from ingest.polite import Visitor

_PATIENCE = 3
"""Times in a row that a host may fail to answer before the run leaves it alone."""


class Fetcher:
    """Brings addresses to this machine (see `visits.Fetch`)."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._troubles: Counter[str] = Counter()
        """Host to the number of times in a row that it did not answer."""
        self.validators: dict[str, Validators] = {}
        """Address to what its server said of the version that was brought."""
        self.gone: set[str] = set()
        """Addresses at which there is nothing, or nothing any more."""
        self.disallowed: set[str] = set()
        """Addresses from which their site asks programs to stay away."""
        self.stopped = ""
        """Why no more should be asked for in this run; empty while it may."""

    def __call__(self, address: str, into: Path, known: Validators | None) -> Source:
        """Raises what `Visitor.fetch` does."""
        host = address.partition("://")[2].partition("/")[0]
        try:
            source = self._visitor.fetch(address, into, known)
        except Gone:
            self.gone.add(address)
            raise
        except Disallowed:
            self.disallowed.add(address)
            raise
        except (TryLater, TooSlow) as problem:
            self._troubles[host] += 1
            asked_for = getattr(problem, "seconds", None) or 0
            if self._troubles[host] >= _PATIENCE or asked_for > self._visitor.manners.longest_pause:
                self.stopped = f"{host} wants to be left alone for now, or cannot answer. {problem}"
            raise
        self._troubles.pop(host, None)
        self.validators[address] = source.validators
        return source
