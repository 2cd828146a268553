"""Documents laid out in a second process, while this one reads rows, writes the index, and helps when it can.

Laying out takes longer than the rest of making an index again. A library of some hundred resources is done
before a process has started, so the first are laid out here, and all of them where there is one core only, or
where the other process cannot be started or ends early: it is a help that nothing depends on.

Run as ``python -m index.beside MODULE FUNCTION``.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import queue
import select
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import chain, islice
from typing import Any, BinaryIO, TypeVar

from index.document import Document

T = TypeVar("T")

ALONE = 128
"""As many documents start no second process."""
_BATCH = 64
"""Documents laid out together."""
_WAITING = 4
"""Batches that are with the other process at one time, so that it never waits and memory stays bounded."""
_PIPE_BYTES = 1 << 20
"""What a pipe holds, where the system lets it be said: a batch each way, so that who writes goes on at once."""
_GONE = (OSError, EOFError, ValueError, pickle.UnpicklingError)
"""What comes of talking to a process that has ended."""


def laid_out(
    lay: Callable[[list[Document]], list[T]], documents: Iterable[Document], alone: int = ALONE
) -> Generator[T, None, None]:
    """What `lay`, a function of a module, makes of `documents`, a few at a time, in their order.

    `alone`: as many start no second process. Close what is returned: that ends it.
    """
    rest = _batches(documents)
    first = list(islice(rest, 1 + alone // _BATCH))
    other = _Other(lay) if sum(map(len, first)) > alone and _cores() > 1 else None
    batches = chain(first, rest)
    try:
        for some in batches:
            yield from lay(some)
            if other is not None and other.is_ready():
                yield from _shared(lay, batches, other)
    finally:
        if other:
            other.end()


def laid_out_here(lay: Callable[[list[Document]], list[T]], documents: Iterable[Document]) -> Iterator[T]:
    """The same without a second process, for what is written every day."""
    for some in _batches(documents):
        yield from lay(some)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    rest = iter(documents)
    return iter(lambda: list(islice(rest, _BATCH)), [])


def _shared(
    lay: Callable[[list[Document]], list[T]], batches: Iterator[list[Document]], other: _Other
) -> Iterator[T]:
    """Lay out `batches` in the `other` process as long as it lives, and here while it has enough to do."""
    waiting: deque[tuple[list[Document], list[T] | None]] = deque()
    away = 0
    for some in batches:
        if away < _WAITING:
            other.send(some)
            waiting.append((some, None))
            away += 1
        else:
            waiting.append((some, lay(some)))
        while waiting and (waiting[0][1] or other.has_answered() or len(waiting) > 2 * _WAITING):
            documents, made = waiting.popleft()
            away -= made is None
            yield from made or other.receive() or lay(documents)
    for documents, made in waiting:
        yield from made or other.receive() or lay(documents)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Other:
    """The other process, as long as it lives."""

    def __init__(self, lay: Callable[[list[Document]], list[Any]]) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._process = subprocess.Popen(
                # So that a json.py where the curator works is not taken for Python's own.
                [sys.executable, "-P", "-m", __name__, lay.__module__, lay.__qualname__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pipesize=_PIPE_BYTES,
            )
        except OSError:
            return
        self._to: Any = self._process.stdin
        self._from: Any = self._process.stdout

    def is_ready(self) -> bool:
        """Whether it has started; never where it has ended, or where the system cannot tell."""
        try:
            return bool(self._process and select.select([self._from], [], [], 0)[0] and self._from.read(1))
        except _GONE:
            return False

    def has_answered(self) -> bool:
        """Whether `receive` need not wait long."""
        try:
            return bool(select.select([self._from], [], [], 0)[0])
        except _GONE:
            return True

    def send(self, documents: list[Document]) -> None:
        """Give it `documents`."""
        try:
            _write(self._to, documents)
        except _GONE:
            self.end()

    def receive(self) -> list[Any] | None:
        """What it made of the documents sent first; None where it has ended. Raises what that raised."""
        try:
            found = _read(self._from)
        except _GONE:
            self.end()
            return None
        if isinstance(found, Exception):
            raise found
        made: list[Any] = found
        return made

    def end(self) -> None:
        """Be done with it."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._from.close()
            try:
                self._to.close()
            except OSError:  # what was never sent
                return


def _write(to: BinaryIO, thing: object) -> None:
    data = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
    to.write(len(data).to_bytes(8, "big"))
    to.write(data)
    to.flush()


def _read(source: BinaryIO) -> Any:
    size = source.read(8)
    data = source.read(int.from_bytes(size, "big"))
    return pickle.loads(data)  # noqa: S301 - from a process of our own, by a pipe that no other has


def main() -> None:
    """Lay out what comes by standard input until it closes."""
    for name in ("SIGINT", "SIGHUP"):  # Ctrl-C and a closed terminal are for who started this, and then ends it
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    lay = getattr(importlib.import_module(sys.argv[1]), sys.argv[2])
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not end up between two answers
    lay([Document("", "")])  # loads all that is wanted
    gc.disable()  # nothing made here is in a ring, and what is remembered would be gone through again and again
    out.write(b".")
    out.flush()
    # Taken in by a thread: who writes to us while we write to them would wait for ever.
    waiting: queue.SimpleQueue[list[Document] | None] = queue.SimpleQueue()
    threading.Thread(target=_take_in, args=(waiting,), daemon=True).start()
    while some := waiting.get():
        try:
            _write(out, lay(some))
        except BrokenPipeError:
            return
        except Exception as problem:
            _write(out, problem)


def _take_in(waiting: queue.SimpleQueue[list[Document] | None]) -> None:
    try:
        while True:
            waiting.put(_read(sys.stdin.buffer))
    except _GONE:
        waiting.put(None)


if __name__ == "__main__":
    main()
