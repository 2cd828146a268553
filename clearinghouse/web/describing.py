"""Pages that describe themselves: what their heads and headers say to programs, also at addresses of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, Response, request, url_for

from clearinghouse.citation import citation_files
from clearinghouse.interchange import description, oai, page_tags, schema_org, signposting, translations
from clearinghouse.interchange.description import Description
from clearinghouse.interchange.page_tags import Tag
from clearinghouse.views import EditionView, ResourceView
from clearinghouse.visiting import browsing
from clearinghouse.visiting.archive import Contents
from clearinghouse.web import site
from clearinghouse.web.whole_addresses import WholeAddresses

blueprint = Blueprint("describing", __name__)

JSON_LD = "application/ld+json"

#: Pages that are nobody's lasting address: what was searched for, what was asked, what was given to one person.
_PASSING = frozenset({"search", "ask", "packs", "suggest", "api"})
#: What tells one page from another at the same path; all else in an address is a visitor's choice.
_OF_A_PAGE = ("part", "where")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a resource's page says."""

    tags: tuple[Tag, ...]
    json_ld: schema_org.Thing


def attach(app: Flask) -> None:
    """Let templates describe the pages they show."""
    app.jinja_env.globals.update(
        canonical=canonical,
        resource_head=resource_head,
        collection_json_ld=collection_json_ld,
        website_json_ld=website_json_ld,
        in_other_languages=in_other_languages,
    )


@blueprint.get("/resources/<slug>/schema.jsonld")
def json_ld(slug: str) -> Response:
    """The resource as schema.org has it."""
    resource = browsing.resource(site.library(), slug)
    said = schema_org.resource(_described(resource), resource.places)
    return _json(said, JSON_LD, slug)


@blueprint.get("/resources/<slug>/linkset.json")
def linkset(slug: str) -> Response:
    """Every link of the resource's page (RFC 9264)."""
    work = _described(browsing.resource(site.library(), slug))
    links = signposting.of_page(work, _records(work))
    return _json(signposting.linkset(work.address, links), signposting.LINKSET, slug)


def canonical() -> str:
    """The lasting address of the page shown, without what a visitor chose; empty where it has none."""
    if request.endpoint is None or request.blueprint in _PASSING or request.method not in {"GET", "HEAD"}:
        return ""
    kept = {name: request.args[name] for name in _OF_A_PAGE if request.args.get(name)}
    return url_for(request.endpoint, **(request.view_args or {}), **kept, _external=True)


def resource_head(resource: ResourceView) -> Head:
    """What the head of a resource's page says."""
    work = _described(resource)
    return Head(page_tags.tags(work), schema_org.resource(work, resource.places))


def collection_json_ld(taken: Contents) -> schema_org.Thing:
    """A collection's page, for programs."""
    resources = [(item.card.slug, item.card.title) for item in taken.items]
    return schema_org.collection(taken.card, resources, WholeAddresses())


def website_json_ld() -> schema_org.Thing:
    """The first page, for programs."""
    search = url_for("search.results", _external=True)
    return schema_org.website(WholeAddresses(), f"{search}?q={{search_term_string}}")


def in_other_languages(resource: ResourceView, edition: EditionView) -> list[tuple[str, str]]:
    """(language, address) of the texts that say the same, the one shown among them; for ``hreflang``.

    ``x-default`` is the page on which the language is chosen. Empty where there is only one.
    """
    here, slug = WholeAddresses(), resource.card.slug
    same = translations.of(edition, resource.editions)
    found = [(each.language or "", here.reading(slug, each.key)) for each in same]
    return [*found, ("x-default", here.resource(slug))] if found else []


def signpost(response: Response, resource: ResourceView) -> None:
    """Let the answer that is a resource's page tell programs where they find what it is about."""
    work = _described(resource)
    everything = url_for("describing.linkset", slug=resource.card.slug, _external=True)
    response.headers.add("Link", signposting.header(signposting.of_page(work, _records(work)), everything))


def signpost_back(response: Response, slug: str) -> None:
    """Let the answer that is a file of a resource say whose it is."""
    response.headers.add("Link", signposting.back(WholeAddresses().resource(slug)))


def _described(resource: ResourceView) -> Description:
    return description.describe(resource, WholeAddresses())


def _records(work: Description) -> dict[str, str]:
    """Address of each description of it to its media type."""
    slug, addresses = work.resource.card.slug, WholeAddresses()
    cited = {
        url_for("citations.resource", slug=slug, ending=each.ending, _external=True): each.media_type
        for each in citation_files.FORMATS.values()
    }
    name = oai.identifier(addresses, slug)
    records = {
        url_for("oai.answer", verb="GetRecord", metadataPrefix=prefix, identifier=name, _external=True): "text/xml"
        for prefix in oai.FORMATS
    }
    return {url_for("describing.json_ld", slug=slug, _external=True): JSON_LD, **cited, **records}


def _json(said: Any, media_type: str, slug: str) -> Response:
    response = Response(json.dumps(said, ensure_ascii=False, indent=2) + "\n", content_type=media_type)
    signpost_back(response, slug)
    return response
