"""Files that a reference manager reads, of a resource, a collection, or what a search finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Response, request, url_for

from clearinghouse.citation import citation_files
from clearinghouse.citation.citation_files import CitationFile
from clearinghouse.errors import NotFound
from clearinghouse.search import discovery
from clearinghouse.views import ResourceView
from clearinghouse.visiting import archive, browsing, listing
from clearinghouse.web import asking, carried, headers, showing, site

blueprint = Blueprint("citations", __name__)

#: How many of what a search finds are cited.
MOST_OF_A_SEARCH = 500
#: Media type to format, for `Accept`.
BY_TYPE = {each.media_type: each for each in citation_files.FORMATS.values()}


@blueprint.get("/resources/<slug>/cite.<ending>")
def resource(slug: str, ending: str) -> Response:
    """One resource."""
    wanted = _format(ending)
    return _file(wanted, [browsing.resource(site.library(), slug)], slug)


@blueprint.get("/collections/<slug>/cite.<ending>")
def collection(slug: str, ending: str) -> Response:
    """What is in a collection, in its order."""
    wanted = _format(ending)
    library = site.library()
    taken = archive.contents(library, slug, hide_noted=carried.now().hide_noted)
    return _file(wanted, listing.resources(library, [item.card.id for item in taken.items]), slug)


@blueprint.get("/search/cite.<ending>")
def search(ending: str) -> Response:
    """The first 500 that a search finds, in the order it shows them in."""
    wanted = _format(ending)
    library = site.library()
    asked = replace(asking.question(request.args), page=1, size=MOST_OF_A_SEARCH, best_pages=0)
    found = discovery.search(library, asked).found
    return _file(wanted, listing.resources(library, [each.card.id for each in found]), "search")


def resource_as(slug: str, media_type: str) -> Response:
    """One resource in the format of this media type, one of `BY_TYPE`, for who asks at its own address."""
    wanted = BY_TYPE[media_type]
    response = _file(wanted, [browsing.resource(site.library(), slug)], slug)
    response.headers["Content-Location"] = url_for("citations.resource", slug=slug, ending=wanted.ending)
    return response


def _format(ending: str) -> CitationFile:
    """Raises `NotFound`, naming those there are."""
    wanted = citation_files.FORMATS.get(ending)
    if wanted is None:
        endings = showing.listed([f"cite.{each}" for each in citation_files.FORMATS])
        raise NotFound(f"There is no such citation file; there are {endings}.")
    return wanted


def _file(wanted: CitationFile, resources: Sequence[ResourceView], name: str) -> Response:
    body = wanted.write(map(showing.work, resources))
    response = Response(body, content_type=f"{wanted.media_type}; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{wanted.ending}")
    response.headers["Content-Security-Policy"] = headers.FILE_POLICY
    return response
