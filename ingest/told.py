"""Where a fact about a document was found, in a curator's words."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.extracted import Extracted

METADATA = "its own metadata"
FIRST_PAGE = "its first page"
FIRST_PAGES = "its first pages"
HEADING = "its heading"
FIRST_LINE = "its first line"
FILE_NAME = "its file name"
ITSELF = "the document itself"
"""Where a reader does not say more closely."""

_TITLES: Mapping[str, str] = {
    "metadata": METADATA,
    "first page": FIRST_PAGE,
    "heading": HEADING,
    "first line": FIRST_LINE,
    "file name": FILE_NAME,
}
_FACTS = ("title", "authors", "year", "summary", "publisher", "licence", "identifiers", "keywords")
#: Where the library calls a field by another name than `Extracted` does.
_NAMES: Mapping[str, str] = {"publisher": "organisation"}


def all_facts(extracted: Extracted) -> dict[str, str]:
    """Field to where it was found, for every fact that `extracted` holds."""
    found = {"title": _TITLES.get(extracted.title_from, ITSELF), **extracted.told_by}
    return {_NAMES.get(name, name): found.get(name, ITSELF) for name in _FACTS if getattr(extracted, name)}
