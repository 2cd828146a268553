"""A text's fingerprint: the same for the same words, and nearly the same for nearly the same words.

MinHash (Broder, 1997, On the resemblance of documents) over runs of three words: the share of places in which two
fingerprints agree is about the share of runs that two texts have in common (their Jaccard index), give or take
0.04 for half of the runs and less towards none or all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from struct import pack

from rensa import RMinHash

from ingest import tidy
from ingest.extracted import Page

VERSION: int = RMinHash.ALGORITHM_VERSION
"""Fingerprints of different versions say nothing about each other."""
PLACES = 128
ENOUGH = 40
"""Words below which a text has no fingerprint: forms with two lines would all be the same."""
_SEED = 1
_RUN = 3
_BAND = 3
"""Places of a band: two texts with half of their runs in common share one of 42 bands 996 times in 1,000."""
_WORDS = re.compile(rf"[{tidy.UNSPACED}]|(?:(?![{tidy.UNSPACED}])\w)+")
_UNSPACED = re.compile(f"[{tidy.UNSPACED}]")
_SPACED_WORDS = re.compile(r"\w+")


def of(pages: Iterable[Page]) -> tuple[int, ...]:
    """The fingerprint of the text on `pages`: `PLACES` numbers of 32 bits, or none where it is too short."""
    made = RMinHash(num_perm=PLACES, seed=_SEED)
    words = 0
    for page in pages:
        text = f"{page.heading} {page.text}".casefold()
        said = (_WORDS if _UNSPACED.search(text) else _SPACED_WORDS).findall(text)
        words += len(said)
        made.update([" ".join(said[at : at + _RUN]) for at in range(max(1, len(said) - _RUN + 1)) if said])
    return tuple(made.digest()) if words >= ENOUGH else ()


def share(one: Sequence[int], other: Sequence[int]) -> float:
    """About which share (0 to 1) of their runs of words two texts have in common."""
    return sum(first == second for first, second in zip(one, other, strict=True)) / PLACES


def bands(fingerprint: Sequence[int]) -> tuple[int, ...]:
    """Numbers of 64 bits, signed: texts that are alike have at least one of them in common, others hardly ever."""
    starts = range(0, len(fingerprint) - _BAND + 1, _BAND)
    return tuple(_number(pack(f"<{_BAND + 1}I", at, *fingerprint[at : at + _BAND])) for at in starts)


def _number(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=True)
