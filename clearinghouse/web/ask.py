"""Ask the project officer: the form, what may be wrong with it, and the page that says thank you."""

from __future__ import annotations

import logging
import threading
import time

from flask import Blueprint, Flask, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from clearinghouse import vocabulary
from clearinghouse.enquiries import asking, enquiry_words
from clearinghouse.enquiries.enquiry_words import Question
from clearinghouse.errors import Occupied, StorageFailed, TooMany
from clearinghouse.web import guard, site
from clearinghouse.web.guard import Forms, Senders, Slip, Verdict

blueprint = Blueprint("ask", __name__, url_prefix="/ask")

#: Bytes of a form that are read. Far more than fits an enquiry, so that what is too long can come back whole.
MOST_BYTES = 256 * 1024
#: Enquiries being written at once; the other threads stay free for everybody who only reads.
_AT_ONCE = 2
#: Seconds to wait for a turn to write.
_PATIENCE = 0.5
#: The field that people do not see, and that robots fill in.
TRAP = "more-about-it"

_COOKIE = "ask"
_KEY = "clearinghouse.ask"
_log = logging.getLogger(__name__)

_VERY_QUICK = (
    "Please press Send once more. Your question came so quickly that we could not tell whether a person or a "
    "program sent it. What you wrote is still here."
)
_OPEN_FOR_LONG = "This form had been open for a long time. Nothing is lost: please press Send again."
_NOT_KNOWN = (
    "Your browser did not show us that this came from our own form. Nothing is lost: please press Send again. "
    "If it does not work then, allow cookies for this site, or use another browser."
)
#: Verdict to (status of the page, what it says above the form).
_SAYS: dict[Verdict, tuple[int, str]] = {
    Verdict.FAST: (422, _VERY_QUICK),
    Verdict.OLD: (422, _OPEN_FOR_LONG),
    Verdict.UNSURE: (403, _NOT_KNOWN),
}
_TRAPPED = (
    "A part of the form that people do not see was filled in, perhaps by a program that fills in forms for you. "
    "We have emptied it. If you are a person: please press Send again."
)
_TOO_MANY = (
    "Many questions have come in a short time, so this one is not sent yet. Nothing is lost: what you wrote is "
    "below. Please wait a while and press Send again, or copy it and come back later."
)
_RESTING = (
    "Our side could not keep your question just now, so it is not sent yet. It is not your doing, and nothing is "
    "lost: please wait a minute and press Send again."
)


class Gate:
    """What the form needs between requests, once for each application."""

    def __init__(self, forms: Forms) -> None:
        self.forms = forms
        self.senders = Senders()
        self.turns = threading.BoundedSemaphore(_AT_ONCE)


@blueprint.get("")
def form() -> Response:
    """The form, and before it what happens with what one writes."""
    return _page(Question(), 200)


@blueprint.post("")
def send() -> Response:
    """Keep the question and go on to the thanks; or the form again, with everything that was typed."""
    request.max_content_length = MOST_BYTES
    request.max_form_memory_size = MOST_BYTES
    try:
        given = request.form
    except RequestEntityTooLarge:
        return make_response(render_template("ask/too_long.html", most=enquiry_words.MOST_NEED), 413)
    question, token = _question(given), given.get("token", "")
    verdict = _gate().forms.judge(token, time.time(), *_browser())
    if verdict is Verdict.FOREIGN:  # what another site wrote is not put into our form
        return make_response(render_template("ask/foreign.html"), 403)
    faults = enquiry_words.faults(question)
    if verdict in _SAYS and not (faults and verdict is Verdict.FAST):
        status, sentence = _SAYS[verdict]
        return _page(question, status, sentence, token=token if verdict is Verdict.FAST else None)
    if given.get(TRAP):
        return _page(question, 422, _TRAPPED, token=token)
    if faults:
        return _page(question, 422, faults=faults, token=token)
    return _keep(question, token)


@blueprint.get("/thanks/<reference>")
def thanks(reference: str) -> str:
    """That it is kept, and the reference to keep."""
    return render_template("ask/thanks.html", receipt=asking.receipt(site.library(), reference))


def _keep(question: Question, token: str) -> Response:
    gate, moment = _gate(), time.time()
    if not gate.turns.acquire(timeout=_PATIENCE):
        return _page(question, 503, _RESTING, token=token)
    try:
        if not gate.senders.may_ask(request.remote_addr, moment):
            return _page(question, 429, _TOO_MANY, token=token)
        receipt = asking.ask(site.library(), question, token)
        if receipt.new:
            gate.senders.count(request.remote_addr, moment)
    except TooMany:
        return _page(question, 429, _TOO_MANY, token=token)
    except (Occupied, StorageFailed) as problem:
        _log.error("An enquiry could not be kept: %s", problem)
        return _page(question, 503, _RESTING, token=token)
    finally:
        gate.turns.release()
    return redirect(url_for("ask.thanks", reference=receipt.reference), code=303)


def _page(
    question: Question,
    status: int,
    problem: str = "",
    *,
    faults: dict[str, str] | None = None,
    token: str | None = None,
) -> Response:
    """The form with `question` in it. A `token` that is still good goes out again, so that its age counts on."""
    slip = Slip(token, None) if token else _gate().forms.issue(time.time(), *_browser())
    body = render_template(
        "ask/form.html",
        asked=question,
        problem=problem,
        faults=faults or {},
        token=slip.token,
        trap=TRAP,
        audiences=vocabulary.AUDIENCES,
        most=enquiry_words,
        days=site.library().settings.enquiry_days,
    )
    response = make_response(body, status)
    if status in (429, 503):
        response.headers["Retry-After"] = str(int(guard.SENDER_SECONDS) if status == 429 else 60)
    if slip.cookie:
        response.set_cookie(
            _COOKIE,
            slip.cookie,
            path=url_for("ask.form"),
            httponly=True,
            samesite="Strict",
            secure=request.is_secure,
        )
    return response


def _question(given: MultiDict[str, str]) -> Question:
    audience = given.get("audience", "")
    return Question(
        need=enquiry_words.clean(given.get("need", "")),
        audience=audience if audience in vocabulary.AUDIENCES else None,
        reach=enquiry_words.one_line(given.get("reach", "")),
        may_leave_message=bool(given.get("may-leave-message")),
        nickname=enquiry_words.one_line(given.get("nickname", "")),
    )


def _browser() -> tuple[str | None, str | None]:
    """Which site the browser says this came from, and the form's cookie."""
    return request.headers.get("Sec-Fetch-Site"), request.cookies.get(_COOKIE)


def _gate() -> Gate:
    app: Flask = current_app
    if _KEY not in app.extensions:
        app.extensions.setdefault(_KEY, Gate(Forms(asking.signing_key(site.library()))))
    found: Gate = app.extensions[_KEY]
    return found
