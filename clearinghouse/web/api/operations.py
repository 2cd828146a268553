"""What can be asked of the API: a function each, whose signature says all that OpenAPI does.

The annotation of its first argument, ``asked``, is what may be asked; the annotation of what it returns is the
shape of the answer; its docstring is its description.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, get_type_hints
from urllib.parse import urlencode

import msgspec
from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from clearinghouse.web import negotiation
from clearinghouse.web.api.asked import Asked, Paged, read
from clearinghouse.web.api.shapes import Shape

MEDIA_TYPE = "application/json"

View = TypeVar("View", bound=Callable[..., Shape])


@dataclass(frozen=True, slots=True)
class Operation:
    """One address that answers."""

    rule: str
    """As Flask has it, after ``/api/v1``."""
    area: str
    view: Callable[..., Shape]
    asked: type[Asked]
    answer: type[Shape]

    @property
    def name(self) -> str:
        """Names it in addresses and in OpenAPI."""
        return self.view.__name__

    def __call__(self, **places: Any) -> AnyResponse:
        """Answer the request at hand."""
        negotiation.wanted((), first=MEDIA_TYPE)
        asked = read(self.asked, request.args)
        said = self.view(asked, **places)
        response = Response(msgspec.json.encode(said), content_type=MEDIA_TYPE)
        if isinstance(asked, Paged):
            response.headers["Link"] = _links(asked, getattr(said, "total"))  # noqa: B009 - as every such shape has
        response.add_etag()
        return response.make_conditional(request)


#: In the order in which they are described.
AREAS = ("Start", "Search", "Resources", "Topics and words", "Collections", "Help lines")
OPERATIONS: list[Operation] = []


def operation(rule: str, area: str) -> Callable[[View], View]:
    """Add the function to what can be asked, at `rule`."""

    def add(view: View) -> View:
        hints = get_type_hints(view)
        OPERATIONS.append(Operation(rule, area, view, hints["asked"], hints["return"]))
        OPERATIONS.sort(key=lambda each: AREAS.index(each.area))
        return view

    return add


def _links(asked: Paged, total: int) -> str:
    """Where the other pages are (RFC 8288)."""
    last = max(1, -(-total // asked.size))
    pages = {"first": 1, "prev": min(asked.page - 1, last), "next": asked.page + 1, "last": last}
    there = {rel: page for rel, page in pages.items() if 1 <= page <= last}
    return ", ".join(f'<{_at(page)}>; rel="{rel}"' for rel, page in there.items())


def _at(page: int) -> str:
    given = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    here = url_for(str(request.endpoint), _external=True, **(request.view_args or {}))
    return f"{here}?{urlencode([*given, ('page', page)])}"
