"""Use cases on what could not be taken in: which sources those are, trying them again, and letting them go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

import ingest
from clearinghouse import vocabulary
from clearinghouse.acquisition import intake
from clearinghouse.acquisition.asked import wanted_again
from clearinghouse.acquisition.wanted import Outcome, Wanted
from clearinghouse.errors import NotFound
from clearinghouse.library import Library
from clearinghouse.models import Ingestion, Original


@dataclass(frozen=True, slots=True)
class Failure:
    """A source whose latest attempt failed."""

    source: str
    """As it was named then: a path, an address, or a catalogue and its line."""
    location: str | None
    """The whole path or address of its bytes; None for a record without any."""
    at: datetime
    """When it was last tried."""
    first_at: datetime
    times: int
    """How often it has failed, all told."""
    sentence: str
    wanted: Wanted = field(repr=False)
    """What was asked of it the last time."""


def listing(library: Library) -> tuple[Failure, ...]:
    """Every source whose latest attempt failed, the latest first.

    A source whose bytes are in the library by now, from wherever they came, is not among them.
    """
    with library.database.reading() as session:
        return tuple(_failures(session))


def retry(library: Library, failures: Iterable[Failure], *, jobs: int | None = None) -> Iterator[Outcome]:
    """Try each again with what was asked of it then. Outcomes come in order, as `intake.take_in` gives them."""
    return intake.take_in(library, [each.wanted for each in failures], jobs=jobs)


def dismiss(library: Library, failures: Iterable[Failure]) -> None:
    """Let them go: they are failures no more, until they are tried again. What was tried stays written down."""
    with library.database.writing() as session:
        for each in failures:
            session.add(
                Ingestion(
                    source=each.source,
                    outcome="dismissed",
                    milliseconds=0,
                    sentence=f"Let go by {library.curator}.",
                    asked={"location": each.location} if each.location else None,
                )
            )


def named(library: Library, sources: Sequence[str]) -> tuple[Failure, ...]:
    """The failures of these sources, however each is written: as it was named then, or as a path from here.

    Raises `NotFound` where one is no failure, naming the nearest; nothing is tried then.
    """
    known = listing(library)
    by_name = {name: each for each in reversed(known) for name in (each.source, each.location) if name}
    found = []
    for source in sources:
        failure = by_name.get(source) or by_name.get(_whole(source))
        if failure is None:
            near = vocabulary.did_you_mean(source, [each.source for each in known])
            raise NotFound(f"“{source}” is no failure.{near} `clearinghouse ingest failures` lists them all.")
        found.append(failure)
    return tuple(dict.fromkeys(found))


def _whole(source: str) -> str:
    return source if ingest.is_address(source) else str(Path(source).absolute())


def _failures(session: Session) -> Iterator[Failure]:
    location: ColumnElement[str] = Ingestion.asked["location"].as_string()
    # A source is known by where its bytes are, so that it is one from whatever folder it is named.
    place = func.coalesce(location, Ingestion.source).label("place")
    tries = select(Ingestion.id, Ingestion.at, Ingestion.outcome, place).subquery()
    failed = (
        select(tries.c.place, func.min(tries.c.at).label("first_at"), func.count().label("times"))
        .where(tries.c.outcome == "failed")
        .group_by(tries.c.place)
        .subquery()
    )
    latest = select(func.max(tries.c.id).label("id"), tries.c.place).group_by(tries.c.place).subquery()
    here_by_now = select(Original.sha256).where(Original.sha256 == Ingestion.sha256).exists()
    rows = (
        select(Ingestion, failed.c.first_at, failed.c.times)
        .join(latest, latest.c.id == Ingestion.id)
        .join(failed, failed.c.place == latest.c.place)
        .where(Ingestion.outcome == "failed", ~here_by_now)
        .order_by(Ingestion.id.desc())
    )
    for row, first_at, times in session.execute(rows):
        wanted = wanted_again(row.source, row.asked)
        yield Failure(row.source, wanted.location, row.at, first_at, times, row.sentence, wanted)
