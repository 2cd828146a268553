"""Pathways to peer work, by state and territory."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from clearinghouse import vocabulary
from clearinghouse.visiting import pathways
from clearinghouse.web import carried, site

blueprint = Blueprint("pathways", __name__, url_prefix="/pathways")


@blueprint.get("")
def index() -> str:
    """First steps, the qualification, and what is listed: everywhere, or `where` one lives."""
    found = pathways.listed(site.library(), hide_noted=carried.now().hide_noted)
    regions = pathways.near(found, request.args.get("where", ""))
    return render_template(
        "pathways/index.html",
        found=found,
        regions=regions,
        chosen=regions[0] if len(regions) < len(found.regions) else None,
        entries=vocabulary.ENTRIES,
        code=pathways.QUALIFICATION,
        next_best=pathways.NEXT_BEST,
    )
