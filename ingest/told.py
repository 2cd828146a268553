"""Where a fact about a document was found, in a curator's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ingest import facts
from ingest.extracted import Extracted

METADATA = "its own metadata"
FIRST_PAGE = "its first page"
FIRST_PAGES = "its first pages"
HEADING = "its heading"
FIRST_LINE = "its first line"
FILE_NAME = "its file name"
TEXT = "its text"
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


def stated_or(elsewhere: str, stated: Mapping[str, str]) -> dict[str, str]:
    """Field to `METADATA`, or to `elsewhere` where a text can tell it as well and `stated` does not."""
    told_there = {
        "year": facts.year((), stated=stated),
        "licence": facts.licence((), stated=stated.get("rights", "")),
        "identifiers": facts.doi((), stated=stated),
    }
    return {
        **dict.fromkeys(("authors", "summary", "publisher", "keywords"), METADATA),
        **{name: METADATA if known else elsewhere for name, known in told_there.items()},
    }


def told(extracted: Extracted, where: Mapping[str, str] | None = None) -> Extracted:
    """`extracted` with `told_by` for every fact it holds: as `where` says by its names, or as it knows already."""
    found = {"title": _TITLES.get(extracted.title_from, ITSELF), **extracted.told_by, **(where or {})}
    return replace(
        extracted,
        told_by={
            _NAMES.get(name, name): found.get(name) or found.get(_NAMES.get(name, name)) or ITSELF
            for name in _FACTS
            if getattr(extracted, name)
        },
    )
