"""The search index: what is indexed, what is asked, and the engines that answer.

A leaf: it imports neither `clearinghouse` nor `ingest`, and knows nothing of Flask or SQLAlchemy.
"""

from __future__ import annotations

from importlib.util import find_spec
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
    "check",
    "open",
    "parse",
    "snippet",
]

SCHEMES = ("whoosh", "tantivy")


def open(url: str) -> Engine:  # noqa: A001 - index.open reads as what it does
    """The engine that `url` names, such as ``whoosh:///srv/library/index``. Nothing is read or made yet.

    Raises `Unavailable` for an address that names no engine or no folder, or an engine not installed.
    """
    scheme, folder = _named(url)
    # Imported only when asked for, so that a program that never searches starts fast.
    if scheme == "tantivy":
        from index.tantivy_engine import TantivyEngine

        return TantivyEngine(folder)
    from index.whoosh_engine import WhooshEngine

    return WhooshEngine(folder)


def check(url: str) -> None:
    """Raise what `open` would, and load nothing."""
    _named(url)


def _named(url: str) -> tuple[str, Path]:
    """Scheme and folder of an address. Raises as `open` does."""
    scheme, separator, _ = url.partition("://")
    if not separator or scheme not in SCHEMES:
        known = ", ".join(f"{name}://" for name in SCHEMES)
        raise Unavailable(f"{url!r} names no search engine. Known ones begin with: {known}.")
    address = urlsplit(url)
    if address.netloc or not address.path.startswith("/"):
        raise Unavailable(f"{url!r} names no folder. Write three slashes and a whole path: {scheme}:///srv/index.")
    if scheme == "tantivy" and find_spec("tantivy") is None:
        raise Unavailable(
            "The search engine tantivy is not installed. Install it with "
            "`pip install 'peer-support-clearinghouse[tantivy]'`, or take tantivy:// out of CLEARINGHOUSE_INDEX."
        )
    return scheme, Path(unquote(address.path))
