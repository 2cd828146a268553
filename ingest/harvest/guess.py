"""What an address is, told from what it answers: a sitemap, a feed, a repository, a catalogue, or one page."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ingest.errors import IngestProblem
from ingest.harvest import markup
from ingest.polite import Body

SITEMAP, FEED, OAI, CATALOGUE, PAGE = "sitemap", "feed", "oai", "catalogue", "page"

_ROOTS = {"urlset": SITEMAP, "sitemapindex": SITEMAP, "rss": FEED, "feed": FEED, "rdf": FEED, "oai-pmh": OAI}
_BIBTEX = re.compile(r"^\s*@\w+\s*[{(]", re.M)
_CATALOGUES = {".csv", ".json", ".jsonl", ".toml", ".ris", ".bib"}
_BEGINNING = 4096


def kind_of(body: Body) -> str:
    """The kind of what was answered. Raises `Damaged` or `TooLarge` for gzip that is broken or a bomb."""
    content = markup.unpacked(body.content, body.address)
    beginning = content[:_BEGINNING].decode("utf-8-sig", "replace").lstrip()
    if beginning.startswith("<"):
        return _of_markup(content, body.address)
    if re.match(r"https?://\S+\s*(?:\n|$)", beginning):
        return SITEMAP
    if body.address.endswith("/robots.txt") and re.search(r"^\s*sitemap\s*:", beginning, re.I | re.M):
        return SITEMAP
    return CATALOGUE if ending_of(body) else PAGE


def ending_of(body: Body) -> str:
    """How a catalogue file of this kind ends, such as ``.csv``; empty for what is no catalogue."""
    beginning = body.content[:_BEGINNING].decode("utf-8-sig", "replace").lstrip()
    if beginning.startswith("TY  - "):
        return ".ris"
    if _BIBTEX.match(beginning) or (beginning.startswith("%") and _BIBTEX.search(beginning)):
        return ".bib"
    if body.media_type in {"application/json", "application/ld+json"} or beginning.startswith(("[{", '{"')):
        return ".json"
    if body.media_type == "text/csv":
        return ".csv"
    named = PurePosixPath(urlsplit(body.address).path).suffix.lower()
    return named if named in _CATALOGUES and not beginning.startswith("<") else ""


def _of_markup(content: bytes, address: str) -> str:
    try:
        return _ROOTS.get(markup.name(markup.tree(content, address)), PAGE)
    except IngestProblem:  # HTML is seldom XML; and a feed may be broken, which its own reader forgives
        start = re.search(rb"<(?![?!])(?:\w+:)?(\w+)", content[:_BEGINNING])
        return _ROOTS.get(start.group(1).decode().lower(), PAGE) if start else PAGE
