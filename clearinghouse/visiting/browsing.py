"""Use case: a visitor looks around. Published resources only; each function opens its own reading session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, selectinload

from clearinghouse import cards, showing, topic_tree, vocabulary
from clearinghouse.errors import NotFound, Withdrawn
from clearinghouse.holdings import collections as rows_of_collections
from clearinghouse.library import Library
from clearinghouse.models import (
    Collection,
    CollectionItem,
    Edition,
    HelpLine,
    Page,
    Resource,
    ResourceAudience,
    Topic,
)
from clearinghouse.views import (
    Card,
    CollectionCard,
    CollectionView,
    EditionView,
    HelpLineView,
    OriginalView,
    PageView,
    ResourceView,
    TopicName,
    TopicView,
)

#: Pages shown at once on the reading page: enough to read on, few enough for an old phone.
PAGES_PER_PART = 20

#: How far back the beginning of a section is looked for.
_PAGES_BEFORE = 3 * PAGES_PER_PART

_NEWEST = 6
_ABOUT_A_TOPIC = 50


@dataclass(frozen=True, slots=True)
class Home:
    """What the first page shows."""

    total: int
    """Number of published resources."""
    counts: dict[str, int]
    """Audience to number of published resources."""
    newest: tuple[Card, ...]
    charter: Card | None
    training: tuple[CollectionView, ...]
    shelves: tuple[CollectionCard, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of an edition to be read."""

    resource: ResourceView
    edition: EditionView
    pages: tuple[PageView, ...]
    """The pages of this part."""
    before: tuple[PageView, ...]
    """Pages that go before them, as far as a section that goes on here may have begun there."""
    part: int
    """Counted from 1."""
    parts: int


def home(library: Library, *, hide_noted: bool = False) -> Home:
    """The first page: what is new, the charter, the training series and the shelves.

    With `hide_noted`, resources with content notes are neither listed nor counted, except in shelves' sizes.
    """
    with library.database.reading() as session:
        shown = Resource.shown(hide_noted=hide_noted)
        charters = select(Resource.id).where(shown, Resource.kind == "charter")
        charter = session.scalars(charters.order_by(Resource.editions.any().desc(), Resource.id).limit(1)).all()
        lists = _collections(session)
        return Home(
            total=session.scalar(select(func.count()).where(shown)) or 0,
            counts=_audience_counts(session, shown),
            newest=_newest(session, shown, _NEWEST),
            charter=next(iter(cards.published(session, charter).values()), None),
            training=tuple(
                showing.collection(each, hide_noted=hide_noted) for each in lists if each.kind == "training"
            ),
            shelves=tuple(showing.collection_card(each) for each in lists if each.kind != "training"),
        )


def help_lines(library: Library) -> tuple[HelpLineView, ...]:
    """All, those for every page first."""
    read_on, lines = library.database.remembered(_help_lines)
    if read_on != _today():  # what was due then may not be all that is due now
        with library.database.reading() as session:
            _, lines = _help_lines(session)
    return lines


def resource(library: Library, slug: str, *, hide_noted: bool = False) -> ResourceView:
    """With `hide_noted`, its neighbours are those without content notes.

    Raises `NotFound` (also for drafts) or `Withdrawn`.
    """
    with library.database.reading() as session:
        return showing.resource(_find(session, slug), hide_noted=hide_noted)


def title(library: Library, slug: str) -> str:
    """What a published resource is called; empty where there is none at that address."""
    with library.database.reading() as session:
        return session.scalar(select(Resource.title).where(Resource.slug == slug, Resource.shown())) or ""


