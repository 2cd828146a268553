"""Hits of tantivy in order: by words, by words and meaning together, by title, or by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

import numpy as np
from tantivy import Order

from index.meaning import Vector, meaning
from index.ranking import CANDIDATES, MIXED_TO, PAGE, mix
from index.tantivy_fields import read_order
from index.tantivy_question import Asked
from index.tantivy_reader import Reader

_BEYOND = 20
"""Hits read beyond those asked for, to see whether equal ones are cut apart."""
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


def hits(asked: Asked) -> tuple[Asked, int, list[Found]]:
    """What was asked in the end, widened or not, how many answer, and those on the page asked for, in order."""
    reader, query = asked.reader, asked.query
    size, first = min(max(query.size, 0), reader.size), (max(query.page, 1) - 1) * max(query.size, 0)
    if asked.is_unfiltered:
        # Most find enough as they are: then their number tells so, and need not be asked for by itself.
        exact = replace(asked, may_widen=False)
        total, found = _some_hits(exact, first, size)
        if total >= PAGE or asked.whole is None:
            return exact, total, found
    if asked.whole is None:
        return asked, *_some_hits(asked, first, size)
    having, found = _some_hits(replace(asked, among_whole=True), first, size)
    others, rest = _some_hits(replace(asked, among_whole=False), max(first - having, 0), size - len(found))
    return asked, having + others, [*map(_coming_first, found), *rest]


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
    return _most_relevant(asked, first, first + size)


def _in_order(asked: Asked, field: str, order: Order, first: int, size: int) -> tuple[int, list[Found]]:
    # Nothing is scored where nothing was asked.
    query = asked.scored() if asked.groups else asked.passing()
    result: Any = asked.reader.searcher.search(query, limit=size, offset=first, order_by_field=field, order=order)
    return result.count, [Found(0.0, address) for _, address in result.hits]


def _most_relevant(asked: Asked, first: int, last: int) -> tuple[int, list[Found]]:
    """How many answer, and those from `first` to `last` by score: equal ones by title, then id."""
    means = meaning() if asked.query.about else None
    count, hits = _best_by_words(asked, last if means is None else max(last, CANDIDATES))
    ranked = _by_words(hits) if means is None else _by_meaning(asked, means.of_question(asked.query.about), hits)
    return count, [ranked.found(at) for at in _settled(asked.reader, ranked, first, last)]


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Hits in order by score: parallel lists. What they become is made of those on the page only."""

    scores: list[float]
    addresses: list[Any]
    words: list[float]
    """What words give of each score."""
    meant: int = 0
    """How many, from the first, meaning had a say in."""

    def found(self, at: int) -> Found:
        """The hit in place `at`."""
        score, words = self.scores[at], self.words[at]
        parts = {"words": words}
        if at < self.meant:
            parts["meaning"] = max(0.0, score - words)
        return Found(score, self.addresses[at], parts)


def _by_words(hits: list[_ByWords]) -> _Ranked:
    scores = [score for score, _ in hits]
    return _Ranked(scores, [address for _, address in hits], scores)


def _by_meaning(asked: Asked, question: Vector, hits: list[_ByWords]) -> _Ranked:
    """`hits`, in order by words, with the first `CANDIDATES` in order by words and meaning together.

    The others stay behind them: meaning only adds to what words give.
    """
    if not hits:
        return _by_words(hits)
    scores, addresses = map(list, zip(*hits, strict=True))
    words = np.array(scores)
    words /= scores[0] or 1.0
    most = _end(hits, CANDIDATES)
    near = words[:most]
    mixed = mix(near, asked.reader.likeness(addresses[:most], question))
    order = np.argsort(-mixed, kind="stable")
    far = np.round(words[most:], MIXED_TO).tolist() if len(words) > most else []
    return _Ranked(
        mixed[order].tolist() + far,
        [addresses[at] for at in order.tolist()] + addresses[most:],
        near[order].tolist() + far,
        len(near),
    )


def _best_by_words(asked: Asked, last: int) -> tuple[int, list[_ByWords]]:
    """How many answer, and those to the `last` by the score of words, with all that are equal to it."""
    query, limit = asked.scored(), last + _BEYOND
    while True:
        result: Any = asked.reader.searcher.search(query, limit=limit)
        found: list[_ByWords] = result.hits
        if len(found) < limit or found[-1][0] < found[last - 1][0]:
            return result.count, found[: _end(found, last)]
        limit *= 4


def _settled(reader: Reader, ranked: _Ranked, first: int, last: int) -> list[int]:
    """Places in `ranked` of those from `first` to `last`: equal ones by title, then id."""
    scores = ranked.scores
    last = min(last, len(scores))
    if first >= last:
        return []
    start, end = first, last
    while start and scores[start - 1] == scores[start]:
        start -= 1
    while end < len(scores) and scores[end] == scores[end - 1]:
        end += 1
    ordered: list[int] = []
    for _, equal in groupby(range(start, end), key=scores.__getitem__):
        same = list(equal)
        ordered += _by_title(reader, ranked.addresses, same) if len(same) > 1 else same
    return ordered[first - start : last - start]


def _end(found: list[_ByWords], last: int) -> int:
    """Where the hits equal to the last one asked for end."""
    if len(found) <= last:
        return len(found)
    least = found[last - 1][0]
    return next((at for at in range(last, len(found)) if found[at][0] < least), len(found))


def _by_title(reader: Reader, addresses: list[Any], places: list[int]) -> list[int]:
    """`places` in the order of titles, then ids. What titles begin with is told by a column, which is quick."""
    begins = reader.searcher.fast_field_values("order", [addresses[at] for at in places])
    pairs = sorted(zip(begins, places, strict=True), key=lambda pair: int(pair[0] or 0))
    ordered: list[int] = []
    for _, equal in groupby(pairs, key=lambda pair: pair[0]):
        same = [at for _, at in equal]
        if len(same) > 1:
            same.sort(key=lambda at: read_order(reader.searcher.doc(addresses[at])["kept"][0]))
        ordered += same
    return ordered
