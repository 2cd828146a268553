"""A segment's files read where they are mapped, without a copy of them in memory.

Whoosh maps a segment too, but then copies each file in it into a `BytesIO` of its own, so that opening a
segment costs as much memory as the segment is long.
"""

# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

import io
from typing import Any

from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.structfile import BufferFile


class _Window(io.RawIOBase):
    """A view of bytes as a file."""

    def __init__(self, view: memoryview) -> None:
        self._view = view
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        part = self._view[self._at : self._at + len(into)]
        into[: len(part)] = part
        self._at += len(part)
        return len(part)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._view)}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        return self._at


class _MappedFile(BufferFile):
    """One file of a mapped segment."""

    def __init__(self, view: memoryview, name: str) -> None:
        super().__init__(b"", name=name)
        self._buf = view
        self.file = io.BufferedReader(_Window(view))


class MappedStorage(CompoundStorage):
    """The files of one segment."""

    def open_file(self, name: str, *args: Any, **options: Any) -> Any:
        """The file `name`, read where it is mapped."""
        if self._source is None:
            return super().open_file(name, *args, **options)
        offset, length = self.range(name)
        return _MappedFile(memoryview(self._source)[offset : offset + length], name)
