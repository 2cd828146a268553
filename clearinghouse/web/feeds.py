"""Feeds of what is new: in all, for an audience, about a topic, in a collection, and of what a search finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from clearinghouse import vocabulary
from clearinghouse.errors import NotFound
from clearinghouse.interchange import atom
from clearinghouse.search import discovery
from clearinghouse.views import ResourceView
from clearinghouse.visiting import browsing, listing
from clearinghouse.web import asking, carried, site
from clearinghouse.web.whole_addresses import WholeAddresses

blueprint = Blueprint("feeds", __name__)

#: Entries of one feed.
ENTRIES = 20


@blueprint.get("/feed.atom")
def everything() -> AnyResponse:
    """The newest resources."""
    return _feed("", "The newest resources", _whole("home.index"), _newest())


@blueprint.get("/for/<audience>/feed.atom")
def audience(audience: str) -> AnyResponse:
    """The newest for an audience."""
    if audience not in vocabulary.AUDIENCES:
        raise NotFound("There is no such audience.")
    page = _whole("doors.show", audience=audience)
    return _feed(vocabulary.AUDIENCES[audience], "The newest resources for them", page, _newest(audience=audience))


@blueprint.get("/topics/<slug>/feed.atom")
def topic(slug: str) -> AnyResponse:
    """The newest about a topic."""
    found, _ = browsing.topic(site.library(), slug)
    page = _whole("topics.show", slug=slug)
    return _feed(found.label, "The newest resources about this topic", page, _newest(topic=slug))


@blueprint.get("/collections/<slug>/feed.atom")
def collection(slug: str) -> AnyResponse:
    """The newest in a collection."""
    found = browsing.collection(site.library(), slug)
    page = _whole("collections.show", slug=slug)
    return _feed(found.title, "The newest resources in this collection", page, _newest(collection=slug))


@blueprint.get("/search.atom")
def search() -> AnyResponse:
    """The newest resources that answer the question in the address, whatever page or order it names."""
    library = site.library()
    asked = replace(asking.question(request.args), sort="newest", page=1, size=ENTRIES, best_pages=0)
    found = discovery.search(library, asked).found
    resources = listing.resources(library, [each.card.id for each in found])
    said = asking.parameters(asked)
    page = _whole("search.results", **said)
    return _feed(asked.words, "The newest resources that this search finds", page, resources, **said)


def _newest(*, audience: str = "", topic: str = "", collection: str = "") -> Sequence[ResourceView]:
    return listing.published(
        site.library(),
        page=1,
        size=ENTRIES,
        audience=audience,
        topic=topic,
        collection=collection,
        hide_noted=carried.now().hide_noted,
    ).resources


def _whole(endpoint: str, **values: Any) -> str:
    return url_for(endpoint, _external=True, **values)


def _feed(name: str, subtitle: str, page: str, resources: Sequence[ResourceView], **said: Any) -> AnyResponse:
    addresses = WholeAddresses()
    said = {**(request.view_args or {}), **(said or {carried.NOTES: carried.now().values()[carried.NOTES]})}
    feed = atom.Feed(
        address=_whole(str(request.endpoint), **said),
        page=page,
        title=f"{name} – {addresses.site_name}" if name else addresses.site_name,
        subtitle=subtitle,
        lists=_whole("search.results"),
    )
    response = Response(atom.xml(feed, resources, addresses), mimetype=atom.MEDIA_TYPE)
    response.add_etag()
    return response.make_conditional(request)
