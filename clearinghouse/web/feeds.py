"""Feeds: what a search finds, newest first, for a reader of news to follow (Atom, RFC 4287)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from clearinghouse.search import discovery
from clearinghouse.web import asking, site

blueprint = Blueprint("feeds", __name__)

#: Entries of one feed.
ENTRIES = 20
#: Every feed must say when it last changed; one without entries never has.
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@blueprint.get("/search.atom")
def search() -> Response:
    """The newest resources that answer the question in the address, whatever page or order it names."""
    asked = replace(asking.question(request.args), sort="newest", page=1, size=ENTRIES)
    answer = discovery.search(site.library(), asked)
    cards = [found.card for found in answer.found]
    response = make_response(
        render_template(
            "feeds/search.xml",
            asked=asked,
            cards=cards,
            here=url_for("feeds.search", _external=True, **asking.parameters(asked)),
            page=url_for("search.results", _external=True, **asking.parameters(asked)),
            updated=_newest([each.published_at for each in cards]) or _NEVER,
        )
    )
    response.mimetype = "application/atom+xml"
    response.add_etag()
    return response.make_conditional(request)


def _newest(moments: list[datetime | None]) -> datetime | None:
    return max((each for each in moments if each), default=None)
