"""One module a format. A new one is a module with `extract(path, name)` and a line in `_READERS`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from ingest import detect
from ingest.errors import Unsupported
from ingest.extracted import Extracted

# imported when first met: a library of PDFs never pays for what reads web pages
_READERS = {
    detect.PDF: "ingest.extract.pdf",
    detect.HTML: "ingest.extract.html",
    detect.DOCX: "ingest.extract.docx",
    detect.TEXT: "ingest.extract.plain",
    detect.MARKDOWN: "ingest.extract.markdown",
}
SUPPORTED = frozenset(_READERS)
"""Media types that can be read."""
_READABLE = "PDF, web page (HTML), Word (.docx), plain text or Markdown"


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
        raise Unsupported(
            f"{name} is {detect.name_of(media_type)}, which cannot be searched: "
            f"save it as {_READABLE} and add that."
        )
    return cast(Reader, import_module(module)).extract(path, name)
