"""Addresses outside the library: which there are, what leads to each, and what it last answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

import ingest
from clearinghouse import dois, slugs
from clearinghouse.library import Library
from clearinghouse.models import Edition, HelpLine, LinkCheck, Resource
from clearinghouse.views import ResourceView

#: Different days on which an address must have failed, one after the other, before it is called broken.
DAYS_BEFORE_BROKEN = 2
#: An address longer than this is none that anybody typed.
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Use:
    """What leads to an address."""

    what: str
    """``resource``, ``DOI``, ``licence``, ``form``, ``source`` (where an edition was taken from)
    or ``help line``."""
    name: str
    """Title of the resource, or name of the help line."""
    slug: str
    key: str = ""
    """Of a form."""
    cure: str = ""
    """The command that puts another address in its place, all but the address; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address and what it last answered; never asked where `asked_at` is None."""

    address: str
    uses: tuple[Use, ...]
    asked_at: datetime | None = None
    outcome: str = ""
    """``answered``, ``failed``, ``unsure``, ``put off`` or ``not asked``: see `models.LinkCheck`."""
    status: int | None = None
    sentence: str = ""
    moved_to: str = ""
    answered_at: datetime | None = None
    failing_since: date | None = None
    failed_days: int = 0

    @property
    def broken(self) -> bool:
        """Whether it failed on enough different days to say so."""
        return self.failed_days >= DAYS_BEFORE_BROKEN


@dataclass(frozen=True, slots=True)
class LinkReport:
    """Every link, those that need somebody first."""

    broken: tuple[Link, ...]
    failed_once: tuple[Link, ...]
    """Failed on one day only: to be asked again on another."""
    moved: tuple[Link, ...]
    unsure: tuple[Link, ...]
    """A person must look: a server that lets no program in, or that we may not ask."""
    well: int
    never_asked: int
    last_asked: datetime | None


def report(library: Library) -> LinkReport:
    """What is known of every address that something leads to."""
    with library.database.reading() as session:
        links = every(session)
    rest = [each for each in links if each.asked_at and not each.failed_days]
    return LinkReport(
        broken=tuple(each for each in links if each.broken),
        failed_once=tuple(each for each in links if each.failed_days and not each.broken),
        moved=tuple(each for each in rest if each.moved_to),
        unsure=tuple(each for each in rest if each.outcome != "answered" and not each.moved_to),
        well=sum(each.outcome == "answered" and not each.moved_to for each in rest),
        never_asked=sum(each.asked_at is None for each in links),
        last_asked=max((each.asked_at for each in links if each.asked_at), default=None),
    )


def of_resource(library: Library, view: ResourceView) -> tuple[Link, ...]:
    """The addresses on one resource's page that were asked, in the order of the page."""
    addresses = [
        view.card.link,
        dois.address(view.identifiers),
        *(address for each in view.editions for address in (each.link, each.location)),
    ]
    wanted = [each for each in dict.fromkeys(addresses) if _is_outside(each)]
    with library.database.reading() as session:
        asked = select(LinkCheck).where(LinkCheck.address.in_(wanted))
        rows = {row.address: row for row in session.scalars(asked)}
        return tuple(_link(rows[address], ()) for address in wanted if address in rows)


def silent(library: Library, view: ResourceView) -> Mapping[str, date]:
    """The broken ones among the addresses on a resource's page, with the day on which each was last asked."""
    return {
        each.address: each.asked_at.astimezone().date()
        for each in of_resource(library, view)
        if each.broken and each.asked_at
    }


def every(session: Session) -> list[Link]:
    """Each address that something leads to, once, in order of address."""
    rows = {row.address: row for row in session.scalars(select(LinkCheck))}
    found = uses(session)
    return [
        _link(rows[address], found[address]) if address in rows else Link(address, found[address])
        for address in sorted(found)
    ]


def uses(session: Session) -> dict[str, tuple[Use, ...]]:
    """Every address outside and what leads there: resources that are not withdrawn, their forms, help lines."""
    found: dict[str, list[Use]] = {}
    for address, use in (*_of_help_lines(session), *_of_resources(session), *_of_editions(session)):
        if _is_outside(address):
            found.setdefault(address, []).append(use)
    return {address: tuple(dict.fromkeys(those)) for address, those in found.items()}


def _of_help_lines(session: Session) -> Iterable[tuple[str, Use]]:
    for row in session.scalars(select(HelpLine).order_by(HelpLine.position)):
        slug = slugs.slugify(row.name)
        for name in ("link", "source"):
            cure = f"clearinghouse facts checked {slug} --{name}"
            yield getattr(row, name), Use("help line", row.name, slug, cure=cure)


def _of_resources(session: Session) -> Iterable[tuple[str, Use]]:
    rows = select(Resource.link, Resource.licence, Resource.identifiers, Resource.title, Resource.slug)
    for link, licence, identifiers, title, slug in session.execute(
        rows.where(Resource.status != "withdrawn").order_by(Resource.id)
    ):
        yield link, Use("resource", title, slug, cure=f"clearinghouse edit {slug} --link")
        yield dois.address(identifiers), Use("DOI", title, slug, cure=f"clearinghouse edit {slug} --doi")
        yield licence, Use("licence", title, slug, cure=f"clearinghouse edit {slug} --licence")


def _of_editions(session: Session) -> Iterable[tuple[str, Use]]:
    rows = (
        select(Edition.link, Edition.location, Edition.key, Resource.title, Resource.slug)
        .join(Resource, Resource.id == Edition.resource_id)
        .where(Resource.status != "withdrawn")
        .order_by(Edition.id)
    )
    for link, location, key, title, slug in session.execute(rows):
        yield link, Use("form", title, slug, key, f"clearinghouse edition edit {slug} {key} --link")
        yield location, Use("source", title, slug, key)


def _is_outside(address: str) -> bool:
    return ingest.is_address(address) and len(address) <= _LONGEST


def _link(row: LinkCheck, leading: tuple[Use, ...]) -> Link:
    return Link(
        address=row.address,
        uses=leading,
        asked_at=row.asked_at,
        outcome=row.outcome,
        status=row.status,
        sentence=row.sentence,
        moved_to=row.moved_to,
        answered_at=row.answered_at,
        failing_since=row.failing_since,
        failed_days=row.failed_days,
    )
