"""Documents that are zip archives (Word, PowerPoint, OpenDocument, EPUB), opened with suspicion.

Members are read one by one into memory: nothing is unpacked to disk, and an archive in an archive is never opened.
What a zip says of its sizes can be a lie, so every byte is counted as it comes out.
"""

from __future__ import annotations

import lzma
import mmap
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ingest import safe_xml
from ingest.errors import Damaged, Encrypted, TooLarge

BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError)
"""What `zipfile` raises on a broken archive (`RuntimeError` and `ValueError` too, in a few places)."""
_BLOCK = 1024 * 1024
_ENTRY = re.compile(rb"PK\x01\x02")
"""How each entry in a zip's list of members begins."""
_LOCKED = 0x1
_LEAVES = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an archive may come to; an honest document holds a few MB in some hundred members."""

    members: int = 20_000
    member: int = 100 * 1024 * 1024
    """Bytes of one member, unpacked."""
    total: int = 400 * 1024 * 1024
    """Bytes of all that is unpacked."""


class Archive:
    """An open archive. Made by `opened`."""

    def __init__(self, file: zipfile.ZipFile, name: str, bounds: Bounds) -> None:
        self._file = file
        self._name = name
        self._bounds = bounds
        self._total = 0
        self.members: tuple[str, ...] = tuple(file.namelist())
        """Names of the members, in the archive's order."""

    def __contains__(self, member: str) -> bool:
        return member in self._file.NameToInfo

    def read(self, member: str) -> bytes:
        """The bytes of a member. Raises `Damaged` where there is none or it is broken, `TooLarge`, `Encrypted`."""
        return b"".join(self._blocks(member))

    def xml(self, member: str) -> Any:
        """The root element of a member that is XML; raises as `read` and `safe_xml.parse` do."""
        return safe_xml.parse(self.read(member), self._name)

    def beside(self, member: str, reference: str) -> str | None:
        """The member that `reference`, as written in `member`, stands for; None where it leads nowhere in here.

        ``text/1.html`` in ``OEBPS/book.opf`` is ``OEBPS/text/1.html``.
        """
        try:
            parts = urlsplit(reference)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or not parts.path:
            return None
        at = unquote(parts.path)
        found = posixpath.normpath(posixpath.join("/", posixpath.dirname(member), at)).lstrip("/")
        return found if found in self else None

    def check(self) -> None:
        """Unpack every member once and throw it away, for a library that will open the archive by itself.

        Raises as `read` does, and `Damaged` where a part in XML brings a DTD, which Office formats forbid.
        """
        for member in self.members:
            for at, block in enumerate(self._blocks(member)):
                if not at and member.endswith((".xml", ".rels")) and b"<!DOCTYPE" in block:
                    raise Damaged(
                        f"{self._name} holds entity declarations, which no such document needs: do not open it."
                    )

    def _blocks(self, member: str) -> Iterator[bytes]:
        info = self._file.NameToInfo.get(member)
        if info is None:
            raise Damaged(f"{self._name} lacks a part that it needs ({member[:60]}): look for a whole copy.")
        if info.flag_bits & _LOCKED:
            raise Encrypted(f"{self._name} asks for a password: save it again without one, then add that copy.")
        size = 0
        try:
            with self._file.open(info) as file:
                while block := file.read(_BLOCK):
                    size += len(block)
                    self._total += len(block)
                    if size > self._bounds.member or self._total > self._bounds.total:
                        raise _too_large(self._name)
                    yield block
        except (*BROKEN, RuntimeError, ValueError):
            raise _damaged(self._name) from None


@contextmanager
def opened(path: Path, name: str, bounds: Bounds | None = None) -> Iterator[Archive]:
    """The archive at `path`; `name` is what to call it in a sentence.

    Raises `Damaged` where it is no whole zip, or names a member outside itself (``../../x``); `TooLarge` where it
    lists more members than `bounds` allow, or says that it unpacks to more.
    """
    bounds = bounds or Bounds()
    if entries(path, bounds.members + 1) > bounds.members:
        raise _too_large(name)
    try:
        file = zipfile.ZipFile(path)
    except (*BROKEN, RuntimeError, ValueError):
        raise _damaged(name) from None
    with file:
        if sum(member.file_size for member in file.infolist()) > bounds.total:
            raise _too_large(name)
        if any(_LEAVES.search(member) for member in file.namelist()):
            raise Damaged(
                f"{name} holds a part that wants to lie outside of it, as an attack does: do not open it."
            )
        yield Archive(file, name, bounds)


def entries(path: Path, most: int) -> int:
    """How many members the zip at `path` could list, counted no further than `most`.

    `zipfile` makes an object of each before anyone may ask, and a file of 100 MB can list two million.
    """
    with path.open("rb") as file:
        try:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return sum(1 for _ in islice(_ENTRY.finditer(data), most))
        except ValueError:  # nothing to map in an empty file
            return 0


def _damaged(name: str) -> Damaged:
    return Damaged(f"{name} is not a whole document: open it where it was made, save it again and add that copy.")


def _too_large(name: str) -> TooLarge:
    return TooLarge(f"{name} unpacks to more than a document can need: it may be an attack; do not open it.")
