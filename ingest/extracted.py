"""What was read from one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest import tidy

OCR = "ocr"
"""`Page.read_by` of a page whose text was read from a picture of it."""
UNREADABLE = 0.5
"""Below this quality a page counts as not read: most of its words are none."""


@dataclass(frozen=True, slots=True)
class Page:
    """A PDF page, or a headed section of a web page, DOCX or Markdown."""

    number: int
    """Counted from 1."""
    label: str
    """What is printed on the page (``iv``, ``12``); for a section, its number as text."""
    heading: str
    """The section's heading, or empty."""
    text: str
    quality: float | None = None
    """How well it was read, from 0 to 1 (see `quality`); None where that cannot be told."""
    read_by: str = ""
    """`OCR`, or empty where the text is the page's own."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """Text with pages, and what the document says of itself. Unknown is empty or None, never a guess
    dressed as a fact: `title` is the one exception, and `title_from` says where it was found."""

    pages: tuple[Page, ...]
    title: str = ""
    title_from: str = ""
    """``metadata``, ``first page``, ``heading``, ``first line`` or ``file name``."""
    authors: tuple[str, ...] = ()
    year: int | None = None
    language: str | None = None
    """BCP 47, such as ``en-AU``: as the document says, or as its words do (see `language`)."""
    summary: str = ""
    """The document's own abstract or description."""
    publisher: str = ""
    licence: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """Such as ``{"doi": "10.1002/j.2051-5545.2012.tb00113.x"}``."""
    keywords: tuple[str, ...] = ()
    told_by: Mapping[str, str] = field(default_factory=dict)
    """Field to where it was found, in words for a curator (see `told`): ``{"title": "its first page"}``."""
    warnings: tuple[str, ...] = ()
    """Sentences for the curator: pages without text, replacement characters, cut off text."""
    schooling: float | None = None
    """Years of schooling that the text asks for (see `reading_level`); None where that cannot be told."""
    fingerprint: tuple[int, ...] = ()
    """By which nearly the same text is known (see `fingerprint`); empty where it is too short to have one."""

    @property
    def words(self) -> int:
        """Number of words on all pages."""
        return sum(tidy.count_words(page.text) for page in self.pages)
