"""The best pages of a hit, found in the stems that are kept with it.

The text of a hit's pages is kept as stems with a space before and behind each, so a word, or several in a
row, is a piece of text: Python finds every one in a long document faster than a second index of pages
could be asked, and nothing is indexed twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from index.engine import BestPage
from index.ranking import pages_in_order
from index.tantivy_layout import Kept
from index.tantivy_sought import Row


def best_pages(kept: Kept, groups: Sequence[tuple[float, Sequence[Row]]], most: int) -> tuple[BestPage, ...]:
    """The pages of `kept` that answer best: see `index.ranking.pages_in_order`.

    `groups`: weight of each group of the question and the ways it may stand in the text.
    """
    starts = kept.pages.starts
    found = []
    for weight, rows in groups:
        places = {place for row in rows for place in _places(kept, row)}
        found.append((weight, Counter(bisect_right(starts, place) - 1 for place in places)))
    return pages_in_order(found, kept.pages, most)


def _places(kept: Kept, row: Row) -> Iterator[int]:
    if len(row) == 1:
        yield from kept.wholes.get(row[0], ())
    looked_for = f" {' '.join(row)} "
    place = kept.text.find(looked_for)
    while place >= 0:
        yield place
        place = kept.text.find(looked_for, place + 1)
