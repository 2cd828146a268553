"""The search index: what is indexed, what is asked, and the engines that answer.

A leaf: it imports neither `clearinghouse` nor `ingest`, and knows nothing of Flask or SQLAlchemy.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from index.document import Document, PageText
from index.engine import BestPage, Engine, Hit, Results
from index.errors import Unavailable
from index.parse import parse
from index.query import Clause, Query, Sort
from index.snippets import Marker, snippet

__all__ = [
    "BestPage",
    "Clause",
    "Document",
    "Engine",
    "Hit",
    "Marker",
    "PageText",
    "Query",
    "Results",
    "Sort",
    "open",
    "parse",
    "snippet",
]

SCHEMES = ("whoosh",)


def open(url: str) -> Engine:  # noqa: A001 - index.open reads as what it does
    """The engine that `url` names, such as ``whoosh:///srv/library/index``. Nothing is read or made yet.

    Raises `Unavailable` for an address that names no engine or no folder.
    """
    scheme, separator, _ = url.partition("://")
    if not separator or scheme not in SCHEMES:
        known = ", ".join(f"{name}://" for name in SCHEMES)
        raise Unavailable(f"{url!r} names no search engine. Known ones begin with: {known}.")
    address = urlsplit(url)
    if address.netloc or not address.path.startswith("/"):
        raise Unavailable(f"{url!r} names no folder. Write three slashes and a whole path: whoosh:///srv/index.")
    from index.whoosh_engine import WhooshEngine  # here, so that a program that never searches starts fast

    return WhooshEngine(Path(unquote(address.path)))
