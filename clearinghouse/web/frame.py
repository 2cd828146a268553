"""What stands around every page: the same for all who have chosen the same, so it is written once."""

from __future__ import annotations

from collections.abc import Hashable

from flask import Flask, current_app
from jinja2.runtime import Macro
from markupsafe import Markup

from clearinghouse.web import carried, paths

_KEY = "clearinghouse.frame"
#: Pieces that are kept, of about a kilobyte each: more than there are ways to choose.
_MOST = 1_000


def attach(app: Flask) -> None:
    """Let templates write a piece of the frame with `once`."""
    app.extensions[_KEY] = {}
    app.jinja_env.globals["once"] = once


def once(macro: Macro, *given: Hashable) -> Markup:
    """What `macro` writes of `given`, written anew only for other choices or at another root.

    It must say nothing else of the page or of who asks.
    """
    pieces: dict[Hashable, Markup] = current_app.extensions[_KEY]
    key = (macro.name, given, paths.root(), carried.now())
    piece = pieces.get(key)
    if piece is None:
        if len(pieces) >= _MOST:
            pieces.clear()  # of other threads too: each has what it returns in hand
        piece = pieces[key] = Markup(macro(*given))  # noqa: S704 - a macro escapes what it writes
    return piece
