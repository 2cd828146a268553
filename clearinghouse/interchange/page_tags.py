"""What the head of a resource's page says to programs: Highwire tags, Dublin Core, Open Graph, and Zotero's own.

Google Scholar reads Highwire's tags (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing). Zotero
reads, of a page that no translator of its own is made for, first what has a known prefix (``z``, ``DC``,
``DCTERMS``, ``og``), then Highwire's, which count before those; ``z:itemType`` before any guess at the type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clearinghouse.citation import author_names
from clearinghouse.interchange import dublin_core
from clearinghouse.interchange.description import Description, text

#: Letters of a description that search engines show.
_DESCRIPTION = 300

#: CSL type to Zotero's; what is a genre of its own is a plain document there.
_ZOTERO: Mapping[str, str] = {
    "article-journal": "journalArticle",
    "report": "report",
    "motion_picture": "videoRecording",
    "webpage": "webpage",
}
_HIGHWIRE_NUMBERS: Mapping[str, str] = {
    "container-title": "citation_journal_title",
    "volume": "citation_volume",
    "issue": "citation_issue",
    "DOI": "citation_doi",
    "ISSN": "citation_issn",
    "ISBN": "citation_isbn",
    "PMID": "citation_pmid",
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A `meta` element."""

    name: str
    content: str
    attribute: str = "name"
    """``name``, or ``property`` as Open Graph has it."""


def tags(work: Description) -> tuple[Tag, ...]:
    """Every tag, in order, without those that would say nothing."""
    every = (*_plain(work), *_highwire(work), *_dublin_core(work), *_open_graph(work))
    return tuple(each for each in every if each.content)


def description(work: Description) -> str:
    """The summary on one line, cut at a word."""
    line = " ".join(work.summary.split())
    if len(line) <= _DESCRIPTION:
        return line
    return f"{line[:_DESCRIPTION].rpartition(' ')[0] or line[:_DESCRIPTION]}…"


def _plain(work: Description) -> Iterator[Tag]:
    yield Tag("description", description(work))
    yield Tag("z:itemType", _ZOTERO.get(str(work.work["type"]), "document"))


def _highwire(work: Description) -> Iterator[Tag]:
    yield Tag("citation_title", work.title)
    for name in work.work.get("author", ()):
        yield Tag("citation_author", text(author_names.inverted(name)))
    year = work.resource.card.year
    yield Tag("citation_publication_date", str(year) if year else "")
    for known, name in _HIGHWIRE_NUMBERS.items():
        yield Tag(name, text(str(work.work.get(known, ""))))
    first, _, last = text(work.work.get("page", "")).partition("-")
    yield Tag("citation_firstpage", first)
    yield Tag("citation_lastpage", last)
    yield Tag("citation_technical_report_institution", _institution(work))
    yield Tag("citation_publisher", work.publisher)
    yield Tag("citation_language", work.language)
    yield from (Tag("citation_keywords", each) for each in work.subjects)
    pdf = next((form for form in work.forms if form.original and form.media_type == "application/pdf"), None)
    yield Tag("citation_pdf_url", pdf.original if pdf else "")
    read = next((form.reading for form in work.forms if form.reading), "")
    yield Tag("citation_fulltext_html_url", read)
    yield Tag("citation_public_url", work.address)


def _institution(work: Description) -> str:
    return work.organisation if work.work["type"] == "report" else ""


def _dublin_core(work: Description) -> Iterator[Tag]:
    yield from (Tag(f"DC.{name}", value) for name, value in dublin_core.elements(work))
    yield from (Tag("DCTERMS.audience", label) for label in work.resource.card.audience_labels)
    yield Tag("DCTERMS.license", work.licence_address)


def _open_graph(work: Description) -> Iterator[Tag]:
    said = {
        "og:title": work.title,
        "og:type": "article",
        "og:url": work.address,
        "og:description": description(work),
        "og:site_name": text(work.addresses.site_name),
    }
    yield from (Tag(name, value, "property") for name, value in said.items())
