"""A PDF page as lines with a place and a size, and from them: paragraphs, and the title in large type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest import tidy

_ITEM = re.compile(r"^\s*(?:[•▪●‣◦○■□➢✓\uf0b7\uf0a7–]|[-*]\s|\(?(?:\d{1,2}|[a-zA-Z])[.)]\s)")
_EDGE = 0.09
_CHROME = re.compile(
    r"\b(?:doi|issn|isbn|vol(?:ume)?\.?\s*\d|copyright|©|https?:|www\.|submitted|received|accepted|published|"
    r"editors?:|"
    r"reviewers?:|journal of|proceedings|downloaded|e-?mail|open access|correspondence|page \d+ of|arxiv:)",
    re.I,
)
_LABEL = re.compile(
    r"^(?:(?:original |research |review |short |brief )?(?:article|paper|report|communication|review)s?"
    r"|editorial|abstract|summary|contents|table of contents|draft|fact ?sheet|open|software|title"
    r"|transmittal sheet|(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)?\s*\d{0,2},?\s*\d{4})$",
    re.I,
)
_MAX_TITLE = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. Places are in points from the page's lower left corner, as is the size of its type."""

    text: str
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0
    size: float = 0.0
    upright: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's lines in reading order, and its height in points."""

    lines: tuple[Line, ...]
    height: float


def running_lines(sheets: Sequence[Sheet]) -> frozenset[str]:
    """Heads and feet that come again on most pages, as `_shape` writes them."""
    if len(sheets) < 3:
        return frozenset()
    seen = Counter(
        shape for sheet in sheets for shape in {_shape(one.text) for one in sheet.lines if _at_edge(one, sheet)}
    )
    return frozenset(shape for shape, count in seen.items() if count >= max(3, len(sheets) * 0.5))


def body(sheet: Sheet, running: frozenset[str]) -> str:
    """The page as text: a blank line between paragraphs, a line for each list item, no running heads."""
    lines = [
        one
        for one in sheet.lines
        if one.text.strip()
        and not (_at_edge(one, sheet) and (_shape(one.text) in running or _shape(one.text) == "#"))
    ]
    if not lines:
        return ""
    pitch = _pitch(lines)
    said = lines[0].text.strip()
    for last, one in pairwise(lines):
        said += _between(last, one, pitch, lines) + one.text.strip()
    return said


def title(sheet: Sheet) -> tuple[str, bool]:
    """The largest lines near the top, joined, and whether they stand out enough to be trusted.

    Empty where nothing does. Running heads, addresses and labels such as "Original article" are passed over.
    """
    lines = [one for one in sheet.lines if one.text.strip() and one.upright and one.size > 0]
    if not lines:
        return "", False
    usual = _usual_size(lines)
    groups = sorted(_groups(lines), key=lambda group: -_size(group))
    for group in groups:
        words = tidy.line(" ".join(one.text.strip() for one in group).replace("\x02 ", "").replace("\x02", ""))
        size = _size(group)
        if size < usual * 1.08:
            break
        if _could_be_title(words) and group[0].bottom > sheet.height * 0.25:
            return words, size >= usual * 1.2
    return "", False


def _could_be_title(words: str) -> bool:
    letters = sum(sign.isalpha() for sign in words)
    return (
        len(words) <= _MAX_TITLE
        and letters >= 6
        and letters > len(words) * 0.5
        and not _CHROME.search(words)
        and not _LABEL.match(words)
        and (" " in words or letters >= 9)
    )


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Lines that follow one another in type of one size and not far apart."""
    groups: list[list[Line]] = []
    for one in lines:
        last = groups[-1][-1] if groups else one
        alike = abs(last.size - one.size) <= 0.06 * last.size
        if groups and alike and -1 < last.bottom - one.bottom <= 2.2 * last.size:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _size(group: list[Line]) -> float:
    return round(median(one.size for one in group), 1)


def _usual_size(lines: list[Line]) -> float:
    letters: Counter[float] = Counter()
    for one in lines:
        letters[round(one.size, 1)] += len(one.text)
    return letters.most_common(1)[0][0]


def _pitch(lines: list[Line]) -> float:
    """The usual step from one line down to the next, in points; 0 where there is none."""
    steps = [last.bottom - one.bottom for last, one in pairwise(lines)]
    down = [step for step in steps if 2 < step < 40]
    return median(down) if down else 0.0


def _between(last: Line, one: Line, pitch: float, lines: list[Line]) -> str:
    """What stands between two lines: a space within a paragraph, a break, or a blank line."""
    step = last.bottom - one.bottom
    if last.text.rstrip().endswith(("\x02", "-")) and one.text.lstrip()[:1].islower():
        return "" if "\x02" in last.text[-2:] else "\n"  # mended once all pages are known
    if pitch and (step > 1.35 * max(pitch, 0.95 * last.size) or step < -pitch):
        return "\n\n"
    if last.size and abs(one.size - last.size) > 0.12 * last.size and abs(step) > 1:
        return "\n\n"
    if _ITEM.match(one.text):
        return "\n"
    return " " if _is_full(last, one) else "\n"


def _is_full(last: Line, one: Line) -> bool:
    """Whether `last` ran to the margin, so that `one` carries on its sentence."""
    width = max(last.right, one.right) - min(last.left, one.left)
    if width < 120 or abs(last.bottom - one.bottom) < 1:
        return abs(last.bottom - one.bottom) < 1
    first_word = one.text.strip().split(" ", 1)[0]
    room = max(last.right, one.right) - last.right
    return room < max(0.12 * width, len(first_word) * 0.5 * last.size)


def _at_edge(one: Line, sheet: Sheet) -> bool:
    return one.bottom > sheet.height * (1 - _EDGE) or one.top < sheet.height * _EDGE


def _shape(said: str) -> str:
    """A line with its numbers made alike, so that page 3's foot equals page 4's."""
    return re.sub(r"(?:\d+|\b[ivxl]+\b)", "#", " ".join(said.lower().split()))
