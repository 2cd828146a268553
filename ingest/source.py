"""Where a document comes from, and what its bytes are."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from ingest import detect
from ingest.errors import Missing, TooLarge, Unsupported

_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of a version, so that it can be asked later whether there is a newer (RFC 9110, 8.8)."""

    etag: str = ""
    last_modified: str = ""

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)

    def headers(self) -> dict[str, str]:
        """As headers of a request."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in said.items() if value and value.isascii()}


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes on this machine, ready to be read. Made by `read_file` or `fetch`."""

    location: str
    """Where it came from: an absolute path, or the final http(s) address."""
    path: Path
    """A file holding the bytes (for an address, a temporary download)."""
    name: str
    """File name to offer when the original is downloaded."""
    media_type: str
    """Decided from the bytes, such as ``application/pdf``."""
    sha256: str
    """Hex digest of the bytes."""
    size: int
    """Bytes."""
    validators: Validators = field(default_factory=Validators)
    """Of an address: by what to ask later whether it changed."""
    language: str = ""
    """What a curator says its text is in (BCP 47), for what reads it from pictures."""


def read_file(path: str | Path, *, max_bytes: int) -> Source:
    """The file at `path` as a `Source`: hashed in blocks, its type told from its bytes.

    `max_bytes` is the most a document may hold; a larger file is refused before it is read. Raises
    `Missing`, `TooLarge`, `Unsupported` (a folder, device or pipe), `Damaged` (empty) or `Encrypted`.
    """
    path = Path(path)
    shown = printable(str(path))
    digest, size = _digest(path, shown, max_bytes)
    absolute = path.absolute()
    name = printable(path.name)
    return Source(
        location=printable(os.path.normpath(absolute)),
        path=absolute,
        name=name,
        media_type=detect.media_type(absolute, name),
        sha256=digest,
        size=size,
    )


def size_in_words(size: int) -> str:
    """`size` bytes as a person says it: ``2 GiB``, ``1.5 MiB``, ``12 bytes``."""
    for unit, scale in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if size >= scale:
            return f"{size / scale:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} bytes"


def printable(text: str) -> str:
    """`text` without bytes that are not UTF-8 (file names may hold any), so it can be stored and shown."""
    return os.fsencode(text).decode("utf-8", "replace")


def _digest(path: Path, shown: str, max_bytes: int) -> tuple[str, int]:
    try:
        # without O_NONBLOCK, opening a pipe that no one writes to would wait for ever
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except FileNotFoundError:
        raise Missing(f"There is no file {shown}: check the name and the folder.") from None
    except PermissionError:
        raise Missing(f"{shown} may not be opened: give this account permission to read it.") from None
    except (OSError, ValueError) as error:
        raise Missing(f"{shown} cannot be opened: {_reason(error)}. Check the name.") from None
    try:
        _check(os.fstat(handle), shown, max_bytes)
        return _hash(handle, shown, max_bytes)
    finally:
        os.close(handle)


def _check(status: os.stat_result, shown: str, max_bytes: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise Unsupported(f"{shown} is a folder: add the files in it.")
    if not stat.S_ISREG(status.st_mode):
        raise Unsupported(f"{shown} is a device or a pipe, not a file: save it as a file and add that.")
    if status.st_size > max_bytes:
        raise _too_large(shown, status.st_size, max_bytes)


def _hash(handle: int, shown: str, max_bytes: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    try:
        while block := os.read(handle, _BLOCK):
            size += len(block)
            if size > max_bytes:  # it grew while it was read
                raise _too_large(shown, size, max_bytes)
            digest.update(block)
    except OSError as error:
        raise Missing(f"{shown} cannot be read: {_reason(error)}. Copy it elsewhere and try again.") from None
    return digest.hexdigest(), size


def _too_large(shown: str, size: int, max_bytes: int) -> TooLarge:
    return TooLarge(
        f"{shown} holds {size_in_words(size)}, more than the {size_in_words(max_bytes)} allowed: "
        "add a smaller version, or raise the limit."
    )


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).rstrip(".").lower()
