"""MODS 3.4: a library's own record, with what Dublin Core has no place for: audiences, forms, parts of a journal.

https://www.loc.gov/standards/mods/userguide/
"""

from __future__ import annotations

from collections.abc import Mapping

from clearinghouse.citation import author_names
from clearinghouse.citation.author_names import NameParts
from clearinghouse.interchange import xml_text
from clearinghouse.interchange.description import Description, Form, text
from clearinghouse.interchange.xml_text import Element, add, add_said

NAMESPACE = "http://www.loc.gov/mods/v3"
VERSION = "3.4"
SCHEMA = "http://www.loc.gov/standards/mods/v3/mods-3-4.xsd"

_TYPES: Mapping[str, str] = {"video": "moving image", "audio": "sound recording-nonmusical"}


def xml(work: Description) -> Element:
    """The record as MODS."""
    made = xml_text.root(NAMESPACE, "mods", SCHEMA, {None: NAMESPACE})
    made.set("version", VERSION)
    card = work.resource.card
    add(add(made, "titleInfo", language=work.language), "title", work.title)
    for name in work.work.get("author", ()):
        _name(made, name)
    forms = {form.edition.form for form in work.forms} or {card.kind or ""}
    for kind in sorted({_TYPES.get(form, "text") for form in forms}):
        add(made, "typeOfResource", kind)
    add_said(made, "genre", card.kind_label, authority="local")
    _origin(made, work)
    for tag in work.languages:
        _language(made, tag)
    add_said(made, "abstract", work.summary, language=work.language)
    for label in card.audience_labels:
        add(made, "targetAudience", label, authority="local")
    add_said(made, "note", work.resource.speaks_label, type="who speaks")
    for said in card.content_notes:
        add(made, "note", text(said), type="content note")
    for number, subject in enumerate(work.subjects):
        add(add(made, "subject", authority="local" if number < len(work.topics) else ""), "topic", subject)
    if work.place:
        add(add(made, "subject"), "geographic", work.place)
    if work.journal:
        _host(made, work)
    for form in work.forms:
        _form(made, form)
    _identifiers(made, work)
    where = add(made, "location")
    add(where, "url", work.address, usage="primary display", access="object in context")
    add_said(where, "url", work.elsewhere)
    add_said(made, "accessCondition", work.licence, type="use and reproduction")
    _about_the_record(made, work)
    return made


def _name(parent: Element, said: NameParts) -> None:
    name = add(parent, "name", type="corporate" if "literal" in said else "personal")
    if "literal" in said:
        add(name, "namePart", text(said["literal"]))
    else:
        family = " ".join(filter(None, (said.get("non-dropping-particle"), said.get("family"))))
        add_said(name, "namePart", text(family), type="family")
        add_said(name, "namePart", text(said.get("given", "")), type="given")
        add_said(name, "namePart", text(said.get("suffix", "")), type="termsOfAddress")
        add(name, "displayForm", text(author_names.inverted(said)))
    add(add(name, "role"), "roleTerm", "author", type="text", authority="marcrelator")


def _origin(parent: Element, work: Description) -> None:
    year = work.resource.card.year
    if work.publisher or year:
        origin = add(parent, "originInfo")
        add_said(origin, "publisher", work.publisher)
        if year:
            add(origin, "dateIssued", f"{year:04}", encoding="w3cdtf", keyDate="yes")


def _language(parent: Element, tag: str) -> None:
    add(add(parent, "language"), "languageTerm", tag, type="code", authority="rfc4646")


def _host(parent: Element, work: Description) -> None:
    """The journal, with the place in it."""
    host = add(parent, "relatedItem", type="host")
    add(add(host, "titleInfo"), "title", text(work.journal))
    part = add(host, "part")
    for name in ("volume", "issue"):
        if name in work.work:
            add(add(part, "detail", type=name), "number", text(work.work[name]))
    if "page" in work.work:
        first, _, last = text(work.work["page"]).partition("-")
        extent = add(part, "extent", unit="pages")
        add(extent, "start", first)
        add_said(extent, "end", last)
    if not len(part):
        host.remove(part)


def _form(parent: Element, form: Form) -> None:
    """One form it can be had in."""
    edition = form.edition
    item = add(parent, "relatedItem", type="otherFormat", displayLabel=text(edition.label or edition.form_label))
    add(item, "genre", edition.form_label, authority="local")
    if edition.language:
        _language(item, text(edition.language))
    if form.media_type or edition.page_count:
        described = add(item, "physicalDescription")
        add_said(described, "internetMediaType", text(form.media_type))
        if edition.page_count and edition.has_numbered_pages:
            add(described, "extent", "1 page" if edition.page_count == 1 else f"{edition.page_count} pages")
    if form.address:
        where = add(item, "location")
        add_said(where, "url", form.reading, access="object in context")
        add_said(where, "url", form.original, access="raw object")
        add_said(where, "url", form.elsewhere)


def _identifiers(parent: Element, work: Description) -> None:
    add_said(parent, "identifier", work.doi, type="doi")
    for name in ("ISBN", "ISSN", "PMID", "PMCID"):
        if name in work.work:
            add(parent, "identifier", text(str(work.work[name])), type=name.lower())
    add(parent, "identifier", work.address, type="uri")


def _about_the_record(parent: Element, work: Description) -> None:
    card = work.resource.card
    record = add(parent, "recordInfo")
    add(record, "recordContentSource", text(work.addresses.site_name))
    if card.published_at:
        add(record, "recordCreationDate", f"{card.published_at:%Y-%m-%d}", encoding="w3cdtf")
    add(record, "recordChangeDate", f"{card.changed_at:%Y-%m-%dT%H:%M:%SZ}", encoding="w3cdtf")
    add(record, "recordIdentifier", card.slug, source=work.addresses.host)
    _language_of_cataloguing(record)


def _language_of_cataloguing(record: Element) -> None:
    add(add(record, "languageOfCataloging"), "languageTerm", "en-AU", type="code", authority="rfc4646")
