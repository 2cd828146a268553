"""Use case: take documents and records in. Files and addresses -> text -> rows -> the index.

Each wanted thing ends as one `Outcome`, in the order given; one that fails never stops the rest. What is
read and written for one thing is in one transaction, so that nothing is ever half-added: with that of the others
that were ready at the same moment, or its own where one of them cannot be kept. It is told when it is committed.
"""

from __future__ import annotations

import gc
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

import index
import ingest
from clearinghouse import advice
from clearinghouse.acquisition import asked, readers, visits
from clearinghouse.acquisition.keeping import Keeper
from clearinghouse.acquisition.visits import Fetch
from clearinghouse.acquisition.wanted import Outcome, Wanted
from clearinghouse.errors import AnyProblem, Invalid
from clearinghouse.holdings import editions
from clearinghouse.indexing.following import Follower
from clearinghouse.library import Library
from clearinghouse.models import Edition, Ingestion, Resource
from clearinghouse.settings import Settings
from ingest import Extracted, Source, scratch
from ingest.errors import IngestProblem, NotModified


def take_in(
    library: Library, wanted: Iterable[Wanted], *, jobs: int | None = None, fetch: Fetch | None = None
) -> Iterator[Outcome]:
    """Take in everything wanted, then bring the index up to date. Yields outcomes in order.

    `fetch` brings addresses to this machine; where it is not given, each is asked for politely, as by a person.

    Raises `Unavailable` at once for an address that names no index; `StorageFailed` or `Occupied` only where the
    index cannot be written at the end: the rows are safe then, and `clearinghouse index sync` finishes the work.
    """
    index.check(library.settings.index_url)
    # Now, not with the first outcome: a progress bar begins a thread before it asks for that.
    return _taken_in(library, wanted, jobs, fetch, Follower(library))


def _taken_in(
    library: Library, wanted: Iterable[Wanted], jobs: int | None, fetch: Fetch | None, follower: Follower
) -> Iterator[Outcome]:
    def keep_early(source: Source) -> None:
        with suppress(*AnyProblem):  # tried again, and told, where the rows are written
            library.originals.keep(source.path, source.sha256)

    library.originals.tidy()
    try:
        with _seldom_collecting():
            with (
                scratch.folder() as downloads,
                _readers(library.settings, jobs, keep_early) as extractor,
            ):
                fetch = fetch or visits.when_asked(library.settings)
                for outcome in _Run(library, Path(downloads), fetch).outcomes(wanted, extractor):
                    if outcome.outcome in {"added", "updated"}:
                        follower.tell()
                    yield outcome
            follower.finish()
    finally:
        follower.stop()


