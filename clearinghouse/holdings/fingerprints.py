"""The fingerprints of editions: kept with each text, and worked out for those that have none."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, and_, delete, func, insert, select
from sqlalchemy.orm import Session

import ingest
from clearinghouse.library import Library
from clearinghouse.models import Edition, Fingerprint, FingerprintBand, Page
from ingest import fingerprint


def keep(session: Session, edition: Edition, places: Sequence[int]) -> None:
    """Let `edition`, which has its id, have this fingerprint and no other; none where `places` is empty."""
    for table in (FingerprintBand, Fingerprint):
        session.execute(delete(table).where(table.edition_id == edition.id))
    if not places:
        return
    session.execute(
        insert(Fingerprint), {"edition_id": edition.id, "version": fingerprint.VERSION, "places": _packed(places)}
    )
    bands = [{"value": value, "edition_id": edition.id} for value in dict.fromkeys(fingerprint.bands(places))]
    session.execute(insert(FingerprintBand), bands)


def read(row: Fingerprint) -> Sequence[int]:
    """The places of a fingerprint as they were given to `keep`."""
    places = array("I", row.places)
    if sys.byteorder == "big":
        places.byteswap()
    return places


def waiting(library: Library) -> int:
    """How many editions with text have no fingerprint, or one of an older version."""
    with library.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Edition).where(_without())) or 0


def work_out(library: Library, *, progress: Callable[[int], None] = lambda done: None) -> int:
    """Give a fingerprint to every edition that has none, or an older one. Returns how many have one now.

    For libraries older than fingerprints. A text that is too short to have one stays without.
    """
    with library.database.reading() as session:
        ids = list(session.scalars(select(Edition.id).where(_without()).order_by(Edition.id)))
    told = 0
    for done, each in enumerate(ids, start=1):
        with library.database.writing() as session:
            edition = session.get(Edition, each)
            if edition is not None:
                places = _worked_out(session, edition)
                keep(session, edition, places)
                told += bool(places)
        progress(done)
    return told


def _without() -> ColumnElement[bool]:
    known = select(Fingerprint.edition_id).where(Fingerprint.version == fingerprint.VERSION)
    return and_(Edition.word_count >= fingerprint.ENOUGH, Edition.id.not_in(known))


def _worked_out(session: Session, edition: Edition) -> tuple[int, ...]:
    pages = session.scalars(select(Page).where(Page.edition_id == edition.id).order_by(Page.number))
    return fingerprint.of(ingest.Page(page.number, page.label, page.heading, page.text) for page in pages)


def _packed(places: Sequence[int]) -> bytes:
    numbers = array("I", places)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
