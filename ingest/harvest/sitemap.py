"""The sitemap of a site: sitemaps.org's XML, an index of several, plain text, each as it is or in gzip.

A robots.txt that names sitemaps is an index as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from ingest.errors import Damaged, IngestProblem, TooLarge, TryLater
from ingest.harvest import markup
from ingest.harvest.listing import Ask, Batch, Cursor, Item, joined

_MOST_LISTS = 1000
_IN_ROBOTS = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*(https?://[^\s<>]+)", re.I | re.M)
_ROOTS = {"urlset", "sitemapindex"}


def listing(ask: Ask, address: str, cursor: Cursor) -> Iterator[Batch]:
    """Every page that the sitemap at `address` names, a batch for each of its files.

    A file of an index that cannot be read is an item with a problem; the others are read all the same. Raises an
    `IngestProblem` where the first file cannot be read, or `TryLater` where the server wants a pause.
    """
    waiting = cursor.waiting or (address,)
    while waiting:
        here, *rest = waiting
        items, more = _read(ask, here, address)
        done = (*cursor.done, here)
        waiting = tuple(dict.fromkeys([*rest, *(each for each in more if each not in done)]))
        if len(done) + len(waiting) > _MOST_LISTS:
            raise TooLarge(f"{address} names more than {_MOST_LISTS} sitemaps: harvest some of them one by one.")
        cursor = replace(cursor, waiting=waiting, done=done)
        yield Batch(tuple(items), cursor)


def _read(ask: Ask, here: str, address: str) -> tuple[list[Item], list[str]]:
    """Items of one file, and the files it names."""
    try:
        body = ask(here)
        content = markup.unpacked(body.content, here)
        entries = _entries(content, here)
    except TryLater:
        raise
    except IngestProblem as problem:
        if here == address:
            raise
        return [Item(here, problem=str(problem))], []
    if entries and entries[0][2]:  # whole addresses only: a part of one could lead on and on
        return [], [
            loc for loc, _, _ in entries if loc.startswith(("http://", "https://")) and _same_site(loc, address)
        ]
    found = [(joined(here, loc) or loc, changed) for loc, changed, _ in entries if loc]
    return [_item(each, changed, address) for each, changed in dict(found).items()], []


def _entries(content: bytes, here: str) -> list[tuple[str, str, bool]]:
    """(address, last change, whether it is another sitemap) of each entry."""
    beginning = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:8].lower()
    if beginning.startswith((b"http://", b"https:/")):
        lines = content.decode("utf-8-sig", "replace").split("\n")
        return [(line.strip(), "", False) for line in lines if line.strip()]
    if named := _IN_ROBOTS.findall(content):
        return [(each.decode("utf-8", "replace"), "", True) for each in named]
    root = markup.tree(content, here)
    kind = markup.name(root)
    if kind not in _ROOTS:
        raise Damaged(f"{here} is no sitemap: look in the site's robots.txt for the address of its own.")
    return [_entry(each, kind == "sitemapindex") for each in root if markup.name(each) in {"url", "sitemap"}]


def _entry(element: Any, is_list: bool) -> tuple[str, str, bool]:
    return markup.text(element, "loc"), markup.text(element, "lastmod"), is_list


def _item(page: str, changed: str, address: str) -> Item:
    if not _same_site(page, address):
        return Item(page, problem=f"{page} is on another site than its sitemap: add it by its own address.")
    return Item(page, address=page, datestamp=changed)


def _same_site(one: str, other: str) -> bool:
    """A sitemap speaks for its own site alone (sitemaps.org, "Sitemap file location")."""
    return _site(one) == _site(other)


def _site(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower().removeprefix("www.")
    except ValueError:
        return address
