"""What went wrong, said to a program: problem details (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

import msgspec
from flask import Response, request
from msgspec import Meta

MEDIA_TYPE = "application/problem+json"

#: Where programs are answered, and not people.
PLACE = "/api/v1"

#: What a program is told, where a page would say it otherwise to a person.
SENTENCES = {
    404: f"There is nothing at this address; {PLACE} says what there is.",
    405: "Everything here can be read and nothing changed: ask with GET.",
    406: "Answers here are application/json, and problems application/problem+json.",
}
_LONGEST_PATH = 200


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong (RFC 9457)."""

    type: Annotated[str, Meta(description="Always `about:blank`: the status says which problem it is.")] = (
        "about:blank"
    )
    title: Annotated[str, Meta(description="The status in words.")]
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: Annotated[str, Meta(description="A sentence for a person, which says what to do.")]
    instance: Annotated[str, Meta(description="The path that was asked for.")]


def wanted() -> bool:
    """Whether it is a program that is answered."""
    return request.path == PLACE or request.path.startswith(f"{PLACE}/")


def response(status: int, detail: str) -> Response:
    """The problem as an answer."""
    said = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, instance=request.path[:_LONGEST_PATH]
    )
    return Response(msgspec.json.encode(said), status, content_type=MEDIA_TYPE)
