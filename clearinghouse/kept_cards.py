"""Cards that were read before, so that a list of results reads only what is new."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from clearinghouse import cards
from clearinghouse.database import Database
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
        self._cards: dict[int, Card] = {}
        self._lock = threading.Lock()

    def of(self, session: Session, stamps: Mapping[int, datetime]) -> dict[int, Card]:
        """The cards of published resources, in the order of `stamps`: of each, the `changed_at` of its row now.

        Those not kept, or changed since, are read in `session`; one withdrawn in this moment is left out.
        """
        known = self._cards
        found = {
            number: card
            for number, changed_at in stamps.items()
            if (card := known.get(number)) is not None and card.changed_at == changed_at
        }
        if len(found) == len(stamps):
            return found
        read = cards.published(session, [number for number in stamps if number not in found])
        self._keep(read.values())
        both = found | read
        return {number: both[number] for number in stamps if number in both}

    def fill(self, database: Database) -> Iterator[int]:
        """Read as many as are kept, some at each step, those that were changed last first. Yields how many so far.

        So that the visitors who come first need not wait for it. Raises `StorageFailed` as a session does.
        """
        with database.reading() as session:
            shown = select(Resource.id).where(Resource.shown()).order_by(Resource.changed_at.desc())
            ids = session.scalars(shown.limit(self._most)).all()
        done = 0
        for some in (ids[start : start + _A_STEP] for start in range(0, len(ids), _A_STEP)):
            with database.reading() as session:
                self._keep(cards.published(session, some).values())
            yield (done := done + len(some))

    def _keep(self, read: Iterable[Card]) -> None:
        with self._lock:
            for card in read:
                self._cards[card.id] = card
            while len(self._cards) > self._most:
                del self._cards[next(iter(self._cards))]
