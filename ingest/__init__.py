"""From a file or an address to text with pages and a description.

A leaf: it imports neither `clearinghouse` nor `index`, and knows nothing of Flask or SQLAlchemy.
"""

from ingest.errors import (
    Damaged,
    Encrypted,
    IngestProblem,
    Missing,
    Refused,
    TooLarge,
    TooSlow,
    Unreachable,
    Unsupported,
)
from ingest.extracted import Extracted, Page
from ingest.fetch import FetchPolicy, fetch
from ingest.formats import ending_of, is_document, label_of, name_of
from ingest.reading_level import years as years_of_schooling
from ingest.sandbox import Extractor, Limits
from ingest.source import Source, read_file
from ingest.suggest import Suggestion, suggest
from ingest.walk import find, is_address

__all__ = [
    "Damaged",
    "Encrypted",
    "Extracted",
    "Extractor",
    "FetchPolicy",
    "IngestProblem",
    "Limits",
    "Missing",
    "Page",
    "Refused",
    "Source",
    "Suggestion",
    "TooLarge",
    "TooSlow",
    "Unreachable",
    "Unsupported",
    "ending_of",
    "fetch",
    "find",
    "is_address",
    "is_document",
    "label_of",
    "name_of",
    "read_file",
    "suggest",
    "years_of_schooling",
]
