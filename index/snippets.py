"""The words of a question marked in a text, and the piece of a text that shows most of them.

Nothing here is HTML: a text comes back as fragments, each with whether it is one of the words looked for,
and is escaped where it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.analysis import Run, fold, run, run_pattern, sequences
from index.query import Query
from index.spotting import Spotter

Fragments = list[tuple[str, bool]]
LONGEST_SCAN = 300_000
"""Characters of a text that are looked through."""
ENOUGH = 60_000
"""Characters after which looking stops once something was found."""
ELLIPSIS = "…"
_SPACE = re.compile(r"\s+")


_Place = tuple[int, int, frozenset[str]]
"""First character, the one after the last, and stems that stand there."""
_NOWHERE: _Place = (0, 0, frozenset())


class Marker:
    """Marks the words of one question in any text, in the forms the engine finds them in."""

    def __init__(self, query: Query) -> None:
        self._stems: set[str] = set()
        self._beginnings: list[str] = []
        self._phrases: list[tuple[str, ...]] = []
        for clause in (clause for group in query.must for clause in group):
            if clause.prefix:
                self._beginnings.append(fold(clause.words[0]))
                continue
            for way in sequences(" ".join(clause.words)):
                stems = tuple(stem for _, stem in way)
                if len(stems) == 1:
                    self._stems.add(stems[0])
                else:
                    self._phrases.append(stems)
        self._known: dict[str, str] = {}
        self._stems_of_phrases = frozenset(stem for phrase in self._phrases for stem in phrase)
        self._beginning_with: dict[str, list[tuple[str, ...]]] = {}
        for phrase in dict.fromkeys(self._phrases):
            self._beginning_with.setdefault(phrase[0], []).append(phrase)
        self._of_phrases: dict[str, tuple[frozenset[str], ...]] = {}
        self._single_runs = Spotter(self._stems, self._beginnings)
        self._phrase_runs = Spotter(self._stems_of_phrases, ())

    def mark(self, text: str) -> Fragments:
        """All of `text` as (fragment, is looked for)."""
        spans = [(start, end) for start, end, _ in self.find(text)]
        return _fragments(text, 0, len(text), spans)

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Where words looked for stand in `text`: start, end and what they stand for, in order.

        Looks through the first `LONGEST_SCAN` characters.
        """
        if not text or not (self._stems or self._beginnings or self._phrases):
            return []
        scanned = text[:LONGEST_SCAN]
        found = self._single(scanned)
        if self._phrases:
            found = sorted({*found, *self._in_rows(scanned)})
        return found

    def _single(self, text: str) -> list[tuple[int, int, str]]:
        known = self._known
        found: list[tuple[int, int, str]] = []
        for match in self._single_runs.runs(text) if len(text) <= ENOUGH else run_pattern(text).finditer(text):
            raw = match[0]
            stem = known.get(raw)
            if stem is None:
                stem = known[raw] = self._looked_for(run(raw))
            if stem:
                found.append((*match.span(), stem))
            elif found and match.start() > ENOUGH:
                break
        return found

    def _looked_for(self, read: Run) -> str:
        """The stem or beginning that `read` is found by, or nothing."""
        for word in read.words:
            if word.stem in self._stems:
                return word.stem
            for beginning in self._beginnings:
                if word.text.startswith(beginning):
                    return beginning
        return ""

    def _in_rows(self, text: str) -> Iterator[tuple[int, int, str]]:
        if not self._may_have_a_phrase(text):
            return
        places = self._places(text)
        for at, (_, _, here) in places.items():
            for phrase in (phrase for stem in here for phrase in self._beginning_with.get(stem, ())):
                row = [places.get(at + offset, _NOWHERE) for offset in range(len(phrase))]
                if all(stem in stems for stem, (_, _, stems) in zip(phrase, row, strict=True)):
                    for start, end, _ in row:
                        yield start, end, phrase[0]

    def _may_have_a_phrase(self, text: str) -> bool:
        there = {word.stem for match in self._phrase_runs.runs(text) for word in run(match[0]).words}
        return any(there.issuperset(phrase) for phrase in self._phrases)

    def _places(self, text: str) -> dict[int, _Place]:
        """Place in `text` to what stands there, where that is a word of a phrase: few are."""
        places: dict[int, _Place] = {}
        known, at = self._of_phrases, 0
        for match in run_pattern(text).finditer(text):
            raw = match[0]
            parts = known.get(raw)
            if parts is None:
                read = run(raw)
                parts = known[raw] = tuple(
                    frozenset(word.stem for word in read.words if word.offset == part) & self._stems_of_phrases
                    for part in range(read.width)
                )
            for part, stems in enumerate(parts):
                if stems:
                    places[at + part] = (match.start(), match.end(), stems)
            at += len(parts)
        return places


def snippet(text: str, query: Query, length: int = 240, marker: Marker | None = None) -> Fragments:
    """About `length` characters of `text` that show most of the words looked for, those marked.

    Cut between words, with an ellipsis where something is left out; white space is made single spaces. The
    beginning of `text` where nothing is found. Give one `marker` to cut many texts for one question.
    """
    found = (marker or Marker(query)).find(text)
    first, last = _window(found, length)
    start, end = _cut(text, first, last, length)
    spans = [(at, to) for at, to, _ in found if at >= start and to <= end]
    fragments = _fragments(text, start, end, spans)
    shown = text[start:end]
    if "  " in shown or not shown.isprintable():  # only a plain space is printable
        fragments = [(_SPACE.sub(" ", part), marked) for part, marked in fragments]
    if text[:start].strip():
        fragments.insert(0, (f"{ELLIPSIS} ", False))
    if text[end:].strip():
        fragments.append((f" {ELLIPSIS}", False))
    return fragments


def _window(found: Sequence[tuple[int, int, str]], length: int) -> tuple[int, int]:
    """First and last character of the stretch, no longer than `length`, with most different words."""
    best = (0, 0)
    most = (0, 0)
    begin = 0
    inside: dict[str, int] = {}
    for at, (start, end, stem) in enumerate(found):
        inside[stem] = inside.get(stem, 0) + 1
        while end - found[begin][0] > length and found[begin][0] < start:
            old = found[begin][2]
            inside[old] -= 1
            if not inside[old]:
                del inside[old]
            begin += 1
        worth = (len(inside), at - begin)
        if worth > most:
            most, best = worth, (found[begin][0], end)
    return best


def _cut(text: str, first: int, last: int, length: int) -> tuple[int, int]:
    """A stretch of `length` around `first` to `last` that begins and ends between words."""
    room = max(length - (last - first), 0)
    start = max(first - room // 3, 0)
    end = min(start + max(length, 1), len(text))
    start = max(min(start, end - length), 0)
    if start > 0 and not text[start - 1].isspace():
        space = _SPACE.search(text, start, min(first, start + 60) + 1)
        start = space.end() if space and space.end() <= max(first, start) else start
    if end < len(text) and not text[end].isspace():
        space_at = max(text.rfind(sign, max(last, end - 60), end) for sign in (" ", "\n", "\t"))
        end = space_at if space_at > start else end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _fragments(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> Fragments:
    """`text` from `start` to `end`, cut at `spans` (rising): those are marked."""
    fragments: Fragments = []
    at = start
    for first, last in spans:
        if first < at:
            continue
        if first > at:
            fragments.append((text[at:first], False))
        fragments.append((text[first:last], True))
        at = last
    if at < end:
        fragments.append((text[at:end], False))
    return fragments
