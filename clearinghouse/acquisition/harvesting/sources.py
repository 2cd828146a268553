"""Use cases: the harvests a curator keeps. Add one, list them, look at one, remove one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit, urlunsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

import ingest
from clearinghouse import vocabulary
from clearinghouse.acquisition import visits
from clearinghouse.acquisition.harvesting import items
from clearinghouse.acquisition.harvesting.options import (
    FEED,
    FOLDER,
    KINDS,
    OAI,
    PAGE,
    SITEMAP,
    Options,
    from_json,
)
from clearinghouse.errors import Invalid, NotFound
from clearinghouse.holdings import catalogue, record, topic_names
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.models import Harvest, HarvestItem
from ingest import IngestProblem
from ingest.harvest import feed, guess, markup, oai
from ingest.polite import Body, Visitor

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A listed thing that failed, or has gone."""

    identifier: str
    state: str
    """``failed`` or ``missing``."""
    sentence: str
    slug: str | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class HarvestView:
    """A harvest, for a curator."""

    name: str
    kind: str
    address: str
    said: Mapping[str, object]
    """The curator's word on what is new in it."""
    options: Mapping[str, object]
    counts: Mapping[str, int]
    """State to number of listed things."""
    began_at: datetime | None
    ended_at: datetime | None
    unfinished: bool
    """Whether its latest run was cut off, and the next goes on with it."""
    sentence: str
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """A harvest that was added, and what to tell the curator."""

    view: HarvestView
    notes: tuple[str, ...] = ()


def add(
    library: Library,
    name: str,
    address: str,
    *,
    kind: str | None = None,
    said: Record | None = None,
    options: Options | None = None,
    visitor: Visitor | None = None,
) -> Added:
    """Keep a harvest; what it is is told from what its address answers, where `kind` is not given.

    Raises `Invalid` for a name or an address that cannot be used, and what asking for the address raises.
    """
    said, options = record.checked(said or Record()), options or Options()
    topic_names.slugs(library, said.topics or ())
    if not _NAME.fullmatch(name):
        raise Invalid(
            f"“{name}” is no name for a harvest; use small letters, digits and hyphens, such as our-site."
        )
    with library.database.reading() as session:
        if session.scalars(select(Harvest).where(Harvest.name == name)).first():
            raise Invalid(f"There is a harvest “{name}” already; give this one another name, or remove that one.")
    visitor = visitor or visits.visitor(library.settings)
    kind, address, notes = _place(visitor, address, kind)
    with library.database.writing() as session:
        row = Harvest(name=name, kind=kind, address=address, said=record.as_json(said), options=options.as_json())
        row.cursor = {}
        session.add(row)
        session.flush()
        return Added(_view(session, row), notes)


def listing(library: Library) -> tuple[HarvestView, ...]:
    """Every harvest, by name."""
    with library.database.reading() as session:
        return tuple(_view(session, row) for row in session.scalars(select(Harvest).order_by(Harvest.name)))


def show(library: Library, name: str) -> HarvestView:
    """One harvest, with what failed in it and what has gone. Raises `NotFound`."""
    with library.database.reading() as session:
        row = find(session, name)
        troubled = select(HarvestItem).where(
            HarvestItem.harvest_id == row.id, HarvestItem.state.in_([items.FAILED, items.MISSING])
        )
        found = tuple(_trouble(each) for each in session.scalars(troubled.order_by(HarvestItem.id)))
        return replace(_view(session, row), troubles=found)


def remove(library: Library, name: str) -> None:
    """Forget a harvest and what it lists; what was taken in stays. Raises `NotFound`."""
    with library.database.writing() as session:
        session.delete(find(session, name))


