"""Did you mean: misspelt words of a question mended with words the index has."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from index.analysis import STOP_WORDS, fold
from index.query import Clause, Query
from index.spelling import Spelling
from index.stemming import stem

_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_FIELD = re.compile(r"\w+:")
FEW = 2
"""A question that finds no more than this may be misspelt."""
LEAST_LETTERS = 4
MOST_WORDS = 6
"""Unknown words of one question that are looked into."""


class Lexicon(Protocol):
    """The words of an index for one question: resources that question leaves out are as if never there."""

    @property
    def spelling(self) -> Spelling:
        """Words that may be suggested; some may be of resources left out."""

    def has(self, stem: str) -> bool:
        """Whether any resource has a form of `stem`."""

    def common(self, word: str) -> int:
        """How many resources have exactly `word`."""

    def total(self, query: Query) -> int:
        """How many resources have all that `query` asks for."""


def suggest(lexicon: Lexicon, query: Query, found: int) -> str | None:
    """What was typed with its misspelt words mended, where that finds more than `found`."""
    mended: dict[str, str] = {}
    for word in _mendable(query):
        if len(mended) < MOST_WORDS and not lexicon.has(stem(word)):
            better = _nearest(lexicon, word)
            if better is not None:
                mended[word] = better
    if not mended:
        return None
    if lexicon.total(_with(query, mended)) <= found:
        return None
    return _mend(query.typed, mended)


def _mendable(query: Query) -> list[str]:
    """Words typed plainly, folded: not quoted, not part of a code, not names of fields."""
    plain = _FIELD.sub(" ", _QUOTED.sub(" ", query.typed[:2000]))
    clauses = [clause for group in query.must for clause in group if not clause.prefix]
    asked = [fold(word) for clause in clauses for word in clause.words]
    spoken = [run for run in plain.split() if not any(map(str.isdigit, run))]
    words = dict.fromkeys(fold(word) for run in spoken for word in _WORD.findall(run))
    return [word for word in words if _worth_mending(word) and any(word in text for text in asked)]


def _worth_mending(word: str) -> bool:
    return len(word) >= LEAST_LETTERS and word not in STOP_WORDS


def _mend(text: str, mended: dict[str, str]) -> str:
    return _WORD.sub(lambda part: mended.get(fold(part[0]), part[0]), text)


def _with(query: Query, mended: dict[str, str]) -> Query:
    def mend(clause: Clause) -> Clause:
        return replace(clause, words=tuple(_mend(word, mended) for word in clause.words))

    return replace(query, must=tuple(tuple(mend(clause) for clause in group) for group in query.must))


def _nearest(lexicon: Lexicon, word: str) -> str | None:
    """The word of the index fewest slips away from `word`; the commonest of several."""
    most = 1 if len(word) < 6 else 2
    near = [(distance(word, other, most), other) for other in lexicon.spelling.near(word, most)]
    near = sorted(pair for pair in near if pair[0] <= most)
    best: tuple[int, int, str] | None = None
    for slips, other in near[:100]:
        if best is not None and slips > best[0]:
            break
        common = lexicon.common(other)
        if common and (best is None or common > best[1]):
            best = (slips, common, other)
    return None if best is None else best[2]


def distance(one: str, other: str, most: int) -> int:
    """Slips between two words: letters added, left out, changed, or two side by side exchanged.

    Anything over `most` is some number over `most`.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i] + [0] * len(other)
        for j, second in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != second))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == second:
                row[j] = min(row[j], earlier[j - 2] + 1)
        if min(row) > most:
            return most + 1
    return row[-1]
