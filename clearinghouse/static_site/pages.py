"""A page of the site as a page in a folder: every address in it becomes the way to a file, or goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import html  # type: ignore[import-untyped]

from clearinghouse.static_site import places
from clearinghouse.static_site.places import Place

_ADDRESSES = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("form", "action"))
_DOCTYPE = "<!doctype html>"


@dataclass(frozen=True, slots=True)
class Turned:
    """A page ready to be written."""

    text: str
    wanted: tuple[Place, ...]
    """What it leads to, each once."""


def turned(text: str, page: Place, find: Callable[[str], Place | None], leave_to: str) -> Turned:
    """The text of `page`, with `find` telling where others stand.

    A link to what no folder can have (a feed, a form that is sent) is taken out with its list item; the way out
    leads straight to `leave_to`.
    """
    root = html.document_fromstring(text)
    wanted: dict[str, Place] = {}
    for tag, name in _ADDRESSES:
        for element in list(root.iter(tag)):
            said = element.get(name)
            if said is None or said.startswith("#"):
                continue
            if element.get("id") == "leave":
                element.set(name, leave_to)
                continue
            whole = urljoin(page.address, said)
            parts = urlsplit(whole)
            if parts.scheme or parts.netloc:
                continue
            place = find(whole)
            if place is None:
                _take_out(element)
                continue
            wanted.setdefault(place.file, place)
            element.set(name, _way(page.file, place.file, parts.query, parts.fragment))
    for box in root.iter("input"):
        box.attrib.pop("data-suggest", None)
    written = html.tostring(root, encoding="unicode", doctype=_DOCTYPE)
    return Turned(written, tuple(wanted.values()))


def _way(page: str, file: str, query: str, fragment: str) -> str:
    way = places.from_page(page, file)
    if file == places.SEARCH:
        way += places.asked_of_search(query)
    return f"{way}#{fragment}" if fragment else way


def _take_out(element: html.HtmlElement) -> None:
    parent = element.getparent()
    if element.tag == "a" and parent is not None and parent.tag in {"li", "p"} and len(parent) == 1:
        parent.drop_tree()
    elif element.tag == "a":
        element.drop_tag()
    else:
        element.drop_tree()
