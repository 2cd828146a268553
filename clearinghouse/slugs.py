"""Slugs: the short stable names that stand in addresses and commands."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 80


def slugify(text: str, fallback: str = "resource") -> str:
    """Lower-case ASCII words joined by hyphens, at most 80 characters; `fallback` where nothing is left."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    plain = plain.encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > _LONGEST:
        slug = slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]
    return slug or fallback


def free(slug: str, taken: set[str]) -> str:
    """`slug`, or the first of ``slug-2``, ``slug-3`` … that is not taken."""
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
