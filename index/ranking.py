"""How well documents, and pages of them, answer a question: BM25F.

S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and
Trends in Information Retrieval 3 (2009), section 3.6: the frequencies of a word in each field, each made
comparable for the field's length and weighted, are added before they saturate, so a word in a title and in
the text counts as one word found twice, not as two words.
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
from index.occurrences import DOC_BITS, Occurrences

Floats = npt.NDArray[np.float64]

SATURATION = 2.0
"""k1: how soon more of the same word stops counting."""
WEIGHTS = {
    Field.TITLE: 5.0,
    Field.AUTHOR: 2.0,
    Field.ORGANISATION: 1.5,
    Field.TOPIC: 3.0,
    Field.SUMMARY: 2.0,
    Field.IDENTIFIER: 4.0,
    Field.TEXT: 1.0,
}
LENGTH_MATTERS = {field: 0.75 if field is Field.TEXT else 0.3 for field in Field}
"""b of each field: 0 where its length is of no account, 1 where a word counts by its share of the field."""

PAGE = 10
"""A plain question that fewer documents have every word of is widened."""
SHARES = (0.3, 0.2, 0.1)
ENOUGH = 100
"""Measured on three judged sets: sharper shares or fewer documents lose good answers."""
SMALL_SHARE = 20
"""In a small library one document in so many is enough: otherwise every question would find all of it."""
MIXED_TO = 5
"""Decimal places of a score by words and meaning together."""
LIKENESS = 0.4
"""What likeness of meaning counts for beside words, both scaled by their top: see `docs/relevance.md`."""


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
        rows.append(WEIGHTS[field] / (1 - LENGTH_MATTERS[field] + LENGTH_MATTERS[field] * row / mean))
    return np.array(rows, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Scores:
    """How each document of the index answers: arrays by document number."""

    relevance: Floats
    """BM25F."""
    having: npt.NDArray[np.int16]
    """How many of the groups it has."""
    saying: Floats
    """The weight of the groups it has, as a share of the weight of those any document has."""


def score(groups: Sequence[Group], gain: npt.NDArray[np.float32]) -> Scores:
    """How each document answers, `gain` being what `gains` gives."""
    relevance = np.zeros(gain.shape[1])
    having = np.zeros(gain.shape[1], dtype=np.int16)
    saying = np.zeros(gain.shape[1])
    whole = 0.0
    for group in groups:
        where = group.where
        if not len(where.places):
            continue
        each = gain[where.fields, where.places >> DOC_BITS]
        if where.weights is not None:
            each = each * where.weights
        frequency = np.add.reduceat(each, where.starts)
        relevance[where.docs] += group.weight * (SATURATION + 1) * frequency / (frequency + SATURATION)
        having[where.docs] += 1
        saying[where.docs] += group.weight
        whole += group.weight
    return Scores(relevance, having, saying / (whole or 1.0))


def enough(scores: Scores, documents: int) -> npt.NDArray[np.bool_]:
    """Documents, of an index of `documents`, that have the words of a question which say most.

    The largest of `SHARES` of what the words say that finds enough documents.
    """
    wanted = min(ENOUGH, documents // SMALL_SHARE)
    found = np.zeros(len(scores.saying), dtype=np.bool_)
    for share in SHARES:
        found = (scores.having > 0) & (scores.saying >= share)
        if found.sum() >= wanted:
            break
    return found


def mix(words: Floats, likeness: npt.NDArray[np.floating[Any]]) -> Floats:
    """How candidates answer by words and meaning together; both arrays are of the same candidates.

    `words`: scores of any scale, above zero. `likeness`: cosines to the question, of which only what is
    above their mean counts. Each is scaled by its top, so engines whose scores differ may share this.
    """
    if not len(words):
        return words
    # `reduce`, since `mean()` and `max()` are Python, which for so few numbers takes longer than all the rest.
    above = np.maximum(likeness - np.add.reduce(likeness) / len(likeness), 0.0)
    above *= LIKENESS / (np.maximum.reduce(above) or 1.0)
    # Equal texts have cosines that differ in the last places, by where they stand: rounded, they stay equal.
    mixed: Floats = (words / (np.maximum.reduce(words) or 1.0) + above).round(MIXED_TO)
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
            scores[at] = scores.get(at, 0.0) + 1 + weight * often / (often + SATURATION) / whole
    ordered = sorted(scores, key=lambda at: (-scores[at], at))[:most]
    return tuple(BestPage(pages.editions[at], pages.numbers[at]) for at in ordered)
