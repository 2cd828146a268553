"""The best pages of a hit, found in the stems that are kept with it.

The text of a hit's pages is kept as stems with a space before and behind each, so a word, or several in a
row, is a piece of text: Python finds every one in a long document faster than a second index of pages
could be asked, and nothing is indexed twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.engine import BestPage
from index.layout import Pages
from index.ranking import pages_in_order
from index.tantivy_fields import Kept
from index.tantivy_sought import Row


@dataclass(frozen=True, slots=True)
class Wanted:
    """A group of a question, as it is looked for in the text of hits."""

    weight: float
    pieces: tuple[bytes, ...]
    """Each way it may stand, as a piece of text."""
    single: tuple[str, ...]
    """Ways of one stem, which may be that of a hyphenated word."""


def wanted(weight: float, rows: Iterable[Row]) -> Wanted:
    """The group that says `weight` and may stand as any of `rows`."""
    rows = tuple(rows)
    pieces = tuple(f" {' '.join(row)} ".encode("utf-8", "replace") for row in rows)
    return Wanted(weight, pieces, tuple(row[0] for row in rows if len(row) == 1))


def best_pages(kept: Kept, groups: Sequence[Wanted], most: int) -> tuple[BestPage, ...]:
    """The pages of `kept` that answer best: see `index.ranking.pages_in_order`."""
    editions, numbers, starts = kept.pages
    if len(starts) == 1:
        if any(_stands_in(kept, group) for group in groups):
            return (BestPage(editions[0], numbers[0]),)
        return ()
    spans = tuple(pairwise((*starts, kept.end)))
    found = [(group.weight, _on_pages(kept, spans, group)) for group in groups]
    return pages_in_order(found, Pages(editions, numbers, starts), most)


def _stands_in(kept: Kept, group: Wanted) -> bool:
    if any(kept.text.find(piece, 0, kept.end) >= 0 for piece in group.pieces):
        return True
    return not kept.wholes.keys().isdisjoint(group.single)


def _on_pages(kept: Kept, spans: Iterable[tuple[int, int]], group: Wanted) -> dict[int, int]:
    """The pages (from 0) that have `group`, and how often. What runs over the end of a page is on that page."""
    text, end = kept.text, kept.end
    often: dict[int, int] = {}
    for piece in group.pieces:
        if text.find(piece, 0, end) < 0:
            continue
        over = len(piece) - 1
        for at, (start, stop) in enumerate(spans):
            found = text.count(piece, start, min(stop + over, end))
            if found:
                often[at] = often.get(at, 0) + found
    for stem in group.single if kept.wholes else ():
        for place in kept.wholes.get(stem, ()):
            at = bisect_right(kept.pages[2], place) - 1
            often[at] = often.get(at, 0) + 1
    return often
