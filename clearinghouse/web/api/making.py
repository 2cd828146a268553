"""Views of the library made into the shapes of the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for

from clearinghouse import vocabulary
from clearinghouse.citation.citation_files import FORMATS
from clearinghouse.search.found import Fragments
from clearinghouse.views import (
    CollectionCard,
    EditionView,
    HelpLineView,
    OriginalView,
    PageView,
    Place,
    ResourceView,
    TopicName,
    WordView,
)
from clearinghouse.visiting.browsing import PAGES_PER_PART
from clearinghouse.web import showing
from clearinghouse.web.api import shapes, shapes_of_search


def address(endpoint: str, /, **values: Any) -> str:
    """A whole address on this host, carrying nothing that was chosen."""
    return url_for(endpoint, _external=True, **values)


def named(list_name: str, value: str | None) -> shapes.Named | None:
    """A word of a controlled list with its label."""
    return shapes.Named(value=value, label=vocabulary.label(list_name, value)) if value else None


def topic_name(topic: TopicName) -> shapes.Named:
    """A topic by slug and label."""
    return shapes.Named(value=topic.slug, label=topic.label)


def resource(view: ResourceView) -> shapes.Resource:
    """Everything about a resource."""
    card = view.card
    return shapes.Resource(
        slug=card.slug,
        url=address("resources.show", slug=card.slug),
        api_url=address("api.resource", slug=card.slug),
        title=card.title,
        summary=card.summary,
        kind=shapes.Named(value=card.kind, label=card.kind_label) if card.kind else None,
        audiences=_all_named("audience", card.audiences),
        topics=[topic_name(each) for each in view.topics],
        authors=list(card.authors),
        organisation=card.organisation,
        year=card.year,
        speaks=named("speaks", view.speaks),
        jurisdiction=named("jurisdiction", view.jurisdiction),
        licence=view.licence,
        content_notes=list(card.content_notes),
        keywords=list(view.keywords),
        identifiers=dict(view.identifiers),
        details=dict(view.details),
        link=showing.web_address(card.link) or None,
        editions=[edition(card.slug, each) for each in view.editions],
        collections=[_place(each) for each in view.places],
        citations=citations("citations.resource", card.slug),
        published_at=card.published_at,
        updated_at=card.changed_at,
        checked_on=view.checked_on,
    )


def edition(slug: str, view: EditionView) -> shapes.Edition:
    """One form of a resource."""
    language = view.language
    return shapes.Edition(
        key=view.key,
        form=shapes.Named(value=view.form, label=view.form_label),
        label=view.label,
        language=shapes.Named(value=language, label=view.language_name) if language else None,
        link=showing.web_address(view.link) or None,
        source=showing.web_address(view.location) or None,
        read_url=address("resources.read", slug=slug, key=view.key) if view.page_count else None,
        pages_url=address("api.pages", slug=slug, key=view.key),
        page_count=view.page_count,
        unit=view.unit,
        words=view.word_count,
        schooling=view.schooling,
        original=_original(slug, view.key, view.original) if view.original else None,
    )


def page(slug: str, key: str, view: PageView) -> shapes.Page:
    """A page with its text."""
    return shapes.Page(
        number=view.number,
        label=view.label,
        heading=view.heading,
        text=view.text,
        by_machine=view.by_machine,
        url=page_address(slug, key, view.number),
    )


def page_address(slug: str, key: str, number: int, words: str = "") -> str:
    """Where people read a page, with `words` marked."""
    part = (number - 1) // PAGES_PER_PART + 1
    return address(
        "resources.read",
        slug=slug,
        key=key,
        part=part if part > 1 else None,
        q=words or None,
        _anchor=f"page-{number}",
    )


def citations(endpoint: str, slug: str) -> dict[str, str]:
    """Files for reference managers, by their ending."""
    return {ending: address(endpoint, slug=slug, ending=ending) for ending in FORMATS}


def marked(fragments: Fragments) -> shapes_of_search.Marked:
    """Fragments as a text and the places that are marked in it."""
    marks, at = [], 0
    for said, is_marked in fragments:
        if is_marked:
            marks.append((at, at + len(said)))
        at += len(said)
    return shapes_of_search.Marked(text="".join(said for said, _ in fragments), marks=marks)


def word(view: WordView) -> shapes.Word:
    """A word of the glossary."""
    return shapes.Word(
        slug=view.slug,
        url=address("glossary.index", _anchor=f"word-{view.slug}"),
        word=view.word,
        meaning=view.meaning,
        examples=list(view.examples),
    )


def help_line(view: HelpLineView) -> shapes.HelpLine:
    """People to talk to."""
    return shapes.HelpLine(
        name=view.name,
        number=view.number,
        tel=view.tel,
        text_number=view.text_number,
        hours=view.hours,
        day_and_night=view.day_and_night,
        jurisdiction=shapes.Named(
            value=view.jurisdiction, label=vocabulary.label("jurisdiction", view.jurisdiction)
        ),
        who=view.who,
        link=showing.web_address(view.link) or None,
        checked_on=view.checked_on,
    )


def listed_collection(card: CollectionCard) -> shapes.ListedCollection:
    """A collection in a list."""
    return shapes.ListedCollection(
        slug=card.slug,
        url=address("collections.show", slug=card.slug),
        api_url=address("api.collection", slug=card.slug),
        title=card.title,
        description=card.description,
        kind=card.kind,
        resources=card.size,
    )


def _all_named(list_name: str, values: Iterable[str]) -> list[shapes.Named]:
    return [shapes.Named(value=value, label=vocabulary.label(list_name, value)) for value in values]


def _place(view: Place) -> shapes.Place:
    return shapes.Place(
        collection=shapes.Named(value=view.slug, label=view.title),
        position=view.position,
        of=view.of,
        note=view.note,
    )


def _original(slug: str, key: str, view: OriginalView) -> shapes.Original:
    return shapes.Original(
        url=address("resources.original", slug=slug, key=key),
        name=view.name,
        media_type=view.media_type,
        bytes=view.size,
        sha256=view.sha256,
    )
