"""A `Query` said to tantivy: who answers it, how well, and what a hit's pages are looked through for.

Who answers is decided on one field of stems without places (`ANY`), which is the least work; how well, by
BM25 in each field, added up with weights. Fields are scored apart, not as one: of the judged sets here,
MedQuAD then has its answers higher (nDCG@10 0.59 against 0.54), and none is worse.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, product

import tantivy
from tantivy import Occur

from index.analysis import fold, sequences
from index.query import Clause, Query
from index.ranking import PAGE, SHARES, SMALL_SHARE, rarity
from index.stemming import stem
from index.tantivy_layout import ANY, CHOICES, FIELDS, FORMS, SEPARATOR, choice, key
from index.tantivy_reader import Reader

WEIGHTS = {"title": 1.0, "author": 0.6, "topic": 0.6, "summary": 0.5, "identifier": 1.0, "text": 1.0}
"""What a field's own BM25 counts for."""
_OTHER_ALTERNATIVES = 0.1
"""What more alternatives add to the best one of a group: found twice is not two words found."""
_MOST_WAYS = 8
"""Ways to write one phrase that are looked for."""
ENOUGH = 500
"""Measured on three judged sets: 50, as the other engine has it, takes MedQuAD from 0.584 to 0.535."""
_MOST_STEPS = 4
"""How finely the weights of a question's words are told apart."""
_MOST_CLAUSES = 40

Row = tuple[str, ...]
"""Stems as they stand one after another."""
T = tantivy.Query


@dataclass(frozen=True, slots=True)
class Sought:
    """Something looked for."""

    has: tantivy.Query
    """Who has it; its score means nothing."""
    score: tantivy.Query
    found: int
    """How many documents have it, as nearly as is known without a search; at least that."""
    rows: tuple[Row, ...] = ()
    """The ways it may stand in the text of a page."""


