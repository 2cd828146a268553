"""One generation of the index, opened: everything a search reads. Shared by threads, never changed.

What a search needs of every document (years, filter values, lengths, what is deleted) is kept as arrays,
made once when the generation is opened; segments that were open before are used again.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from index.layout import MEANT, Facts, Laid, Pages, read_facts
from index.meaning import Vector, alike, read
from index.occurrences import DOC_BITS, NOWHERE, Ints, Occurrences, either
from index.ranking import gains
from index.segment import DamagedError, OpenSegment
from index.spelling import Spelling

Mask = npt.NDArray[np.bool_]
PREFIX_WORDS = 200
"""Words a prefix may stand for; the commonest are not known, so the first in the alphabet are taken."""


class Facet:
    """The values of one filter: parallel arrays of (document, value), one entry for each value it has."""

    def __init__(self, having: Mapping[str, Sequence[int]]) -> None:
        """`having`: each value to the documents that have it."""
        self.values = sorted(having)
        sizes = [len(having[value]) for value in self.values]
        self._numbers = np.repeat(np.arange(len(sizes)), sizes)
        self._docs = np.fromiter(chain.from_iterable(having[value] for value in self.values), np.int64)

    def mask(self, size: int, chosen: frozenset[str]) -> Mask:
        """Which of `size` documents have any of the `chosen` values."""
        wanted = np.array([value in chosen for value in self.values], dtype=np.bool_)
        mask = np.zeros(size, dtype=np.bool_)
        mask[self._docs[wanted[self._numbers]]] = True
        return mask

    def counts(self, mask: Mask) -> dict[str, int]:
        """How many documents of `mask` have each value, commonest first; values of none left out."""
        numbers = np.bincount(self._numbers[mask[self._docs]], minlength=len(self.values))
        order = np.argsort(-numbers, kind="stable")
        return {self.values[number]: int(numbers[number]) for number in order if numbers[number]}


class Snapshot:
    """The whole index as it was when a commit published it."""

    cache_bytes = 64 << 20

    def __init__(self, segments: Sequence[OpenSegment], deleted: Sequence[Sequence[int]]) -> None:
        """`deleted`: numbers of the deleted documents of each of `segments`."""
        self._segments = segments
        self._lock = threading.Lock()
        self._cache: OrderedDict[tuple[str, str], Occurrences] = OrderedDict()
        self._cached = 0
        self._bases = [0]
        for segment in segments:
            self._bases.append(self._bases[-1] + len(segment))
        self.size = self._bases[-1]
        self.facts: list[Facts] = list(chain.from_iterable(segment.facts for segment in segments))
        self.alive = np.ones(self.size, dtype=np.bool_)
        for base, numbers in zip(self._bases, deleted, strict=False):
            self.alive[[base + number for number in numbers]] = False
        self.number_of = {self.facts[number].id: number for number in np.flatnonzero(self.alive).tolist()}

    @cached_property
    def gains(self) -> npt.NDArray[np.float32]:
        """What one occurrence of a word counts, by `Field` and document: see `index.ranking`."""
        return gains(np.concatenate([segment.lengths for segment in self._segments], axis=1))

    def likeness(self, question: Vector, numbers: Ints) -> npt.NDArray[np.float32]:
        """Cosine of each of the documents `numbers`, which rise, to a question; 0 where it has no vector."""
        bounds = np.searchsorted(numbers, self._bases)
        try:
            with self._lock:
                rows = [
                    segment.vectors((numbers[first:last] - base).tolist())
                    for segment, base, first, last in zip(
                        self._segments, self._bases, bounds, bounds[1:], strict=False
                    )
                ]
            # Not `@`: its threads wait for each other where several visitors search on few cores.
            return np.concatenate([np.einsum("ij,j->i", each, question) for each in rows])
        except Exception as problem:  # whatever damaged bytes raise
            raise DamagedError from problem

    @cached_property
    def years(self) -> Ints:
        """Year of each document, 0 where none is known."""
        return np.concatenate([segment.years for segment in self._segments])

    @cached_property
    def facets(self) -> dict[str, Facet]:
        """Filter name to its values; ``year`` is one, with years as text."""
        having: dict[str, dict[str, list[int]]] = {"year": {}}
        for number in np.flatnonzero(self.alive).tolist():
            facts = self.facts[number]
            for name, values in facts.facets.items():
                of_name = having.setdefault(name, {})
                for value in values:
                    of_name.setdefault(value, []).append(number)
            if facts.year is not None:
                having["year"].setdefault(str(facts.year), []).append(number)
        return {name: Facet(found) for name, found in having.items()}

    @cached_property
    def by_title(self) -> Ints:
        """Every document's number in the order of titles."""
        return self._ordered(lambda number: (self.facts[number].order, self.facts[number].id))

    @cached_property
    def by_newest(self) -> Ints:
        """Every document's number, the last added first."""
        by_id = sorted(range(self.size), key=lambda number: self.facts[number].id)
        by_id.sort(key=lambda number: self.facts[number].added, reverse=True)
        return np.array(by_id, dtype=np.int64)

    def _ordered(self, key: Callable[[int], Any]) -> Ints:
        return np.array(sorted(range(self.size), key=key), dtype=np.int64)

    def numbers(self, ids: Iterable[str]) -> list[int]:
        """Numbers of those of `ids` that are indexed."""
        return [self.number_of[each] for each in ids if each in self.number_of]

    def word(self, stem: str) -> Occurrences:
        """Where any form of `stem` stands."""
        return self._remembered(("stem", stem), lambda: self._read_stem(stem))

    def beginning(self, prefix: str) -> Occurrences:
        """Where words beginning with `prefix` (folded) stand."""
        return self._remembered(("prefix", prefix), lambda: self._read_words(self._words_with(prefix)))

    def exactly(self, word: str) -> Occurrences:
        """Where `word` itself stands, not its other forms."""
        return self._remembered(("word", word), lambda: self._read_words([word]))

    @cached_property
    def vocabulary(self) -> list[str]:
        """Every word of the index, in order; words only deleted documents have may be among them."""
        return sorted(set().union(*(segment.vocabulary for segment in self._segments)))

    @cached_property
    def spelling(self) -> Spelling:
        """Its words, for mending."""
        return Spelling(self.vocabulary)

    def _words_with(self, prefix: str) -> list[str]:
        first = bisect_left(self.vocabulary, prefix)
        words = self.vocabulary[first : first + PREFIX_WORDS]
        return [word for word in words if word.startswith(prefix)]

    def _read_stem(self, stem: str) -> Occurrences:
        found = []
        for base, segment in zip(self._bases, self._segments, strict=False):
            found += [self._living(places, base) for _, places in segment.forms(stem)]
        return either(found)

    def _read_words(self, words: Sequence[str]) -> Occurrences:
        found = []
        for base, segment in zip(self._bases, self._segments, strict=False):
            rows = [segment.places(word) for word in words]
            found += [self._living(places, base) for places in rows if places is not None]
        return either(found)

    def _living(self, places: Ints, base: int) -> Occurrences:
        places = places + (base << DOC_BITS)
        return Occurrences(places if self.alive.all() else places[self.alive[places >> DOC_BITS]])

    def _remembered(self, key: tuple[str, str], read: Callable[[], Occurrences]) -> Occurrences:
        """What `read` finds, kept while there is room: the least lately used goes first."""
        with self._lock:
            found = self._cache.get(key)
            if found is not None:
                self._cache.move_to_end(key)
                return found
            try:
                found = read() if self.size else NOWHERE
            except Exception as problem:  # whatever unpickling and unpacking of damaged bytes raises
                raise DamagedError from problem
            self._cache[key] = found
            self._cached += found.size
            while self._cached > self.cache_bytes and len(self._cache) > 1:
                self._cached -= self._cache.popitem(last=False)[1].size
            return found

    def pages(self, number: int) -> Pages:
        """The pages of document `number`."""
        segment, place = self._place(number)
        with self._lock:
            try:
                return segment.pages(place)
            except Exception as problem:
                raise DamagedError from problem

    def _place(self, number: int) -> tuple[OpenSegment, int]:
        """The segment of document `number`, and its number there."""
        at = next(at for at, end in enumerate(self._bases[1:]) if number < end)
        return self._segments[at], number - self._bases[at]

    @cached_property
    def unlike(self) -> set[str]:
        """Ids of documents that have words, and a vector of zeros where a vector should be."""
        with self._lock:
            zeros = np.concatenate(
                [~segment.vectors(range(len(segment))).any(axis=1) for segment in self._segments]
            )
        return {
            facts.id
            for facts, zero, alive in zip(self.facts, zeros, self.alive, strict=True)
            if zero and alive and facts.meant and any(facts.lengths[field] for field in MEANT)
        }

    def lacks(self, laid: Laid) -> bool:
        """Whether something of a document, laid out again, is lost here; not where another is indexed."""
        number = self.number_of.get(laid.id)
        if number is None or self.facts[number] != read_facts([laid.facts])[0]:
            return False
        segment, place = self._place(number)
        with self._lock:
            try:
                if laid.meaning and not alike(segment.vectors([place])[0], read(laid.meaning)[0]):
                    return True
                return any(segment.misses(key, place, places) for key, places in laid.postings.items())
            except Exception as problem:
                raise DamagedError from problem
