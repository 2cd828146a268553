"""Slugs: the short stable names that stand in addresses and commands."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

_LONGEST = 80


def slugify(text: str, fallback: str = "resource") -> str:
    """Lower-case ASCII words joined by hyphens, at most 80 characters; `fallback` where nothing is left.

    Other scripts are written with Latin letters, so that an address can be read out and typed anywhere.
    """
    plain = "".join(map(_plain, unicodedata.normalize("NFKC", text.replace("’", "").replace("'", "")))).lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > _LONGEST:
        slug = slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]
    return slug or fallback


def _plain(character: str) -> str:
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category[0] not in "LMN":
        return "" if category[0] == "C" else " "
    latin = "".join(filter(str.isalnum, anyascii(character)))  # signs for sounds would cut a word in two
    # of scripts without capitals, those with a word or a syllable a character: 心理 is xin li, not xinli
    return f" {latin} " if category == "Lo" and latin[:1].isupper() else latin


def free(slug: str, taken: set[str]) -> str:
    """`slug`, or the first of ``slug-2``, ``slug-3`` … that is not taken."""
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
