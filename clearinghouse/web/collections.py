"""Training series and shelves: to look through, to print, and to take away."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from clearinghouse.visiting import archive, browsing
from clearinghouse.web import carried, site
from clearinghouse.web.problems import Wording

blueprint = Blueprint("collections", __name__, url_prefix="/collections")

_NOTHING_TO_DOWNLOAD = Wording(
    "There is nothing to download here",
    "Nothing in this collection has a file of its own in the library at the moment. What is in it can still be "
    "looked at, or leads to where it lives.",
)


@blueprint.get("")
def index() -> str:
    """Every collection: training series first, then shelves."""
    found = browsing.collections(site.library())
    return render_template(
        "collections/index.html",
        training=[each for each in found if each.kind == "training"],
        shelves=[each for each in found if each.kind != "training"],
    )


@blueprint.get("/<slug>")
def show(slug: str) -> str:
    """One collection, in its order, with the note on each resource."""
    return render_template("collections/show.html", taken=_taken(slug))


@blueprint.get("/<slug>/contents")
def contents(slug: str) -> str:
    """The same as a list to print."""
    return render_template("collections/contents.html", taken=_taken(slug))


@blueprint.get("/<slug>/originals.zip")
def originals(slug: str) -> Response | tuple[str, int]:
    """Every original in one file, sent as it is read."""
    library = site.library()
    taken = archive.contents(library, slug)
    if not taken.files:
        return render_template("error.html", status=404, wording=_NOTHING_TO_DOWNLOAD, words=""), 404
    response = Response(archive.as_zip(taken, library.settings.site_name), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug}.zip")
    return response


def _taken(slug: str) -> archive.Contents:
    return archive.contents(site.library(), slug, hide_noted=carried.now().hide_noted)
