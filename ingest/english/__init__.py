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


def is_known(word: str) -> bool:
    """Whether `word` (folded) is a word or name of English; those shorter than four letters are not listed."""
    return word.isalpha() and f"\n{word}\n".encode("utf-8", "replace") in _listed()


def words() -> frozenset[str]:
    """All of them: quick to ask, but ten megabytes, so for a process that asks of every word of a text."""
    return frozenset(_listed().decode().split())


@lru_cache(maxsize=1)
def _listed() -> bytes:
    """Every word on a line of its own: one megabyte, where a set of them would take ten."""
    folder = Path(__file__).parent
    english = gzip.decompress((folder / "english.txt.gz").read_bytes())
    names = [line for line in (folder / "names.txt").read_bytes().split(b"\n") if not line.startswith(b"#")]
    return b"\n" + english + b"\n" + b"\n".join(names) + b"\n"
