"""One resource: its page, its text to be read, its original file."""

from __future__ import annotations

import re

from flask import Blueprint, Response, make_response, render_template, request, send_file, url_for

from clearinghouse.search import discovery, similar
from clearinghouse.search.found import Fragments
from clearinghouse.upkeep import links
from clearinghouse.views import OriginalView
from clearinghouse.visiting import browsing
from clearinghouse.web import asking, carried, citations, describing, headers, negotiation, site
from clearinghouse.web.reading import laid_out
from clearinghouse.words import glossary

blueprint = Blueprint("resources", __name__, url_prefix="/resources")

_JSON = "application/json"
_UNSAFE_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f/\\\ud800-\udfff]+")


@blueprint.get("/<slug>")
def show(slug: str) -> Response:
    """What the resource is, who it is for, and every way to have it; or what `Accept` asks for instead."""
    wanted = negotiation.wanted([*citations.BY_TYPE, describing.JSON_LD, _JSON])
    response = _page(slug) if wanted is None else _as(wanted, slug)
    response.vary.add("Accept")
    return response


def _as(media_type: str, slug: str) -> Response:
    if media_type == describing.JSON_LD:
        return describing.json_ld(slug)
    if media_type == _JSON:
        return Response(status=303, headers={"Location": url_for("api.resource", slug=slug)})
    return citations.resource_as(slug, media_type)


def _page(slug: str) -> Response:
    words = asking.words(request.args)
    library = site.library()
    hide_noted = carried.now().hide_noted
    resource = browsing.resource(library, slug, hide_noted=hide_noted)
    matching = discovery.pages_that_match(library, slug, words) if words else ()
    page = render_template(
        "resources/show.html",
        resource=resource,
        words=words,
        matching=matching,
        alike=similar.to(library, slug, hide_noted=hide_noted),
        silent=links.silent(library, resource),
    )
    response = make_response(page)
    describing.signpost(response, resource)
    return response


@blueprint.get("/<slug>/<key>/read")
def read(slug: str, key: str) -> str:
    """The text of an edition, page by page, with the words looked for marked and hard words explained."""
    words = asking.words(request.args)
    library = site.library()
    reading = browsing.reading(library, slug, key, asking.whole_number(request.args.get("part")))
    marked = discovery.marker(site.library(), words) if words else _unmarked
    pages = laid_out(reading.pages, reading.before, reading.edition, marked, glossary.explainer(library))
    easy = reading.edition.form == "easy-read"
    return render_template("resources/read.html", reading=reading, pages=pages, words=words, easy=easy)


@blueprint.get("/<slug>/<key>/original")
def original(slug: str, key: str) -> Response:
    """The file exactly as it came. PDF and plain text open in the browser; the rest is downloaded."""
    stored, path = browsing.original(site.library(), slug, key)
    kind, policy, inline = _manner(stored)
    response = send_file(
        path,
        mimetype=kind,
        as_attachment="download" in request.args or not inline,
        download_name=_UNSAFE_IN_A_NAME.sub(" ", stored.name).strip() or "original",
        conditional=True,
        etag=stored.sha256,
        max_age=0,
    )
    response.headers["Content-Security-Policy"] = policy
    describing.signpost_back(response, slug)
    return response


def _unmarked(said: str) -> Fragments:
    return ((said, False),)


def _manner(stored: OriginalView) -> tuple[str, str, bool]:
    """Media type to send, policy to send with it, and whether it may be opened in the browser.

    A stored web page or drawing could carry a script of its own, so it is never opened on this site.
    """
    kind = stored.media_type.split(";")[0].strip().lower()
    if kind == "application/pdf":
        return kind, headers.PDF_POLICY, True
    if kind in {"text/plain", "text/markdown"}:
        return "text/plain", headers.FILE_POLICY, True
    return kind or "application/octet-stream", headers.FILE_POLICY, False
