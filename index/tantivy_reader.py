"""One generation of a tantivy index, opened: everything a search reads. Shared by threads, never changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import tantivy

from index.meaning import Vector, alike, meaning
from index.spelling import Spelling
from index.tantivy_fields import (
    ANY,
    CHOICES,
    EVERY,
    FIELDS,
    FORMS,
    ROW,
    SEPARATOR,
    WHOLES,
    key,
    read_choice,
    read_kept,
)
from index.tantivy_layout import Laid
from index.tantivy_store import DamagedError
from index.tantivy_vectors import KEPT, mapped

Made = TypeVar("Made")
PREFIX_WORDS = 200
"""Words a prefix may stand for: the commonest."""
_MOST_MADE = 500
"""What is remembered of questions asked before; the largest, 200 words that begin alike, takes some 20 KB."""
_TERMS = 500
"""Terms of a document looked up together."""
_MOST_PARTS = 4
"""Ways to write one hyphenated word that are looked into."""


class Reader:
    """What the searcher of one commit tells, in our words."""

    def __init__(self, index: tantivy.Index, folder: Path) -> None:
        """`folder`: where `index` stands."""
        self.schema = index.schema
        self.searcher = index.searcher()
        self.size: int = self.searcher.num_docs
        self._vectors = mapped(folder)
        # Per reader, so that what is remembered goes with the generation.
        self.documents_with = lru_cache(maxsize=20_000)(self._documents_with)
        self.parts_of = lru_cache(maxsize=1000)(self._parts_of)
        self._made: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, remembered by `key` for as long as there is room."""
        made: Made | None = self._made.get(key)
        if made is None:
            made = make()
            if len(self._made) >= _MOST_MADE:
                self._made.clear()
            self._made[key] = made
        return made

    @cached_property
    def dropped(self) -> int:
        """How many dropped documents are still counted with the others: until they are merged away."""
        return self.searcher.doc_freq("id", EVERY) - self.size

    def _documents_with(self, stem: str, field: str = ANY) -> int:
        """How many documents have `stem` in `field`; those dropped since the last merge may be counted."""
        return self.searcher.doc_freq(field, stem)

    def _parts_of(self, whole: str) -> tuple[tuple[str, ...], ...]:
        """The stems that the hyphenated word `whole` is written in, in its several ways."""
        found = self.searcher.terms_with_prefix(WHOLES, whole + SEPARATOR, limit=_MOST_PARTS)
        return tuple(tuple(term.partition(SEPARATOR)[2].split()) for term, _ in found)

    def forms(self, prefix: str, fields: tuple[str, ...]) -> list[str]:
        """Terms of `FORMS` that begin with `prefix` (folded) and stand in `fields`, the commonest first."""
        ends = tuple(f"{SEPARATOR}{FIELDS.index(name)}" for name in fields)
        found = self.searcher.terms_with_prefix(FORMS, prefix)
        return [term for term, _ in found if term.endswith(ends)][:PREFIX_WORDS]

    @cached_property
    def spelling(self) -> Spelling:
        """Its words, for mending."""
        terms = self.searcher.terms_with_prefix(FORMS, "")
        return Spelling(sorted({term.partition(SEPARATOR)[0] for term, _ in terms}))

    @cached_property
    def filters(self) -> tuple[str, ...]:
        """Names of the filters; ``year`` is one."""
        terms = self.searcher.terms_with_prefix(CHOICES, "")
        return tuple(dict.fromkeys([*sorted({read_choice(term)[0] for term, _ in terms}), "year"]))

    def count(self, query: tantivy.Query) -> int:
        """How many documents answer `query`."""
        found: int = self.searcher.search(query, limit=1).count  # type: ignore[attr-defined]
        return found

    def digests(self) -> dict[str, str]:
        """Id to digest of every document; one that no document has where its vector is missing or stale."""
        if not self.size:
            return {}
        means = meaning()
        terms = self.searcher.terms_with_prefix("seal", "", filter_query=tantivy.Query.all_query())
        sealed = [json.loads(term) for term, _ in terms]
        if means is None:
            return {id: digest for id, digest, _ in sealed}  # noqa: A001
        lost = self._without_vector()
        return {
            id: digest if mark == means.mark and id not in lost else f"{digest} {mark}"
            for id, digest, mark in sealed  # noqa: A001
        }

    def _without_vector(self) -> set[str]:
        """Ids of documents whose vector was written and is zeros now. Raises `DamagedError` where one is gone."""
        every = self.searcher.search(tantivy.Query.all_query(), limit=self.size, count=False).hits
        addresses = [address for _, address in every]
        rows: list[Any] = self.searcher.fast_field_values(ROW, addresses)
        is_whole: Any = self._vectors.any(axis=1)
        try:
            lost = [at for at, row in zip(addresses, rows, strict=True) if row is not None and not is_whole[row]]
        except IndexError as problem:
            raise DamagedError("Vectors are missing.") from problem
        return {read_kept(self.searcher.doc(at)["kept"][0]).id for at in lost}

    def lacks(self, laid: Laid) -> bool:
        """Whether something of a document, laid out again, is lost here; not where another is indexed."""
        own = tantivy.Query.term_query(self.schema, "id", key(laid.id), "basic")
        terms = sorted(laid.terms())
        if not self._have(own, [term for term in terms if term[0] == "seal"]):
            return False
        for start in range(0, len(terms), _TERMS):
            if not self._have(own, terms[start : start + _TERMS]):
                return True
        return not self._is_meant(own, laid)

    def _have(self, own: tantivy.Query, terms: list[tuple[str, str]]) -> bool:
        """Whether all these terms, each with its field, lead to what answers `own`."""
        asked = [tantivy.Query.term_query(self.schema, name, term, "basic") for name, term in terms]
        every = [(tantivy.Occur.Must, each) for each in (own, *asked)]
        return self.count(tantivy.Query.boolean_query(every)) > 0

    def _is_meant(self, own: tantivy.Query, laid: Laid) -> bool:
        """Whether the one document that answers `own` has the vector that it should."""
        if not any(laid.meaning):
            return True
        addresses = [address for _, address in self.searcher.search(own, limit=1, count=False).hits]
        rows: list[Any] = [row for row in self.searcher.fast_field_values(ROW, addresses) if row is not None]
        fresh = np.frombuffer(laid.meaning, dtype=KEPT)
        return len(rows) == 1 and rows[0] < len(self._vectors) and alike(self._vectors[rows[0]], fresh)

    def likeness(self, addresses: list[tantivy.DocAddress], question: Vector) -> Vector:
        """Cosine of each document's vector to that of a question; 0 where it has none."""
        rows: list[Any] = self.searcher.fast_field_values(ROW, addresses)
        known = [row for row in rows if row is not None] if None in rows else rows
        try:
            # Not `@`: its threads wait for each other where the other core is at work.
            found: Vector = np.vecdot(self._vectors.take(np.array(known, dtype=np.intp), 0), question)
        except IndexError as problem:
            raise DamagedError("A vector is missing.") from problem
        if known is rows:
            return found
        whole = np.zeros(len(rows), dtype=np.float32)
        whole[[row is not None for row in rows]] = found
        return whole
