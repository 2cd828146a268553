"""From a file or an address to text with pages and a description.

A leaf: it imports neither `clearinghouse` nor `index`, and knows nothing of Flask or SQLAlchemy.

What is named here is loaded when it is first asked for: a reader process, of which `add` starts several, needs
nothing of what fetches addresses, and a search page nothing of what reads documents.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.asking import FetchPolicy
    from ingest.errors import (
        Damaged,
        Disallowed,
        Encrypted,
        Gone,
        IngestProblem,
        Missing,
        NotModified,
        Refused,
        TooLarge,
        TooSlow,
        TryLater,
        Unreachable,
        Unsupported,
    )
    from ingest.extracted import OCR, UNREADABLE, Extracted, Page
    from ingest.fetching import fetch
    from ingest.formats import Unit, ending_of, is_document, label_of, name_of, unit_of
    from ingest.reader import Limits
    from ingest.reading_level import years as years_of_schooling
    from ingest.sandbox import Extractor
    from ingest.source import Source, Validators, read_file
    from ingest.suggesting import Suggestion, suggest
    from ingest.walk import find, is_address

__all__ = [
    "OCR",
    "UNREADABLE",
    "Damaged",
    "Disallowed",
    "Encrypted",
    "Extracted",
    "Extractor",
    "FetchPolicy",
    "Gone",
    "IngestProblem",
    "Limits",
    "Missing",
    "NotModified",
    "Page",
    "Refused",
    "Source",
    "Suggestion",
    "TooLarge",
    "TooSlow",
    "TryLater",
    "Unit",
    "Unreachable",
    "Unsupported",
    "Validators",
    "ending_of",
    "fetch",
    "find",
    "is_address",
    "is_document",
    "label_of",
    "name_of",
    "read_file",
    "suggest",
    "unit_of",
    "years_of_schooling",
]

_HOMES = {
    "asking": ("FetchPolicy",),
    "errors": (
        "Damaged",
        "Disallowed",
        "Encrypted",
        "Gone",
        "IngestProblem",
        "Missing",
        "NotModified",
        "Refused",
        "TooLarge",
        "TooSlow",
        "TryLater",
        "Unreachable",
        "Unsupported",
    ),
    "extracted": ("OCR", "UNREADABLE", "Extracted", "Page"),
    "fetching": ("fetch",),
    "formats": ("Unit", "ending_of", "is_document", "label_of", "name_of", "unit_of"),
    "reader": ("Limits",),
    "reading_level": ("years_of_schooling",),
    "sandbox": ("Extractor",),
    "source": ("Source", "Validators", "read_file"),
    "suggesting": ("Suggestion", "suggest"),
    "walk": ("find", "is_address"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}
_THERE = {"years_of_schooling": "years"}
"""What some are called where they are at home."""


def __getattr__(name: str) -> object:
    """What `name` stands for, from the module that has it (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOME[name]}"), _THERE.get(name, name))
    return found
