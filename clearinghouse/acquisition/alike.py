"""Texts that are nearly the same as others: the same work twice, another edition of it, or a newer one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

import ingest
from clearinghouse.holdings import apart, fingerprints
from clearinghouse.library import Library
from clearinghouse.models import Edition, Fingerprint, FingerprintBand, Resource
from ingest import fingerprint

LEAST = 0.5
"""The share of its runs of three words from which a text is said to be alike. One word changed in fifteen leaves
about two thirds of them."""


_MOST_TOLD = 3
_CROWD = 20
"""Editions that one is compared with at most."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A resource that holds nearly the same text."""

    slug: str
    share: float
    """Which share (0 to 1) of its runs of words is the same, of the form that is most alike; 0 where it only leads
    to the address that the other text was taken from."""
    title: str
    status: str
    withdrawn_reason: str
    key: str
    """The form that is most alike; empty where none is."""

    @property
    def in_words(self) -> str:
        """Such as ``92% the same as “our-charter”``, and what a curator must know of that."""
        same = "The same words as" if self.share == 1 else f"{self.share:.0%} the same as"
        if not self.share:
            same = "Its address is the link of"
        state = {"draft": ", a draft", "withdrawn": f", which was withdrawn: {self.withdrawn_reason}"}
        return f"{same} “{self.slug}”{state.get(self.status, '')}"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two resources that hold nearly the same text."""

    share: float
    one: Alike
    """The one that was added first."""
    other: Alike


def alike(session: Session, edition: Edition, *, least: float = LEAST) -> list[Alike]:
    """Other resources with a text like that of `edition`, the most alike first; none where it is too short.

    By the bands that they share, so that it takes hardly longer in a large library.
    """
    own = session.get(Fingerprint, edition.id)
    if own is None or own.version != fingerprint.VERSION:
        return []
    return alike_to(session, fingerprints.read(own), edition.resource, least=least)


def alike_to(session: Session, places: Sequence[int], resource: Resource, *, least: float = LEAST) -> list[Alike]:
    """Others than `resource` with a text like that of the fingerprint `places`; none where that is empty."""
    crowd = list(session.scalars(_sharing_a_band(places))) if places else []
    if not crowd:
        return []
    rows = session.execute(
        select(Fingerprint, Edition, Resource)
        .join(Edition, Edition.id == Fingerprint.edition_id)
        .join(Resource, Resource.id == Edition.resource_id)
        .where(
            Edition.id.in_(crowd),
            Edition.resource_id.not_in((resource.id, *apart.of(session, resource))),
            Fingerprint.version == fingerprint.VERSION,
        )
    )
    found: dict[str, Alike] = {}
    for row, other, shown in rows:
        share = fingerprint.share(places, fingerprints.read(row))
        if share >= least and (shown.slug not in found or found[shown.slug].share < share):
            found[shown.slug] = _alike(shown, other, share)
    return sorted(found.values(), key=lambda each: (-each.share, each.slug))


def leading_to(session: Session, address: str, resource: Resource) -> list[Alike]:
    """Others than `resource` that link to `address`, a page that it was taken from: perhaps the same work.

    A front page is no one document's address, so nothing is said of it.
    """
    if not ingest.is_address(address) or not urlsplit(address).path.strip("/"):
        return []
    rows = session.scalars(
        select(Resource)
        .where(Resource.link == address, Resource.id.not_in((resource.id, *apart.of(session, resource))))
        .order_by(Resource.id)
        .limit(_MOST_TOLD)
    )
    return [Alike(row.slug, 0.0, row.title, row.status, row.withdrawn_reason, "") for row in rows]


def to_resource(session: Session, row: Resource) -> tuple[Alike, ...]:
    """Other resources with a text like one of `row`, the most alike first, and those that link to its address."""
    leading = (each for edition in row.editions for each in leading_to(session, edition.location, row))
    found: dict[str, Alike] = {each.slug: each for each in leading}
    for each in (each for edition in row.editions for each in alike(session, edition)):
        if each.slug not in found or found[each.slug].share < each.share:
            found[each.slug] = each
    return tuple(sorted(found.values(), key=lambda each: -each.share))


def what_to_do(row: Resource, found: Sequence[Alike]) -> tuple[str, ...]:
    """Sentences for a curator who has added `row`, which is like what was `found`; none where nothing was."""
    if not found:
        return ()
    same = tuple(f"{each.in_words}." for each in found[:_MOST_TOLD])
    if row.status != "draft":
        return same
    first = found[0].slug
    form = f"Another form of that work? `clearinghouse edition move {row.slug} {first}`."
    neither = f"Neither? `clearinghouse edition not-the-same {row.slug} {first}`."
    twice = f'The same once more? `clearinghouse withdraw {row.slug} --reason "The same as {first}"`.'
    return (*same, form, twice, neither)


def pairs(library: Library, *, least: float = LEAST, kept_apart: bool = False) -> tuple[Pair, ...]:
    """Every two resources with nearly the same text, the most alike first, by the forms that are most alike.

    Two of which one is withdrawn count only while the other is a draft: a new edition is often like the one it
    replaced. Those that a curator said are not the same are left out; with `kept_apart`, they alone are there.
    """
    with library.database.reading() as session:
        said = apart.every(session)
        best: dict[tuple[int, int], tuple[float, int, int]] = {}
        rows = {row.edition_id: row for row in session.scalars(select(Fingerprint))}
        editions = dict(session.execute(select(Edition.id, Edition.resource_id)).all())
        for one, other in _candidates(session):
            if rows[one].version != rows[other].version or editions[one] == editions[other]:
                continue
            share = fingerprint.share(fingerprints.read(rows[one]), fingerprints.read(rows[other]))
            first, second = sorted((one, other), key=lambda each: editions[each])
            both = (editions[first], editions[second])
            if (both in said) is kept_apart and share >= least and share > best.get(both, (0.0,))[0]:
                best[both] = (share, first, second)
        found = [_pair(session, *each) for each in best.values()]
    return tuple(sorted(filter(_open, found), key=lambda each: (-each.share, each.one.slug, each.other.slug)))


def _sharing_a_band(places: Sequence[int]) -> Select[int]:
    """Ids of the editions that share the most bands; a bounded number, for there may be thousands of copies."""
    shared = (
        select(FingerprintBand.edition_id)
        .where(FingerprintBand.value.in_(fingerprint.bands(places)))
        .limit(_CROWD * len(places))
        .subquery()
    )
    most = func.count().desc()
    return select(shared.c.edition_id).group_by(shared.c.edition_id).order_by(most).limit(_CROWD)


def _candidates(session: Session) -> set[tuple[int, int]]:
    """Editions that share a band, two by two; each with the next `_CROWD` that share it."""
    by_value = select(FingerprintBand.value, FingerprintBand.edition_id).order_by(
        FingerprintBand.value, FingerprintBand.edition_id
    )
    found: set[tuple[int, int]] = set()
    for _, rows in groupby(session.execute(by_value), key=lambda row: row[0]):
        crowd = [edition for _, edition in rows]
        found.update((one, other) for at, one in enumerate(crowd) for other in crowd[at + 1 : at + 1 + _CROWD])
    return found


def _pair(session: Session, share: float, one: int, other: int) -> Pair:
    first, second = (session.get_one(Edition, each) for each in (one, other))
    return Pair(share, _alike(first.resource, first, share), _alike(second.resource, second, share))


def _open(pair: Pair) -> bool:
    states = {pair.one.status, pair.other.status}
    return "withdrawn" not in states or states == {"withdrawn", "draft"}


def _alike(resource: Resource, edition: Edition, share: float) -> Alike:
    return Alike(resource.slug, share, resource.title, resource.status, resource.withdrawn_reason, edition.key)
