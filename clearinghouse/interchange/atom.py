"""Feeds: what is new, for a reader of news to follow (Atom, RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree  # type: ignore[import-untyped]

from clearinghouse.interchange import xml_text
from clearinghouse.interchange.addresses import Addresses
from clearinghouse.interchange.description import Description, describe, text
from clearinghouse.interchange.xml_text import Element, add, add_said
from clearinghouse.views import ResourceView

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"

#: Every feed must say when it last changed; one without entries never has.
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself."""

    address: str
    page: str
    """The page for people that shows the same."""
    title: str
    subtitle: str
    lists: str
    """What names the library's lists of words, with ``#kind``, ``#audience`` and so on behind it."""


def xml(feed: Feed, resources: Sequence[ResourceView], addresses: Addresses) -> bytes:
    """The feed with an entry for each of `resources`, in their order."""
    made = etree.Element(f"{{{NAMESPACE}}}feed", nsmap={None: NAMESPACE})
    made.set(xml_text.LANGUAGE, "en-AU")
    add(made, "id", feed.address)
    add(made, "title", text(feed.title))
    add_said(made, "subtitle", text(feed.subtitle))
    add(made, "link", rel="self", type=MEDIA_TYPE, href=feed.address)
    add(made, "link", rel="alternate", type="text/html", href=feed.page)
    add(made, "updated", _moment(max((each.card.changed_at for each in resources), default=_NEVER)))
    add(add(made, "author"), "name", addresses.site_name)
    for each in resources:
        _entry(made, describe(each, addresses), feed.lists)
    return xml_text.written(made)


def _entry(parent: Element, work: Description, lists: str) -> None:
    card = work.resource.card
    entry = add(parent, "entry", language=work.language)
    add(entry, "id", work.address)
    add(entry, "title", work.title)
    add(entry, "link", rel="alternate", type="text/html", href=work.address)
    for form in work.forms:
        if form.reading:
            label = form.edition.label or form.edition.form_label
            tag = form.edition.language or ""
            add(entry, "link", rel="related", type="text/html", href=form.reading, title=text(label), hreflang=tag)
    add(entry, "published", _moment(card.published_at or card.changed_at))
    add(entry, "updated", _moment(card.changed_at))
    for name in card.authors or filter(None, (card.organisation,)):
        add(add(entry, "author"), "name", text(name))
    for scheme, term, label in _categories(work):
        add(entry, "category", term=text(term), scheme=f"{lists}#{scheme}", label=text(label))
    add_said(entry, "summary", work.summary)
    add_said(entry, "rights", work.licence)


def _categories(work: Description) -> Iterable[tuple[str, str, str]]:
    """(list, word, label)."""
    card = work.resource.card
    if card.kind:
        yield "kind", card.kind, card.kind_label
    for audience, label in zip(card.audiences, card.audience_labels, strict=True):
        yield "audience", audience, label
    for topic in work.resource.topics:
        yield "topic", topic.slug, topic.label
    for place in work.resource.places:
        yield "collection", place.slug, place.title
    for note in card.content_notes:
        yield "content-note", note, f"Content note: {note}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
