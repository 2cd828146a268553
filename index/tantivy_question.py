"""A `Query` said to tantivy: who answers it, and how well."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

import tantivy
from tantivy import Occur

from index.query import Clause, Query
from index.ranking import PAGE, SHARES, rarity, wanted_in
from index.tantivy_fields import CHOICES, choice, key
from index.tantivy_reader import Reader
from index.tantivy_sought import Sought, T, all_of, any_of, either, saying, sought, weighing

_MOST_STEPS = 4
"""How finely the weights of a question's words are told apart."""
_MOST_CLAUSES = 40
_NEARLY = 1 - 1e-9
"""Sums of the same weights in another order may differ in their last place."""
_MOST_SETS = 24
"""Up to so many sets of words, of which one must be there, are quicker to ask for than a number of clauses."""


@dataclass(frozen=True)
class Asked:
    """What a question asks, whatever its filters."""

    reader: Reader
    query: Query
    groups: tuple[Sought, ...]
    may_widen: bool = True
    """Whether it is widened where few have every word."""
    among_whole: bool | None = None
    """Only those with every word of a widened question, or only the others; None for all that answer."""

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """How much each group says: rarer is higher."""
        return tuple(rarity(min(group.found, self.reader.size), self.reader.size) for group in self.groups)

    @cached_property
    def answering(self) -> tantivy.Query:
        """Who answers, whatever the filters; every score is nothing."""
        parts = [(Occur.Must, self._having())]
        parts += [(Occur.MustNot, sought(self.reader, clause).has) for clause in self.query.must_not]
        if self.among_whole is not None and self.whole is not None:
            parts.append((Occur.Must if self.among_whole else Occur.MustNot, self.whole))
        if self.query.within is not None:
            parts.append((Occur.Must, T.term_query(self.reader.schema, "id", key(self.query.within))))
        if self.query.without:
            parts.append((Occur.MustNot, T.term_set_query(self.reader.schema, "id", _keys(self.query.without))))
        return T.const_score_query(T.boolean_query(parts), 0.0)

    def _having(self) -> tantivy.Query:
        if not self.groups:
            return T.all_query()
        if not self.query.every:
            return self._having_most()
        if self.whole is not None:
            return any_of([self.whole, self._having_most()])
        return all_of([group.has for group in self.groups])

    @cached_property
    def whole(self) -> tantivy.Query | None:
        """Who has every word, where the question is widened to who has most: see `index.matching`."""
        if not self.may_widen or not self.query.every or not self.query.about or len(self.groups) < 2:
            return None
        whole = all_of([group.has for group in self.groups])
        having = self.reader.count(whole)
        if having >= PAGE or self.reader.count(any_of([whole, self._having_most()])) == having:
            return None
        return T.const_score_query(whole, 0.0)

    @property
    def is_unfiltered(self) -> bool:
        """Whether nothing but its words says what answers it: no filter, year or resource."""
        query = self.query
        return not (self.filters or query.must_not or query.without or query.within is not None)

    def having_all(self) -> int:
        """How many of those that answer and pass every filter have all that was asked for."""
        return self.reader.count((self if self.whole is None else replace(self, among_whole=True)).passing())

    def _having_most(self) -> tantivy.Query:
        """Who has the groups that say most: see `index.ranking.enough`.

        Of too many groups to ask for sets of them, what each says is counted in whole steps.
        """
        known = [
            (group, weight)
            for group, weight in zip(self.groups, self.weights, strict=True)
            if group.found and weight > 0
        ]
        if not known:
            return any_of([group.has for group in self.groups])
        share = self.reader.once(("share", self.query.must), lambda: self._share(known))
        queries, weights = [group.has for group, _ in known], [weight for _, weight in known]
        sets = smallest_sets(weights, share * sum(weights) * _NEARLY)
        if sets is not None:
            return _any_set(queries, sets)
        most = max(1, min(_MOST_STEPS, _MOST_CLAUSES // len(known)))
        steps = [max(1, round(most * weight / max(weights))) for weight in weights]
        return having_steps(queries, steps, max(1, math.ceil(share * sum(steps))))

    def _share(self, known: Sequence[tuple[Sought, float]]) -> float:
        """The largest of `SHARES` that enough documents have, or else the smallest."""
        wanted = max(1, wanted_in(self.reader.size))
        queries, weights = [group.has for group, _ in known], [weight for _, weight in known]
        for share in SHARES[:-1]:
            sets = smallest_sets(weights, share * sum(weights) * _NEARLY)
            if sets is None:
                return self._share_of_best(known, wanted)
            # Often too few have the rare words: that is known before any are counted.
            most = sum(min(known[at][0].most for at in each) for each in sets)
            if most >= wanted and self.reader.count(_any_set(queries, sets)) >= wanted:
                return share
        return SHARES[-1]

    def _share_of_best(self, known: Sequence[tuple[Sought, float]], wanted: int) -> float:
        """The same of many groups, by what the last of the `wanted` best has."""
        saying = [(Occur.Should, T.const_score_query(group.has, weight)) for group, weight in known]
        best = self.reader.searcher.search(T.boolean_query(saying), limit=wanted, count=False).hits
        if len(best) < wanted:
            return SHARES[-1]
        last = best[-1][0] / sum(weight for _, weight in known)
        return next((share for share in SHARES if share <= last), SHARES[-1])

    @cached_property
    def filters(self) -> dict[str, tantivy.Query]:
        """Each filter chosen to who passes it; years are the filter ``year``."""
        schema = self.reader.schema
        chosen = {
            name: any_of([T.term_query(schema, CHOICES, choice(name, value), "basic") for value in values])
            for name, values in self.query.filters.items()
            if values
        }
        if self.query.years != (None, None):
            first, last = self.query.years
            first, last = max(first or 1, 1), 9999 if last is None else last
            span = T.empty_query()
            if first <= last:
                span = T.range_query(schema, "year", tantivy.FieldType.Integer, first, last)
            chosen["year"] = all_of([chosen["year"], span]) if "year" in chosen else span
        return chosen

    def passing(self, but: str | None = None) -> tantivy.Query:
        """Who answers and passes every filter, `but` one of them."""
        kept = [query for name, query in self.filters.items() if name != but]
        return T.const_score_query(all_of([self.answering, *kept]), 0.0) if kept else self.answering

    def scored(self) -> tantivy.Query:
        """Who answers and passes every filter, and how well."""
        scores = [(Occur.Should, each) for group in self.groups for each in group.scores]
        return T.boolean_query([(Occur.Must, self.passing()), *scores])


def ask(reader: Reader, query: Query) -> Asked:
    """What `query` asks of `reader`."""
    # Once each: other words for several typed together stand in the group of every one of them.
    found = {clause: sought(reader, clause) for group in query.must for clause in group}
    groups = [_any_way(reader, {each: found[each] for each in group}) for group in query.must]
    return Asked(reader, query, tuple(groups))


def _any_way(reader: Reader, ways: Mapping[Clause, Sought]) -> Sought:
    """Any of `ways`, the first of which was typed: other words put beside it count no more for being rarer."""
    typed, first = next(iter(ways.items()))
    if not first.found or all(way.weight == 1.0 for way in ways):
        return either(list(ways.values()))
    most = saying(reader, typed)
    return either(
        [
            each if way.weight == 1.0 else weighing(each, min(1.0, most / (saying(reader, way) or 1.0)))
            for way, each in ways.items()
        ]
    )


def having_steps(queries: Sequence[tantivy.Query], steps: Sequence[int], least: int) -> tantivy.Query:
    """Who has so many of `queries` that the `steps` of those come to `least`.

    Tantivy counts clauses one document after another, which takes three times as long as looking for any of the
    smallest sets that will do; of many groups there are too many sets. It does not weigh clauses: so a group of
    two steps is asked twice.
    """
    sets = smallest_sets(steps, least)
    if sets is not None:
        return _any_set(queries, sets)
    clauses = [(Occur.Should, query) for query, often in zip(queries, steps, strict=True) for _ in range(often)]
    return T.boolean_query(clauses, minimum_number_should_match=least)


def _any_set(queries: Sequence[tantivy.Query], sets: Sequence[tuple[int, ...]]) -> tantivy.Query:
    return any_of([all_of([queries[at] for at in each]) for each in sets])


def smallest_sets(steps: Sequence[float], least: float) -> list[tuple[int, ...]] | None:
    """Every set of places in `steps` whose sum is `least` or more, and without any of them less.

    None where there are more than `_MOST_SETS`.
    """
    # From the largest down: what is added last is the smallest, and the sum without it falls short.
    order = sorted(range(len(steps)), key=lambda at: -steps[at])
    left = [*accumulate((steps[at] for at in reversed(order)), initial=0.0)][::-1]
    found: list[tuple[int, ...]] = []
    unfinished: list[tuple[tuple[int, ...], int, float]] = [((), 0, least)]
    while unfinished and len(found) <= _MOST_SETS:
        chosen, at, wanted = unfinished.pop()
        if wanted <= 0:
            found.append(chosen)
        elif left[at] >= wanted:
            unfinished.append((chosen, at + 1, wanted))
            unfinished.append(((*chosen, order[at]), at + 1, wanted - steps[order[at]]))
    return found if len(found) <= _MOST_SETS else None


def _keys(ids: Iterable[str]) -> list[str]:
    return [key(id) for id in ids]  # noqa: A001
