"""A `Query` against a `Snapshot`: which documents answer it, how well, and how many each filter leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from index.analysis import fold, sequences
from index.layout import Field
from index.meaning import meaning
from index.occurrences import NOWHERE, Ints, Occurrences, either, in_row
from index.query import Clause, Query
from index.ranking import PAGE, Floats, Group, Scores, enough, score, weigh
from index.scored import Scored, scored
from index.snapshot import Mask, Snapshot

FIELDS: dict[str, tuple[Field, ...]] = {
    "title": (Field.TITLE,),
    "author": (Field.AUTHOR, Field.ORGANISATION),
    "topic": (Field.TOPIC,),
    "summary": (Field.SUMMARY,),
    "text": (Field.TEXT,),
}


def find(snapshot: Snapshot, clause: Clause) -> Occurrences:
    """Where `clause` stands in the whole index."""
    if clause.prefix:
        found = snapshot.beginning(fold(clause.words[0])) if clause.words else NOWHERE
    else:
        found = either([_find_row(snapshot, way) for way in sequences(" ".join(clause.words))])
    if clause.field is not None:
        found = found.within(FIELDS.get(clause.field, ()))
    return found if clause.weight == 1.0 else found.weighing(clause.weight)


def _find_row(snapshot: Snapshot, way: Sequence[tuple[int, str]]) -> Occurrences:
    if len(way) == 1:
        return snapshot.word(way[0][1])
    return in_row([(place, snapshot.word(stem)) for place, stem in way])


@dataclass(frozen=True)
class Matches:
    """What a question finds."""

    snapshot: Snapshot
    query: Query
    groups: tuple[Group, ...]
    relevance: Floats | None
    """How each document answers by its words; None where no words were asked."""
    answering: Mask
    """Documents that have the words, whatever the filters."""
    whole: Mask | None = None
    """Where the question was widened: documents that have every word."""

    @cached_property
    def mask(self) -> Mask:
        """Documents that have the words and pass every filter."""
        return self._filtered(None)

    @property
    def total(self) -> int:
        """How many documents answer."""
        return int(self.mask.sum())

    @property
    def having_all(self) -> int:
        """How many of those that answer have all that was asked for."""
        return self.total if self.whole is None else int((self.mask & self.whole).sum())

    @cached_property
    def scored(self) -> Scored | None:
        """What the documents of `mask` are worth; None where no words were asked."""
        if self.relevance is None:
            return None
        found = np.flatnonzero(self.mask)
        means = meaning() if self.query.about else None
        likeness = partial(self.snapshot.likeness, means.of_question(self.query.about)) if means else None
        whole = None if self.whole is None else self.whole[found]
        return scored(found, self.relevance[found], whole, likeness)

    @cached_property
    def _filters(self) -> dict[str, Mask]:
        masks: dict[str, Mask] = {}
        for name, chosen in self.query.filters.items():
            if chosen:
                facet = self.snapshot.facets.get(name)
                size = self.snapshot.size
                masks[name] = np.zeros(size, dtype=np.bool_) if facet is None else facet.mask(size, chosen)
        first, last = self.query.years
        if first is not None or last is not None:
            years = self.snapshot.years
            kept = (years > 0) & (years >= (first or 0)) & (years <= (9999 if last is None else last))
            masks["year"] = kept & masks["year"] if "year" in masks else kept
        return masks

    def _filtered(self, but: str | None) -> Mask:
        mask = self.answering
        for name, chosen in self._filters.items():
            if name != but:
                mask = mask & chosen
        return mask

    def counts(self) -> dict[str, dict[str, int]]:
        """Of each filter, how many documents each value would leave, its own choice set aside."""
        return {
            name: facet.counts(self._filtered(name) if name in self._filters else self.mask)
            for name, facet in self.snapshot.facets.items()
        }

    def ordered(self) -> Ints:
        """Numbers of the documents asked for: one page of them, in order."""
        size, page = max(self.query.size, 0), max(self.query.page, 1)
        last = page * size
        if not size or last - size >= self.total:
            return np.empty(0, dtype=np.int64)
        if self.query.sort == "title":
            ordered = self.snapshot.by_title
        elif self.query.sort == "newest" or self.scored is None:
            ordered = self.snapshot.by_newest
        else:
            return self._most_relevant(self.scored, last)[last - size :]
        ordered = ordered[self.mask[ordered]]
        if self.whole is not None:
            ordered = np.concatenate([ordered[self.whole[ordered]], ordered[~self.whole[ordered]]])
        return ordered[last - size : last]

    def _most_relevant(self, scored: Scored, most: int) -> Ints:
        """The `most` best in order: equal ones by title, then id. Only those are sorted."""
        found, scores = scored.found, scored.scores
        if len(found) > most:
            least = np.partition(scores, len(found) - most)[len(found) - most]
            found, scores = found[scores >= least], scores[scores >= least]
        facts = self.snapshot.facts
        ranked = sorted(
            zip((-scores).tolist(), found.tolist(), strict=True),
            key=lambda pair: (pair[0], facts[pair[1]].order, facts[pair[1]].id),
        )
        return np.array([number for _, number in ranked[:most]], dtype=np.int64)


def match(snapshot: Snapshot, query: Query) -> Matches:
    """The documents of `snapshot` that answer `query`."""
    # Once each: other words for several typed together stand in the group of every one of them.
    found = {clause: find(snapshot, clause) for group in query.must for clause in group}
    documents = len(snapshot.number_of)
    groups = tuple(weigh(either([found[clause] for clause in group]), documents) for group in query.must)
    answering = snapshot.alive.copy()
    relevance = whole = None
    if groups:
        scores = score(groups, snapshot.gains, documents)
        answering, whole = _answering(snapshot, query, scores, len(groups))
        relevance = scores.relevance
    for clause in query.must_not:
        answering[find(snapshot, clause).docs] = False
    if query.within is not None:
        only = snapshot.number_of.get(query.within)
        kept = answering[only] if only is not None else False
        answering[:] = False
        if only is not None:
            answering[only] = kept
    answering[snapshot.numbers(query.without)] = False
    return Matches(snapshot, query, groups, relevance, answering, whole)


def _answering(snapshot: Snapshot, query: Query, found: Scores, groups: int) -> tuple[Mask, Mask | None]:
    """Documents that have enough of the words and, where the question was widened, those that have all.

    Filters have no part in it: choosing one leaves exactly as many as its count said.
    """
    documents = len(snapshot.number_of)
    if not query.every:
        return snapshot.alive & enough(found, documents), None
    whole = snapshot.alive & (found.having == groups)
    if groups == 1 or not query.about or whole.sum() >= PAGE:
        return whole, None
    wider = whole | (snapshot.alive & enough(found, documents))
    return wider, whole if wider.sum() > whole.sum() else None
