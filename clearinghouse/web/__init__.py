"""The site visitors see: server-rendered pages over `browsing` and `discovery`, without cookies or tracking.

Nothing here knows SQL or an engine: each view asks one question of the library and shows the answer.
"""

from __future__ import annotations

from flask import Flask

from clearinghouse import places
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
    frame,
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


def create_app(library: Library) -> Flask:
    """The WSGI application over `library`, which the caller opens and closes."""
    app = Site(
        "clearinghouse",
        static_folder=str(places.PACKAGE / "static"),
        static_url_path="/static",
        template_folder=str(places.templates()),
    )
    app.address = library.settings.address
    app.jinja_options["trim_blocks"] = True
    app.jinja_options["lstrip_blocks"] = True
    site.attach(app, library)
    showing.attach(app)
    carried.attach(app)
    frame.attach(app)
    describing.attach(app)
    headers.attach(app)
    problems.attach(app)
    areas = (home, doors, search, suggest, feeds, resources, collections, pathways, topics, glossary, help_now)
    for area in (*areas, ask, packs, searching, citations, oai, describing, robots):
        app.register_blueprint(area.blueprint)
    api.attach(app)
    return app
