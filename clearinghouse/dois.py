"""DOIs: how one is written, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from clearinghouse.errors import Invalid

_RESOLVER = "https://doi.org/"
_PLAIN = "/:;()._-,@!$&'*+=~"
"""Beside letters and digits, what may stand in the path of an address as it is (RFC 3986)."""

_WRITTEN = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:?)?\s*(10\.[0-9.]+/\S+)", re.I)


def plain(said: str) -> str:
    """The DOI alone, in small letters, of what people write: an address, ``doi:10.…``, or the DOI.

    Raises `Invalid` for what is none.
    """
    found = _WRITTEN.fullmatch(unquote(said.strip()))
    if not found:
        raise Invalid(f"“{said}” is no DOI; one begins with 10. and has a slash, such as 10.1000/182.")
    return found.group(1).lower()


def address(identifiers: Mapping[str, str]) -> str:
    """The address of the DOI among the `identifiers` of a resource; empty where there is none.

    Signs that a DOI may have and an address may not are escaped, as the DOI Handbook asks.
    """
    doi = identifiers.get("doi") or ""
    return _RESOLVER + quote(doi, safe=_PLAIN) if doi.startswith("10.") else ""
