"""Folders of temporary files: gone when their process ends, and removed by the next one where it was killed."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

_PREFIX = "clearinghouse-scratch-"


@contextlib.contextmanager
def folder() -> Iterator[str]:
    """A new folder that only this user can open; removed at the end with all that is in it.

    Folders of processes that were killed are removed first. Each is held by a lock that the system lets go of
    however its process ends, so that a folder in use is never mistaken for one that was left.
    """
    _sweep()
    path, handle = _made()
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        os.close(handle)


def _made() -> tuple[str, int]:
    """A folder and what holds it."""
    while True:
        path = tempfile.mkdtemp(prefix=_PREFIX)
        handle = _taken(path)
        if handle is not None and Path(path).is_dir():
            return path, handle
        if handle is not None:  # swept away between its making and the lock
            os.close(handle)


def _sweep() -> None:
    with os.scandir(tempfile.gettempdir()) as entries:
        found = [entry.path for entry in entries if entry.name.startswith(_PREFIX)]
    for path in found:
        handle = _taken(path)
        if handle is not None:
            shutil.rmtree(path, ignore_errors=True)
            os.close(handle)


def _taken(path: str) -> int | None:
    """A lock on the folder; None where another holds it, or it is gone or somebody else's."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        if os.fstat(handle).st_uid == os.geteuid():
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
    except OSError:
        pass
    os.close(handle)
    return None
