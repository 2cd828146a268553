"""Rows made into views, while their session is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy.orm import selectinload

import ingest
from clearinghouse import cards, languages, models, vocabulary
from clearinghouse.facts import help_line_file
from clearinghouse.views import (
    Card,
    CollectionCard,
    CollectionView,
    EditionView,
    HelpLineView,
    OriginalView,
    PageName,
    PageView,
    Place,
    ResourceView,
    TopicName,
    TopicView,
    tel,
)

BY_HAND = "a curator"
"""Who told what was set by hand."""


def card_parts() -> tuple[Any, ...]:
    """What to load beside a resource so that a card costs no further query."""
    return (
        selectinload(models.Resource.authors),
        selectinload(models.Resource.audiences),
        selectinload(models.Resource.editions).joinedload(models.Edition.original),
    )


def resource_parts(*, places: bool = True) -> tuple[Any, ...]:
    """What to load beside many resources so that all that `resource` shows costs a handful of queries together."""
    series = selectinload(models.Resource.places).joinedload(models.CollectionItem.collection)
    neighbours = series.selectinload(models.Collection.items).joinedload(models.CollectionItem.resource)
    edition, named = selectinload(models.Resource.editions), (models.Page.number, models.Page.label)
    return (
        *card_parts(),
        edition.selectinload(models.Edition.unread).load_only(*named),
        edition.selectinload(models.Edition.pictured).load_only(*named),
        selectinload(models.Resource.topics),
        neighbours if places else series,
    )


def card(resource: models.Resource) -> Card:
    """The row as it stands in a list. For many that are needed for no more, `cards` reads them straight away."""
    authors, audiences = (each.name for each in resource.authors), {each.audience for each in resource.audiences}
    return cards.made_of(resource, authors, audiences, resource.editions)


def resource(row: models.Resource, *, places: bool = True, hide_noted: bool = False) -> ResourceView:
    """Everything known of the row, with its `places` among published neighbours unless they are not wanted.

    With `hide_noted`, neighbours that have content notes are passed over.
    """
    return ResourceView(
        card=card(row),
        speaks=row.speaks,
        speaks_label=vocabulary.SPEAKS.get(row.speaks or "", ""),
        jurisdiction=row.jurisdiction,
        licence=row.licence,
        topics=tuple(TopicName(topic.slug, topic.preferred) for topic in row.topics),
        identifiers=dict(row.identifiers),
        details=dict(row.details),
        keywords=tuple(row.keywords),
        told_by={**row.told_by, **dict.fromkeys(row.curated, BY_HAND)},
        editions=tuple(edition(each, each.unread, each.pictured) for each in row.editions),
        places=tuple(place(each, hide_noted=hide_noted) for each in _places(row)) if places else (),
        withdrawn_reason=row.withdrawn_reason,
        guessed=dict(row.guessed),
        created_at=row.created_at,
        updated_at=row.updated_at,
        checked_on=row.checked_on,
    )


def edition(
    row: models.Edition, unread: Iterable[models.Page] = (), pictured: Iterable[models.Page] = ()
) -> EditionView:
    """The edition without its pages, but for the names of those that were `unread`, or read as `pictured`."""
    return EditionView(
        id=row.id,
        key=row.key,
        form=row.form,
        form_label=vocabulary.FORMS[row.form],
        language=row.language,
        language_name=languages.name(row.language),
        label=row.label,
        link=row.link,
        location=row.location,
        original=_original(row.original) if row.original else None,
        page_count=row.page_count,
        word_count=row.word_count,
        warnings=tuple(row.warnings),
        schooling=row.schooling if row.schooling_said is None else float(row.schooling_said),
        schooling_by_hand=row.schooling_said is not None,
        unread=_names(unread),
        pictured=_names(pictured),
    )


def _names(pages: Iterable[models.Page]) -> tuple[PageName, ...]:
    return tuple(PageName(page.number, page.label or str(page.number)) for page in pages)


def _places(row: models.Resource) -> list[models.CollectionItem]:
    """By title; answer packs are nobody's business but of those who have their address."""
    shown = [item for item in row.places if item.collection.kind != "pack"]
    return sorted(shown, key=lambda item: item.collection.title)


def _original(row: models.Original) -> OriginalView:
    return OriginalView(row.sha256, row.name, row.media_type, row.size)


def page(row: models.Page) -> PageView:
    """One page to be read."""
    return PageView(row.number, row.label, row.heading, row.text, by_machine=row.read_by == ingest.OCR)


def place(item: models.CollectionItem, *, hide_noted: bool = False) -> Place:
    """The item among its collection's published resources; with `hide_noted`, beside those without notes."""
    published = [each for each in item.collection.items if each.resource.status == "published" or each is item]
    here = published.index(item)
    hidden = [each for each in published if hide_noted and each.resource.content_notes and each is not item]
    before = next((each.resource for each in reversed(published[:here]) if each not in hidden), None)
    after = next((each.resource for each in published[here + 1 :] if each not in hidden), None)
    return Place(
        slug=item.collection.slug,
        title=item.collection.title,
        kind=item.collection.kind,
        kind_label=vocabulary.COLLECTION_KINDS[item.collection.kind],
        position=here + 1,
        of=len(published),
        note=item.note,
        previous=(before.slug, before.title) if before else None,
        next=(after.slug, after.title) if after else None,
        hidden=len(hidden),
    )


def collection_card(row: models.Collection) -> CollectionCard:
    """The collection in a list."""
    return CollectionCard(
        slug=row.slug,
        title=row.title,
        description=row.description,
        kind=row.kind,
        kind_label=vocabulary.COLLECTION_KINDS[row.kind],
        door=row.door,
        size=len(shown(row)),
    )


def shown(row: models.Collection, *, hide_noted: bool = False) -> list[models.CollectionItem]:
    """Its items that are published, in order; with `hide_noted`, those without content notes."""
    return [
        item
        for item in row.items
        if item.resource.status == "published" and not (hide_noted and item.resource.content_notes)
    ]


def collection(row: models.Collection, *, hide_noted: bool = False) -> CollectionView:
    """The collection with what is `shown` of it."""
    items = tuple((card(item.resource), item.note) for item in shown(row, hide_noted=hide_noted))
    return CollectionView(card=collection_card(row), items=items)


def topic_name(row: models.Topic) -> TopicName:
    """Slug and preferred term."""
    return TopicName(row.slug, row.preferred)


def topic(row: models.Topic) -> TopicView:
    """The topic with its neighbours."""
    return TopicView(
        slug=row.slug,
        label=row.preferred,
        scope_note=row.scope_note,
        broader=topic_name(row.broader) if row.broader else None,
        narrower=tuple(map(topic_name, row.narrower)),
        related=tuple(map(topic_name, row.related)),
    )


def help_line(row: models.HelpLine, today: date) -> HelpLineView:
    """The help line as of `today`."""
    return HelpLineView(
        name=row.name,
        number=row.number,
        tel=tel(row.number),
        text_number=row.text_number,
        hours=row.hours,
        jurisdiction=row.jurisdiction,
        who=row.who,
        link=row.link,
        source=row.source,
        checked_on=row.checked_on,
        checked_by=row.checked_by,
        check_by=row.check_by,
        overdue=row.check_by is None or row.check_by <= today,
        always=row.always,
        day_and_night=help_line_file.is_day_and_night(row.hours),
    )


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
