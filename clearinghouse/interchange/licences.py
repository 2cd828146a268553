"""Licences by name, such as ``CC BY-NC 4.0``, and where each is written out."""

from __future__ import annotations

import re

_CREATIVE_COMMONS = re.compile(
    r"\b(?:CC|Creative\s+Commons)[\s-]+(?P<parts>BY(?:-(?:NC|SA|ND))*)[\s-]+(?P<version>[1-4]\.[0-9])\b",
    re.IGNORECASE,
)
_ZERO = re.compile(r"\b(?:CC0|CC\s+Zero)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")


def address(licence: str) -> str:
    """Where `licence` is written out; empty where that cannot be told."""
    if _ADDRESS.fullmatch(licence.strip()):
        return licence.strip()
    if _ZERO.search(licence):
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    found = _CREATIVE_COMMONS.search(licence)
    return f"https://creativecommons.org/licenses/{found['parts'].lower()}/{found['version']}/" if found else ""
