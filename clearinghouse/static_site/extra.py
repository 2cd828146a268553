"""Pages that only a copy without a server has: a search in the browser, everything A to Z, and whom to ask."""

from __future__ import annotations

from flask import Blueprint, Flask, abort, render_template

from clearinghouse import vocabulary
from clearinghouse.visiting import everything
from clearinghouse.web import site

blueprint = Blueprint("offline", __name__, url_prefix="/offline")


def attach(app: Flask) -> None:
    """Give `app` these pages, and tell every template that nobody is there to answer."""
    app.register_blueprint(blueprint)
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
    return render_template("offline/everything.html", letters=everything.letters(site.library()), letter=None)


@blueprint.get("/everything/<letter>")
def by_letter(letter: str) -> str:
    """Titles that begin with `letter`."""
    titles = everything.titles(site.library(), letter)
    if not titles:
        abort(404)
    letters = everything.letters(site.library())
    return render_template("offline/everything.html", letters=letters, letter=letter, titles=titles)
