"""Training series and shelves."""

from __future__ import annotations

from flask import Blueprint, render_template

from clearinghouse import browsing
from clearinghouse.web import carried, site

blueprint = Blueprint("collections", __name__, url_prefix="/collections")


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
    shown = browsing.collection(site.library(), slug, hide_noted=carried.now().hide_noted)
    return render_template("collections/show.html", collection=shown)
