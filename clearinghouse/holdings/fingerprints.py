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

#: Editions worked out in one transaction: few enough that another writer need not wait long, nor memory grow.
_EDITIONS = 32


def keep(session: Session, edition: Edition, places: Sequence[int]) -> None:
    """Let `edition`, which has its id, have this fingerprint and no other; none where `places` is empty."""
    for table in (FingerprintBand, Fingerprint):
        session.execute(delete(table).where(table.edition_id == edition.id))
    add(session, edition.id, places)


def add(session: Session, edition: int, places: Sequence[int]) -> None:
    """As `keep`, for the id of an edition that is only now written."""
    if not places:
        return
    connection = session.connection()  # below the session: forty rows a text, of which nobody needs objects
    row = {"edition_id": edition, "version": fingerprint.VERSION, "places": _packed(places)}
    connection.execute(insert(Fingerprint), row)
    bands = [{"value": value, "edition_id": edition} for value in dict.fromkeys(fingerprint.bands(places))]
    connection.execute(insert(FingerprintBand), bands)


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
    for start in range(0, len(ids), _EDITIONS):
        some = ids[start : start + _EDITIONS]
        with library.database.writing() as session:
            texts = _texts(session, some)
            for edition in session.scalars(select(Edition).where(Edition.id.in_(some))):
                places = fingerprint.of(texts.get(edition.id, ()))
                keep(session, edition, places)
                told += bool(places)
        progress(start + len(some))
    return told


def _without() -> ColumnElement[bool]:
    known = select(Fingerprint.edition_id).where(Fingerprint.version == fingerprint.VERSION)
    return and_(Edition.word_count >= fingerprint.ENOUGH, Edition.id.not_in(known))


def _texts(session: Session, ids: Sequence[int]) -> dict[int, list[ingest.Page]]:
    """Id of an edition to its pages, in their order."""
    columns = select(Page.edition_id, Page.number, Page.label, Page.heading, Page.text)
    found: dict[int, list[ingest.Page]] = {}
    rows = session.execute(columns.where(Page.edition_id.in_(ids)).order_by(Page.edition_id, Page.number))
    for owner, number, label, heading, text in rows:
        found.setdefault(owner, []).append(ingest.Page(number, label, heading, text))
    return found


def _packed(places: Sequence[int]) -> bytes:
    numbers = array("I", places)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
