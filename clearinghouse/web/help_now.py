"""Help lines, what this place is, and the way out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from clearinghouse import vocabulary
from clearinghouse.visiting import browsing
from clearinghouse.web import site

blueprint = Blueprint("help", __name__)


@blueprint.get("/help-now")
def help_now() -> str:
    """Every help line: for all of Australia, those that answer day and night first; then by state."""
    lines = browsing.help_lines(site.library())
    everywhere = [line for line in lines if line.jurisdiction == "National"]
    states = [
        (name, here)
        for code, name in vocabulary.JURISDICTIONS.items()
        if code != "National" and (here := [line for line in lines if line.jurisdiction == code])
    ]
    return render_template(
        "help/help_now.html",
        always=[line for line in everywhere if line.day_and_night],
        others=[line for line in everywhere if not line.day_and_night],
        states=states,
    )


@blueprint.get("/about")
def about() -> str:
    """What this library is, how to search it, and what it does not keep about anyone."""
    return render_template("help/about.html")


@blueprint.get("/leave")
def leave() -> Response:
    """`Leave this page` without JavaScript: straight to the neutral page."""
    return redirect(site.library().settings.leave_to, code=303)
