"""A new folder, whole or not there at all.

It is made beside its place under another name, and takes its name last: whoever finds a folder of that name finds
all of it.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from clearinghouse.errors import Invalid, Occupied, StorageFailed

_HALF_MADE = ".half-made"


@contextmanager
def made(folder: Path) -> Iterator[Path]:
    """A folder to write into, which becomes `folder` when the block ends well, and is gone otherwise.

    Raises `Invalid` where something stands at `folder`, `Occupied` where another export is writing there,
    `StorageFailed` where the disk is full or refuses.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Invalid(f"{folder} is there already; name a folder that does not exist, or an empty one.")
    making = folder.with_name(folder.name + _HALF_MADE)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        making.mkdir(exist_ok=True)
    except OSError as problem:
        raise _sentence(problem, folder) from problem
    with _alone_in(making):
        try:
            _empty(making)  # an export that was killed may have left something
            yield making
            _settle(making)
            making.replace(folder)
        except OSError as problem:
            raise _sentence(problem, folder) from problem
        finally:
            shutil.rmtree(making, ignore_errors=True)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise Occupied("Another export is writing to that folder; wait for it, or name another.") from problem
        yield
    finally:
        os.close(handle)


def _empty(folder: Path) -> None:
    for each in folder.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()


def _settle(folder: Path) -> None:
    """Let all of it be on the disk, a stick that is pulled out too, before it takes its name."""
    for place, _, names in os.walk(folder):
        for name in (*names, "."):
            handle = os.open(Path(place) / name, os.O_RDONLY)
            try:
                with suppress(OSError):  # some file systems cannot do this to a folder
                    os.fsync(handle)
            finally:
                os.close(handle)


def _sentence(problem: OSError, folder: Path) -> StorageFailed:
    if problem.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return StorageFailed(f"There is no room for {folder}; make room there. Nothing was left behind.")
    return StorageFailed(
        f"{folder} cannot be written ({problem.strerror or problem}); name another. Nothing was left behind."
    )
