"""Where a document comes from, and what its bytes are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


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
