"""Where words stand in the whole index, and how such places are combined.

A place in the index is one 64-bit number: the document's number in the upper half, the place within the
document (see `index.layout`) in the lower. Sorted arrays of them make words, forms of words, phrases,
fields and alternatives all the same kind of thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from index.layout import SPAN_BITS, Field

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
DOC_BITS = 32
PLACE_MASK = (1 << DOC_BITS) - 1


_FIELD_BITS = 3


@dataclass(frozen=True, slots=True)
class Stretches:
    """Places of one thing taken together by document and field: parallel arrays, by document, then field."""

    docs: Ints
    """Number of the document."""
    fields: Ints
    often: Floats
    """How often it stands there, each place counted for its weight."""
    most: Floats
    """What the weightiest of those places counts for."""
    first: Ints
    """Index, into the others, of the first stretch of each document."""

    @classmethod
    def of(cls, docs: Ints, fields: Ints, often: Floats, most: Floats | None = None) -> Stretches:
        """Stretches in order by document; where `most` is None, every place counts for 1."""
        first = np.flatnonzero(_first_of_each(docs)) if len(docs) else docs
        return cls(docs, fields, often, np.ones(len(docs), dtype=np.float32) if most is None else most, first)


class Occurrences:
    """Places of a word, or of anything looked for, in the whole index. Never changed once made."""

    def __init__(self, places: Ints, weights: Floats | None = None) -> None:
        """`places`: rising, each once. `weights`: what each counts for; None where each counts for 1."""
        self.places = places
        self.weights = weights

    @cached_property
    def stretches(self) -> Stretches:
        """Its places by document and field."""
        if not len(self.places):
            return Stretches.of(self.places, self.places, np.empty(0, dtype=np.float32))
        keys = (self.places >> DOC_BITS) << _FIELD_BITS | self._fields()
        starts = np.flatnonzero(_first_of_each(keys))
        docs, fields = keys[starts] >> _FIELD_BITS, keys[starts] & ((1 << _FIELD_BITS) - 1)
        if self.weights is None:
            return Stretches.of(docs, fields, np.diff(starts, append=len(keys)).astype(np.float32))
        often, most = np.add.reduceat(self.weights, starts), np.maximum.reduceat(self.weights, starts)
        return Stretches.of(docs, fields, often, most)

    @cached_property
    def docs(self) -> Ints:
        """Numbers of the documents it occurs in, rising."""
        return self.stretches.docs[self.stretches.first]

    def _fields(self) -> Ints:
        """The `Field` of each place."""
        fields: Ints = np.minimum((self.places & PLACE_MASK) >> SPAN_BITS, int(Field.TEXT))
        return fields

    @property
    def found(self) -> float:
        """How many documents it occurs in, each counted for the most that one of its places counts for."""
        if self.weights is None or not len(self.places):
            return len(self.docs)
        return float(np.maximum.reduceat(self.stretches.most, self.stretches.first).sum())

    @property
    def size(self) -> int:
        """Bytes it may come to hold."""
        return 6 * self.places.nbytes + 256

    def within(self, fields: Sequence[Field]) -> Occurrences:
        """Only those in `fields`."""
        return Occurrences(self.places[np.isin(self._fields(), [int(field) for field in fields])])

    def weighing(self, weight: float) -> Occurrences:
        """The same places, each of which counts for `weight`."""
        return Occurrences(self.places, np.full(len(self.places), weight, dtype=np.float32))

    def places_in(self, doc: int, least: int = 0) -> Ints:
        """Places in document `doc` from `least`, counted within the document."""
        first, last = np.searchsorted(self.places, [doc << DOC_BITS | least, (doc + 1) << DOC_BITS])
        return self.places[first:last] & PLACE_MASK


NOWHERE = Occurrences(np.empty(0, dtype=np.int64))


def either(alternatives: Sequence[Occurrences]) -> Occurrences:
    """Where any of `alternatives` stands. A place of several counts for the most that one of them gives it."""
    found = [occurrences for occurrences in alternatives if len(occurrences.places)]
    if not found:
        return NOWHERE
    if len(found) == 1:
        return found[0]
    places = np.concatenate([occurrences.places for occurrences in found])
    if all(occurrences.weights is None for occurrences in found):
        places.sort()
        return Occurrences(places[_first_of_each(places)])
    weights = np.concatenate([_weights(occurrences) for occurrences in found])
    order = np.lexsort((-weights, places))
    places, weights = places[order], weights[order]
    first = _first_of_each(places)
    return Occurrences(places[first], weights[first])


def _first_of_each(rising: Ints) -> npt.NDArray[np.bool_]:
    """Whether each of `rising`, of which there is at least one, is not what stands before it."""
    return np.concatenate(([True], rising[1:] != rising[:-1]))


def _weights(occurrences: Occurrences) -> Floats:
    if occurrences.weights is None:
        return np.ones(len(occurrences.places), dtype=np.float32)
    return occurrences.weights


def in_row(parts: Sequence[tuple[int, Occurrences]]) -> Occurrences:
    """Where all `parts` stand in a row, each (place in the phrase, occurrences): places of its beginning."""
    ordered = sorted(parts, key=lambda part: len(part[1].places))
    first, rarest = ordered[0]
    places = rarest.places - first
    for offset, occurrences in ordered[1:]:
        places = places[_contains(occurrences.places, places + offset)]
    return Occurrences(places)


def _contains(sorted_places: Ints, wanted: Ints) -> npt.NDArray[np.bool_]:
    if not len(sorted_places):
        return np.zeros(len(wanted), dtype=np.bool_)
    at = np.searchsorted(sorted_places, wanted)
    at[at == len(sorted_places)] = 0
    found: npt.NDArray[np.bool_] = sorted_places[at] == wanted
    return found
