"""The index brought up to date by a process beside, while this one goes on writing rows.

The process is a copy of this one (a fork), so it begins at once and with all that is loaded. It is told that there
is something new, never what: it reads the outbox, as whoever syncs does. Whatever becomes of it, changes stay in
the outbox until the index has them, and `Follower.finish` does here what it left.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from clearinghouse.errors import AnyProblem
from clearinghouse.indexing import shadow
from clearinghouse.library import Library
from ingest import confine

ENOUGH = 32
"""Changed resources from which it is worth writing the index before all have come."""


class Follower:
    """Writes the index while others write rows. Use `tell` after each change, and `finish` or `stop` at the end.

    Where this process cannot be copied safely (it has other threads, or the system has no fork) nothing is written
    before `finish`.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._process = 0
        self._orders = -1
        if _can_fork():
            self._begin()

    def _begin(self) -> None:
        self._library.database.close()  # a connection is no good to two processes
        parent = os.getpid()
        orders, self._orders = os.pipe()
        self._process = os.fork()
        if self._process:
            os.close(orders)
            return
        status = 1
        try:
            os.close(self._orders)
            _be_quiet(parent, orders)
            status = _follow(self._library, orders)
        finally:
            os._exit(status)  # nothing of what the other process has begun is ended here

    def tell(self) -> None:
        """A resource was changed, and that is committed."""
        if self._process:
            with suppress(BrokenPipeError):  # it has died; `finish` does its work
                os.write(self._orders, b".")

    def finish(self) -> None:
        """Wait until the index has all changes. Raises as `shadow.sync` does."""
        if self._ended() != 0:
            shadow.sync(self._library)

    def stop(self) -> None:
        """End the process, whatever it is doing; what it has not written stays in the outbox."""
        if self._process:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            self._ended()

    def _ended(self) -> int | None:
        """The status with which the process ends once it has done all; None where there is none."""
        if not self._process:
            return None
        os.close(self._orders)
        _, status = os.waitpid(self._process, 0)
        self._process = 0
        return status


def _can_fork() -> bool:
    """Only one thread goes on in a copy: what another held would be held for ever."""
    if sys.platform != "linux":
        return False
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def _be_quiet(parent: int, orders: int) -> None:
    """End with `parent`, leave to it what a terminal says, say nothing in its name, and hold no file of its but
    `orders`."""
    confine.end_with(parent)
    confine.left_to_the_keeper()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    # whoever waits for the end of a pipe or a lock would wait for this process too
    os.closerange(3, orders)
    os.closerange(orders + 1, os.sysconf("SC_OPEN_MAX"))


def _follow(library: Library, orders: int) -> int:
    """Sync now and again until `orders` closes, then once more; 0 where the index has everything."""
    told = 0
    while block := os.read(orders, 4096):
        told += len(block)
        with suppress(*AnyProblem):  # tried again at the end, and told then
            _ = library.engine  # what it is made of is loaded with the first that is new
            if told >= ENOUGH:
                told = 0
                shadow.sync(library)
    try:
        shadow.sync(library)
    except AnyProblem:
        return 1
    return 0
