"""What is looked for, a clause of a question, said to tantivy: who has it, and how well.

Who has something is decided on one field of stems without places (`ANY`), which is the least work; how well, by
BM25 in each field, added up with weights. Fields are scored apart, not as one: of the judged sets here,
MedQuAD then has its answers higher (nDCG@10 0.59 against 0.54), and none is worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, product, repeat

import tantivy
from tantivy import Occur

from index.analysis import fold, sequences
from index.query import Clause
from index.ranking import rarity
from index.stemming import stem
from index.tantivy_fields import ANY, FIELDS, FORMS, SEPARATOR
from index.tantivy_reader import Reader

WEIGHTS = {"title": 1.0, "author": 0.6, "topic": 0.6, "summary": 0.5, "identifier": 1.0, "text": 1.0}
"""What a field's own BM25 counts for."""
_OTHER_ALTERNATIVES = 0.1
"""What more alternatives add to the best one of a group: found twice is not two words found."""
_MOST_WAYS = 8
"""Ways to write one phrase that are looked for."""

Row = tuple[str, ...]
"""Stems as they stand one after another."""
T = tantivy.Query


@dataclass(frozen=True, slots=True)
class Sought:
    """Something looked for."""

    has: tantivy.Query
    """Who has it; its score means nothing."""
    scores: tuple[tantivy.Query, ...]
    """What is added up to how well a document has it. Not one query: tantivy adds up terms that stand side by side
    in two thirds of the time that it takes to add up sums of them."""
    found: int
    """How many documents have it, as nearly as is known without a search; at least that."""
    most: int
    """No more documents have it than this."""
    rows: tuple[Row, ...] = ()
    """The ways it may stand in the text of a page."""


def sought(reader: Reader, clause: Clause) -> Sought:
    """What `clause` asks of `reader`. People ask for the same words, and for more pages of an answer."""
    return reader.once(clause, lambda: weighing(_sought(reader, clause), clause.weight))


def weighing(found: Sought, weight: float) -> Sought:
    """`found`, counting for `weight` of what it would."""
    return replace(found, scores=tuple(_weighted(each, weight) for each in found.scores))


def saying(reader: Reader, clause: Clause) -> float:
    """How much `clause` says: the rarities of its words, added up as BM25 adds up those of a phrase."""
    ways = sequences(" ".join(clause.words))
    found = ([reader.documents_with(stem) for _, stem in way] for way in ways)
    return max((sum(rarity(min(each, reader.size), reader.size) for each in way) for way in found), default=0.0)


def _sought(reader: Reader, clause: Clause) -> Sought:
    fields = FIELDS if clause.field is None else tuple(name for name in FIELDS if name == clause.field)
    if clause.prefix:
        return _beginning(reader, fold("".join(clause.words[:1])), fields)
    rows = [tuple(stem for _, stem in way) for way in sequences(" ".join(clause.words))]
    if len(rows) == 1 and len(rows[0]) == 1 and fields is FIELDS:  # nearly every one
        return _word(reader, rows[0][0])
    return either([_row(reader, row, fields) for row in rows])


def _word(reader: Reader, stem: str) -> Sought:
    """What asks for one word in any field. In all of them: to ask which have it takes as long as to look there."""
    found = reader.documents_with(stem)
    if not found:
        return _nothing()
    plain = [(name, T.term_query(reader.schema, name, stem, "freq")) for name in FIELDS]
    scores = tuple([_weighted(query, WEIGHTS[name]) for name, query in plain])
    return Sought(T.term_query(reader.schema, ANY, stem, "basic"), scores, found, found, ((stem,),))


def _beginning(reader: Reader, prefix: str, fields: tuple[str, ...]) -> Sought:
    forms = reader.forms(prefix, fields) if prefix else []
    if not forms:
        return _nothing()
    has = T.term_set_query(reader.schema, FORMS, forms)
    stems = {stem(form.partition(SEPARATOR)[0]) for form in forms}
    found = reader.count(has)
    rows = tuple((each,) for each in sorted(stems)) if "text" in fields else ()
    score = T.const_score_query(has, rarity(min(found, reader.size), reader.size))
    return Sought(has, (score,), found, found, rows)


def _row(reader: Reader, row: Row, fields: tuple[str, ...]) -> Sought:
    """What asks for `row`, one stem or several that stand in a row."""
    rows = _ways(reader, row) if len(row) > 1 else [row]
    standing = [
        (name, each) for each in rows for name in fields if all(map(reader.documents_with, each, repeat(name)))
    ]
    if not standing:
        return _nothing()
    plain = {(name, each): _plain(reader, each, name) for name, each in standing}
    scores = tuple(_weighted(query, WEIGHTS[name]) for (name, _), query in plain.items())
    if len(row) == 1 and fields is FIELDS:
        has, found = T.term_query(reader.schema, ANY, row[0], "basic"), reader.documents_with(row[0])
    else:
        has = any_of(list(plain.values()))
        found = reader.count(has)
    return Sought(has, scores, found, found, tuple(each for name, each in plain if name == "text"))


def _plain(reader: Reader, row: Row, field: str) -> tantivy.Query:
    if len(row) == 1:
        return T.term_query(reader.schema, field, row[0], "freq")
    return T.phrase_query(reader.schema, field, list(row))


def _ways(reader: Reader, row: Row) -> list[Row]:
    """`row`, and `row` with words that are somewhere written with a hyphen taken apart."""
    each = [((stem,), *reader.parts_of(stem)) for stem in row]
    return [tuple(part for parts in way for part in parts) for way in islice(product(*each), _MOST_WAYS)]


def either(alternatives: Sequence[Sought]) -> Sought:
    """What any of `alternatives` is: the best one counts, the others add a little."""
    if len(alternatives) == 1:
        return alternatives[0]
    having = [each for each in alternatives if each.found]
    if len(having) == 1:
        return having[0]
    if not having:
        return _nothing()
    return Sought(
        any_of([each.has for each in having]),
        (T.disjunction_max_query([any_of(each.scores) for each in having], _OTHER_ALTERNATIVES),),
        max(each.found for each in having),
        sum(each.most for each in having),
        tuple(dict.fromkeys(row for each in having for row in each.rows)),
    )


def _nothing() -> Sought:
    return Sought(T.empty_query(), (), 0, 0)


def all_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """What every one of `queries` finds."""
    return queries[0] if len(queries) == 1 else T.boolean_query([(Occur.Must, each) for each in queries])


def any_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """What any of `queries` finds; nothing where there are none."""
    return queries[0] if len(queries) == 1 else T.boolean_query([(Occur.Should, each) for each in queries])


def _weighted(query: tantivy.Query, weight: float) -> tantivy.Query:
    return query if weight == 1.0 else T.boost_query(query, weight)
