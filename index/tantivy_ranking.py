"""Hits of tantivy in order: by words, by words and meaning together, by title, or by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

import numpy as np
from tantivy import Order

from index.meaning import Vector, meaning
from index.ranking import mix
from index.tantivy_layout import read_order
from index.tantivy_question import Asked
from index.tantivy_reader import Reader

_BEYOND = 20
"""Hits read beyond those asked for, to see whether equal ones are cut apart."""
_CANDIDATES = 500
"""Hits, best by words, that meaning may put in another order: beyond them none would come onto the first pages."""
_FIRST = 1000.0
"""More than any score: what those with every word of a widened question have before the others."""


_ByWords = tuple[float, Any]
"""Score by words, and address, of a hit."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit on its way to be read."""

    score: float
    address: Any
    parts: Mapping[str, float] = field(default_factory=dict)
    """What `score` is the sum of."""


def hits(asked: Asked) -> tuple[int, list[Found]]:
    """How many answer, and those on the page asked for, in order."""
    reader, query = asked.reader, asked.query
    size, first = min(max(query.size, 0), reader.size), (max(query.page, 1) - 1) * max(query.size, 0)
    if asked.whole is None:
        return _some_hits(asked, first, size)
    having, found = _some_hits(replace(asked, among_whole=True), first, size)
    others, rest = _some_hits(replace(asked, among_whole=False), max(first - having, 0), size - len(found))
    return having + others, [*map(_coming_first, found), *rest]


def _coming_first(found: Found) -> Found:
    if not found.parts:
        return found
    return replace(found, score=found.score + _FIRST, parts={**found.parts, "every word": _FIRST})


def _some_hits(asked: Asked, first: int, size: int) -> tuple[int, list[Found]]:
    """How many answer, and `size` of them from `first`, in order."""
    reader, query = asked.reader, asked.query
    if not size or first:
        total = reader.count(asked.passing())
        if not size or first >= total:
            return total, []
    if query.sort == "title":
        return _in_order(asked, "by_title", Order.Asc, first, size)
    if query.sort == "newest" or not query.must:
        return _in_order(asked, "by_newest", Order.Desc, first, size)
    count, found = _most_relevant(asked, first, first + size)
    return count, found[first : first + size]


def _in_order(asked: Asked, field: str, order: Order, first: int, size: int) -> tuple[int, list[Found]]:
    # Nothing is scored where nothing was asked.
    query = asked.scored() if asked.groups else asked.passing()
    result: Any = asked.reader.searcher.search(query, limit=size, offset=first, order_by_field=field, order=order)
    return result.count, [Found(0.0, address) for _, address in result.hits]


def _most_relevant(asked: Asked, first: int, last: int) -> tuple[int, list[Found]]:
    """Hits to the `last` by score, from `first` on in the right order where scores are equal."""
    means = meaning() if asked.query.about else None
    if means is None:
        count, hits = _by_words(asked, first, last)
        return count, [Found(score, address, {"words": score}) for score, address in hits]
    count, hits = _by_words(asked, 0, max(last, _CANDIDATES))
    return count, _by_meaning(asked, means.of_question(asked.query.about), hits)


def _by_meaning(asked: Asked, question: Vector, hits: list[_ByWords]) -> list[Found]:
    """`hits`, in order by words, with the first `_CANDIDATES` in order by words and meaning together."""
    if not hits:
        return []
    words = np.array([score for score, _ in hits])
    top = words[0] or 1.0
    near, far = hits[:_CANDIDATES], hits[_CANDIDATES:]
    likeness = asked.reader.vectors([address for _, address in near]) @ question
    mixed = mix(words[: len(near)], likeness).tolist()
    found = [
        Found(score, address, {"words": by_words / top, "meaning": max(0.0, score - by_words / top)})
        for score, (by_words, address) in zip(mixed, near, strict=True)
    ]
    # Those that are equal stand by title already, and sorting keeps them so.
    found.sort(key=lambda each: -each.score)
    least = found[-1].score
    rest = ((min(least, score / top), address) for score, address in far)
    return [*found, *(Found(score, address, {"words": score}) for score, address in rest)]


def _by_words(asked: Asked, first: int, last: int) -> tuple[int, list[_ByWords]]:
    """Hits to the `last` by the score of words: from `first` on, equal ones by title, then id."""
    query, limit = asked.scored(), last + _BEYOND
    while True:
        result: Any = asked.reader.searcher.search(query, limit=limit)
        found: list[_ByWords] = result.hits
        if len(found) < limit or found[-1][0] < found[last - 1][0]:
            break
        limit *= 4
    ordered: list[_ByWords] = []
    for _, equal in groupby(found[: _end(found, last)], key=lambda hit: hit[0]):
        same = list(equal)
        if len(same) > 1 and len(ordered) + len(same) > first:
            same = _by_title(asked.reader, same)
        ordered += same
    return result.count, ordered[:last]


def _end(found: list[_ByWords], last: int) -> int:
    """Where the hits equal to the last one asked for end."""
    if len(found) <= last:
        return len(found)
    least = found[last - 1][0]
    return next((at for at in range(last, len(found)) if found[at][0] < least), len(found))


def _by_title(reader: Reader, found: list[_ByWords]) -> list[_ByWords]:
    """Hits in the order of titles, then ids. What titles begin with is told by a column, which is quick."""
    begins = reader.searcher.fast_field_values("order", [address for _, address in found])
    pairs = sorted(zip(begins, found, strict=True), key=lambda pair: int(pair[0] or 0))
    ordered: list[_ByWords] = []
    for _, equal in groupby(pairs, key=lambda pair: pair[0]):
        same = [hit for _, hit in equal]
        if len(same) > 1:
            same.sort(key=lambda hit: read_order(reader.searcher.doc(hit[1])["kept"][0]))
        ordered += same
    return ordered
