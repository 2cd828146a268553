"""schema.org: what search engines and assistants read of a page, as JSON-LD (https://schema.org/docs/schemas.html)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from clearinghouse.citation.author_names import NameParts
from clearinghouse.interchange.addresses import Addresses
from clearinghouse.interchange.description import Description, Form, text
from clearinghouse.views import CollectionCard, Place

#: A thing, as JSON-LD.
Thing = dict[str, Any]

CONTEXT = "https://schema.org"

#: Kind of resource to type; what is not listed is a report.
_TYPES: Mapping[str | None, str] = {
    "research-paper": "ScholarlyArticle",
    "review": "ScholarlyArticle",
    "training-module": "LearningResource",
    "template": "DigitalDocument",
    "fact-sheet": "Article",
    "story": "Article",
    "video": "VideoObject",
    "directory-entry": "CreativeWork",
    "web-page": "WebPage",
    None: "CreativeWork",
}
_IDENTIFIERS = ("ISBN", "ISSN", "PMID", "PMCID")


def type_of(work: Description) -> str:
    """The type that says most of it, such as ``ScholarlyArticle``."""
    if work.resource.details.get("entry") == "course":
        return "Course"
    return _TYPES.get(work.resource.card.kind, "Report")


def resource(work: Description, places: Sequence[Place] = ()) -> Thing:
    """A resource, with the collections (`places`) it stands in."""
    card = work.resource.card
    said: Thing = {
        "@context": CONTEXT,
        "@type": type_of(work),
        "@id": work.address,
        "url": work.address,
        "name": work.title,
        "description": work.summary,
        "author": [_person(name) for name in work.work.get("author", ())],
        "publisher": _organisation(work.publisher),
        "datePublished": str(card.year) if card.year else "",
        "inLanguage": list(work.languages),
        "genre": card.kind_label,
        "about": [
            {"@type": "DefinedTerm", "name": text(topic.label), "url": work.addresses.topic(topic.slug)}
            for topic in work.resource.topics
        ],
        "keywords": ", ".join(work.subjects),
        "audience": [{"@type": "Audience", "audienceType": label} for label in card.audience_labels],
        "spatialCoverage": {"@type": "Place", "name": work.place} if work.place else "",
        "license": work.licence_address,
        "copyrightNotice": "" if work.licence_address else work.licence,
        "identifier": list(_identifiers(work)),
        "sameAs": [each for each in (work.lasting if work.doi else "", work.elsewhere) if each],
        "isPartOf": [*_journal(work), *(_in_collection(place, work.addresses) for place in places)],
        "pagination": text(work.work.get("page", "")) if work.journal else "",
        "encoding": [_file(form) for form in work.forms if form.original],
        "workExample": [_form(form) for form in work.forms if _is_another(form)],
        "workTranslation": [_form(form) for form in work.forms if form.edition.form == "translation"],
        "isAccessibleForFree": True if any(form.reading or form.original for form in work.forms) else "",
        "sdDatePublished": f"{card.changed_at:%Y-%m-%d}",
        "sdPublisher": _library(work.addresses),
    }
    return _without_empty(said)


def collection(card: CollectionCard, resources: Iterable[tuple[str, str]], addresses: Addresses) -> Thing:
    """A collection; `resources`: (slug, title) of each, in order."""
    return _without_empty(
        {
            "@context": CONTEXT,
            "@type": "Collection",
            "@id": addresses.collection(card.slug),
            "url": addresses.collection(card.slug),
            "name": text(card.title),
            "description": text(card.description),
            "collectionSize": card.size,
            "hasPart": [
                {"@type": "CreativeWork", "@id": addresses.resource(slug), "name": text(title)}
                for slug, title in resources
            ],
        }
    )


def website(addresses: Addresses, search: str) -> Thing:
    """The site, and how it is searched; `search`: an address with ``{search_term_string}`` in it."""
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "@id": addresses.home(),
        "url": addresses.home(),
        "name": text(addresses.site_name),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }


def _person(said: NameParts) -> Thing:
    if "literal" in said:
        return {"@type": "Organization", "name": text(said["literal"])}
    family = " ".join(filter(None, (said.get("non-dropping-particle"), said.get("family"))))
    whole = " ".join(filter(None, (said.get("given"), family, said.get("suffix"))))
    named = {"name": whole, "givenName": said.get("given", ""), "familyName": family}
    return _without_empty({"@type": "Person", **{name: text(value) for name, value in named.items()}})


def _organisation(name: str) -> Thing | str:
    return {"@type": "Organization", "name": name} if name else ""


def _library(addresses: Addresses) -> Thing:
    return {"@type": "Organization", "name": text(addresses.site_name), "url": addresses.home()}


def _identifiers(work: Description) -> Iterable[Thing]:
    if work.doi:
        yield {"@type": "PropertyValue", "propertyID": "DOI", "value": work.doi, "url": work.lasting}
    for name in _IDENTIFIERS:
        if name in work.work:
            yield {"@type": "PropertyValue", "propertyID": name, "value": text(str(work.work[name]))}


def _journal(work: Description) -> Iterable[Thing]:
    """The issue, in its volume, in its journal; as much of that as is known."""
    if not work.journal:
        return
    found: Thing = {"@type": "Periodical", "name": text(work.journal)}
    if "volume" in work.work:
        found = {"@type": "PublicationVolume", "volumeNumber": text(work.work["volume"]), "isPartOf": found}
    if "issue" in work.work:
        found = {"@type": "PublicationIssue", "issueNumber": text(work.work["issue"]), "isPartOf": found}
    yield found


def _in_collection(place: Place, addresses: Addresses) -> Thing:
    return {"@type": "Collection", "name": text(place.title), "url": addresses.collection(place.slug)}


def _is_another(form: Form) -> bool:
    """Whether it is a version of its own: a translation is said to be one, and a full text is the work itself."""
    return bool(form.address) and form.edition.form not in {"full", "translation"}


def _form(form: Form) -> Thing:
    edition = form.edition
    return _without_empty(
        {
            "@type": "CreativeWork",
            "name": text(edition.label or edition.form_label),
            "inLanguage": edition.language or "",
            "url": form.address,
        }
    )


def _file(form: Form) -> Thing:
    original = form.edition.original
    size = f"{original.size} bytes" if original else ""
    return _without_empty(
        {
            "@type": "MediaObject",
            "name": text(form.edition.label or form.edition.form_label),
            "contentUrl": form.original,
            "encodingFormat": form.media_type,
            "contentSize": size,
            "inLanguage": form.edition.language or "",
        }
    )


def _without_empty(said: Thing) -> Thing:
    """Without what is not known; a list of one stands alone."""
    kept = {name: value for name, value in said.items() if value not in ("", [], {})}
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in kept.items()
    }
