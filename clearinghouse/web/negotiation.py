"""Which form of a thing `Accept` asks for, where one address has several (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request
from werkzeug.exceptions import NotAcceptable

#: What people read. It comes first: whoever takes anything gets a page.
PAGE = "text/html"


def wanted(others: Iterable[str], *, first: str = PAGE) -> str | None:
    """The media type among `others` that is wanted more than `first`; None where `first` will do.

    Raises `NotAcceptable` where neither is wanted.
    """
    if not request.headers.get("Accept", "").strip():
        return None
    best = request.accept_mimetypes.best_match([first, *others])
    if best is None:
        raise NotAcceptable
    return None if best == first else best
