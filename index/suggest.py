"""Did you mean: misspelt words of a question mended with words the index has."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import Protocol

from index.analysis import STOP_WORDS, fold, run, sequences
from index.query import Clause, Query
from index.slips import bearable, cost
from index.spelling import Spelling
from ingest.english import is_known

_WORD = re.compile(r"(?<!\w)(?<!\w['’])[^\W\d_]++(?!['’](?!s\b)\w)")
"""A word, or what stands before ``'s``. Of others with an apostrophe, a part is no word: ``doesn't``."""
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_FIELD = re.compile(r"\w+:")
FEW = 2
"""A question that finds no more than this may be misspelt."""
LEAST_LETTERS = 4
MOST_WORDS = 6
"""Unknown words of one question that are looked into."""
MOST_LOOKED_UP = 12
"""Near words of which it is asked how many resources have them."""
NEARLY_AS_NEAR = 0.3
"""Among words this much further than the nearest, the commonest is meant."""


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
    """What was typed with its misspelt words mended; `found` have all that was asked for.

    Where every word is wanted, only if `FEW` or fewer were found, and mending finds more. In a question of which
    most words will do, a misspelt one hides behind what the others find: there whatever `found` is.
    """
    if (query.every and found > FEW) or _has_all(lexicon, query):
        return None
    mended: dict[str, str] = {}
    unknown = (word for word in _mendable(query) if not all(lexicon.has(each.stem) for each in run(word).words))
    for word in islice(unknown, MOST_WORDS):
        better = None if is_known(word) else _nearest(lexicon, word)
        if better is not None:
            mended[word] = better
    if not mended:
        return None
    if query.every and lexicon.total(_with(query, mended)) <= found:
        return None
    return _mend(query.typed, mended)


def _has_all(lexicon: Lexicon, query: Query) -> bool:
    """Whether every word typed is one that some resource has: true of most questions, and soon told."""
    typed = [clause for group in query.must for clause in group if clause.weight == 1.0 and not clause.prefix]
    return all(
        any(all(lexicon.has(stem) for _, stem in way) for way in sequences(" ".join(clause.words)))
        for clause in typed
    )


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
    """The word of the index that is the fewest and likeliest slips away from `word`; the commonest of several."""
    most = bearable(word)
    slips = [(cost(word, other, most), other) for other in lexicon.spelling.near(word, _letters_apart(word))]
    near = sorted(pair for pair in slips if pair[0] <= most)[:MOST_LOOKED_UP]
    least = near[0][0] + NEARLY_AS_NEAR if near else 0.0
    common = [(lexicon.common(other), -slip, other) for slip, other in near if slip <= least]
    having = [each for each in common if each[0]]
    return max(having)[2] if having else None


def _letters_apart(word: str) -> int:
    """Letters that may differ at all: more where what sounds alike is written otherwise."""
    return 1 if len(word) < 5 else 2 if len(word) < 8 else 3
