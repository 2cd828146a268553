"""How much of one document is kept: a stranger decides what it says, not how much of the library it fills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from ingest.extracted import Extracted, Page

MAX_TEXT = 50 * 1024 * 1024
"""Bytes of the text of all pages, headings and labels included; a long novel is one million."""
MAX_PAGES = 20_000
MAX_VALUE = 20_000
"""Characters of a title, a summary or any other single thing that a document says of itself."""
MAX_VALUES = 1_000
"""Authors, keywords or warnings."""


def bounded(extracted: Extracted, limit: int = MAX_TEXT, most_pages: int = MAX_PAGES) -> Extracted:
    """`extracted` with no more than `limit` bytes of text on `most_pages`, and a warning where some was cut off.

    What it says of itself is cut without a word.
    """
    own = {
        each.name: _cut(getattr(extracted, each.name))
        for each in fields(extracted)
        if each.name not in {"pages", "warnings"}
    }
    pages, warning = _pages(extracted.pages, limit, most_pages)
    warnings = (*_cut(extracted.warnings), *([warning] if warning else []))
    return replace(extracted, **own, pages=pages, warnings=warnings)


def _pages(pages: tuple[Page, ...], limit: int, most: int) -> tuple[tuple[Page, ...], str]:
    """As many of `pages` as are kept, and what to warn of."""
    left = limit
    for at, page in enumerate(pages[:most]):
        left -= len((page.label + page.heading).encode("utf-8", "replace"))
        text = page.text.encode("utf-8", "replace")
        if len(text) > left:
            cut = text[: max(0, left)].decode("utf-8", "ignore")
            short = replace(page, text=cut, heading=page.heading[:MAX_VALUE], label=page.label[:100])
            return (*pages[:at], short), _cut_off(page)
        left -= len(text)
    return pages[:most], _cut_off(pages[most]) if len(pages) > most else ""


def _cut_off(page: Page) -> str:
    return f"The text is longer than can be kept; it was cut off on page {page.label[:100]}."


def _cut(value: Any) -> Any:
    if isinstance(value, str):
        return value[:MAX_VALUE]
    if isinstance(value, tuple):
        return tuple(_cut(each) for each in value[:MAX_VALUES])
    if isinstance(value, Mapping):
        return {_cut(key): _cut(each) for key, each in list(value.items())[:MAX_VALUES]}
    return value
