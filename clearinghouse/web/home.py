"""The first page."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template

from clearinghouse import vocabulary
from clearinghouse.visiting import browsing
from clearinghouse.web import carried, site

blueprint = Blueprint("home", __name__)

#: What each audience comes for, said to them.
DOORS = {
    "consumers": "Hope, plain words and Easy Read. Your rights, and how people become peer workers.",
    "carers": "Support for you, and ways to help someone you care about.",
    "staff": "Training, practice, supervision and evidence. Peer workers first.",
    "providers": "Frameworks, hiring, policies, templates and evaluation.",
}


@blueprint.get("/")
def index() -> str:
    """Search box, four doors, the charter, the training series, what is new, shelves."""
    home = browsing.home(site.library(), hide_noted=carried.now().hide_noted)
    doors = [(name, label, DOORS[name], home.counts.get(name, 0)) for name, label in vocabulary.AUDIENCES.items()]
    return render_template("home/index.html", home=home, doors=doors)


@blueprint.get("/favicon.ico")
def icon() -> Response:
    """What browsers ask for beside a document that names no icon, such as a PDF."""
    return current_app.send_static_file("door.svg")
