"""What every response says to the browser: load nothing foreign, keep nothing private, tell nobody."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, current_app, request
from werkzeug.wrappers import Response

from clearinghouse.web import site

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: Chromium's PDF viewer is an embedded object with a style of its own; nothing else may run beside it.
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
#: A stored file that a browser might run as a page is cut off from this site altogether.
FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"

_ALWAYS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "microphone=(), payment=(), usb=()"
    ),
}
_YEAR = 365 * 24 * 60 * 60


def attach(app: Flask) -> None:
    """Add the headers to every response of `app`, error pages included."""
    app.after_request(_protect)
    app.after_request(_caching)


def _protect(response: Response) -> Response:
    given = {name.lower() for name in response.headers.keys()}  # noqa: SIM118 - a list of pairs, not a mapping
    for name, value in _ALWAYS.items():
        if name.lower() not in given:
            response.headers.add(name, value)
    return response


def _caching(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in (200, 206, 304):
        response.headers["Cache-Control"] = _static_caching()
    elif _is_private():
        # What somebody searched for or asked is not to be found on the device afterwards.
        response.headers["Cache-Control"] = "private, no-store"
    else:
        # Asked again each time, so that a withdrawn resource is gone at once.
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def _is_private() -> bool:
    if request.endpoint == "feeds.search":  # an address that somebody gave to their feed reader
        return False
    return request.endpoint == "search.results" or "q" in request.args or request.blueprint == "ask"


def _static_caching() -> str:
    name = str((request.view_args or {}).get("filename", ""))
    wanted = request.args.get("v")
    if wanted and wanted == site.digest(Path(str(current_app.static_folder)) / name):
        return f"public, max-age={_YEAR}, immutable"
    return "public, no-cache"
