"""One reader process: what it is asked, how long it may take, and what its end tells of a document."""

from __future__ import annotations

import os
import select
import signal
import time
from dataclasses import dataclass, replace
from typing import Any

from ingest import formats, wire
from ingest.errors import Damaged, IngestProblem, TooLarge, TooSlow
from ingest.extracted import Extracted
from ingest.forks import Forks, NotStartedError, Process
from ingest.source import Source

Outcome = Extracted | IngestProblem

_GRACE = 10.0
_MOMENT = 0.2
"""Seconds in which a process that was spent, or fell over a document, ends by itself."""


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


class _CrashError(Exception):
    """A reader ended over its document, and not for want of time or memory."""

    @property
    def problem(self) -> Damaged:
        return Damaged(str(self))


class Reader:
    """A reader process and what it is asked; started when needed, replaced when it ended."""

    def __init__(self, forks: Forks, limits: Limits) -> None:
        self._forks = forks
        self._limits = limits
        self._process: Process | None = None
        self._closed = False

    def start(self) -> Process:
        """The process, a new one where there is none. Raises `RuntimeError` where there can be none."""
        if self._process is None:
            self._process = self._forked()
            if self._closed:
                self._process.kill()
        return self._process

    def _forked(self) -> Process:
        try:
            return self._forks.fork()
        except NotStartedError:
            pass  # memory may be short for a moment only
        try:
            return self._forks.fork()
        except NotStartedError as failed:
            raise RuntimeError(
                f"The process that reads documents did not start (status {failed.status}): check the "
                f"installation, and that {self._limits.memory >> 20} MiB of memory are enough."
            ) from None

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
        process = self.start()
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
            _write(process.asks, wire.frame(request))
            said = _said(process, deadline)
            outcome = wire.result(said)
        except TimeoutError:
            process.kill()
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

    def _with_pictures_read(self, process: Process, first: Extracted) -> Outcome:
        """What follows `first`: the same with pages read from their pictures. `first` where that goes wrong."""
        try:
            said = _said(process, time.monotonic() + self._limits.ocr_seconds + _GRACE)
            outcome = wire.result(said)
        except (TimeoutError, EOFError, OSError, ValueError, KeyError, TypeError):
            process.kill()
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
            process.kill()

    def reap(self) -> None:
        """End the process and take up what it leaves; for when no thread uses this child any more."""
        self.end()
        if self._process is not None:
            self._drop(self._process)

    def _drop(self, process: Process) -> int:
        """End and forget the process; its exit status, its own where it ended by itself."""
        if process.wait(_MOMENT) is None:
            process.kill()
        status = process.wait()
        process.close()
        self._process = None
        return -signal.SIGKILL if status is None else status

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


def _said(process: Process, deadline: float) -> dict[str, Any]:
    """The next message. Raises `EOFError` where the process ended, `TimeoutError` past the deadline, and
    `ValueError` or `TypeError` where it is none."""
    (size,) = wire.HEADER.unpack(_exactly(process, wire.HEADER.size, deadline))
    if size > wire.MAX_FRAME:
        raise ValueError("the frame is longer than any answer")
    return wire.message(_exactly(process, size, deadline))


def _exactly(process: Process, size: int, deadline: float) -> bytes:
    waiter = select.poll()
    waiter.register(process.answers, select.POLLIN)
    held = bytearray()
    while len(held) < size:
        left = deadline - time.monotonic()
        if left <= 0 or not waiter.poll(left * 1000):
            raise TimeoutError
        block = os.read(process.answers, min(1 << 20, size - len(held)))
        if not block:
            raise EOFError
        held += block
    return bytes(held)


def _write(pipe: int, data: bytes) -> None:
    while data:
        data = data[os.write(pipe, data) :]