def reading(library: Library, slug: str, key: str, part: int = 1) -> Reading:
    """Raises `NotFound` (also for drafts, unknown editions and parts) or `Withdrawn`."""
    with library.database.reading() as session:
        row = _find(session, slug)
        edition = _edition(row, key)
        parts = max(1, -(-edition.page_count // PAGES_PER_PART))
        if not 1 <= part <= parts:
            raise NotFound(f"“{row.title}” has {parts} parts to read here; there is no part {part}.")
        first = (part - 1) * PAGES_PER_PART
        pages = select(Page).where(
            Page.edition_id == edition.id,
            Page.number > first - _PAGES_BEFORE,
            Page.number <= first + PAGES_PER_PART,
        )
        near = tuple(map(showing.page, session.scalars(pages.order_by(Page.number))))
        return Reading(
            resource=showing.resource(row),
            edition=showing.edition(edition),
            pages=tuple(page for page in near if page.number > first),
            before=tuple(page for page in near if page.number <= first),
            part=part,
            parts=parts,
        )


def pages(library: Library, slug: str, key: str, *, first: int = 1, most: int = 1) -> tuple[PageView, ...]:
    """At most `most` pages of an edition, from number `first`. Raises as `reading` does, but for no number."""
    with library.database.reading() as session:
        edition = _edition(_find(session, slug), key)
        wanted = select(Page).where(
            Page.edition_id == edition.id, Page.number >= first, Page.number < first + most
        )
        return tuple(map(showing.page, session.scalars(wanted.order_by(Page.number))))


def original(library: Library, slug: str, key: str) -> tuple[OriginalView, Path]:
    """The original of an edition and where its bytes stand. Raises `NotFound` or `Withdrawn`."""
    with library.database.reading() as session:
        edition = showing.edition(_edition(_find(session, slug), key))
    if edition.original is not None:
        path = library.originals.path(edition.original.sha256)
        if path.is_file():
            return edition.original, path
    raise NotFound("The original of this edition is not kept here.")


def collections(library: Library) -> tuple[CollectionCard, ...]:
    """Collections with something published in them: training first, then by title."""
    with library.database.reading() as session:
        return tuple(map(showing.collection_card, _collections(session)))


def collection(library: Library, slug: str) -> CollectionCard:
    """A collection, of which no more is told than in a list. Raises `NotFound`."""
    with library.database.reading() as session:
        return showing.collection_card(rows_of_collections.find(session, slug))


def topics(library: Library, *, hide_noted: bool = False) -> tuple[tuple[TopicName, int], ...]:
    """Every topic with the number of published resources about it, in order of name."""
    numbers = topic_tree.numbers(hide_noted=hide_noted)
    counted = (
        select(Topic, func.coalesce(numbers.c.number, 0))
        .outerjoin(numbers, numbers.c.topic_id == Topic.id)
        .order_by(func.lower(Topic.preferred))
    )
    with library.database.reading() as session:
        return tuple((showing.topic_name(row), number) for row, number in session.execute(counted))


def topic(library: Library, slug: str, *, hide_noted: bool = False) -> tuple[TopicView, tuple[Card, ...]]:
    """The topic and its newest published resources (at most 50). Raises `NotFound`."""
    with library.database.reading() as session:
        row = session.scalars(select(Topic).where(Topic.slug == slug)).one_or_none()
        if row is None:
            near = vocabulary.did_you_mean(slug, session.scalars(select(Topic.slug)))
            raise NotFound(f"There is no topic “{slug}”.{near}")
        about = topic_tree.about()
        here = Resource.id.in_(select(about.c.resource_id).where(about.c.topic_id == row.id))
        newest = _newest(session, and_(Resource.shown(hide_noted=hide_noted), here), _ABOUT_A_TOPIC)
        return showing.topic(row), newest


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day where the library stands


def _help_lines(session: Session) -> tuple[date, tuple[HelpLineView, ...]]:
    """The lines, and the day as of which some are due to be checked."""
    today = _today()
    rows = session.scalars(select(HelpLine).order_by(HelpLine.always.desc(), HelpLine.position))
    return today, tuple(showing.help_line(each, today) for each in rows)


def _newest(session: Session, shown: ColumnElement[bool], most: int) -> tuple[Card, ...]:
    newest_first = select(Resource.id).where(shown).order_by(Resource.published_at.desc(), Resource.id.desc())
    return tuple(cards.published(session, session.scalars(newest_first.limit(most)).all()).values())


def _audience_counts(session: Session, shown: ColumnElement[bool]) -> dict[str, int]:
    counted = (
        select(ResourceAudience.audience, func.count())
        .join(Resource, Resource.id == ResourceAudience.resource_id)
        .where(shown)
        .group_by(ResourceAudience.audience)
    )
    found = dict(session.execute(counted).all())
    return {audience: found.get(audience, 0) for audience in vocabulary.AUDIENCES}


def _collections(session: Session) -> list[Collection]:
    """Those in which a visitor would find something: training series first, then shelves, by title."""
    listed = select(Collection).where(Collection.kind != "pack")
    every = listed.order_by(Collection.kind != "training", Collection.title)
    loaded = selectinload(Collection.items).joinedload(CollectionItem.resource).options(*showing.card_parts())
    return [
        row
        for row in session.scalars(every.options(loaded))
        if any(item.resource.status == "published" for item in row.items)
    ]


def _find(session: Session, slug: str) -> Resource:
    row = session.scalars(
        select(Resource).where(Resource.slug == slug, Resource.status != "draft").options(*showing.card_parts())
    ).one_or_none()
    if row is None or row.published_at is None:  # what visitors never saw cannot have been taken from them
        raise NotFound("There is no resource at this address.")
    if row.status == "withdrawn":
        raise Withdrawn(f"“{row.title}” has been withdrawn. {_sentence(row.withdrawn_reason)}")
    return row


def _sentence(reason: str) -> str:
    """A curator's reason, with the full stop that it may lack."""
    said = reason.strip()
    return f"{said}." if said and said[-1] not in ".!?…" else said


def _edition(row: Resource, key: str) -> Edition:
    for edition in row.editions:
        if edition.key == key:
            return edition
    raise NotFound(f"“{row.title}” has no edition “{key}”.")
