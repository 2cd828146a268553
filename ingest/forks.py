"""Reader processes, forked from one server that has loaded what they need (see `fork_server`)."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from ingest import wire

_START = 30.0
"""Seconds that the server may take to load what readers need."""
_LOOK = 0.005
"""Seconds between two looks at whether a process has ended."""
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


class NotStartedError(RuntimeError):
    """No process can be started, with the exit status of the server."""

    def __init__(self, status: int) -> None:
        super().__init__(f"The server of reader processes ended with status {status}.")
        self.status = status


@dataclass(slots=True)
class Process:
    """A reader process, with the keeper's ends of its pipes."""

    pid: int
    asks: int
    """File descriptor that requests are written to."""
    answers: int
    """File descriptor that answers are read from."""
    forks: Forks
    status: int | None = None

    def kill(self) -> None:
        """End it and every program that it started. Its number stays its own until `wait` was told its status."""
        if self.status is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    def wait(self, seconds: float = _START) -> int | None:
        """Its exit status, negative for a signal; None where it still runs after `seconds`."""
        until = time.monotonic() + seconds
        while self.status is None:
            self.status = self.forks.status(self.pid)
            if self.status is None and time.monotonic() >= until:
                return None
            if self.status is None:
                time.sleep(_LOOK)
        return self.status

    def close(self) -> None:
        """Close its pipes."""
        for pipe in (self.asks, self.answers):
            with contextlib.suppress(OSError):
                os.close(pipe)


class Forks:
    """Starts reader processes; their server starts with the first of them.

    On Linux the server ends with the thread that started it, and its processes with it, so that nothing outlives
    a keeper that was killed. So that thread does nothing else.
    """

    def __init__(self, memory: int, seconds: float) -> None:
        """`memory`: bytes of address space of each process. `seconds`: after which one ends over a document."""
        self._arguments = (str(memory), str(seconds))
        self._server: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._lock = threading.Lock()
        self._starter = ThreadPoolExecutor(1, "reader-server")
        self.scratch = ""
        """Folder for temporary files."""

    def begin(self) -> None:
        """Start the server now, and on this thread, with which it ends."""
        with self._lock:
            if self._line is None:
                self._start()

    def fork(self) -> Process:
        """A new process. Raises `NotStartedError` where there can be none."""
        theirs_in, ours_in = os.pipe()
        ours_out, theirs_out = os.pipe()
        try:
            with self._lock:
                number = self._asked(wire.FORK, [theirs_in, theirs_out])
        except NotStartedError:
            for pipe in (ours_in, ours_out):
                os.close(pipe)
            raise
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        return Process(number, ours_in, ours_out, self)

    def status(self, pid: int) -> int | None:
        """The exit status of a process; None where it has not ended."""
        with self._lock:
            if self._server is None:  # whose processes ended with it
                return -signal.SIGKILL
            try:
                status = self._asked(wire.ENDED + wire.NUMBER.pack(pid), [])
            except NotStartedError:
                return -signal.SIGKILL
        return None if status == wire.RUNNING else status

    def close(self) -> None:
        """End the server. Its processes are expected to have been waited for."""
        with self._lock:
            self._drop()
        self._starter.shutdown()

    def _asked(self, request: bytes, pipes: list[int]) -> int:
        if self._line is None:
            self._starter.submit(self._start).result()
        try:
            if self._line is None:
                raise EOFError
            socket.send_fds(self._line, [request], pipes)
            said = self._line.recv(wire.NUMBER.size, socket.MSG_WAITALL)
            if len(said) < wire.NUMBER.size:
                raise EOFError
        except (OSError, EOFError):
            raise NotStartedError(self._drop()) from None
        return int(wire.NUMBER.unpack(said)[0])

    def _start(self) -> None:
        self._line, theirs = socket.socketpair()
        self._line.settimeout(_START)
        with theirs:
            self._server = subprocess.Popen(
                [
                    sys.executable,
                    "-P",  # so that a json.py where the curator works is not taken for Python's own
                    "-m",
                    "ingest.fork_server",
                    *self._arguments,
                    str(os.getpid()),
                ],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**environment(), **({"TMPDIR": self.scratch} if self.scratch else {})},
                process_group=0,
            )

    def _drop(self) -> int:
        """End and forget the server; its exit status."""
        server, line, self._server, self._line = self._server, self._line, None, None
        if line is not None:
            line.close()
        if server is None:
            return 0
        try:
            return server.wait(1)
        except subprocess.TimeoutExpired:
            server.kill()
            return server.wait()


def environment() -> dict[str, str]:
    """A reader's environment: where to import from, and none of the parent's secrets."""
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
