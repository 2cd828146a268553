"""The lease: one SQL row that says which process may write the index now.

It lasts seconds and is renewed while the work goes on, so that a process that was killed does not keep
it; on the machine where its holder died it is free at once.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from clearinghouse.database import Database
from clearinghouse.errors import Occupied, Problem
from clearinghouse.models import Lease
from clearinghouse.orm import now

#: Seconds a lease lasts unless renewed, and how often it is renewed and asked for.
LASTS = 15.0
RENEWED_EVERY = 4.0
ASKED_EVERY = 0.1
#: Seconds ahead at which no lease can end, however two machines differ: the clock was set back since it was taken.
_NEVER = 600.0

_BUSY = "Another command is writing the search index; wait until it has ended and try again."


@contextmanager
def held(database: Database, name: str = "index", *, wait: float = 30.0, busy: str = _BUSY) -> Iterator[None]:
    """Hold the lease `name` for the block. Raises `Occupied`, with `busy`, if another keeps it `wait` seconds."""
    holder = f"{_machine()} {os.getpid()} {uuid4().hex}"
    _take(database, name, holder, wait, busy)
    done = threading.Event()
    renewer = threading.Thread(target=_renew, args=(database, name, holder, done), daemon=True)
    renewer.start()
    try:
        yield
    finally:
        done.set()
        renewer.join()
        _give_back(database, name, holder)


def _take(database: Database, name: str, holder: str, wait: float, busy: str) -> None:
    _begin(database, name)
    deadline = time.monotonic() + wait
    while not _try(database, name, holder):
        if time.monotonic() > deadline:
            raise Occupied(busy)
        time.sleep(ASKED_EVERY)


def _begin(database: Database, name: str) -> None:
    """Make the row of a lease that was never held."""
    with database.reading() as session:
        if session.get(Lease, name):
            return
    with suppress(IntegrityError), database.writing() as session:  # another process may make it at this moment
        if not session.get(Lease, name):
            session.add(Lease(name=name, holder="", until=now()))


def _try(database: Database, name: str, holder: str) -> bool:
    with database.reading() as session:
        last = session.execute(select(Lease.holder).where(Lease.name == name)).scalar() or ""
    free = [Lease.until < now(), Lease.until > now() + timedelta(seconds=_NEVER), Lease.holder == holder]
    if _has_died(last):
        free.append(Lease.holder == last)
    with database.writing() as session:
        taken = session.execute(
            update(Lease)
            .where(Lease.name == name, or_(*free))
            .values(holder=holder, until=now() + timedelta(seconds=LASTS))
            .execution_options(synchronize_session=False)
        )
        return bool(getattr(taken, "rowcount", 0))


def _renew(database: Database, name: str, holder: str, done: threading.Event) -> None:
    while not done.wait(RENEWED_EVERY):
        with suppress(Problem):  # a moment's trouble: the next round tries again, before the lease ends
            _try(database, name, holder)


def _give_back(database: Database, name: str, holder: str) -> None:
    with database.writing() as session:
        session.execute(
            update(Lease)
            .where(Lease.name == name, Lease.holder == holder)
            .values(holder="", until=now())
            .execution_options(synchronize_session=False)
        )


def _machine() -> str:
    """This machine, or this container: process numbers mean something only within one."""
    with suppress(OSError):
        return f"{socket.gethostname()}/{Path('/proc/self/ns/pid').readlink()}"
    return socket.gethostname()


def _has_died(holder: str) -> bool:
    machine, _, rest = holder.partition(" ")
    pid = rest.partition(" ")[0]
    if machine != _machine() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
