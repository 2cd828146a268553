"""The site visitors see: server-rendered pages over `browsing` and `discovery`, without cookies or tracking.

Nothing here knows SQL or an engine: each view asks one question of the library and shows the answer.
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from clearinghouse.library import Library
from clearinghouse.web import (
    api,
    ask,
    carried,
    citations,
    collections,
    describing,
    doors,
    feeds,
    glossary,
    headers,
    help_now,
    home,
    oai,
    packs,
    pathways,
    problems,
    resources,
    robots,
    search,
    searching,
    showing,
    site,
    suggest,
    topics,
)
from clearinghouse.web.address import Site

_PACKAGE = Path(__file__).resolve().parent.parent


def create_app(library: Library) -> Flask:
    """The WSGI application over `library`, which the caller opens and closes."""
    app = Site(
        "clearinghouse",
        static_folder=str(_PACKAGE / "static"),
        static_url_path="/static",
        template_folder=str(_templates()),
    )
    app.address = library.settings.address
    app.jinja_options["trim_blocks"] = True
    app.jinja_options["lstrip_blocks"] = True
    site.attach(app, library)
    showing.attach(app)
    carried.attach(app)
    describing.attach(app)
    headers.attach(app)
    problems.attach(app)
    areas = (home, doors, search, suggest, feeds, resources, collections, pathways, topics, glossary, help_now)
    for area in (*areas, ask, packs, searching, citations, oai, describing, robots):
        app.register_blueprint(area.blueprint)
    api.attach(app)
    return app


def _templates() -> Path:
    """Inside the package where it was installed from a wheel; beside the checkout otherwise."""
    inside = _PACKAGE / "templates"
    return inside if (inside / "base.html").is_file() else _PACKAGE.parent / "templates"
