"""Work in a process that is killed, with everything it started, at a moment of the test's choosing.

The children are forked from a process that has the modules loaded already, so that a kill costs tenths of a second
and there can be many.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

#: Spawned once: it loads the program, then forks a child for each kill.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(
    ["tests.test_killed", "tests.test_harvest_killed", "index.whoosh_engine", "alembic.command"]
)


def _in_a_group(work: Callable[[Path, Path], None], home: Path, folder: Path) -> None:
    os.setsid()  # so that the readers it starts can be killed with it
    work(home, folder)


def _start(work: Callable[[Path, Path], None], home: Path, folder: Path) -> multiprocessing.process.BaseProcess:
    child = _PROCESSES.Process(target=_in_a_group, args=(work, home, folder))
    child.start()
    return child


def seconds(work: Callable[[Path, Path], None], home: Path, folder: Path) -> float:
    """How long the whole work takes, begun in a child as the ones that are killed."""
    started = time.monotonic()
    child = _start(work, home, folder)
    child.join(300)
    assert child.exitcode == 0
    child.close()
    return time.monotonic() - started


def killed_after(moment: float, work: Callable[[Path, Path], None], home: Path, folder: Path) -> bool:
    """Whether it was killed, so many seconds after its start, before it had ended."""
    child = _start(work, home, folder)
    child.join(moment)
    return _killed(child)


def killed_by(
    moment: float, work: Callable[[Path, Path], None], home: Path, folder: Path, afresh: Callable[[], None]
) -> None:
    """Kill it so many seconds after its start; where it has ended by then, make all `afresh`, and be quicker."""
    while not killed_after(moment, work, home, folder):
        afresh()
        moment /= 2


def killed_when(
    so_far: Callable[[], bool], moment: float, work: Callable[[Path, Path], None], home: Path, folder: Path
) -> bool:
    """Whether it was killed, so many seconds after it had come `so_far`, before it had ended."""
    child = _start(work, home, folder)
    while child.is_alive() and not so_far():
        time.sleep(0.005)
    child.join(moment)
    return _killed(child)


def _killed(child: multiprocessing.process.BaseProcess) -> bool:
    try:
        os.killpg(child.pid or 0, signal.SIGKILL)
    except ProcessLookupError:  # it has not come to setsid, or has ended
        child.kill()
    child.join(60)
    killed = child.exitcode == -signal.SIGKILL
    child.close()
    return killed
