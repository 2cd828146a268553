"""The main text of a web page, as blocks with their headings.

What was tried, with figures, stands in docs/reading.md.
"""

from __future__ import annotations

from typing import Any

from ingest import dom_blocks, main_part, page_frame, tidy
from ingest.sections import Block

_TOO_LITTLE = 25
"""Words below which the whole body is read instead of what was found."""


def find(tree: Any) -> list[Block]:
    """The blocks of the page's main text with its headings. Changes `tree`."""
    page_frame.clear(tree)
    body = tree.find("body") if tree.find("body") is not None else tree
    found = [block for element in main_part.find(tree) for block in dom_blocks.walk(element)]
    if not found:
        from ingest import by_trafilatura  # most pages do not need it

        found = by_trafilatura.find(tree)
    if _count(found) < _TOO_LITTLE:
        whole = list(dom_blocks.walk(body))
        found = whole if _count(whole) >= _count(found) else found
    return found


def _count(blocks: list[Block]) -> int:
    return sum(tidy.count_words(block.text) for block in blocks)
