"""How well documents, and pages of them, answer a question.

A word counts twice: for how much of the document it is, wherever it stands, and again for each short field it
stands in. The first is BM25F (S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond", Foundations and Trends in Information Retrieval 3 (2009), section 3.6): its frequencies in all fields,
each made comparable for the field's length and weighted, are added before they saturate. The second is BM25 in
that field alone, with the word's rarity there: in a long text a word may stand by the way, in a title or among
topics it says what the document is about.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.engine import BestPage
from index.layout import TEXT_START, Field, Pages
from index.occurrences import Ints, Occurrences, Stretches

Floats = npt.NDArray[np.float64]

_SATURATION = 1.2
"""k1: how soon more of the same word stops counting."""
_WEIGHTS = {
    Field.TITLE: 3.0,
    Field.AUTHOR: 2.0,
    Field.ORGANISATION: 1.5,
    Field.TOPIC: 3.0,
    Field.SUMMARY: 2.0,
    Field.IDENTIFIER: 4.0,
    Field.TEXT: 1.0,
}
_APART = 0.6
"""What BM25 in a short field alone counts for, beside BM25F over them all."""
_LENGTH_MATTERS = {field: 0.75 if field is Field.TEXT else 0.3 for field in Field}
"""b of each field: 0 where its length is of no account, 1 where a word counts by its share of the field."""

PAGE = 10
"""A plain question that fewer documents have every word of is widened."""
SHARES = (0.3, 0.2, 0.1)
ENOUGH = 500
"""Measured on three judged sets: sharper shares or fewer documents lose good answers."""
SMALL_SHARE = 10
"""In a small library one document in so many is enough: otherwise every question would find all of it."""
CANDIDATES = 100
"""Documents, best by words, that meaning may put in another order: few others would come to the first page."""
MIXED_TO = 5
"""Decimal places of a score by words and meaning together."""
LIKENESS = 1.25
"""What a text that means exactly what was asked counts for, beside the best by words: see `docs/relevance.md`."""


_WEIGHT = np.array([_WEIGHTS[field] for field in Field], dtype=np.float32)
_COUNTS_APART = np.array([0.0 if field is Field.TEXT else _APART for field in Field])


@dataclass(frozen=True, slots=True)
class Group:
    """Something a question asks for: where it stands and how much it says."""

    where: Occurrences
    weight: float
    """Inverse document frequency: rarer is higher, never below zero."""


def weigh(where: Occurrences, documents: int) -> Group:
    """The group found at `where` in an index of `documents`."""
    return Group(where, rarity(where.found, documents))


def rarity(found: float, documents: int) -> float:
    """Inverse document frequency, as BM25 has it, of what `found` of `documents` have.

    A document that has only another word for it is less than one, or words with many others would say nothing.
    """
    return math.log1p((documents - found + 0.5) / (found + 0.5))


def gains(lengths: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """What one occurrence counts in each field (rows) of each document (columns), from `lengths`."""
    rows = []
    for field in Field:
        row = lengths[field]
        having = row[row > 0]
        mean = float(having.mean()) if len(having) else 1.0
        rows.append(_WEIGHTS[field] / (1 - _LENGTH_MATTERS[field] + _LENGTH_MATTERS[field] * row / mean))
    return np.array(rows, dtype=np.float32)


def worth(found: Stretches, gain: npt.NDArray[np.float32], documents: int) -> Floats:
    """How each document that has something, which is `found`, answers it; `gain` is what `gains` gives.

    `documents`: how many there are.
    """
    often = found.often * gain[found.fields, found.docs]
    having = np.bincount(found.fields, found.most, len(Field))
    apart = _COUNTS_APART * [rarity(each, documents) for each in having.tolist()]
    in_fields = apart[found.fields] * _saturated(often / _WEIGHT[found.fields])
    whole = float(np.maximum.reduceat(found.most, found.first).sum())
    everywhere = rarity(whole, documents) * _saturated(np.add.reduceat(often, found.first))
    answers: Floats = everywhere + np.add.reduceat(in_fields, found.first)
    return answers


def most_worth(documents: int) -> float:
    """More than anything looked for can be worth to one of so many `documents`."""
    return float(rarity(1, documents) * (_SATURATION + 1) * (1 + _COUNTS_APART.sum()))


def _saturated(often: npt.NDArray[np.floating[Any]]) -> Floats:
    saturated: Floats = (_SATURATION + 1) * often / (often + _SATURATION)
    return saturated


@dataclass(frozen=True, slots=True)
class Scores:
    """How each document of the index answers: arrays by document number."""

    relevance: Floats
    """The sum of what each group is worth to it."""
    having: npt.NDArray[np.int16]
    """How many of the groups it has."""
    saying: Floats
    """The weight of the groups it has, as a share of the weight of those any document has."""


def score(groups: Sequence[Group], gain: npt.NDArray[np.float32], documents: int) -> Scores:
    """How each document answers, `gain` being what `gains` gives; `documents`: how many there are."""
    relevance = np.zeros(gain.shape[1])
    having = np.zeros(gain.shape[1], dtype=np.int16)
    saying = np.zeros(gain.shape[1])
    whole = 0.0
    for group in groups:
        docs = group.where.docs
        if not len(docs):
            continue
        relevance[docs] += worth(group.where.stretches, gain, documents)
        having[docs] += 1
        saying[docs] += group.weight
        whole += group.weight
    return Scores(relevance, having, saying / (whole or 1.0))


def wanted_in(documents: int) -> int:
    """How many of an index of `documents` a long question should find."""
    return min(ENOUGH, documents // SMALL_SHARE)


def enough(scores: Scores, documents: int) -> npt.NDArray[np.bool_]:
    """Documents, of an index of `documents`, that have the words of a question which say most.

    The largest of `SHARES` of what the words say that finds enough documents.
    """
    wanted = wanted_in(documents)
    found = np.zeros(len(scores.saying), dtype=np.bool_)
    for share in SHARES:
        found = (scores.having > 0) & (scores.saying >= share)
        if found.sum() >= wanted:
            break
    return found


def nearest(words: Floats) -> Ints:
    """Places in `words`, scores by words, of those that meaning has a say in.

    They are the `CANDIDATES` best, and all that are equal to the last of them.
    """
    if len(words) <= CANDIDATES:
        return np.arange(len(words))
    return np.flatnonzero(words >= np.partition(words, -CANDIDATES)[-CANDIDATES])


def mix(words: Floats, likeness: npt.NDArray[np.floating[Any]]) -> Floats:
    """How candidates answer by words and meaning together; both arrays are of the same candidates.

    `words`: scores of any scale, above zero, which are scaled by their top, so engines whose scores differ may
    share this. `likeness`: cosines to the question, which mean the same whatever else was found.
    """
    if not len(words):
        return words
    # Equal texts have cosines that differ in the last places, by where they stand: rounded, they stay equal.
    mixed: Floats = np.round(words / (words.max() or 1.0) + LIKENESS * np.maximum(likeness, 0.0), MIXED_TO)
    return mixed


def best_pages(groups: Sequence[Group], number: int, pages: Pages, most: int) -> tuple[BestPage, ...]:
    """The pages of document `number` that answer best: see `pages_in_order`."""
    starts = np.array(pages.starts, dtype=np.int64)
    found = []
    for group in groups:
        places = group.where.places_in(number, TEXT_START)
        on_pages, often = np.unique(np.searchsorted(starts, places, side="right") - 1, return_counts=True)
        found.append((group.weight, dict(zip(on_pages.tolist(), often.tolist(), strict=True))))
    return pages_in_order(found, pages, most)


def pages_in_order(
    found: Sequence[tuple[float, Mapping[int, int]]], pages: Pages, most: int
) -> tuple[BestPage, ...]:
    """The pages that have the most groups, then have them most, then come first.

    `found`: weight of each group, and how often it stands on which of `pages` (counted from 0).
    """
    whole = sum(weight for weight, _ in found) + 1e-9
    scores: dict[int, float] = {}
    for weight, on_pages in found:
        for at, often in on_pages.items():
            scores[at] = scores.get(at, 0.0) + 1 + weight * often / (often + _SATURATION) / whole
    ordered = sorted(scores, key=lambda at: (-scores[at], at))[:most]
    return tuple(BestPage(pages.editions[at], pages.numbers[at]) for at in ordered)
