"""Did you mean: misspelt words of a question mended with words the index has."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from index.analysis import STOP_WORDS, fold
from index.matching import match
from index.query import Clause, Query
from index.snapshot import Mask, Snapshot, letter_set
from index.stemming import stem

_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_FIELD = re.compile(r"\w+:")
LEAST_LETTERS = 4
MOST_WORDS = 6
"""Unknown words of one question that are looked into."""


def suggest(snapshot: Snapshot, query: Query, found: int) -> str | None:
    """What was typed with its misspelt words mended, where that finds more than `found`."""
    shown = snapshot.alive.copy()
    shown[snapshot.numbers(query.without)] = False
    mended: dict[str, str] = {}
    for word in _mendable(query):
        if len(mended) < MOST_WORDS and not _occurs(snapshot, stem(word), shown):
            better = _nearest(snapshot, word, shown)
            if better is not None:
                mended[word] = better
    if not mended:
        return None
    if match(snapshot, _with(query, mended)).having_all <= found:
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


def _occurs(snapshot: Snapshot, stemmed: str, shown: Mask) -> bool:
    return bool(shown[snapshot.word(stemmed).docs].any())


def _mend(text: str, mended: dict[str, str]) -> str:
    return _WORD.sub(lambda part: mended.get(fold(part[0]), part[0]), text)


def _with(query: Query, mended: dict[str, str]) -> Query:
    def mend(clause: Clause) -> Clause:
        return replace(clause, words=tuple(_mend(word, mended) for word in clause.words))

    return replace(query, must=tuple(tuple(mend(clause) for clause in group) for group in query.must))


def _nearest(snapshot: Snapshot, word: str, shown: Mask) -> str | None:
    """The word of the index fewest slips away from `word`; the commonest of several."""
    most = 1 if len(word) < 6 else 2
    near = [(distance(word, other, most), other) for other in _candidates(snapshot, word, most)]
    near = sorted(pair for pair in near if pair[0] <= most)
    best: tuple[int, int, str] | None = None
    for slips, other in near[:100]:
        if best is not None and slips > best[0]:
            break
        common = int(shown[snapshot.exactly(other).docs].sum())
        if common and (best is None or common > best[1]):
            best = (slips, common, other)
    return None if best is None else best[2]


def _candidates(snapshot: Snapshot, word: str, most: int) -> list[str]:
    """Words that could be within `most` slips: about as long, with about the same letters."""
    words, lengths, letters = snapshot.spelling
    near = np.abs(lengths - len(word)) <= most
    # One slip changes at most two letters of the set.
    near &= np.bitwise_count(letters ^ np.uint64(letter_set(word))) <= 2 * most
    return [words[at] for at in np.flatnonzero(near).tolist()]


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
