"""An RSS or Atom feed: its entries, each with the page it leads to."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from ingest.errors import Damaged, TooLarge
from ingest.harvest import markup
from ingest.harvest.listing import Ask, Batch, Cursor, Item, joined
from ingest.polite import Body
from ingest.source import size_in_words

_MOST_BYTES = 10 * 1024 * 1024
_BEGINNING = 64 * 1024
_TYPES = {"application/rss+xml", "application/atom+xml"}
_LINK = re.compile(rb"<link\b[^>]*>", re.I)


def listing(ask: Ask, address: str, cursor: Cursor) -> Iterator[Batch]:
    """The entries of the feed at `address`, newest first as feeds have them. Raises an `IngestProblem`."""
    body = ask(address)
    content = markup.unpacked(body.content, address)
    if len(content) > _MOST_BYTES:
        raise TooLarge(f"{address} holds more than {size_in_words(_MOST_BYTES)}, which no feed needs.")
    if b"<!entity" in content[:_BEGINNING].lower():
        raise Damaged(f"{address} declares entities, which no feed needs: it is not read.")
    import feedparser  # takes a while

    read = feedparser.parse(io.BytesIO(content), response_headers={"content-type": body.media_type})
    if not read.entries and not read.get("version"):
        raise Damaged(f"{address} is no feed that can be read: open it in a browser to check it.")
    found = [_item(entry, body.address) for entry in read.entries]
    yield Batch(tuple({each.identifier: each for each in reversed(found)}.values())[::-1], cursor)


def _item(entry: Any, base: str) -> Item:
    link = joined(base, entry["link"]) if entry.get("link") else ""
    title = " ".join(entry.get("title", "").split())
    identifier = entry.get("id") or link or title
    if not link.startswith(("http://", "https://")):
        return Item(
            identifier, problem=f"“{title or identifier}” leads to no page on the web: there is nothing to add."
        )
    # by way of dict, because feedparser's own `get` warns of a fallback that is not wanted here
    changed = dict.get(entry, "updated") or dict.get(entry, "published") or ""
    return Item(identifier, address=link, datestamp=changed)


def offered(page: Body) -> tuple[str, ...]:
    """Addresses of the feeds that a web page says it has (``<link rel="alternate">``)."""
    from bs4 import BeautifulSoup

    links = BeautifulSoup(b"".join(_LINK.findall(page.content[: 16 * _BEGINNING])), "lxml").find_all("link")
    return tuple(
        joined(page.address, str(each.get("href", "")))
        for each in links
        if "alternate" in (each.get("rel") or []) and str(each.get("type", "")).lower() in _TYPES
    )
