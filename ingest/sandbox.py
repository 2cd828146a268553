"""Reading documents in processes of their own, so that no file can take the library down."""

from __future__ import annotations

import contextlib
import queue
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import NamedTuple

from ingest import extract, scratch
from ingest.errors import IngestProblem
from ingest.extracted import Extracted
from ingest.forks import Forks
from ingest.reader import Limits, Outcome, Reader
from ingest.source import Source


class Reading(NamedTuple):
    """What became of one source."""

    source: Source
    outcome: Outcome
    seconds: float
    """How long a reader was at it; what it waited for a reader does not count."""


class Extractor:
    """Reads documents in up to `jobs` processes that live as long as this context.

    Use it as a context manager; the first reader starts at once, so that it is ready when the first source is.
    `run` may be called more than once inside. A reader that dies, hangs or outgrows its limits costs its own
    document only: the next one gets a new reader.
    """

    def __init__(
        self,
        jobs: int = 1,
        limits: Limits | None = None,
        then: Callable[[Source], None] | None = None,
        early: Early | None = None,
    ) -> None:
        """`then` is called with each source that was read well, on a thread of its own: what takes a while with it
        and needs nothing of what was read is done while others are being read. It must raise nothing.

        `early`: what has begun already for these limits, and is ended with the others.
        """
        self._jobs = max(1, jobs)
        self._then = then
        self._limits = limits or Limits()
        self._early = early or Early(self._limits)
        self._readers = [Reader(self._early.forks, self._limits) for _ in range(self._jobs)]
        self._idle: queue.LifoQueue[Reader] = queue.LifoQueue()
        self._pool: ThreadPoolExecutor | None = None

    def __enter__(self) -> Extractor:
        self._early.open()
        # twice as many as read at a time, for what is done with a source then
        self._pool = ThreadPoolExecutor(self._jobs * 2, "reader")
        for reader in self._readers:
            self._idle.put(reader)
        self._pool.submit(self._begin)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pool, self._pool = self._pool, None
        for reader in self._readers:
            reader.end()
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)
        for reader in self._readers:
            reader.reap()
        self._early.end()

    def run(self, sources: Iterable[Source]) -> Iterator[tuple[Source, Outcome]]:
        """Each source with what was read or the problem met, as `readings` gives them."""
        return ((reading.source, reading.outcome) for reading in self.readings(sources))

    def readings(self, sources: Iterable[Source]) -> Iterator[Reading]:
        """What became of each source, in the order given, as `batches` gives them."""
        return (reading for batch in self.batches(sources) for reading in batch)

    def batches(self, sources: Iterable[Source]) -> Iterator[list[Reading]]:
        """What became of the sources, in the order given, as many together as are ready at the moment.

        `sources` is taken lazily, at most two for each job ahead of what was yielded, on the calling
        thread. Raises `RuntimeError` where no reader process can be started at all.
        """
        if self._pool is None:
            raise RuntimeError("An Extractor is for use inside its with block")
        waiting: deque[Future[Reading]] = deque()
        try:
            for source in sources:
                waiting.append(self._pool.submit(self._read, source))
                if len(waiting) >= self._jobs * 2:
                    yield _ready(waiting)
            while waiting:
                yield _ready(waiting)
        finally:
            for future in waiting:
                future.cancel()

    def _begin(self) -> None:
        """Start one reader early, and with it the server of all."""
        reader = self._idle.get()
        try:
            reader.start()
        finally:
            self._idle.put(reader)

    def _read(self, source: Source) -> Reading:
        if source.media_type not in extract.SUPPORTED:
            try:
                said: Outcome = extract.extract(
                    source.path, source.media_type, source.name
                )  # why not; opens nothing
            except IngestProblem as problem:
                said = problem
            return Reading(source, said, 0)
        reader = self._idle.get()
        started = time.monotonic()
        try:
            reading = Reading(source, reader.read(source), time.monotonic() - started)
        finally:
            self._idle.put(reader)
        if self._then is not None and isinstance(reading.outcome, Extracted):
            self._then(source)
        return reading


class Early:
    """What readers start from, which may begin before it is known what is to be read."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.forks = Forks(limits.memory, limits.seconds)
        self._scratch = contextlib.ExitStack()

    def open(self) -> None:
        """Make a folder for readers alone, so that what one leaves that was killed is gone with it."""
        if not self.forks.scratch:
            self.forks.scratch = self._scratch.enter_context(scratch.folder())

    def begin(self) -> None:
        """Load what readers need, beside; on Linux that ends with the calling thread."""
        self.open()
        self.forks.begin()

    def end(self) -> None:
        """End it, with every reader that is left, and remove the folder."""
        self.forks.close()
        self._scratch.close()
        self.forks.scratch = ""


def _ready(waiting: deque[Future[Reading]]) -> list[Reading]:
    """Take the first, waiting for it, and those after it that need no waiting."""
    ready = [waiting.popleft().result()]
    while waiting and waiting[0].done():
        ready.append(waiting.popleft().result())
    return ready
