"""What a search box offers while somebody types, as JSON for `suggest.js`."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from clearinghouse.search import suggesting
from clearinghouse.web import asking, site

blueprint = Blueprint("suggest", __name__)


@blueprint.get("/suggest")
def suggest() -> Response:
    """`[label, …]` for `?q=`: what the words may be the beginning of. Never kept, here or on the device."""
    found = suggesting.suggestions(site.library(), asking.words(request.args))
    return jsonify([each.label for each in found])
