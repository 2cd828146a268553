"""Reader processes and the server that they are forked from."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.forks import Forks, NotStartedError, Process

MEMORY = 1 << 30
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def forks() -> Iterator[Forks]:
    made = Forks(MEMORY, 30.0)
    yield made
    made.close()


def ended(process: Process) -> int | None:
    """Its status after it was told that nothing more will be asked."""
    process.close()
    return process.wait(10)


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


@linux
def test_readers_come_from_one_server_that_opens_nothing_itself(forks: Forks) -> None:
    one, other = forks.fork(), forks.fork()

    assert one.pid != other.pid
    assert parent(one.pid) == parent(other.pid) != os.getpid()
    assert ended(one) == ended(other) == 0


def test_a_reader_that_is_at_work_has_no_status_and_one_that_was_killed_has(forks: Forks) -> None:
    process = forks.fork()

    assert process.wait(0) is None
    process.kill()
    assert process.wait(10) == -signal.SIGKILL
    process.close()


@linux
def test_a_server_that_was_killed_takes_its_readers_with_it_and_is_started_again(forks: Forks) -> None:
    process = forks.fork()
    os.kill(parent(process.pid), signal.SIGKILL)

    with pytest.raises(NotStartedError):
        forks.fork()
    assert ended(forks.fork()) == 0
    assert process.wait(10) == -signal.SIGKILL
    process.close()


@linux
def test_what_the_server_denies_itself_its_readers_are_denied(forks: Forks) -> None:
    process = forks.fork()
    limits = Path(f"/proc/{process.pid}/limits").read_text()

    assert f"{MEMORY}" in next(line for line in limits.splitlines() if line.startswith("Max address space"))
    assert "NoNewPrivs:\t1" in Path(f"/proc/{process.pid}/status").read_text()
    assert ended(process) == 0
