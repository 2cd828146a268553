"""The library for programs: JSON at `/api/v1`, read only, described in OpenAPI, open to pages of other sites."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Flask, Response, request
from werkzeug.wrappers import Response as AnyResponse

from clearinghouse.web import problem_details, site
from clearinghouse.web.api import asked as may_ask
from clearinghouse.web.api import catalogue, gathered, guide, making, openapi, searching, shapes, words
from clearinghouse.web.api.operations import MEDIA_TYPE, OPERATIONS, operation

blueprint = Blueprint("api", __name__, url_prefix=problem_details.PLACE)

#: What a page of another site may send along; libraries for asking send some of these unasked.
_HEADERS = "Accept, Accept-Language, Content-Type, If-None-Match, X-Requested-With"
_A_DAY = 24 * 60 * 60
#: Their functions are what can be asked.
AREAS = (searching, catalogue, words, gathered)


@operation("", "Start")
def start(asked: may_ask.Asked) -> shapes.Start:
    """Where everything is."""
    lists = ("search", "suggestions", "resources", "topics", "collections", "glossary", "help_lines")
    return shapes.Start(
        name=site.library().settings.site_name,
        openapi=making.address("api.description"),
        documentation=making.address("api_guide.guide"),
        places={each.replace("_", "-"): making.address(f"api.{each}") for each in lists},
    )


for each in OPERATIONS:
    blueprint.add_url_rule(each.rule, each.name, each)


@blueprint.get("/openapi.json")
def description() -> AnyResponse:
    """The API described for programs."""
    response = Response(
        msgspec.json.encode(openapi.document(site.library().settings.site_name)), content_type=MEDIA_TYPE
    )
    response.add_etag()
    return response.make_conditional(request)


def attach(app: Flask) -> None:
    """Add the API to `app`."""
    app.register_blueprint(blueprint)
    app.register_blueprint(guide.blueprint)
    app.after_request(_open_to_other_sites)


def _open_to_other_sites(response: AnyResponse) -> AnyResponse:
    """Let pages of any other site read what programs are answered, problems included, and never with cookies."""
    if problem_details.wanted():
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "Link, ETag, Retry-After"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = _HEADERS
            response.headers["Access-Control-Max-Age"] = str(_A_DAY)
    return response
