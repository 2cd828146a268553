"""What documents are about, as vectors: a file of rows beside tantivy's own, read where it is mapped.

tantivy gives numbers back from columns only, one number a document and column; a vector would be many columns.
So a document keeps the number of its row. A row is written before the commit that names it, and never while a
document of the last commit has it: whatever is cut short, what is read stays whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from index.meaning import NUMBERS, Vector

NAME = "vectors"
KEPT = np.dtype("<f4")
"""How a vector is kept: as it is multiplied. Read in half precision, 200 of them take twice the time."""
BYTES = NUMBERS * KEPT.itemsize
_SPARE = 1000
"""Rows that no document has are not looked for before there are more than this, and more than documents."""


def mapped(folder: Path) -> Vector:
    """Every row of the index in `folder`, shape (rows, `NUMBERS`); none where it has no vectors."""
    path = folder / NAME
    rows = _rows(path)
    if not rows:  # nothing cannot be mapped
        return np.empty((0, NUMBERS), dtype=KEPT)
    return np.asarray(np.memmap(path, dtype=KEPT, mode="r", shape=(rows, NUMBERS)))


def _rows(path: Path) -> int:
    """How many rows there are; what a writer that was killed has left of one is not counted."""
    return path.stat().st_size // BYTES if path.exists() else 0


class Rows:
    """Writes vectors into the index in `folder`, each into a row that no document has. Raises `OSError`."""

    def __init__(self, folder: Path, documents: int = 0, used: Callable[[], Iterable[Any]] = tuple) -> None:
        """`documents`: how many the index has; `used`: their rows, asked for only where the file grows too long.

        Nothing is opened or made before the first vector.
        """
        self._path = folder / NAME
        self._documents = documents
        self._used = used
        self._file: BinaryIO | None = None
        self._free: list[int] = []
        self._end = 0

    def add(self, vector: bytes) -> int:
        """Write `vector`; the number of its row."""
        file = self._file or self._open()
        if self._free:
            row = self._free.pop()
            file.seek(row * BYTES)
        else:
            row, self._end = self._end, self._end + 1
            if file.tell() != row * BYTES:
                file.seek(row * BYTES)
        file.write(vector)
        return row

    def _open(self) -> BinaryIO:
        self._end = _rows(self._path)
        if self._end - self._documents > max(self._documents, _SPARE):
            self._free = sorted(set(range(self._end)).difference(self._used()), reverse=True)
        self._file = self._path.open("r+b" if self._path.exists() else "w+b")
        self._file.seek(self._end * BYTES)
        return self._file

    def settle(self) -> None:
        """See every row onto the disk: before a commit names them."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
