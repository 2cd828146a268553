"""For robots, and for browsers that add the search: what they may read, and where everything is."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, render_template, url_for

from clearinghouse import vocabulary
from clearinghouse.interchange import sitemaps
from clearinghouse.interchange.sitemaps import Entry
from clearinghouse.web import site
from clearinghouse.web.whole_addresses import WholeAddresses

blueprint = Blueprint("robots", __name__)

#: What robots may read in spite of a rule below it; the longest rule that fits counts (RFC 9309), and programs
#: that take the first find these first.
_OPEN = ("/oai", "/oai?verb=", "/search/help", "/*?part=")
#: Searches and their filters, and every other choice of a visitor, which all stand behind a question mark; what
#: was asked by, or given to, one person; copies of what can be read already.
_CLOSED = ("/search", "/suggest", "/leave", "/ask", "/packs/", "/*?", "/collections/*.zip$", "/*/cite.")

#: Pages that are always there.
_PAGES = (
    "home.index",
    "topics.index",
    "collections.index",
    "pathways.index",
    "glossary.index",
    "help.about",
    "help.help_now",
    "searching.help",
    "api_guide.guide",
)
#: Letters of a search's name that browsers show (OpenSearch 1.1).
_SHORT, _LONG = 16, 48


@blueprint.get("/robots.txt")
def rules() -> Response:
    """Robots may read the library; searches are for people."""
    lines = ["User-agent: *", *(f"Allow: {each}" for each in _OPEN), *(f"Disallow: {each}" for each in _CLOSED)]
    lines += ["", f"Sitemap: {url_for('robots.sitemap', _external=True)}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Where the parts of the sitemap are, and when something in each last changed."""
    parts = [
        (url_for("robots.resources", number=number, _external=True), changed)
        for number, changed in sitemaps.parts(site.library())
    ]
    return _xml(sitemaps.index([(url_for("robots.pages", _external=True), None), *parts]))


@blueprint.get("/sitemap-pages.xml")
def pages() -> Response:
    """Every page that is no resource's."""
    return _xml(sitemaps.sitemap(_pages()))


@blueprint.get("/sitemap-resources-<int(max=1000000000):number>.xml")
def resources(number: int) -> Response:
    """The resources of one part, and their texts."""
    found = sitemaps.resources(site.library(), number)
    if not found:
        abort(404)
    at = WholeAddresses()
    return _xml(
        sitemaps.sitemap(
            (address, changed)
            for slug, changed, keys in found
            for address in (at.resource(slug), *(at.reading(slug, key) for key in keys))
        )
    )


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """What a browser needs to add this search to its own.

    It names no suggestions: a browser would send every letter that somebody types, in any of its tabs.
    """
    name = site.library().settings.site_name
    search = url_for("search.results", _external=True)
    text = render_template(
        "robots/opensearch.xml", short=_cut(name, _SHORT), long=_cut(name, _LONG), search=search
    )
    return Response(text, content_type="application/opensearchdescription+xml; charset=utf-8")


def _pages() -> Iterator[Entry]:
    library, at = site.library(), WholeAddresses()
    yield from ((url_for(each, _external=True), None) for each in _PAGES)
    yield from ((url_for("doors.show", audience=each, _external=True), None) for each in vocabulary.AUDIENCES)
    yield from ((at.collection(slug), None) for slug in sitemaps.collections(library))
    yield from ((at.topic(slug), None) for slug in sitemaps.topics(library))


def _xml(document: bytes) -> Response:
    return Response(document, content_type="application/xml; charset=utf-8")


def _cut(name: str, most: int) -> str:
    """`name` in at most so many letters, whole words where that can be."""
    return name if len(name) <= most else name[: most + 1].rpartition(" ")[0] or name[:most]
