"""Dublin Core: the fifteen elements that every harvester and many a page reader knows.

https://www.dublincore.org/specifications/dublin-core/dces/, and as XML for OAI-PMH (``oai_dc``),
https://www.openarchives.org/OAI/2.0/openarchivesprotocol.html#dublincore
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from clearinghouse import vocabulary
from clearinghouse.citation import author_names
from clearinghouse.interchange import xml_text
from clearinghouse.interchange.description import Description, text
from clearinghouse.interchange.xml_text import Element

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
ELEMENTS = "http://purl.org/dc/elements/1.1/"
TERMS = "http://purl.org/dc/terms/"

#: Form of an edition to type, of the DCMI Type Vocabulary.
_TYPES: Mapping[str, str] = {"video": "MovingImage", "audio": "Sound"}
#: Elements whose words are in the language of the work.
_IN_ITS_LANGUAGE = frozenset({"title", "description"})


def elements(work: Description) -> Iterator[tuple[str, str]]:
    """(element, value) of everything that is known, in the order of the element set."""
    card = work.resource.card
    yield "title", work.title
    for name in work.work.get("author", ()):
        yield "creator", text(author_names.inverted(name))
    yield from (("subject", each) for each in work.subjects)
    if work.summary:
        yield "description", work.summary
    if work.publisher:
        yield "publisher", work.publisher
    if card.year:
        yield "date", str(card.year)
    # A course is a directory entry too: whoever knows our kinds needs that word.
    for kind in dict.fromkeys((*_dcmi_types(work), vocabulary.KINDS.get(card.kind or ""), card.kind_label)):
        if kind:
            yield "type", kind
    yield from (("format", kind) for kind in dict.fromkeys(form.media_type for form in work.forms) if kind)
    yield from (("identifier", each) for each in _identifiers(work))
    yield from (("source", each) for each in (work.organisation if work.journal else "", work.elsewhere) if each)
    yield from (("language", each) for each in work.languages)
    had = dict.fromkeys(each for form in work.forms for each in (form.original, form.elsewhere))
    yield from (("relation", each) for each in had if each)
    if work.place:
        yield "coverage", work.place
    if work.licence:
        yield "rights", work.licence


def xml(work: Description) -> Element:
    """The record as ``oai_dc``."""
    prefixes: dict[str | None, str] = {"oai_dc": NAMESPACE, "dc": ELEMENTS}
    made = xml_text.root(NAMESPACE, "dc", SCHEMA, prefixes)
    for name, value in elements(work):
        language = work.language if name in _IN_ITS_LANGUAGE else ""
        xml_text.add(made, f"{{{ELEMENTS}}}{name}", value, language=language)
    return made


def _dcmi_types(work: Description) -> Iterator[str]:
    if not work.forms:
        yield "MovingImage" if work.resource.card.kind == "video" else "Text"
    yield from (_TYPES.get(form.edition.form, "Text") for form in work.forms)


def _identifiers(work: Description) -> Iterator[str]:
    yield work.address
    if work.doi:
        yield work.lasting
    for name in ("ISBN", "ISSN", "PMID", "PMCID"):
        if name in work.work:
            yield f"{name}:{text(str(work.work[name]))}"
