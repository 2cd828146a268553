"""One module a format. A new one is a module with `extract(path, name)` and a line in `ingest.formats`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Protocol, cast

from ingest import formats
from ingest.errors import Unsupported
from ingest.extracted import Extracted

if TYPE_CHECKING:
    from ingest.ocr import Eye

# imported when first met: a library of PDFs never pays for what reads web pages
_READERS = {each.media_type: f"ingest.extract.{each.reader}" for each in formats.FORMATS if each.reader}
SUPPORTED = frozenset(_READERS)
"""Media types that can be read."""
_ADVICE = "save it as PDF, Word (.docx), a web page (HTML) or plain text, and add that"
_ADVICE_ON_RECORDINGS = "add its captions (.vtt or .srt) or a transcript instead, and link to it"


class Reader(Protocol):
    """What each module of a format offers."""

    def extract(self, path: Path, name: str) -> Extracted:
        """What the file at `path` says; `name` is the file's own name, the last resort for a title."""
        ...


class PictureReader(Protocol):
    """What the module of a format offers whose pages may be pictures (see `Format.pictured`)."""

    def extract(self, path: Path, name: str, *, eye: Eye | None = None) -> Extracted:
        """The same, with pages that are pictures read by `eye`."""
        ...


class SecondReader(Protocol):
    """What the module of a format offers that can be read in a second way (see `Format.twice`)."""

    def extract_again(self, path: Path, name: str) -> Extracted:
        """The same, for a file that ended the process of whoever read it first."""
        ...


def extract(path: Path, media_type: str, name: str, eye: Eye | None = None) -> Extracted:
    """What the document at `path` says; `eye` reads those of its pages that are pictures.

    Raises `Unsupported` for a kind that is not read, or another `IngestProblem` where the document is broken,
    locked or too large.
    """
    reader = _reader(media_type, name)
    if eye is not None and formats.of(media_type).pictured:
        return cast(PictureReader, reader).extract(path, name, eye=eye)
    return cast(Reader, reader).extract(path, name)


def extract_again(path: Path, media_type: str, name: str) -> Extracted:
    """The same for a file that ended the process of whoever read it, in the second way its format has.

    Raises the same. The format must be one that can be read `twice`.
    """
    return cast(SecondReader, _reader(media_type, name)).extract_again(path, name)


def _reader(media_type: str, name: str) -> ModuleType:
    module = _READERS.get(media_type)
    if module is None:
        recorded = media_type.startswith(("audio/", "video/"))
        advice = _ADVICE_ON_RECORDINGS if recorded else _ADVICE
        raise Unsupported(f"{name} is {formats.name_of(media_type)}, which cannot be searched: {advice}.")
    return import_module(module)
