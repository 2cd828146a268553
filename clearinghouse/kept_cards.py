"""Cards that were read before, so that a list of results reads only what is new."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from clearinghouse import cards
from clearinghouse.database import Database, as_the_driver_has_it
from clearinghouse.models import Resource
from clearinghouse.views import Card

_A_STEP = 64
"""Cards that `KeptCards.fill` reads at once."""


class KeptCards:
    """The cards of published resources, each good for as long as its row bears the same stamp.

    `stamps` sees to it that a row's `changed_at` moves with whatever its card shows, by whichever process; so
    nothing has to be told of a change. Safe to share between threads.
    """

    def __init__(self, most: int = 20_000) -> None:
        """Keep `most` cards, of about 1.5 KiB each; of more, those that were read first go first."""
        self._most = most
        self._cards: dict[int, tuple[object, Card]] = {}
        self._lock = threading.Lock()

    def of(self, session: Session, stamps: Mapping[int, object]) -> dict[int, Card]:
        """The cards of published resources, in the order of `stamps`: of each, what its row bears now.

        A stamp is `changed_at` as the database has it, read in `session`'s transaction. Cards not kept, or with
        another stamp, are read in `session`; one withdrawn in this moment is left out.
        """
        known = self._cards
        found = {
            number: kept[1]
            for number, stamp in stamps.items()
            if (kept := known.get(number)) is not None and kept[0] == stamp
        }
        if len(found) == len(stamps):
            return found
        read = cards.published(session, [number for number in stamps if number not in found])
        self._keep(read, stamps)
        both = found | read
        return {number: both[number] for number in stamps if number in both}

    def fill(self, database: Database) -> Iterator[int]:
        """Read as many as are kept, some at each step, those that were changed last first. Yields how many so far.

        So that the visitors who come first need not wait for it. Raises `StorageFailed` as a session does.
        """
        with database.reading() as session:
            shown = select(Resource.id).where(Resource.shown()).order_by(Resource.changed_at.desc())
            ids = session.scalars(shown.limit(self._most)).all()
        for start in range(0, len(ids), _A_STEP):
            some = ids[start : start + _A_STEP]
            with database.reading() as session:
                self.of(session, stamps(session, some))
            yield start + len(some)

    def _keep(self, read: Mapping[int, Card], stamps: Mapping[int, object]) -> None:
        with self._lock:
            for number, card in read.items():
                self._cards[number] = stamps[number], card
            while len(self._cards) > self._most:
                del self._cards[next(iter(self._cards))]


def stamps(session: Session, ids: Sequence[int]) -> dict[int, object]:
    """The stamps of those of `ids` that are published, in their order."""
    marks = ", ".join("?" * len(ids))
    asked = f"SELECT id, changed_at FROM resource WHERE id IN ({marks}) AND status = 'published'"  # noqa: S608 - no values
    found: dict[int, object] = dict(as_the_driver_has_it(session, asked, ids)) if ids else {}
    return {number: found[number] for number in ids if number in found}
