"""Reading documents in processes of their own, so that no file can take the library down."""

from __future__ import annotations

import contextlib
import os
import queue
import select
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from platformdirs import user_cache_path

from ingest import extract, formats, scratch, wire
from ingest.errors import Damaged, IngestProblem, TooLarge, TooSlow
from ingest.extracted import Extracted
from ingest.source import Source

Outcome = Extracted | IngestProblem

_START = 30.0
_GRACE = 10.0
_KEPT_VARIABLES = (
    "PATH",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "LD_LIBRARY_PATH",
    "TESSDATA_PREFIX",
    "SYSTEMROOT",
    "PYTHONDONTWRITEBYTECODE",
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may cost."""

    seconds: float = 60.0
    memory: int = 1 << 30
    """Bytes of address space."""
    ocr_seconds: float = 600.0
    """Of text recognition, over all pages of a document, on top of `seconds`."""
    ocr_pages: int = 200
    ocr_languages: str = ""
    """Tesseract's names of the languages tried where a document does not say: ``eng+ita``; empty for English."""


class Reading(NamedTuple):
    """What became of one source."""

    source: Source
    outcome: Outcome
    seconds: float
    """How long a reader was at it; what it waited for a reader does not count."""


class Extractor:
    """Reads documents in up to `jobs` child processes that live as long as this context.

    Use it as a context manager; the first child starts at once, so that it is ready when the first source is.
    `run` may be called more than once inside. A child that dies, hangs or outgrows its limits costs its own
    document only: the next one gets a new child.
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

        `early`: a reader that has begun already, and is ended with the others.
        """
        self._jobs = max(1, jobs)
        self._then = then
        self._limits = limits or Limits()
        self._children = [_Child(self._limits) for _ in range(self._jobs)]
        self._idle: queue.LifoQueue[_Child] = queue.LifoQueue()
        self._pool: ThreadPoolExecutor | None = None
        self._early = early or Early(self._limits, begin=False)
        self._children[0] = self._early.child

    def __enter__(self) -> Extractor:
        folder = self._early.folder()
        for child in self._children:
            child.scratch = folder
        # twice as many as read at a time, for what is done with a source then
        self._pool = ThreadPoolExecutor(self._jobs * 2, "reader")
        for child in reversed(self._children):  # the last comes first
            self._idle.put(child)
        self._pool.submit(self._begin)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pool, self._pool = self._pool, None
        for child in self._children:
            child.end()
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)
        for child in self._children:
            child.reap()
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
        """Start one child early, on a pool's thread: on Linux a child ends with the thread that made it."""
        child = self._idle.get()
        try:
            child.start()
        finally:
            self._idle.put(child)

    def _read(self, source: Source) -> Reading:
        if source.media_type not in extract.SUPPORTED:
            try:
                said: Outcome = extract.extract(
                    source.path, source.media_type, source.name
                )  # why not; opens nothing
            except IngestProblem as problem:
                said = problem
            return Reading(source, said, 0)
        child = self._idle.get()
        started = time.monotonic()
        try:
            reading = Reading(source, child.read(source), time.monotonic() - started)
        finally:
            self._idle.put(child)
        if self._then is not None and isinstance(reading.outcome, Extracted):
            self._then(source)
        return reading


class Early:
    """A reader that begins before it is known what is to be read; on the calling thread, which must outlive it."""

    def __init__(self, limits: Limits, *, begin: bool = True) -> None:
        self.limits = limits
        self.child = _Child(limits)
        self._scratch = contextlib.ExitStack()
        self._folder = ""
        if begin:
            self.child.scratch = self.folder()
            self.child.start()

    def folder(self) -> str:
        """A folder for readers alone, so that what one leaves that was killed is gone with it."""
        self._folder = self._folder or self._scratch.enter_context(scratch.folder())
        return self._folder

    def end(self) -> None:
        """End the reader, if it runs, and remove the folder."""
        self.child.reap()
        self._scratch.close()
        self._folder = ""


class _CrashError(Exception):
    """A reader ended over its document, and not for want of time or memory."""

    @property
    def problem(self) -> Damaged:
        return Damaged(str(self))


