"""A PDF page as lines with a place and a size, and from them paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_ITEM = re.compile(r"^\s*(?:[•▪●‣◦○■□➢✓\ue000-\uf8ff–]|[-*]\s|\(?(?:\d{1,2}|[a-zA-Z])[.)]\s)")
#: A line of a table of contents: dots that lead to the number of a page.
_LEADER = re.compile(r"(?:\. ?){4,}\s*[\w-]{1,6}\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. Places are in points from the page's lower left corner, as is the size of its type."""

    text: str
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    """Where the line stands: the foot of its letters."""
    size: float = 0.0
    upright: bool = True
    plain: str = ""
    """The same without the numbers of notes that stand raised in it, where there are any and it was looked."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's lines in reading order, with its size in points."""

    lines: tuple[Line, ...]
    height: float
    width: float = 0.0
    pictured: bool = False
    """Whether it has no text, but a picture that may be one of text."""
    written: tuple[str, ...] = ()
    """What was written on it since it was made: into the fields of a form, and into text boxes."""


def plain_sheet(words: str) -> Sheet:
    """Lines whose place is not known, one above the other in one size."""
    lines = words.split("\n")
    return Sheet(
        tuple(Line(said, 0, 400 if said.strip() else 0, 800 - at, 1) for at, said in enumerate(lines)), 0.0
    )


def paragraphs(lines: Sequence[Line]) -> str:
    """Lines as text: a blank line between paragraphs, a line for each list item."""
    lines = [one for one in lines if one.text.strip()]
    if not lines:
        return ""
    pitch = _pitch(lines)
    said = lines[0].text.strip()
    for last, one in pairwise(lines):
        said += _between(last, one, pitch) + one.text.strip()
    return said


def _pitch(lines: Sequence[Line]) -> float:
    """The usual step from one line down to the next, in points; 0 where there is none."""
    steps = [last.base - one.base for last, one in pairwise(lines)]
    down = [step for step in steps if 2 < step < 40]
    return median(down) if down else 0.0


def _between(last: Line, one: Line, pitch: float) -> str:
    """What stands between two lines: a space within a paragraph, a break, or a blank line."""
    step = last.base - one.base
    if last.text.rstrip().endswith(("\x02", "-")) and one.text.lstrip()[:1].islower():
        return "" if "\x02" in last.text[-2:] else "\n"  # mended once all pages are known
    if pitch and step > 1.35 * max(pitch, 0.95 * last.size):
        return " " if step < 2.6 * last.size and _is_mid_sentence(last, one) else "\n\n"
    if pitch and step < -pitch:  # up, to the next column, where a sentence may go on
        return " " if one.text.lstrip()[:1].islower() and not _ITEM.match(one.text) else "\n\n"
    if _LEADER.search(last.text):
        return "\n"
    if last.size and abs(one.size - last.size) > 0.12 * last.size and abs(step) > 1:
        return "\n\n"
    if _ITEM.match(one.text):
        return "\n"
    return " " if _is_full(last, one) else "\n"


def _is_mid_sentence(last: Line, one: Line) -> bool:
    """Whether `one` can only go on with what `last` says: a slide's lines stand wide apart."""
    ended = last.text.rstrip().endswith((".", "!", "?", ":", ";"))
    alike = abs(one.size - last.size) <= 0.06 * last.size
    return not ended and alike and one.text.lstrip()[:1].islower() and not _ITEM.match(one.text)


def _is_full(last: Line, one: Line) -> bool:
    """Whether `last` ran to the margin, so that `one` carries on its sentence."""
    width = max(last.right, one.right) - min(last.left, one.left)
    if width < 120 or abs(last.base - one.base) < 1:
        return abs(last.base - one.base) < 1
    first_word = one.text.strip().split(" ", 1)[0]
    room = max(last.right, one.right) - last.right
    return room < max(0.12 * width, len(first_word) * 0.5 * last.size)
