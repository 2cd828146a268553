"""The process that reader processes are forked from: what they need is loaded once, not in each of them.

Run as ``python -m ingest.fork_server MEMORY SECONDS PARENT`` with a Unix socket for standard input, by which
`ingest.forks` asks. It opens no document itself, and what it denies itself its readers are denied too.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
import socket
import sys

from ingest import wire, worker
from ingest.confine import confine, end_with, left_to_the_keeper

_SELDOM = 100_000
"""New objects after which what refers to itself is looked for: looking every 700 takes an eighth of the time."""


def main() -> None:
    """Fork readers as asked until standard input closes."""
    memory, seconds, parent = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    left_to_the_keeper()
    confine(memory, parent)
    logging.disable(logging.CRITICAL)
    _load()
    with socket.socket(fileno=os.dup(0)) as keeper:
        while asked := _asked(keeper):
            said, pipes = asked
            if said[:1] == wire.FORK:
                keeper.sendall(wire.NUMBER.pack(_forked(keeper, pipes, memory, seconds)))
            else:
                keeper.sendall(wire.NUMBER.pack(_status(*wire.NUMBER.unpack(said[1:]))))


def _asked(keeper: socket.socket) -> tuple[bytes, list[int]] | None:
    """What the keeper asks next, with the pipes that came with it; None where it is gone."""
    said, pipes, _, _ = socket.recv_fds(keeper, 1 + wire.NUMBER.size, 2)
    return (said, pipes) if said else None


def _load() -> None:
    """What nearly every document needs, while the keeper is busy with its own start."""
    with contextlib.suppress(ImportError):
        import ingest.extract.html
        import ingest.extract.pdf  # noqa: F401 - to be there when a reader asks
    worker.prepare()
    gc.collect()
    gc.freeze()  # what is loaded stays; documents leave little that only a collection finds
    gc.set_threshold(_SELDOM)


def _forked(keeper: socket.socket, pipes: list[int], memory: int, seconds: float) -> int:
    """The number of a new process that answers requests by `pipes`, which are closed here."""
    server = os.getpid()
    number = os.fork()
    if number:
        with contextlib.suppress(OSError):  # it has done so itself, or ended already
            os.setpgid(number, number)
        for pipe in pipes:
            os.close(pipe)
        return number
    try:
        keeper.close()
        os.setpgid(0, 0)  # so that what it starts can be ended with it
        end_with(server)
        asked, answers = pipes
        os.dup2(asked, 0)
        os.dup2(2, 1)  # what a library prints must not end up between two answers
        os.close(asked)
        worker.answer_requests(answers, memory, seconds)
    except BaseException:  # nothing of this may go on in the server's own loop
        os._exit(1)
    os._exit(0)


def _status(number: int) -> int:
    """The exit status of the process `number`, negative for a signal; `wire.RUNNING` where it has none yet."""
    try:
        found, status = os.waitpid(number, os.WNOHANG)
    except ChildProcessError:  # forked by another server, with which it ended
        return -signal.SIGKILL
    return os.waitstatus_to_exitcode(status) if found else wire.RUNNING


if __name__ == "__main__":
    main()
