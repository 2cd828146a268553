"""How far a word as typed is from another: what fingers do, and what ears do."""

from __future__ import annotations

import re
from itertools import pairwise

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = frozenset("aeiouy")

SOUNDS_ALIKE = 0.5
"""What the slips between two words that sound alike count for."""
LETTERS_A_SLIP = 3.5
"""Of a word with a slip in fewer letters than this, too little is left to know it by."""
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


def sound(word: str) -> str:
    """What `word` sounds like, roughly: a first vowel and the consonants."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return re.sub("^[aeiouy]", "a", word)


def cost(typed: str, meant: str, most: float) -> float:
    """How many slips lead from `meant` to `typed`, the likelier ones counting less; over `most` is far.

    A letter added, left out or put for another counts one, two side by side exchanged a little less. Less yet
    count doubled letters, vowels put for each other, and keys that touch; more the first letter, which people
    get right. Half of it all where the words sound alike and are about as long.
    """
    alike = abs(len(typed) - len(meant)) <= 1 and sound(typed) == sound(meant)
    factor = SOUNDS_ALIKE if alike else 1.0
    first = _FIRST if typed[:1] != meant[:1] and not alike and sorted(typed[:2]) != sorted(meant[:2]) else 0.0
    bearable = min((most - first) / factor, len(typed) / LETTERS_A_SLIP)
    slips = _least(typed, meant, bearable)
    return factor * slips + first if slips <= bearable else most + _OTHER


def _least(typed: str, meant: str, most: float) -> float:
    before: list[float] = []
    row = [_OTHER * at for at in range(len(meant) + 1)]
    for i, letter in enumerate(typed, 1):
        earlier, before, row = before, row, [_OTHER * i] + [0.0] * len(meant)
        added = _DOUBLED if i > 1 and letter == typed[i - 2] else _OTHER
        for j, second in enumerate(meant, 1):
            left_out = _DOUBLED if j > 1 and second == meant[j - 2] else _OTHER
            row[j] = min(before[j] + added, row[j - 1] + left_out, before[j - 1] + _changed(letter, second))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == second and letter != second:
                row[j] = min(row[j], earlier[j - 2] + _EXCHANGED)
        if min(row) > most:
            return most + _OTHER
    return row[-1]


def _changed(letter: str, other: str) -> float:
    if letter == other:
        return 0.0
    if letter in _VOWELS and other in _VOWELS:
        return _VOWEL
    return _NEIGHBOUR if (letter, other) in _NEIGHBOURS else _OTHER
