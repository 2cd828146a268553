"""Where a DOI leads."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

_RESOLVER = "https://doi.org/"
_PLAIN = "/:;()._-,@!$&'*+=~"
"""Beside letters and digits, what may stand in the path of an address as it is (RFC 3986)."""


def address(identifiers: Mapping[str, str]) -> str:
    """The address of the DOI among the `identifiers` of a resource; empty where there is none.

    Signs that a DOI may have and an address may not are escaped, as the DOI Handbook asks.
    """
    doi = identifiers.get("doi") or ""
    return _RESOLVER + quote(doi, safe=_PLAIN) if doi.startswith("10.") else ""
