"""Help lines, what this place is, and the way out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from clearinghouse import browsing
from clearinghouse.views import HelpLineView
from clearinghouse.web import site

blueprint = Blueprint("help", __name__)


@blueprint.get("/help-now")
def help_now() -> str:
    """Every help line, those that answer day and night first."""
    lines = browsing.help_lines(site.library())
    return render_template(
        "help/help_now.html",
        always=[line for line in lines if _day_and_night(line)],
        others=[line for line in lines if not _day_and_night(line)],
    )


@blueprint.get("/about")
def about() -> str:
    """What this library is, how to search it, and what it does not keep about anyone."""
    return render_template("help/about.html")


@blueprint.get("/leave")
def leave() -> Response:
    """`Leave this page` without JavaScript: straight to the neutral page."""
    return redirect(site.library().settings.leave_to, code=303)


def _day_and_night(line: HelpLineView) -> bool:
    return line.hours.startswith("24")
