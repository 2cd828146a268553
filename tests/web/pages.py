"""Every page of the small library: those named here, and every page that a visitor can walk to from them."""

from __future__ import annotations

HANDBOOK = "/resources/handbook-of-peer-wayfinding"

#: One of each sort, and each of the states a page can be in.
EVERY_PAGE = (
    "/",
    "/search",
    "/search?q=supervision",
    "/search?q=supervision&audience=carers&easy=first&notes=hide",
    "/search?q=nothingatallhasthisword",
    HANDBOOK,
    f"{HANDBOOK}?q=supervision",
    f"{HANDBOOK}/full-en/read",
    f"{HANDBOOK}/easy-read-en/read",
    "/collections",
    "/collections/starting-out",
    "/topics",
    "/topics/peer-supervision",
    "/topics/peer-supervision?audience=staff&easy=first",
    "/about",
    "/help-now",
)

#: A page of each sort, for what takes long.
ONE_OF_EACH = (
    "/",
    "/search?q=supervision&audience=staff",
    HANDBOOK,
    f"{HANDBOOK}/full-en/read?q=leaf",
    f"{HANDBOOK}/easy-read-en/read",
    "/help-now",
)
