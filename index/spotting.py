"""Where in a text the words looked for may stand, without reading the rest: nearly all of a page is other words.

What is spotted is more than what is looked for, and never less; whoever asks reads each run and decides. Reading
every word of thirty pages takes five times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.analysis import DIGITS, run_pattern
from index.stemming import beginnings

_LETTERS = 4
"""Letters of a word by which it is spotted."""
_MOST = 64
"""Places in one text beyond which reading all of it is no slower."""
_BACK, _FAR = 40, 400
"""Characters before a number that may be the end of “Certificate IV”, and the most that may come before a place
without a space."""
_ASCII_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_JOINTS = frozenset("-'‐‑’ʼ＇")
"""Signs that make one word of its parts."""
_ODD = re.compile("[^\\x00-\x7f\xa0“”‘–—…•·]")
"""Signs beyond ASCII that may belong to a word: it is read, since there are many ways to write a letter."""


class Spotter:
    """Spots the runs of a text that may have one of some stems, or begin in one of some ways."""

    def __init__(self, stems: Iterable[str], prefixes: Iterable[str]) -> None:
        """`stems` and `prefixes`: folded, as `index.analysis` makes them."""
        stems = set(stems)
        # The number of “Certificate IV” is nowhere in it.
        self._everything = not stems.isdisjoint(DIGITS.values())
        wanted = {each for stem in stems for each in beginnings(stem)} | set(prefixes)
        short = {each[:_LETTERS] for each in wanted if each.isascii()}
        self._sought = tuple(
            sorted(each for each in short if not any(each[:size] in short for size in range(1, len(each))))
        )
        self._numerals = any(numeral.startswith(self._sought) for numeral in DIGITS)

    def runs(self, text: str) -> Iterable[re.Match[str]]:
        """Matches of `index.analysis.run_pattern`, in order, among which are all that may be looked for."""
        places = None if self._everything else self._places(text)
        if not places and places is not None:
            return ()
        pattern = run_pattern(text)
        found = None if places is None else self._covering(pattern, text, places)
        return pattern.finditer(text) if found is None else found

    def _places(self, text: str) -> list[int] | None:
        """Characters that stand in a run to be read, rising; None where there are too many."""
        lower = text.lower()
        if len(lower) != len(text):  # a letter of another script that becomes two
            return None
        places: list[int] = []
        for each in self._sought:
            if each in lower:
                places += [at for at in _all(each, lower) if at == 0 or lower[at - 1] not in _ASCII_WORD]
        for each in "-'":
            if each in lower:
                places += [at for at in _all(each, lower) if _may_hide_a_beginning(lower, at)]
        if not lower.isascii():
            places += [match.start() for match in _ODD.finditer(lower) if _may_be_sought(lower, match)]
        return sorted(places) if len(places) <= _MOST else None

    def _covering(self, pattern: re.Pattern[str], text: str, places: list[int]) -> list[re.Match[str]] | None:
        """The runs at `places`; None where one cannot be told without reading all before it."""
        found: list[re.Match[str]] = []
        end = 0
        for at in places:
            if at < end:
                continue
            match = pattern.match(text, at) if at == 0 or text[at - 1].isspace() else None
            if match is None or (self._numerals and match[0].lower() in DIGITS):
                # From the space before it, or from further where it may be the end of “Certificate IV”.
                start = text.rfind(" ", 0, at if match is None else max(at - _BACK, 0)) + 1
                if at - start > _FAR:
                    return None
                match = next((each for each in pattern.finditer(text, start) if each.end() > at), None)
                if match is None or match.start() > at:
                    continue
            found.append(match)
            end = match.end()
        return found


def _all(sought: str, text: str) -> list[int]:
    """Where `sought` stands in `text`: a pattern for all of them together takes ten times as long."""
    places, find = [], text.find
    at = find(sought)
    while at >= 0:
        places.append(at)
        at = find(sought, at + 1)
    return places


def _may_be_sought(lower: str, odd: re.Match[str]) -> bool:
    return odd[0] not in _JOINTS or _may_hide_a_beginning(lower, odd.start())


def _may_hide_a_beginning(lower: str, at: int) -> bool:
    """Whether the joint at `at` stands among the first letters of a word: ``co-design`` is also ``codesign``."""
    if at >= _LETTERS and lower[at - _LETTERS : at].isalnum():
        return False
    if not (lower[at - 1 : at].isalnum() and lower[at + 1 : at + 2].isalnum()):
        return False
    return lower[at] in "-‐‑" or lower[at + 1] != "s" or lower[at + 2 : at + 3].isalnum()
