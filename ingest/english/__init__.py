"""English words that are spelt right: nobody is asked if they meant another, and a page of them was read well.

`index` reads them too, and nothing else of this package: one list is kept, not two.

``english.txt.gz`` is made of SCOWL 2020.12.07 (Debian package ``scowl``, lists of size 60 and smaller for all
English, American, British with -ise and with -ize, and Australian: ``words``, ``upper`` and ``proper-names``),
folded, those of four letters and more without possessives. ``names.txt`` has by hand what those lists lack and
people look for here: medicines, Aboriginal and Torres Strait Islander peoples and words, services, newer words.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent


def is_known(word: str) -> bool:
    """Whether `word` (folded) is a word or name of English; those shorter than four letters are not listed."""
    written = word.encode("utf-8", "replace")
    return word.isalpha() and (written in _names() or _has_line(_english(), written))


def words() -> frozenset[str]:
    """All of them: quick to ask, but ten megabytes, so for a process that asks of every word of a text."""
    return frozenset(_english().decode().split()) | {name.decode() for name in _names()}


def _has_line(lines: bytes, wanted: bytes) -> bool:
    """Whether `wanted` is one of `lines`, which stand in order."""
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        start, end = lines.rfind(b"\n", 0, middle) + 1, lines.find(b"\n", middle)
        end = len(lines) if end < 0 else end
        line = lines[start:end]
        if line == wanted:
            return True
        low, high = (end + 1, high) if line < wanted else (low, start)
    return False


@lru_cache(maxsize=1)
def _english() -> bytes:
    """Every word on a line of its own, in order: one megabyte, where a set of them would take ten."""
    return gzip.decompress((_FOLDER / "english.txt.gz").read_bytes())


@lru_cache(maxsize=1)
def _names() -> frozenset[bytes]:
    lines = (_FOLDER / "names.txt").read_bytes().split(b"\n")
    return frozenset(line for line in lines if line and not line.startswith(b"#"))
