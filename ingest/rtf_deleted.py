"""What was deleted from a Rich Text document while changes were tracked, and still stands in its file."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"\\([a-z]+)(-?\d+)? ?|\\'[0-9a-fA-F]{2}|\\[^a-z]|[{}]|[^\\{}]+")
_WORDS_OF_A_LETTER = frozenset(
    {
        *("u", "tab", "line", "bullet", "emdash", "endash", "emspace", "enspace", "qmspace"),
        *("lquote", "rquote", "ldblquote", "rdblquote"),
    }
)
"""Control words that stand for a letter or a sign, as text does."""


def without(raw: str) -> str:
    """`raw` without the words that are marked as deleted (``\\deleted``, RTF 1.9.1, track changes)."""
    return "".join(_kept(raw)) if "\\deleted" in raw else raw


def _kept(raw: str) -> Iterator[str]:
    deleted, around = False, list[bool]()
    for token in _TOKEN.finditer(raw):
        said, word = token.group(), token.group(1)
        if said == "{":
            around.append(deleted)
        elif said == "}":
            deleted = around.pop() if around else False
        elif word == "deleted":
            deleted = token.group(2) != "0"
        elif word == "plain":
            deleted = False
        elif deleted and (word is None or word in _WORDS_OF_A_LETTER):
            continue
        yield said
