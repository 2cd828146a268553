"""FAIR Signposting: links that tell a program, without reading a page, what it is about and where the files are.

https://signposting.org/FAIR/, in the header (level 1) and as a set of links (level 2, RFC 9264).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clearinghouse.interchange import schema_org
from clearinghouse.interchange.description import Description, Form

PAGE = "text/html"
LINKSET = "application/linkset+json"
#: Files that the header names; servers in between take a header only so long. The set of links has them all.
_IN_A_HEADER = 10


@dataclass(frozen=True, slots=True)
class Link:
    """A typed link from one address to another."""

    relation: str
    address: str
    media_type: str = ""

    def written(self) -> str:
        """As it stands in a `Link` header (RFC 8288)."""
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{self.address}>; rel="{self.relation}"{kind}'


def of_page(work: Description, records: Mapping[str, str]) -> tuple[Link, ...]:
    """The links of a resource's page; `records`: address of each description of it to its media type."""
    licence = (Link("license", work.licence_address),) if work.licence_address else ()
    return (
        Link("cite-as", work.lasting),
        Link("type", f"{schema_org.CONTEXT}/AboutPage"),
        Link("type", f"{schema_org.CONTEXT}/{schema_org.type_of(work)}"),
        *licence,
        *(Link("describedby", address, kind) for address, kind in records.items()),
        *(_item(form) for form in work.forms if form.original or form.elsewhere),
    )


def header(links: Iterable[Link], linkset: str) -> str:
    """The value of a page's `Link` header; `linkset`: where all its links are."""
    items = 0
    kept = []
    for link in links:
        items += link.relation == "item"
        if items <= _IN_A_HEADER or link.relation != "item":
            kept.append(link)
    return ", ".join(each.written() for each in (*kept, Link("linkset", linkset, LINKSET)))


def back(page: str) -> str:
    """The `Link` header of a file that belongs to `page`."""
    return Link("collection", page, PAGE).written()


def linkset(page: str, links: Iterable[Link]) -> dict[str, list[dict[str, Any]]]:
    """All links of a page, and those back to it from its files and descriptions, as RFC 9264 has them."""
    links = tuple(links)
    by_relation: dict[str, list[dict[str, str]]] = {}
    for link in links:
        by_relation.setdefault(link.relation, []).append(_target(link.address, link.media_type))
    backwards = {"item": "collection", "describedby": "describes"}
    return {
        "linkset": [
            {"anchor": page, **by_relation},
            *(
                {"anchor": link.address, backwards[link.relation]: [_target(page, PAGE)]}
                for link in links
                if link.relation in backwards
            ),
        ]
    }


def _item(form: Form) -> Link:
    return Link("item", form.original, form.media_type) if form.original else Link("item", form.elsewhere)


def _target(address: str, media_type: str) -> dict[str, str]:
    return {"href": address, "type": media_type} if media_type else {"href": address}
