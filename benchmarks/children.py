"""Commands of the library run as a curator runs them: a process of their own, timed, their memory watched."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_LOOKS_EVERY = 0.03
"""Seconds between looks at what memory a command holds."""
COMMAND = (sys.executable, "-m", "clearinghouse")


class CommandFailed(RuntimeError):  # noqa: N818 - what happened, said to a person
    """A command that should have ended well did not."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that has ended well."""

    seconds: float
    out: str
    peak: int
    """Most bytes resident in the command's own process; 0 where the system does not tell."""
    own_peak: int
    """The same without pages of files it reads through memory, which the system takes back when it likes."""
    tree_peak: int
    """Most bytes resident at one moment in it and the processes it started, shared pages counted each time."""


def run(arguments: Sequence[str], environment: dict[str, str] | None = None, *, watch_memory: bool = False) -> Ran:
    """Run a program to its end. Raises `CommandFailed` with what it said where it does not end with 0."""
    started = time.perf_counter()
    with subprocess.Popen(
        arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        watcher = _Watcher(process.pid)
        if watch_memory:
            watcher.start()
        out, err = process.communicate()
        seconds = time.perf_counter() - started
        watcher.done.set()
    if watch_memory:
        watcher.join()
    if process.returncode:
        raise CommandFailed(f"{' '.join(arguments[:6])} ended with {process.returncode}: {err.strip()[-500:]}")
    return Ran(seconds, out, watcher.peak, watcher.own_peak, watcher.tree_peak)


def library(home: Path, *arguments: str, watch_memory: bool = False, index: str = "") -> Ran:
    """Run ``clearinghouse`` with `arguments` on the library in `home`, with the search engine `index` names."""
    return run((*COMMAND, *arguments), environment(home, index), watch_memory=watch_memory)


def environment(home: Path, index: str = "") -> dict[str, str]:
    """The environment of a command: the library in `home`, and no other setting of whoever runs this."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CLEARINGHOUSE_")}
    return {
        **kept,
        "CLEARINGHOUSE_HOME": str(home),
        "CLEARINGHOUSE_CURATOR": "benchmark",
        "CLEARINGHOUSE_INDEX": index,
    }


@contextmanager
def on_core(place: int) -> Iterator[bool]:
    """Keep this process, and those it starts, on one core for the block; False where that cannot be done.

    `place` counts the cores this process may use, round again where there are fewer.
    """
    if sys.platform != "linux":
        yield False
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(allowed)[place % len(allowed)]})
    try:
        yield True
    finally:
        os.sched_setaffinity(0, allowed)


class _Watcher(threading.Thread):
    """Reads from ``/proc`` what a process and its children hold.

    Not `ru_maxrss`: Linux lets a new process inherit that from the one that started it.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.done = threading.Event()
        self.peak = 0
        self.own_peak = 0
        self.tree_peak = 0

    def run(self) -> None:
        while not self.done.wait(_LOOKS_EVERY):
            self.peak = max(self.peak, memory(self.pid, "VmHWM"))
            self.own_peak = max(self.own_peak, memory(self.pid, "RssAnon"))
            self.tree_peak = max(self.tree_peak, sum(memory(each, "VmRSS") for each in tree(self.pid)))


def held(pid: int) -> int:
    """Bytes resident in a process now; 0 where the system does not tell."""
    return memory(pid, "VmRSS")


def tree(pid: int) -> Iterator[int]:
    """The process `pid` and all that it started, and those started."""
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").glob("*/children"))
    except OSError:  # it has ended since it was named
        return
    for task in tasks:
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from tree(int(child))


def memory(pid: int, name: str) -> int:
    """Bytes that ``/proc`` says of a process under `name`, such as ``VmRSS``; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:")), 0)
