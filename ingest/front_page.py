"""What stands out on a PDF's first page: the title in large type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from ingest import tidy
from ingest.layout import Line, Sheet

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
_LONGEST_NAME = 8
"""Words in the name of a journal."""


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
        if _could_be_title(words) and group[0].base > sheet.height * 0.25 and not _is_masthead(words, lines):
            return words, size >= usual * 1.2
    return "", False


def names(pages: Sequence[Sequence[Line]]) -> str:
    """The lines of the first two of `pages` as names can be told in them.

    The numbers of notes are left out, and a dot stands between what is written side by side.
    """
    lines = [one.plain or one.text for lines in pages[:2] for one in lines]
    return tidy.text("\n".join(line.strip("\r\n").replace("\t", " · ") for line in lines))


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


def _is_masthead(words: str, lines: list[Line]) -> bool:
    """Whether it is the name of a journal, which stands again before the year and the volume."""
    again = re.compile(rf"\W*{re.escape(words)}[\W_]{{0,3}}[^\n]{{0,12}}\d", re.I)
    return len(words.split()) <= _LONGEST_NAME and any(again.match(one.text) for one in lines)


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Lines that follow one another in type of one size and not far apart."""
    groups: list[list[Line]] = []
    for one in lines:
        last = groups[-1][-1] if groups else one
        alike = abs(last.size - one.size) <= 0.06 * last.size
        if groups and alike and -1 < last.base - one.base <= 2.2 * last.size:
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
