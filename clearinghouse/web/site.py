"""What every page needs: the library, the settings, the help lines in reach, addresses of static files."""

from __future__ import annotations

import hashlib
import logging
from functools import cache
from pathlib import Path
from urllib.parse import quote

from flask import Flask, current_app, redirect, request
from werkzeug.wrappers import Response

from clearinghouse.library import Library
from clearinghouse.views import HelpLineView
from clearinghouse.visiting import browsing
from clearinghouse.web import paths
from clearinghouse.words import crisis

_log = logging.getLogger(__name__)
_KEY = "clearinghouse"

#: The ways around that head every page, in order: endpoint and name.
NAVIGATION = (
    ("topics.index", "Topics"),
    ("glossary.index", "Glossary"),
    ("collections.index", "Collections"),
    ("pathways.index", "Pathways"),
    ("ask.form", "Ask us"),
    ("help.about", "About"),
    ("help.help_now", "Help now"),
)


def attach(app: Flask, library: Library) -> None:
    """Give `app` its library and every template the site's name, help lines and versioned static files."""
    app.extensions[_KEY] = library
    settings = library.settings
    app.jinja_env.globals.update(
        offline=False,  # a copy without a server says otherwise
        site_name=settings.site_name,
        leave_to=settings.leave_to,
        contact=settings.contact,
        counts_searches=settings.count_searches,
        static_url=versioned,
        has_address=has_address,
        navigation=NAVIGATION,
        always_lines=_always_lines,
    )
    app.before_request(_without_trailing_slash)


def library() -> Library:
    """The library this application shows."""
    found: Library = current_app.extensions[_KEY]
    return found


def has_address() -> bool:
    """Whether others can find this site at an address: a copy that works without a server may have none."""
    return bool(library().settings.address) or not current_app.jinja_env.globals["offline"]


@cache
def digest(path: Path) -> str:
    """A short name for the content of a static file; it changes when the file does."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def versioned(name: str) -> str:
    """Address of the static file `name` with its digest, so that it may be kept for a year."""
    return paths.to("static", filename=name, v=_digest_of(str(current_app.static_folder), name))


@cache
def _digest_of(folder: str, name: str) -> str:
    return digest(Path(folder) / name)


def _always_lines() -> tuple[HelpLineView, ...]:
    """Help lines for the strip. An error page must still be shown when the database is the error."""
    try:
        return tuple(line for line in browsing.help_lines(library()) if line.always)
    except Exception:
        _log.exception("The help lines could not be read; the page shows 000 alone.")
        return ()


def suggests_crisis() -> bool:
    """Whether the search in the address suggests that somebody may need help now.

    Such a search is counted in no tally. All of it is read, though pages show less. An error page asks this too,
    and must still be shown when the database is the error.
    """
    words = request.args.get("q", "")
    try:
        return crisis.suggests(library(), words)
    except Exception:
        _log.exception("The crisis phrases could not be read; the page is shown without its help card.")
        return False


def _without_trailing_slash() -> Response | None:
    """`/topics/` is `/topics`. One slash at the front, so that the address never leaves this host."""
    if request.path == "/" or not request.path.endswith("/"):
        return None
    address = "/" + quote(request.path.strip("/\\"))
    if request.query_string:
        address += "?" + request.query_string.decode("latin-1")
    return redirect(address, code=308)
