"""From a file or an address to text with pages and a description.

A leaf: it imports neither `clearinghouse` nor `index`, and knows nothing of Flask or SQLAlchemy.
"""

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
from ingest.fetch import fetch
from ingest.formats import Unit, ending_of, is_document, label_of, name_of, unit_of
from ingest.reading_level import years as years_of_schooling
from ingest.sandbox import Extractor, Limits
from ingest.source import Source, Validators, read_file
from ingest.suggest import Suggestion, suggest
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