def gone(library: Library, slug: str) -> tuple[str, ...]:
    """For each source that no longer has the resource, a sentence. Raises `NotFound`."""
    with library.database.reading() as session:
        lost = (
            select(HarvestItem, Harvest.name)
            .join(Harvest)
            .where(HarvestItem.resource_id == catalogue.find(session, slug).id, HarvestItem.state == items.MISSING)
        )
        return tuple(
            f"No longer at its source since {each.missing_since:%Y-%m-%d}: {each.identifier} (harvest {name})"
            for each, name in session.execute(lost)
        )


def find(session: Session, name: str) -> Harvest:
    """The harvest of this name. Raises `NotFound`, suggesting the nearest."""
    row = session.scalars(select(Harvest).where(Harvest.name == name)).first()
    if row is None:
        near = vocabulary.did_you_mean(name, session.scalars(select(Harvest.name)))
        raise NotFound(f"There is no harvest “{name}”.{near} `clearinghouse harvest list` shows them all.")
    return row


def _place(visitor: Visitor, address: str, kind: str | None) -> tuple[str, str, tuple[str, ...]]:
    """Kind and address of what is to be harvested, and what to tell the curator."""
    if not ingest.is_address(address):
        return _folder(address, kind)
    if kind == OAI:
        address = _without_query(address)
        oai.identify(visitor.read, address)
        return OAI, address, ()
    if kind == PAGE:
        return PAGE, address, ()
    body = visitor.read(address, max_bytes=markup.MOST_BYTES)
    found = guess.kind_of(body)
    if kind is None:
        return _guessed(visitor, address, body, found)
    if kind == found:
        return kind, address, ()
    if kind == SITEMAP and found == PAGE:
        return SITEMAP, _sitemap_of(visitor, address), ()
    if kind == FEED and found == PAGE and (feeds := feed.offered(body)):
        return FEED, feeds[0], ()
    raise Invalid(f"{address} is not {KINDS.get(kind, kind)}; it seems to be {KINDS[found]}.")


def _folder(address: str, kind: str | None) -> tuple[str, str, tuple[str, ...]]:
    path = Path(address).expanduser().absolute()
    if kind not in {None, FOLDER}:
        raise Invalid(f"{address} is no web address; {KINDS[kind or FOLDER]} begins with https://.")
    if path.is_file():
        raise Invalid(f"{address} is a file; take it in with `clearinghouse add` or `clearinghouse import`.")
    if not path.is_dir():
        raise Invalid(f"There is no folder {address}; check the name, or write a web address with https://.")
    return FOLDER, str(path), ()


def _guessed(visitor: Visitor, address: str, body: Body, found: str) -> tuple[str, str, tuple[str, ...]]:
    if found == OAI:
        return OAI, _without_query(address), ()
    if found != PAGE:
        return found, address, ()
    if "oai" in address.lower():  # many a repository answers its bare address with a page for people
        try:
            oai.identify(visitor.read, _without_query(address))
            return OAI, _without_query(address), ()
        except IngestProblem:
            pass
    feeds = feed.offered(body)
    note = f"Only this page is harvested. It also offers a feed: {feeds[0]}" if feeds else ""
    return PAGE, address, (note,) if note else ()


def _sitemap_of(visitor: Visitor, address: str) -> str:
    """Where a site says that its sitemaps are: in its robots.txt, else in the usual place."""
    return urljoin(address, "/robots.txt" if visitor.rules(address).sitemaps else "/sitemap.xml")


def _without_query(address: str) -> str:
    """An OAI-PMH address as it is before a verb is added."""
    parts = urlsplit(address)
    query = "&".join(each for each in parts.query.split("&") if not each.startswith("verb="))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _view(session: Session, row: Harvest) -> HarvestView:
    return HarvestView(
        row.name,
        row.kind,
        row.address,
        dict(row.said),
        from_json(row.options).as_json(),
        items.counts(session, row),
        row.began_at,
        row.ended_at,
        bool(row.stage),
        row.sentence,
    )


def _trouble(row: HarvestItem) -> Trouble:
    slug = row.resource.slug if row.resource else None
    return Trouble(row.identifier, row.state, row.sentence, slug, row.missing_since)
