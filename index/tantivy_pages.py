"""The best pages of a hit, found in the stems that are kept with it.

The text of a hit's pages is kept as stems with a space before and behind each, so a word, or several in a
row, is a piece of text: Python finds every one in a long document faster than a second index of pages
could be asked, and nothing is indexed twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
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
    starts = kept.pages.starts
    found = []
    for group in groups:
        places = _places(kept, group)
        on_pages: dict[int, int] = {}
        if len(starts) > 1:
            for place in places:
                at = bisect_right(starts, place) - 1
                on_pages[at] = on_pages.get(at, 0) + 1
        elif places:
            on_pages[0] = len(places)
        found.append((group.weight, on_pages))
    return pages_in_order(found, kept.pages, most)


def _places(kept: Kept, group: Wanted) -> Collection[int]:
    """Where any way of `group` stands, each place once."""
    find, places = kept.text.find, list[int]()
    for piece in group.pieces:
        place = find(piece)
        while place >= 0:
            places.append(place)
            place = find(piece, place + 1)
    if kept.wholes:
        for stem in group.single:
            places += kept.wholes.get(stem, ())
    elif len(group.pieces) == 1:
        return places
    return set(places)
