"""A folder that holds an index, whichever engine made it: who may write there, and what is said of it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from whoosh.util.filelock import FileLock, try_for

from index.errors import Busy, Outdated, Unavailable

REBUILD = "Run `clearinghouse index rebuild` to make it afresh."
BUSY = "Another process is writing the search index. Wait for it to end, then try again."
LOCK = "writing.lock"
_FILES = {
    "whoosh": re.compile(r"_?library\d+[_.]"),
    "tantivy": re.compile(r"tantivy[.\d]"),
}
"""How the names begin of what each engine keeps in its folder."""


@contextmanager
def locked(folder: Path, patience: float) -> Iterator[None]:
    """Hold `folder` for writing, made where it is missing, waiting `patience` seconds for another writer.

    The lock is the system's: it ends however the process ends. Raises `Busy` or `Unavailable`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(folder / LOCK))
        held = try_for(lock.acquire, timeout=patience, delay=0.05)
    except OSError as problem:
        raise unwritable(folder, problem.strerror or str(problem)) from problem
    if not held:
        raise Busy(BUSY)
    try:
        yield
    finally:
        lock.release()


def names(folder: Path) -> list[str]:
    """What stands in `folder`; nothing where it was never made. Raises `Unavailable`."""
    try:
        return [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return []
    except OSError as problem:
        raise unreadable(folder, problem) from problem


def settle(paths: Iterable[Path]) -> None:
    """See files, and the names in folders, onto the disk, so that they outlast a power cut."""
    for path in paths:
        with suppress(FileNotFoundError):  # a passing file of the writer's own
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def unreadable(folder: Path, problem: OSError) -> Unavailable:
    """What is said where the system does not let `folder` be read."""
    return Unavailable(f"The search index in {folder} cannot be read: {problem.strerror}.")


def unwritable(folder: Path, why: str) -> Unavailable:
    """What is said where `folder` cannot be written."""
    return Unavailable(
        f"The search index in {folder} cannot be written: {why}. Mend that, then run `clearinghouse index sync`."
    )


def damaged(folder: Path) -> Unavailable:
    """What is said where the index in `folder` cannot be read."""
    return Unavailable(f"The search index in {folder} is damaged. {REBUILD}")


def refuse_others(folder: Path, engine: str) -> None:
    """Say so where `folder`, which has no index of `engine`, holds something else.

    Raises `Outdated` for the index of another engine, `Unavailable` for files that are no index.
    """
    found = [name for name in names(folder) if name != LOCK]
    if any(_is_of_another(name, engine) for name in found):
        raise Outdated(f"The search index in {folder} was made by another search engine. {REBUILD}")
    if any(not _FILES[engine].match(name) and not name.startswith(".") for name in found):
        raise Unavailable(
            f"The folder {folder} holds files, but not a search index of this library. "
            f"Name another folder, or run `clearinghouse index rebuild` to make an index beside them."
        )


def remove_others(folder: Path, engine: str) -> None:
    """Remove what engines other than `engine` keep in `folder`.

    Their index would be out of date by the time somebody went back to it, and would not say so.
    """
    remove(folder / name for name in names(folder) if _is_of_another(name, engine))


def remove(paths: Iterable[Path]) -> None:
    """Remove files and whole folders, those that are there."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _is_of_another(name: str, engine: str) -> bool:
    return any(pattern.match(name) for other, pattern in _FILES.items() if other != engine)