def _readers(settings: Settings, jobs: int | None, then: Callable[[Source], None]) -> ingest.Extractor:
    return ingest.Extractor(jobs or settings.jobs, readers.limits(settings), then, readers.early(settings))


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Let Python look for cycles a tenth as often: each look goes over all that the program is made of, and rows
    that are written and forgotten leave few."""
    before = gc.get_threshold()
    gc.set_threshold(before[0] * 10, *before[1:])
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


@dataclass(frozen=True, slots=True)
class _Read:
    """A thing with what was read of it, to be kept."""

    wanted: Wanted
    source: Source | None = None
    read: Extracted | IngestProblem | None = None
    seconds: float = 0.0
    """How long it took so far."""


class _Run:
    """One run of `take_in`: keeps the order of outcomes while documents are read ahead in children."""

    def __init__(self, library: Library, downloads: Path, fetch: Fetch) -> None:
        self.library = library
        self.downloads = downloads
        self.fetch = fetch
        self.keeper = Keeper(library)
        self.line: deque[Wanted | Outcome | None] = deque()
        """Things in the order given; None stands for one that is being read."""
        self.being_read: deque[tuple[Wanted, float]] = deque()
        """Each with the seconds that it took to have its bytes."""

    def outcomes(self, things: Iterable[Wanted], extractor: ingest.Extractor) -> Iterator[Outcome]:
        for readings in extractor.batches(self._to_read(things)):
            ready: list[_Read] = []
            for source, read, seconds in readings:
                if self.line[0] is not None:
                    yield from self._finished(ready)
                    ready = []
                    yield from self._without_reading()
                self.line.popleft()
                wanted, opening = self.being_read.popleft()
                ready.append(_Read(wanted, source, read, opening + seconds))
            yield from self._finished(ready)
        yield from self._without_reading()

    def _to_read(self, things: Iterable[Wanted]) -> Iterator[Source]:
        """Sources that must be read, standing in line between the things that need no reading."""
        for thing in things:
            started = time.monotonic()
            opened = self._open(thing) if thing.location or thing.problem else thing
            if isinstance(opened, Source):
                self.line.append(None)
                self.being_read.append((thing, time.monotonic() - started))
                yield opened
            else:
                self.line.append(opened)

    def _without_reading(self) -> Iterator[Outcome]:
        """Finish the things that stand before the next one that is read."""
        while self.line and self.line[0] is not None:
            thing = self.line.popleft()
            if isinstance(thing, Outcome):
                yield thing
            elif thing is not None:
                yield from self._finished([_Read(thing)])

    def _open(self, wanted: Wanted) -> Source | Outcome:
        """The bytes, or how it ended already: not to be had, or here before."""
        started = time.monotonic()
        try:
            if wanted.problem:
                raise Invalid(wanted.problem)
            source = visits.bring(wanted, self.downloads, self.fetch, self.library.settings)
            source = replace(source, language=wanted.language or "")
        except NotModified:
            return self._unchanged(wanted, started)
        except AnyProblem as problem:
            return self._failed(wanted, None, problem, started)
        if wanted.walked and not ingest.is_document(source.media_type, source.name):
            return self._passed_over(wanted, source, started)
        with self.library.database.reading() as session:
            twin = editions.holding(session, source.sha256)
            if twin is None:
                return source
            outcome = self._duplicate(wanted, twin)
        self._note(wanted, source, outcome, started)
        return outcome

    def _finished(self, ready: Sequence[_Read]) -> Iterator[Outcome]:
        """What came of each: kept together where all can be, else each by itself."""
        try:
            together = self._kept_together(ready) if len(ready) > 1 else None
            yield from together if together is not None else map(self._finished_alone, ready)
        finally:
            for each in ready:
                if each.source is not None and each.source.path.parent == self.downloads:
                    each.source.path.unlink(missing_ok=True)

    def _kept_together(self, ready: Sequence[_Read]) -> list[Outcome] | None:
        """What came of them, written in one transaction; None where one of them cannot be kept, and nothing is."""
        if any(isinstance(each.read, IngestProblem) for each in ready):
            return None
        before = self.keeper.remembered()
        try:
            return self._keep(ready)
        except AnyProblem:
            self.keeper.forget(before)
            return None

    def _finished_alone(self, each: _Read) -> Outcome:
        try:
            if isinstance(each.read, IngestProblem):
                raise each.read
            (outcome,) = self._keep([each])
        except AnyProblem as problem:
            return self._failed(each.wanted, each.source, problem, time.monotonic() - each.seconds)
        return outcome

    def _keep(self, ready: Sequence[_Read]) -> list[Outcome]:
        for each in ready:
            if each.source is not None:
                self.library.originals.keep(each.source.path, each.source.sha256)
        with self.library.database.writing() as session:
            return [self._keep_one(session, each) for each in ready]

    def _keep_one(self, session: Session, each: _Read) -> Outcome:
        wanted, source, extracted = each.wanted, each.source, each.read
        started = time.monotonic() - each.seconds
        twin = source and editions.holding(session, source.sha256)
        if twin:
            outcome = self._duplicate(wanted, twin)
        elif source is None or not isinstance(extracted, Extracted):
            outcome = self.keeper.record(session, wanted)
        else:
            outcome = self.keeper.document(session, wanted, source, extracted)
        _note_attempt(session, wanted, source, outcome, started)
        return outcome

    def _duplicate(self, wanted: Wanted, twin: Edition) -> Outcome:
        row = twin.resource
        self.keeper.begin_group(wanted, row)
        notes: tuple[str, ...] = ()
        if wanted.edition_of not in {None, row.slug}:
            move = f"clearinghouse edition move {row.slug} {wanted.edition_of}"
            notes = (f"Make it a form of the other with `{move}`.",)
        return Outcome(
            wanted.shown,
            "duplicate",
            row.slug,
            row.title,
            row.status,
            twin.page_count,
            twin.word_count,
            notes,
        )

    def _unchanged(self, wanted: Wanted, started: float) -> Outcome:
        with self.library.database.reading() as session:
            edition = editions.taken_from(session, wanted.location or "")
            row = edition.resource if edition else None
            outcome = Outcome(wanted.shown, "unchanged", *((row.slug, row.title, row.status) if row else ()))
        self._note(wanted, None, outcome, started)
        return outcome

    def _passed_over(self, wanted: Wanted, source: Source, started: float) -> Outcome:
        sentence = f"{source.name} is {ingest.name_of(source.media_type)}, not a document."
        if ingest.unit_of(source.media_type) == "page":  # a picture, which may be one of text
            sentence += " Name it by itself to have it read."
        outcome = Outcome(wanted.shown, "skipped", error=sentence)
        self._note(wanted, source, outcome, started)
        return outcome

    def _failed(self, wanted: Wanted, source: Source | None, problem: Exception, started: float) -> Outcome:
        outcome = Outcome(wanted.shown, "failed", error=advice.with_setting(problem))
        wanted = self.keeper.by_itself(wanted)
        if not wanted.mistyped:
            self._note(wanted, source, outcome, started)
        return outcome

    def _note(self, wanted: Wanted, source: Source | None, outcome: Outcome, started: float) -> None:
        try:
            with self.library.database.writing() as session:
                _note_attempt(session, wanted, source, outcome, started)
        except AnyProblem:
            return  # the outcome itself says what is wrong; the note of it is what a full disk may cost


def _note_attempt(
    session: Session, wanted: Wanted, source: Source | None, outcome: Outcome, started: float
) -> None:
    session.flush()  # the resource is there before what points to it
    attempt = insert(Ingestion).values(
        source=wanted.shown,
        sha256=source.sha256 if source else None,
        outcome=outcome.outcome,
        milliseconds=round((time.monotonic() - started) * 1000),
        sentence=outcome.error or " ".join(outcome.warnings),
        resource_id=select(Resource.id).where(Resource.slug == outcome.slug).scalar_subquery(),
        asked=asked.kept(wanted),
    )
    session.connection().execute(attempt)
