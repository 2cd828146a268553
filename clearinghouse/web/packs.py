"""Answer packs: a page for whoever was given its address, and for nobody's index."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from clearinghouse.enquiries import packs
from clearinghouse.errors import Withdrawn
from clearinghouse.web import site

blueprint = Blueprint("packs", __name__, url_prefix="/packs")


@blueprint.get("/<slug>")
def show(slug: str) -> str:
    """The resources somebody chose, with a note on each, to be read or printed."""
    return render_template("packs/show.html", pack=packs.reading(site.library(), slug))


@blueprint.errorhandler(Withdrawn)
def _taken_away(_problem: Withdrawn) -> Response:
    return make_response(render_template("packs/taken_away.html"), 410)


@blueprint.after_request
def _for_no_index(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
