"""Pages for what went wrong: the same look as the rest, a plain sentence, and a way on."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from flask import Flask, make_response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from clearinghouse import errors
from clearinghouse.visiting import browsing
from clearinghouse.web import problem_details, site
from index.errors import IndexProblem

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wording:
    """What the page of one status says."""

    heading: str
    sentence: str


WORDINGS = {
    400: Wording(
        "That request could not be understood",
        "Something in the address or the form was not in a shape we can read. Please go back and try again.",
    ),
    404: Wording(
        "This page is not here",
        "The address may have been mistyped, or the page may have moved. Nothing is wrong with your device.",
    ),
    405: Wording(
        "That page cannot be used that way",
        "Pages here are for reading. Please follow a link or use the search box instead.",
    ),
    406: Wording(
        "We do not have that form of it",
        "What was asked for comes as a web page. A resource also comes as BibTeX, RIS and CSL-JSON for reference "
        "managers, as JSON-LD and as JSON.",
    ),
    410: Wording("This resource has been withdrawn", "It was part of this library and has been taken out."),
    500: Wording(
        "Something went wrong on our side",
        "It is not your doing. Please try again in a minute.",
    ),
    503: Wording(
        "This part of the library is having a rest",
        "It should be back soon. Please try again in a few minutes.",
    ),
}
SEARCH_IS_AWAY = Wording(
    "Search is having a rest",
    "The search is not working at the moment, but everything in the library can still be read. "
    "Please look around by topic or collection, or try the search again in a few minutes.",
)


def attach(app: Flask) -> None:
    """Show a page for every problem of the library, every HTTP error and anything unforeseen."""
    for kind in errors.AnyProblem:
        app.register_error_handler(kind, _problem)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def _problem(problem: Exception) -> Response:
    status = errors.http_status(problem)
    if status >= 500:
        # The sentence advises a curator: it belongs in the log, not before a visitor.
        _log.error("%s %s: %s", request.method, request.path, problem)
    if isinstance(problem, IndexProblem):
        return _answer(status, SEARCH_IS_AWAY)
    if problem_details.wanted() and status < 500:
        return problem_details.response(status, str(problem))
    return _answer(status, reason=str(problem) if isinstance(problem, errors.Withdrawn) else "")


def _http(problem: HTTPException) -> Response:
    status = problem.code or 500
    if status < 400:
        return problem.get_response()  # a redirect, already whole
    response = _answer(status)
    for name, value in problem.get_headers():
        if name.lower() in {"allow", "retry-after", "content-range"}:
            response.headers[name] = value
    return response


def _unforeseen(problem: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.path, exc_info=problem)
    return _answer(500)


def _answer(status: int, wording: Wording | None = None, reason: str = "") -> Response:
    chosen = wording or WORDINGS.get(status) or WORDINGS[500 if status >= 500 else 400]
    if problem_details.wanted():
        response = problem_details.response(status, problem_details.SENTENCES.get(status, chosen.sentence))
    else:
        response = make_response(_page(status, chosen, reason), status)
    if status == 406:
        response.vary.add("Accept")
    if status == 503:
        response.headers["Retry-After"] = "120"
    return response


def _page(status: int, wording: Wording, reason: str) -> str:
    return render_template(
        "error.html",
        status=status,
        wording=wording,
        reason=reason,
        words=_words() if status in {404, 410} else "",
        around=_around() if status == 404 else ("", ""),
        crisis=site.suggests_crisis(),
    )


def _around() -> tuple[str, str]:
    """Slug and title of the resource of which an address asks for a part that is not there; both may be empty."""
    slug = (request.view_args or {}).get("slug", "")
    title = browsing.title(site.library(), slug) if request.blueprint == "resources" else ""
    return (slug, title) if title else ("", "")


def _words() -> str:
    """Words to search for, from an address that leads nowhere: of a thing by its name, or else from the end."""
    last = request.path.rstrip("/").rsplit("/", 1)[-1]
    name = (request.view_args or {}).get("slug", last)
    return " ".join(re.findall(r"[^\W\d_]{2,}", name))[:80]