class _Child:
    """A reader process and what it is asked; started when needed, replaced when it ended."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False
        self._closed = False
        self.scratch = ""
        """Folder for its temporary files."""

    def start(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            limits = self._limits
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",  # so that a json.py where the curator works is not taken for Python's own
                    "-m",
                    "ingest.worker",
                    str(limits.memory),
                    str(limits.seconds),
                    str(os.getpid()),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env={**_environment(), **({"TMPDIR": self.scratch} if self.scratch else {})},
                process_group=0,  # so that what it starts can be ended with it
            )
            self._ready = False
            if self._closed:
                _kill(self._process)
        return self._process

    def read(self, source: Source) -> Outcome:
        """What the document says, read a second way where the first one ended its reader."""
        try:
            return self._read(source)
        except _CrashError as crash:
            if not formats.of(source.media_type).twice:
                return crash.problem
        try:
            return self._read(source, again=True)
        except _CrashError as crash:
            return crash.problem

    def _read(self, source: Source, *, again: bool = False) -> Outcome:
        process = self._ready_process()
        limits = self._limits
        request = {
            "path": str(source.path),
            "media_type": source.media_type,
            "name": source.name,
            "language": source.language,
            "again": again,
            "ocr": {"usual": limits.ocr_languages, "seconds": limits.ocr_seconds, "pages": limits.ocr_pages},
        }
        try:
            deadline = time.monotonic() + limits.seconds
            if process.stdin is not None:
                process.stdin.write(wire.frame(request))
            said = _said(process, deadline)
            outcome = wire.result(said)
        except TimeoutError:
            _kill(process)
            self._drop(process)
            return TooSlow(
                f"{source.name} took longer than {limits.seconds:g} seconds to read: "
                "split it, or raise the time limit."
            )
        except (EOFError, OSError):
            return self._why_it_ended(self._drop(process), source.name)
        except (ValueError, KeyError, TypeError):
            self._drop(process)
            return Damaged(f"{source.name} made its reader answer nonsense: do not open it before it is checked.")
        if said.get("goes_on") and isinstance(outcome, Extracted):
            return self._with_pictures_read(process, outcome)
        if said.get("spent"):
            self._drop(process)
        return outcome

    def _with_pictures_read(self, process: subprocess.Popen[bytes], first: Extracted) -> Outcome:
        """What follows `first`: the same with pages read from their pictures. `first` where that goes wrong."""
        try:
            said = _said(process, time.monotonic() + self._limits.ocr_seconds + _GRACE)
            outcome = wire.result(said)
        except (TimeoutError, EOFError, OSError, ValueError, KeyError, TypeError):
            _kill(process)
            self._drop(process)
            outcome = TooSlow("")
        else:
            if said.get("spent"):
                self._drop(process)
        if isinstance(outcome, Extracted):
            return outcome
        return replace(first, warnings=(*first.warnings, "Text recognition failed on its pictures of text."))

    def end(self) -> None:
        """End the process, whatever it is doing; no other is started."""
        self._closed = True
        process = self._process
        if process is not None:
            _kill(process)

    def reap(self) -> None:
        """End the process and take up what it leaves; for when no thread uses this child any more."""
        self.end()
        if self._process is not None:
            self._drop(self._process)

    def _ready_process(self) -> subprocess.Popen[bytes]:
        """A process that said it is ready; tried twice, for memory may be short for a moment only."""
        status = 0
        for _ in range(2):
            process = self.start()
            try:
                self._ready = self._ready or bool(_said(process, time.monotonic() + _START).get("ready"))
            except (EOFError, TimeoutError, ValueError, TypeError):
                status = self._drop(process)
            if self._ready or self._closed:
                return process
        raise RuntimeError(
            f"The process that reads documents did not start (status {status}): check the installation, "
            f"and that {self._limits.memory >> 20} MiB of memory are enough."
        )

    def _drop(self, process: subprocess.Popen[bytes]) -> int:
        """End and forget the process; its exit status, its own where it ended by itself."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.2)
        _kill(process)
        status = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process = None
        return status

    def _why_it_ended(self, status: int, name: str) -> IngestProblem:
        """The problem that `status` tells of. Raises `_CrashError` where the reader fell over its document."""
        if -status == getattr(signal, "SIGALRM", 0):
            return TooSlow(f"{name} took too long to read: split it, or raise the time limit.")
        if -status == signal.SIGABRT:  # how PDFium ends where it gets no more memory
            return TooLarge(
                f"{name} needs more memory than the {self._limits.memory >> 20} MiB allowed, or is damaged: "
                "split it, save it again, or raise the limit."
            )
        if -status == getattr(signal, "SIGKILL", 0):
            return TooLarge(f"{name} was stopped by the system, most likely for want of memory: split it.")
        raise _CrashError(
            f"{name} made its reader fail, so it is damaged or worse: save it again (print it to PDF) "
            "and add that copy."
        )


def _ready(waiting: deque[Future[Reading]]) -> list[Reading]:
    """Take the first, waiting for it, and those after it that need no waiting."""
    ready = [waiting.popleft().result()]
    while waiting and waiting[0].done():
        ready.append(waiting.popleft().result())
    return ready


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and every program that it started."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()


def _said(process: subprocess.Popen[bytes], deadline: float) -> dict[str, Any]:
    """The next message. Raises `EOFError` where the process ended, `TimeoutError` past the deadline, and
    `ValueError` or `TypeError` where it is none."""
    (size,) = wire.HEADER.unpack(_exactly(process, wire.HEADER.size, deadline))
    if size > wire.MAX_FRAME:
        raise ValueError("the frame is longer than any answer")
    return wire.message(_exactly(process, size, deadline))


def _exactly(process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
    if process.stdout is None:
        raise EOFError
    handle = process.stdout.fileno()
    waiter = select.poll()
    waiter.register(handle, select.POLLIN)
    held = bytearray()
    while len(held) < size:
        left = deadline - time.monotonic()
        if left <= 0 or not waiter.poll(left * 1000):
            raise TimeoutError
        block = os.read(handle, min(1 << 20, size - len(held)))
        if not block:
            raise EOFError
        held += block
    return bytes(held)


def _environment() -> dict[str, str]:
    """A child's environment: where to import from, and none of the parent's secrets."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    root = str(Path(__file__).resolve().parent.parent)
    # glibc gives every thread an arena of address space, and rensa's mimalloc begins with one of 1 GiB: both would
    # count against the limit
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys([root, *filter(None, sys.path)])),
        "MALLOC_ARENA_MAX": "2",
        "MIMALLOC_ARENA_RESERVE": "0",
        "OPENBLAS_NUM_THREADS": "1",  # numpy's, each of which takes room too
        "OMP_THREAD_LIMIT": "1",  # Tesseract's threads wait for one another far longer than they help
        wire.MODELS: str(user_cache_path("peer-support-clearinghouse")),
    }
