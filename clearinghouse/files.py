"""Originals, kept by their SHA-256: written under a temporary name, then renamed, and never changed."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from clearinghouse.errors import BadSetting, StorageFailed

_BLOCK = 1 << 20
_TEMPORARY = ".half-written-"
_DAY = 86_400


class Originals:
    """A folder of originals."""

    def __init__(self, url: str) -> None:
        """`url` is ``file:///folder``. Raises `BadSetting` for any other."""
        parts = urlsplit(url)
        if parts.scheme != "file" or parts.netloc not in {"", "localhost"} or not parts.path:
            raise BadSetting(
                f"CLEARINGHOUSE_FILES is “{url}”; use the URL of a folder, such as file:///srv/originals."
            )
        self.root = Path(unquote(parts.path))

    def path(self, sha256: str) -> Path:
        """Where the bytes with this digest stand, or would."""
        return self.root / sha256[:2] / sha256

    def keep(self, source: Path, sha256: str) -> Path:
        """Keep a copy of `source`, whose bytes have the digest `sha256`. Does nothing where it is kept already.

        Raises `StorageFailed` where the disk is full or refuses, or where the file changed meanwhile.
        """
        place = self.path(sha256)
        if place.exists():
            return place
        temporary = self.root / f"{_TEMPORARY}{uuid4().hex}"
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            if _copy(source, temporary) != sha256:
                raise StorageFailed(f"{source.name} was changed while it was being read; add it again.")
            temporary.replace(place)
            _settle(place.parent)
        except OSError as problem:
            raise _sentence(problem, self.root) from problem
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        return place

    def copy(self, sha256: str, place: Path) -> bool:
        """Copy the bytes kept as `sha256` to `place`. Returns False where they are missing or no longer have that
        digest; nothing stands there then. Raises `OSError` where `place` cannot be written."""
        try:
            source = self.path(sha256).open("rb")
        except OSError:
            return False
        with source:
            whole = _copied(source, place, lasting=False) == sha256
        if not whole:
            place.unlink()
        return whole

    def forget(self, sha256: str) -> None:
        """Delete the bytes kept as `sha256`, if they are. Raises `StorageFailed` where the disk refuses."""
        try:
            self.path(sha256).unlink(missing_ok=True)
        except OSError as problem:
            raise _sentence(problem, self.root) from problem

    def tidy(self) -> int:
        """Remove what a killed process left half-written more than a day ago; returns how many."""
        removed = 0
        for leftover in self.root.glob(f"{_TEMPORARY}*"):
            with suppress(OSError):
                if time.time() - leftover.stat().st_mtime > _DAY:
                    leftover.unlink()
                    removed += 1
        return removed

    def kept(self) -> Iterator[str]:
        """Digests of all originals kept, by their names."""
        return (path.name for path in self.root.glob("??/*"))

    def digest(self, sha256: str) -> str | None:
        """The digest that the bytes kept as `sha256` really have; None where they are missing."""
        try:
            with self.path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None


def _copy(source: Path, target: Path) -> str:
    with source.open("rb") as original:
        return _copied(original, target, lasting=True)


def _copied(source: BinaryIO, target: Path, *, lasting: bool) -> str:
    """The digest of what was copied, in one reading; `lasting` through a power cut."""
    digest = hashlib.sha256()
    with target.open("wb") as copy:
        while block := source.read(_BLOCK):
            digest.update(block)
            copy.write(block)
        if lasting:
            copy.flush()
            os.fsync(copy.fileno())
    return digest.hexdigest()


def _settle(folder: Path) -> None:
    """Make the renaming itself last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sentence(problem: OSError, root: Path) -> StorageFailed:
    if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageFailed("The disk of the library is full; make room and run the command again.")
    return StorageFailed(f"The folder of originals {root} cannot be used ({problem.strerror}); check who owns it.")
