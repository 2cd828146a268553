"""One module a format. A new one is a module with `extract(path, name)` and a line in `ingest.formats`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from ingest import formats
from ingest.errors import Unsupported
from ingest.extracted import Extracted

# imported when first met: a library of PDFs never pays for what reads web pages
_READERS = {each.media_type: f"ingest.extract.{each.reader}" for each in formats.FORMATS if each.reader}
SUPPORTED = frozenset(_READERS)
"""Media types that can be read."""
_ADVICE = "save it as PDF, Word (.docx), a web page (HTML) or plain text, and add that"


class Reader(Protocol):
    """What each module of a format offers."""

    def extract(self, path: Path, name: str) -> Extracted:
        """What the file at `path` says; `name` is the file's own name, the last resort for a title."""
        ...


def extract(path: Path, media_type: str, name: str) -> Extracted:
    """What the document at `path` says. Raises `Unsupported` for a kind that is not read, or another
    `IngestProblem` where the document is broken, locked or too large."""
    module = _READERS.get(media_type)
    if module is None:
        raise Unsupported(f"{name} is {formats.name_of(media_type)}, which cannot be searched: {_ADVICE}.")
    return cast(Reader, import_module(module)).extract(path, name)
