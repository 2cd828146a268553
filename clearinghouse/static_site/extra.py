"""Pages that only a copy without a server has: a search in the browser, everything A to Z, and whom to ask."""

from __future__ import annotations

from flask import Blueprint, Flask, abort, current_app, render_template

from clearinghouse import vocabulary
from clearinghouse.library import Library
from clearinghouse.visiting import everything

blueprint = Blueprint("offline", __name__, url_prefix="/offline")

_TITLES = "titles of a copy"


def attach(app: Flask, library: Library) -> None:
    """Give `app` these pages, and tell every template that nobody is there to answer."""
    app.register_blueprint(blueprint)
    app.extensions[_TITLES] = everything.titles(library)  # once, and not again for each letter
    app.jinja_env.globals["offline"] = True


@blueprint.get("/search")
def search() -> str:
    """The search, done by the browser itself."""
    return render_template(
        "offline/search.html",
        audiences=vocabulary.AUDIENCES,
        kinds=vocabulary.KINDS,
        form_kinds=vocabulary.FORMS,
    )


@blueprint.get("/ask")
def ask() -> str:
    """Whom to ask, where no form can be sent."""
    return render_template("offline/ask.html")


@blueprint.get("/everything")
def index() -> str:
    """Every letter that titles begin with."""
    return render_template("offline/everything.html", letters=current_app.extensions[_TITLES], letter=None)


@blueprint.get("/everything/<letter>")
def by_letter(letter: str) -> str:
    """Titles that begin with `letter`."""
    letters = current_app.extensions[_TITLES]
    if letter not in letters:
        abort(404)
    return render_template("offline/everything.html", letters=letters, letter=letter)
