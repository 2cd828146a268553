"""How far a word as typed is from another: what fingers do, and what ears do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise, product

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = frozenset("aeiouy")

SOUNDS_ALIKE = 0.5
"""What the slips between two words that sound alike count for."""
LETTERS_A_SLIP = 3.5
"""Of a word with a slip in fewer letters than this, too little is left to know it by."""
BEARABLE = ((9, 2.0), (7, 1.5), (5, 1.0), (4, 0.8), (0, 0.25))
"""Slips in words of so many letters and more. In the shortest only one letter for two: `kil` for `kill`."""
_DOUBLED, _VOWEL, _EXCHANGED, _NEIGHBOUR, _OTHER, _FIRST = 0.5, 0.65, 0.7, 0.8, 1.0, 0.6


def _neighbours() -> frozenset[tuple[str, str]]:
    """Letters whose keys touch."""
    pairs = [pair for row in _ROWS for pair in pairwise(row)]
    for above, below in pairwise(_ROWS):
        for at, letter in enumerate(below):
            pairs += [(letter, other) for other in above[at : at + 2]]
    return frozenset(pairs) | {(second, first) for first, second in pairs}


_NEIGHBOURS = _neighbours()

# Tried in order. Not phonetics: only the spellings of one sound that people take for each other.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:ps|sc(?=[eiy]))", "s"),
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"ph|gh(?=t?$)", "f"),
        (r"gh", ""),
        (r"(?<=[^c])(?:ti|ci|si|ssi|sci|she|shi|sh)(?=[aou])", "%"),
        (r"sch|ch|ck|q|k|c(?![eiyh])", "k"),
        (r"sc(?=[eiy])|c(?=[eiy])|z|ss", "s"),
        (r"dg(?=e)|g(?=[eiy])", "j"),
        (r"x", "ks"),
        (r"mb$", "m"),
        (r"(?<=[a-z])h", ""),
        (r"(?<!^)[aeiouyw]+", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=10_000)
def sound(word: str) -> str:
    """What `word` sounds like, roughly: a first vowel and the consonants."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return re.sub("^[aeiouy]", "a", word)


def bearable(word: str) -> float:
    """Slips in a word of this length beyond which it is likelier another word."""
    return next(most for letters, most in BEARABLE if len(word) >= letters)


class Nearest:
    """A few words, and which of them somebody meant: most are passed over at a look at their letters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple((word, _letters(word)) for word in sorted(words))

    def to(self, typed: str) -> str | None:
        """The word that is the fewest slips away, of several the first by the alphabet; None where all are far."""
        most = bearable(typed)
        letters, loose = _letters(typed), _loose(typed, most) / _VOWEL
        near = [
            word
            for word, others in self._words
            # Of letters that only one of the two has, each is a slip, and one slip makes up for one of each.
            if (letters & ~others).bit_count() <= loose and (others & ~letters).bit_count() <= loose
        ]
        slips, word = min(((cost(typed, word, most), word) for word in near), default=(most + _OTHER, ""))
        return word if slips <= most else None


def _letters(word: str) -> int:
    """The letters of `word`, as bits of a number; two of other alphabets may share one."""
    return sum(1 << place for place in {ord(letter) % 64 for letter in word})


def _loose(typed: str, most: float) -> float:
    """Slips that words which sound alike may be apart, and no others."""
    return min(most / SOUNDS_ALIKE, len(typed) / LETTERS_A_SLIP)


def cost(typed: str, meant: str, most: float) -> float:
    """How many slips lead from `meant` to `typed`, the likelier ones counting less; over `most` is far.

    A letter added, left out or put for another counts one, two side by side exchanged a little less. Less yet
    count doubled letters, vowels put for each other, and keys that touch; more the first letter, which people
    get right. Half of it all where the words sound alike and are about as long.
    """
    far, loose = most + _OTHER, _loose(typed, most)
    if _least(typed, meant, loose) > loose:  # most words: what they sound like need not be asked
        return far
    alike = abs(len(typed) - len(meant)) <= 1 and sound(typed) == sound(meant)
    factor = SOUNDS_ALIKE if alike else 1.0
    first = _FIRST if typed[:1] != meant[:1] and not alike and sorted(typed[:2]) != sorted(meant[:2]) else 0.0
    bearable = min((most - first) / factor, len(typed) / LETTERS_A_SLIP)
    slips = _least(typed, meant, bearable)
    return factor * slips + first if slips <= bearable else far


def _least(typed: str, meant: str, most: float) -> float:
    """The least slips from `meant` to `typed`; if they are more than `most`, whatever is more than it."""
    left_out = [_OTHER, *(_DOUBLED if one == other else _OTHER for one, other in pairwise(meant))]
    before: list[float] = []
    row = [_OTHER * at for at in range(len(meant) + 1)]
    previous, least = "", 0.0
    for i, letter in enumerate(typed, 1):
        earlier, before = before, row
        added = _DOUBLED if letter == previous else _OTHER
        least_before, last = least, _OTHER * i
        least = last
        row = [last]
        # Comparisons, not `min`: half of what a suggestion takes is spent here.
        for j, second in enumerate(meant):
            last += left_out[j]
            other = before[j + 1] + added
            if other < last:
                last = other
            other = before[j] if letter == second else before[j] + _CHANGED.get(letter + second, _OTHER)
            if other < last:
                last = other
            if previous == second != letter and j and letter == meant[j - 1]:
                last = min(last, earlier[j - 1] + _EXCHANGED)
            row.append(last)
            if last < least:
                least = last
        if least > most and least_before + _EXCHANGED > most:  # two exchanged letters leap over a row
            return most + _OTHER
        previous = letter
    return row[-1]


def _changes() -> dict[str, float]:
    """Two letters to what it counts for that one was put for the other."""
    touching = {one + other: _NEIGHBOUR for one, other in _NEIGHBOURS}
    vowels = {one + other: _VOWEL for one, other in product(_VOWELS, repeat=2)}
    return touching | vowels


_CHANGED = _changes()