@dataclass(frozen=True)
class Asked:
    """What a question asks, whatever its filters."""

    reader: Reader
    query: Query
    groups: tuple[Sought, ...]
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
            return _any([self.whole, self._having_most()])
        return _all([group.has for group in self.groups])

    @cached_property
    def whole(self) -> tantivy.Query | None:
        """Who has every word, where the question is widened to who has most: see `index.matching`."""
        if not self.query.every or not self.query.about or len(self.groups) < 2:
            return None
        whole = _all([group.has for group in self.groups])
        having = self.reader.count(whole)
        if having >= PAGE or self.reader.count(_any([whole, self._having_most()])) == having:
            return None
        return T.const_score_query(whole, 0.0)

    def having_all(self) -> int:
        """How many of those that answer and pass every filter have all that was asked for."""
        return self.reader.count((self if self.whole is None else replace(self, among_whole=True)).passing())

    def _having_most(self) -> tantivy.Query:
        """Who has the groups that say most: see `index.ranking.enough`.

        Tantivy counts clauses, it does not weigh them: so a group that says twice as much is asked twice.
        """
        known = [
            (group.has, weight)
            for group, weight in zip(self.groups, self.weights, strict=True)
            if group.found and weight > 0
        ]
        if not known:
            return _any([group.has for group in self.groups])
        steps = max(1, min(_MOST_STEPS, _MOST_CLAUSES // len(known)))
        heaviest = max(weight for _, weight in known)
        times = [max(1, round(steps * weight / heaviest)) for _, weight in known]
        clauses = [(Occur.Should, has) for (has, _), often in zip(known, times, strict=True) for _ in range(often)]
        least = max(1, math.ceil(self._share(known) * len(clauses)))
        return T.boolean_query(clauses, minimum_number_should_match=least)

    def _share(self, known: Sequence[tuple[tantivy.Query, float]]) -> float:
        """The largest of `SHARES` that `ENOUGH` documents have, or else the smallest."""
        saying = [(Occur.Should, T.const_score_query(has, weight)) for has, weight in known]
        wanted = max(1, min(ENOUGH, self.reader.size // SMALL_SHARE))
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
            name: _any([T.term_query(schema, CHOICES, choice(name, value), "basic") for value in values])
            for name, values in self.query.filters.items()
            if values
        }
        if self.query.years != (None, None):
            first, last = self.query.years
            first, last = max(first or 1, 1), 9999 if last is None else last
            span = T.empty_query()
            if first <= last:
                span = T.range_query(schema, "year", tantivy.FieldType.Integer, first, last)
            chosen["year"] = _all([chosen["year"], span]) if "year" in chosen else span
        return chosen

    def passing(self, but: str | None = None) -> tantivy.Query:
        """Who answers and passes every filter, `but` one of them."""
        kept = [query for name, query in self.filters.items() if name != but]
        return T.const_score_query(_all([self.answering, *kept]), 0.0) if kept else self.answering

    def scored(self) -> tantivy.Query:
        """Who answers and passes every filter, and how well."""
        scores = [(Occur.Should, group.score) for group in self.groups if group.found]
        return T.boolean_query([(Occur.Must, self.passing()), *scores])


def ask(reader: Reader, query: Query) -> Asked:
    """What `query` asks of `reader`."""
    # Once each: other words for several typed together stand in the group of every one of them.
    found = {clause: sought(reader, clause) for group in query.must for clause in group}
    return Asked(reader, query, tuple(_either([found[clause] for clause in group]) for group in query.must))


def sought(reader: Reader, clause: Clause) -> Sought:
    """What `clause` asks of `reader`."""
    found = _sought(reader, clause)
    return replace(found, score=_weighted(found.score, clause.weight)) if found.found else found


def _sought(reader: Reader, clause: Clause) -> Sought:
    fields = FIELDS if clause.field is None else tuple(name for name in FIELDS if name == clause.field)
    if clause.prefix:
        return _beginning(reader, fold("".join(clause.words[:1])), fields)
    rows = [tuple(stem for _, stem in way) for way in sequences(" ".join(clause.words))]
    return _either([_row(reader, row, fields) for row in rows])


def _beginning(reader: Reader, prefix: str, fields: tuple[str, ...]) -> Sought:
    forms = reader.forms(prefix, fields) if prefix else []
    if not forms:
        return _nothing()
    has = T.term_set_query(reader.schema, FORMS, forms)
    stems = {stem(form.partition(SEPARATOR)[0]) for form in forms}
    found = reader.count(has)
    rows = tuple((each,) for each in sorted(stems)) if "text" in fields else ()
    return Sought(has, T.const_score_query(has, rarity(min(found, reader.size), reader.size)), found, rows)


def _row(reader: Reader, row: Row, fields: tuple[str, ...]) -> Sought:
    """What asks for `row`, one stem or several that stand in a row."""
    rows = _ways(reader, row) if len(row) > 1 else [row]
    standing = [
        (name, each) for each in rows for name in fields if all(reader.documents_with(part, name) for part in each)
    ]
    if not standing:
        return _nothing()
    plain = {(name, each): _plain(reader, each, name) for name, each in standing}
    score = _sum([_weighted(query, WEIGHTS[name]) for (name, _), query in plain.items()])
    if len(row) == 1 and fields is FIELDS:
        has, found = T.term_query(reader.schema, ANY, row[0], "basic"), reader.documents_with(row[0])
    else:
        has = _any(list(plain.values()))
        found = reader.count(has)
    return Sought(has, score, found, tuple(each for name, each in plain if name == "text"))


def _plain(reader: Reader, row: Row, field: str) -> tantivy.Query:
    if len(row) == 1:
        return T.term_query(reader.schema, field, row[0], "freq")
    return T.phrase_query(reader.schema, field, list(row))


def _ways(reader: Reader, row: Row) -> list[Row]:
    """`row`, and `row` with words that are somewhere written with a hyphen taken apart."""
    each = [((stem,), *reader.parts_of(stem)) for stem in row]
    return [tuple(part for parts in way for part in parts) for way in islice(product(*each), _MOST_WAYS)]


def _either(alternatives: Sequence[Sought]) -> Sought:
    if len(alternatives) == 1:
        return alternatives[0]
    having = [each for each in alternatives if each.found]
    if len(having) == 1:
        return having[0]
    if not having:
        return _nothing()
    return Sought(
        _any([each.has for each in having]),
        T.disjunction_max_query([each.score for each in having], _OTHER_ALTERNATIVES),
        max(each.found for each in having),
        tuple(dict.fromkeys(row for each in having for row in each.rows)),
    )


def _nothing() -> Sought:
    return Sought(T.empty_query(), T.empty_query(), 0)


def _all(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return queries[0] if len(queries) == 1 else T.boolean_query([(Occur.Must, each) for each in queries])


def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return queries[0] if len(queries) == 1 else T.boolean_query([(Occur.Should, each) for each in queries])


_sum = _any


def _weighted(query: tantivy.Query, weight: float) -> tantivy.Query:
    return query if weight == 1.0 else T.boost_query(query, weight)


def _keys(ids: Iterable[str]) -> list[str]:
    return [key(id) for id in ids]  # noqa: A001
