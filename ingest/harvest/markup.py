"""XML as other people's servers send it: bounded, without entities, and forgiving where it is only untidy."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from typing import Any

from ingest import safe_xml
from ingest.errors import Damaged, TooLarge
from ingest.source import size_in_words

#: The most a list may hold, unpacked: what the sitemap protocol allows.
MOST_BYTES = 50 * 1024 * 1024
_MOST_TAGS = 2_000_000
_CONTROL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]"
    rb"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[\da-f]));",
    re.I,
)
_GZIP = b"\x1f\x8b"


def unpacked(content: bytes, address: str) -> bytes:
    """`content` without gzip around it. Raises `Damaged`, or `TooLarge` where it grows beyond `MOST_BYTES`."""
    if not content.startswith(_GZIP):
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            content = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise Damaged(f"{address} is a gzip file that was cut off or is broken: try again later.") from None
    if len(content) > MOST_BYTES:
        raise TooLarge(f"{address} unpacks to more than {size_in_words(MOST_BYTES)}, which no list needs.")
    return content


def tree(content: bytes, address: str) -> Any:
    """The root element. Raises `Damaged` or `TooLarge`.

    Control characters, which XML forbids and which titles pasted into a repository often hold, are left out.
    """
    if len(content) > MOST_BYTES or content.count(b"<") > _MOST_TAGS:
        raise TooLarge(f"{address} holds more than any list needs.")
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")):  # not in UTF-16, where each letter has a zero byte
        content = _CONTROL.sub(b"", content)
    try:
        return safe_xml.parse(content.lstrip(), address)
    except Damaged as problem:
        if "entity" in str(problem):
            raise
        raise Damaged(f"{address} answers with XML that cannot be read: tell those who run it.") from None


def name(element: Any) -> str:
    """The name of an element without its namespace, in small letters."""
    return str(element.tag).rpartition("}")[2].lower()


def text(element: Any, child: str) -> str:
    """What the first child of this name holds, without white space around it."""
    found = next((each for each in element if name(each) == child), None)
    return "".join(found.itertext()).strip() if found is not None else ""
