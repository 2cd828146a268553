"""The best pages of a hit, found in the stems that are kept with it.

The text of a hit's pages is kept as stems with a space before and behind each, so a word, or several in a
row, is a piece of text: Python finds every one in a long document faster than a second index of pages
could be asked, and nothing is indexed twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.engine import BestPage
from index.ranking import pages_in_order
from index.tantivy_layout import Kept
from index.tantivy_sought import Row


@dataclass(frozen=True, slots=True)
class Wanted:
    """A group of a question, as it is looked for in the text of hits."""

    weight: float
    pieces: tuple[str, ...]
    """Each way it may stand, as a piece of text."""
    single: tuple[str, ...]
    """Ways of one stem, which may be that of a hyphenated word."""


def wanted(weight: float, rows: Iterable[Row]) -> Wanted:
    """The group that says `weight` and may stand as any of `rows`."""
    rows = tuple(rows)
    pieces = tuple(f" {' '.join(row)} " for row in rows)
    return Wanted(weight, pieces, tuple(row[0] for row in rows if len(row) == 1))


def best_pages(kept: Kept, groups: Sequence[Wanted], most: int) -> tuple[BestPage, ...]:
    """The pages of `kept` that answer best: see `index.ranking.pages_in_order`."""
    pages = kept.pages
    if len(pages.starts) == 1:
        if any(_stands_in(kept, group) for group in groups):
            return (BestPage(pages.editions[0], pages.numbers[0]),)
        return ()
    found = []
    for group in groups:
        on_pages: dict[int, int] = {}
        for place in _places(kept, group):
            at = bisect_right(pages.starts, place) - 1
            on_pages[at] = on_pages.get(at, 0) + 1
        found.append((group.weight, on_pages))
    return pages_in_order(found, pages, most)


def _stands_in(kept: Kept, group: Wanted) -> bool:
    return any(piece in kept.text for piece in group.pieces) or not kept.wholes.keys().isdisjoint(group.single)


def _places(kept: Kept, group: Wanted) -> set[int]:
    """Where any way of `group` stands."""
    find, places = kept.text.find, set[int]()
    for piece in group.pieces:
        place = find(piece)
        while place >= 0:
            places.add(place)
            place = find(piece, place + 1)
    for stem in group.single:
        places.update(kept.wholes.get(stem, ()))
    return places
