"""What the API answers with. From these alone both the JSON and its description in OpenAPI are made."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from clearinghouse import vocabulary
from ingest import Unit


def said(description: str) -> Meta:
    """What a part is, for its description."""
    return Meta(description=description)


Address = Annotated[str, said("An address on this host.")]
Total = Annotated[int, Meta(ge=0, description="How many there are in all, on every page together.")]
Count = Annotated[int, Meta(ge=0)]
Number = Annotated[int, Meta(ge=1)]


class Shape(msgspec.Struct):
    """What every answer is."""


class Named(Shape):
    """A word of a list: what to give to a filter, and what to show to people."""

    value: str
    label: str


class Original(Shape):
    """The file exactly as it came."""

    url: Address
    name: str
    media_type: str
    bytes: Count
    sha256: str


class Edition(Shape):
    """One form of a resource: full text, summary, Easy Read, audio, video, translation."""

    key: Annotated[str, said("Names the edition within its resource.")]
    form: Named
    label: Annotated[str, said("What a curator calls it; often empty.")]
    language: Annotated[Named | None, said("BCP 47 tag and name.")]
    link: Annotated[str | None, said("Where it lives, if not here.")]
    source: Annotated[str | None, said("The web address it was taken from.")]
    read_url: Annotated[str | None, said("The page for people on which it is read.")]
    pages_url: Annotated[Address, said("Its text, page by page, in this API.")]
    page_count: Count
    unit: Annotated[Unit, said("What its pages are.")]
    words: Count
    schooling: Annotated[float | None, said("About how many years of schooling it takes to read.")]
    original: Original | None


class Place(Shape):
    """Where a resource stands in a collection."""

    collection: Named
    position: Number
    of: Number
    note: Annotated[str, said("Why it stands there.")]


class Resource(Shape):
    """One work, with every form it comes in."""

    slug: str
    url: Annotated[Address, said("Its page for people. It lasts, and tells formats apart by `Accept`.")]
    api_url: Address
    title: str
    summary: str
    kind: Named | None
    audiences: Annotated[list[Named], said("Whom it is for.")]
    topics: list[Named]
    authors: list[str]
    organisation: str
    year: int | None
    speaks: Annotated[Named | None, said("Whose voice it is.")]
    jurisdiction: Annotated[Named | None, said("Which part of Australia it is about.")]
    licence: str
    content_notes: Annotated[list[str], said("What somebody may want to know before opening it.")]
    keywords: Annotated[list[str], said("As the document says them itself.")]
    identifiers: Annotated[dict[str, str], said("Such as a DOI, by name.")]
    details: Annotated[dict[str, str], said("Of a course, program or service: provider, cost, time.")]
    link: Annotated[str | None, said("Where it lives, if not here.")]
    editions: list[Edition]
    collections: list[Place]
    citations: Annotated[dict[str, str], said("Files for reference managers, by their ending.")]
    published_at: datetime | None
    updated_at: datetime
    checked_on: Annotated[date | None, said("The day on which a person last checked it.")]


class Resources(Shape):
    """A page of a list of resources."""

    total: Total
    resources: list[Resource]


class Editions(Shape):
    """Every form that a resource comes in."""

    editions: list[Edition]


class Page(Shape):
    """A printed page, a slide, or a section with a heading."""

    number: Number
    label: Annotated[str, said("The number printed on it, such as `iv`; empty where there is none.")]
    heading: str
    text: str
    by_machine: Annotated[bool, said("Whether a machine read the text from a picture of the page.")]
    url: Annotated[Address, said("Where people read it.")]


class Pages(Shape):
    """A page of the pages of an edition."""

    total: Total
    pages: list[Page]


class Word(Shape):
    """A word of the glossary."""

    slug: str
    url: Address
    word: str
    meaning: str
    examples: list[str]


class Words(Shape):
    """A page of the glossary."""

    total: Total
    words: list[Word]


class HelpLine(Shape):
    """People to talk to."""

    name: str
    number: Annotated[str, said("As people read it.")]
    tel: Annotated[str, said("For a `tel:` link.")]
    text_number: Annotated[str, said("To send a text message to; empty where there is none.")]
    hours: str
    day_and_night: bool
    jurisdiction: Named
    who: Annotated[str, said("Whom it is for.")]
    link: str | None
    checked_on: Annotated[date | None, said("The day on which a person last checked it.")]


class HelpLines(Shape):
    """Every help line."""

    help_lines: list[HelpLine]


class Topic(Shape):
    """A topic with its neighbours."""

    slug: str
    url: Address
    label: str
    scope_note: Annotated[str, said("What it takes in.")]
    resources: Annotated[int, Meta(ge=0, description="How many are about it.")]
    broader: Named | None
    narrower: list[Named]
    related: list[Named]


class ListedTopic(Shape):
    """A topic in a list."""

    slug: str
    url: Address
    api_url: Address
    label: str
    resources: Annotated[int, Meta(ge=0, description="How many are about it.")]


class Topics(Shape):
    """A page of the list of topics, A to Z."""

    total: Total
    topics: list[ListedTopic]


class ListedCollection(Shape):
    """A training series or a shelf."""

    slug: str
    url: Address
    api_url: Address
    title: str
    description: str
    kind: Annotated[str, Meta(extra_json_schema={"enum": [*vocabulary.LISTED_COLLECTIONS]})]
    resources: Annotated[int, Meta(ge=0, description="How many are in it.")]


class Collections(Shape):
    """A page of the list of collections."""

    total: Total
    collections: list[ListedCollection]


class Item(Shape):
    """A resource in a collection."""

    resource: Resource
    note: Annotated[str, said("Why it stands there.")]


class Collection(Shape):
    """A page of a collection, in its order."""

    slug: str
    url: Address
    title: str
    description: str
    kind: Annotated[str, Meta(extra_json_schema={"enum": [*vocabulary.LISTED_COLLECTIONS]})]
    citations: Annotated[dict[str, str], said("Files for reference managers, by their ending.")]
    total: Total
    items: list[Item]


class Start(Shape):
    """Where everything is."""

    name: str
    openapi: Address
    documentation: Address
    places: Annotated[dict[str, str], said("Address of each list, by its name.")]
