"""The folder of an export: a bag (RFC 8493), whole or not there at all.

It is made beside its place under another name, and takes its name last: whoever finds a folder of that name
finds all of it. ``manifest-sha256.txt`` has the digest of every file, so that a file changed on the way is found.
"""

from __future__ import annotations

import errno
import fcntl
import json
import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import bagit

from clearinghouse.errors import Invalid, Occupied, StorageFailed

MARK = "bagit.txt"
PAYLOAD = "data"
CONTENTS = "library.json"
"""Says what is in the bag: counts, digests, and by which version of the tables it was made."""
ORIGINALS = "originals"

_HALF_MADE = ".half-made"
_SHA256 = re.compile(r"[0-9a-f]{64}")

logging.getLogger("bagit").setLevel(logging.CRITICAL)  # what is wrong with a bag is said by us, once


def is_one(folder: Path) -> bool:
    """Whether `folder` is a bag."""
    return (folder / MARK).is_file()


@contextmanager
def made(folder: Path, info: dict[str, str]) -> Iterator[Path]:
    """A folder to write into, which becomes the bag `folder` when the block ends well, and is gone otherwise.

    Raises `Invalid` where something stands at `folder`, `Occupied` where another export is writing there,
    `StorageFailed` where the disk is full or refuses.
    """
    with _room_for(folder) as making:
        yield making
        bagit.make_bag(str(making), info, checksums=["sha256"])


@contextmanager
def folder_made(folder: Path) -> Iterator[Path]:
    """As `made`, without making a bag of it."""
    with _room_for(folder) as making:
        yield making


@contextmanager
def _room_for(folder: Path) -> Iterator[Path]:
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


def digests(folder: Path) -> dict[str, str]:
    """Path below `folder` to SHA-256, of every file in a bag that is as it was made.

    Raises `Invalid` where it is no bag, or where a file is missing, changed or more than it should be.
    """
    try:
        found = bagit.Bag(str(folder))
        found.validate(processes=1)
    except bagit.BagValidationError as problem:
        wrong = "; ".join(str(each) for each in problem.details[:3]) or str(problem)
        raise Invalid(
            f"{folder} is not as it was exported: {wrong}. Nothing was taken in; copy or export it again."
        ) from problem
    except (bagit.BagError, OSError, UnicodeError, ValueError) as problem:
        raise Invalid(f"{folder} is not an export of a library: {problem}. Nothing was taken in.") from problem
    return {path: each["sha256"] for path, each in found.payload_entries().items() if "sha256" in each}


def contents(folder: Path) -> dict[str, Any]:
    """What the bag says is in it. Raises `Invalid` where it is no export of a library."""
    try:
        said = json.loads((folder / PAYLOAD / CONTENTS).read_text(encoding="utf-8"))
        if (
            isinstance(said, dict)
            and isinstance(said.get("tables"), str)
            and isinstance(said.get("records"), dict)
        ):
            return said
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise Invalid(f"{folder} is a bag, but not an export of a library; nothing was taken in.")


def original(sha256: str) -> str:
    """Path of an original below the payload."""
    assert _SHA256.fullmatch(sha256)
    return f"{ORIGINALS}/{sha256[:2]}/{sha256}"


def _sentence(problem: OSError, folder: Path) -> StorageFailed:
    if problem.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return StorageFailed(f"There is no room for {folder}; make room there. Nothing was left behind.")
    return StorageFailed(
        f"{folder} cannot be written ({problem.strerror or problem}); name another. Nothing was left behind."
    )
