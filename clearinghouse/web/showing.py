"""How values are put into words on a page: sizes, types of file, dates, citations, safe links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from flask import Flask, url_for

from clearinghouse import citation_files, citing, vocabulary
from clearinghouse.browsing import PAGES_PER_PART
from clearinghouse.discovery import FoundPage
from clearinghouse.views import EditionView, ResourceView, tel
from clearinghouse.web import text

_TYPES = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/msword": "Word document",
    "text/html": "web page",
    "application/xhtml+xml": "web page",
    "text/plain": "plain text",
    "text/markdown": "Markdown text",
}
_NUMERAL = re.compile(r"(?:[A-Za-z]{1,3}[-.]?)?[0-9]+(?:[-.][0-9]+)*[a-z]?|[ivxlcdm]+", re.IGNORECASE)
_IDENTIFIERS = {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "pmid": "PubMed", "pmcid": "PubMed Central"}


def attach(app: Flask) -> None:
    """Make the words below known to every template."""
    app.jinja_env.filters.update(
        size=size,
        type_name=type_name,
        host=host,
        day=day,
        blocks=text.blocks,
        tel=tel,
        listed=listed,
        web_link=web_address,
    )
    app.jinja_env.globals.update(
        web_address=web_address,
        page_name=page_name,
        page_address=page_address,
        citation=citation,
        vancouver=vancouver,
        citation_formats=citation_files.FORMATS,
        jurisdictions=vocabulary.JURISDICTIONS,
        identifier_name=identifier_name,
        identifier_link=identifier_link,
    )


def size(count: int) -> str:
    """Bytes as people say them: `1.2 MB`."""
    if count < 1000:
        return f"{count} bytes"
    if count < 999_500:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB"


def type_name(media_type: str) -> str:
    """What kind of file: `PDF`, `Word document`."""
    main = media_type.split(";")[0].strip().lower()
    return _TYPES.get(main, "file")


def host(address: str) -> str:
    """Whose site an address leads to, without `www.`; empty where it cannot be told."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def web_address(address: str) -> str:
    """`address` where it is http or https, and empty otherwise: a link never runs a script."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""


def day(moment: date | datetime) -> str:
    """A day as it is written in Australia: `3 March 2026`."""
    return f"{moment.day} {moment:%B %Y}"


def listed(values: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(values) < 2:
        return "".join(values)
    return f"{', '.join(values[:-1])} and {values[-1]}"


def page_name(number: int, label: str, heading: str, *, numbered: bool) -> str:
    """What a page is called: `Page iv` or `Cover` where pages are printed, its heading where they are sections."""
    if numbered:
        return f"Page {label or number}" if not label or _NUMERAL.fullmatch(label) else label
    return heading or f"Section {number}"


def page_address(slug: str, page: FoundPage, words: str = "") -> str:
    """Where a page that was found can be read, at that page."""
    part = (page.number - 1) // PAGES_PER_PART + 1
    return url_for(
        "resources.read",
        slug=slug,
        key=page.edition,
        part=part if part > 1 else None,
        q=words or None,
        _anchor=f"page-{page.number}",
    )


def identifier_name(name: str) -> str:
    """`DOI` for `doi`."""
    return _IDENTIFIERS.get(name.lower(), name)


def identifier_link(name: str, value: str) -> str:
    """Where an identifier leads, or nothing."""
    if name.lower() == "doi" and value.startswith("10."):
        return f"https://doi.org/{value}"
    return ""


def work(resource: ResourceView) -> citing.Item:
    """The resource as citation styles and reference managers want it, with the most lasting address known."""
    links = [web_address(resource.card.link), *map(_elsewhere, resource.editions)]
    found = next(filter(None, links), "")
    return citing.item(resource, found or url_for("resources.show", slug=resource.card.slug, _external=True))


def citation(resource: ResourceView) -> str:
    """How to cite it in APA style, as plain text."""
    return citing.apa(work(resource))


def vancouver(resource: ResourceView) -> str:
    """How to cite it in Vancouver style, as plain text."""
    return citing.vancouver(work(resource))


def _elsewhere(edition: EditionView) -> str:
    return web_address(edition.link) or web_address(edition.location)
