"""Every page of the small library: those named here, and every page that a visitor can walk to from them."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

HANDBOOK = "/resources/handbook-of-peer-wayfinding"

#: One of each sort, and each of the states a page can be in.
EVERY_PAGE = (
    "/",
    "/search",
    "/search/help",
    "/search?q=supervision",
    "/search?q=supervision&audience=carers&easy=first&notes=hide",
    "/search?q=what+is+seclusion",
    "/search?q=nothingatallhasthisword",
    "/search?q=i+want+to+die",
    HANDBOOK,
    f"{HANDBOOK}?q=supervision",
    f"{HANDBOOK}/full-en/read",
    f"{HANDBOOK}/easy-read-en/read",
    "/collections",
    "/collections/starting-out",
    "/collections/starting-out/contents",
    "/topics",
    "/topics/peer-supervision",
    "/topics/peer-supervision?audience=staff&easy=first",
    "/pathways?where=TAS",
    "/for/carers?easy=first&notes=hide",
    "/for/consumers",
    "/glossary",
    "/ask",
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
    "/for/carers",
    "/glossary",
    "/pathways",
    "/ask",
)

_FILE = re.compile(
    r"^/(static|leave|robots\.txt|favicon\.ico|search\.atom|suggest|api/v1)|/(original|originals\.zip|feed\.atom|cite\.\w+)$"
)


def walk(client: FlaskClient, most: int = 150) -> list[str]:
    """Addresses of the pages that links lead to from `/`, nearest first: each path once, at most `most` of them.

    Fails where a link leads nowhere. Queries are left out but for the part of a long document, since every choice
    of filters would be one more.
    """
    found = {"/": "/"}
    waiting = deque(found)
    while waiting:
        at = waiting.popleft()
        response = client.get(at)
        assert response.status_code == 200, f"{at}, from {found[at]}"
        for each in BeautifulSoup(response.text, "lxml").select("a[href^='/'], form[action^='/']"):
            parts = urlsplit(str(each.get("href") or each.get("action")))
            part = parse_qs(parts.query).get("part")
            address = f"{parts.path}?part={part[0]}" if part else parts.path
            if address not in found and not _FILE.search(parts.path) and len(found) < most:
                found[address] = at
                waiting.append(address)
    return list(found)
