"""The words of a snapshot as suggestions ask for them."""

from __future__ import annotations

from index.matching import match
from index.query import Query
from index.snapshot import Snapshot
from index.spelling import Spelling


class ShownWords:
    """The words of `snapshot`, resources that `query` leaves out set aside: see `index.suggest.Lexicon`."""

    def __init__(self, snapshot: Snapshot, query: Query) -> None:
        self._snapshot = snapshot
        self._shown = snapshot.alive.copy()
        self._shown[snapshot.numbers(query.without)] = False

    @property
    def spelling(self) -> Spelling:
        """Words that may be suggested."""
        return self._snapshot.spelling

    def has(self, stem: str) -> bool:
        """Whether any resource has a form of `stem`."""
        return bool(self._shown[self._snapshot.word(stem).docs].any())

    def common(self, word: str) -> int:
        """How many resources have exactly `word`."""
        return int(self._shown[self._snapshot.exactly(word).docs].sum())

    def total(self, query: Query) -> int:
        """How many resources have all that `query` asks for."""
        return match(self._snapshot, query).having_all
