"""What a search box offers while somebody types, as JSON for `suggest.js`."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from clearinghouse.search import suggesting
from clearinghouse.web import asking, carried, site

blueprint = Blueprint("suggest", __name__)


@blueprint.get("/suggest")
def suggest() -> Response:
    """`[label, …]` for `?q=`: what the words may be the beginning of, with `notes=hide` of no resource that
    has content notes. Never kept, here or on the device."""
    found = suggesting.suggestions(site.library(), asking.words(request.args), hide_noted=carried.now().hide_noted)
    return jsonify([each.label for each in found])
