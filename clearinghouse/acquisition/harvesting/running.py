"""Use case: run a harvest. Its list is read and kept, then what is new in it is taken in, one thing after another.

Both steps are kept as they go, so that a run that was cut off, by whatever, goes on where it was. A thing that
fails is a row with a sentence and stops nothing; a server that wants to be left alone stops the run for now.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.orm import Session

import ingest
from clearinghouse import indexing, lease
from clearinghouse.acquisition import intake, visits
from clearinghouse.acquisition.harvesting import asking, items, suggesting
from clearinghouse.acquisition.harvesting.asking import Asked
from clearinghouse.acquisition.harvesting.fetching import Fetcher
from clearinghouse.acquisition.harvesting.listings import Place, Reader
from clearinghouse.acquisition.harvesting.options import OAI, from_json
from clearinghouse.acquisition.harvesting.sources import find
from clearinghouse.acquisition.wanted import Outcome, Wanted
from clearinghouse.errors import AnyProblem
from clearinghouse.holdings import catalogue
from clearinghouse.library import Library
from clearinghouse.models import Harvest, HarvestItem
from clearinghouse.orm import now
from ingest import NotModified, TooSlow, TryLater, Validators
from ingest.harvest import Cursor, Item
from ingest.polite import Visitor

T = TypeVar("T")

_TOGETHER = 100
"""Things taken in before the index is brought up to date."""
_AT_ONCE = 1000
"""Listed things written down in one transaction, so that others who write need not wait long."""
_MANY = 10
"""More than so many, and more than half of all, do not go by themselves: then something is wrong with the list."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What was taken in once and is no longer at its source."""

    identifier: str
    slug: str | None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended."""

    harvest: str
    counts: Mapping[str, int]
    """Outcome to number of things."""
    gone: tuple[Gone, ...] = ()
    """What this run found gone."""
    sentence: str = ""
    """Why it stopped before its end; empty where it did not."""
    continued: bool = False
    """Whether it went on with a run that was cut off."""
    notes: tuple[str, ...] = ()


def run(
    library: Library,
    name: str,
    *,
    again: bool = False,
    withdraw_missing: bool = False,
    jobs: int | None = None,
    visitor: Visitor | None = None,
) -> Iterator[Outcome | Ended]:
    """Run the harvest `name`: an outcome for each thing, at last an `Ended`.

    `again` asks for everything anew, changed or not. `withdraw_missing` takes from visitors what is no longer at
    its source. Raises `NotFound`, or `Occupied` where it is being run already.
    """
    visitor = visitor or visits.visitor(library.settings)
    with library.database.reading() as session:
        harvest = find(session, name)
        key = f"harvest {harvest.id}"
    busy = f"The harvest “{name}” is being run already; wait until that has ended."
    with lease.held(library.database, key, wait=1.0, busy=busy):
        yield from _Run(library, name, visitor, again=again, jobs=jobs).outcomes(withdraw_missing)


class _Run:
    def __init__(self, library: Library, name: str, visitor: Visitor, *, again: bool, jobs: int | None) -> None:
        self.library, self.name, self.again, self.jobs = library, name, again, jobs
        self.visitor = visitor
        self.fetcher = Fetcher(visitor)
        self.counts: Counter[str] = Counter()
        self.asked: deque[Asked] = deque()
        self.failed: set[int] = set()
        """Ids of things for which something failed in this run."""
        self.stopped = ""
        self.notes: tuple[str, ...] = ()

    def outcomes(self, withdraw_missing: bool) -> Iterator[Outcome | Ended]:
        continued = self._with(self._begin)
        if self._with(lambda _, harvest: harvest.stage) == "listing":
            self._list()
        if not self.stopped:
            yield from self._take()
        gone: tuple[Gone, ...] = ()
        if not self.stopped:
            gone = self._with(partial(self._gone, withdraw_missing))
        for each in gone:
            self.counts["missing"] += 1
            yield Outcome(each.identifier, "missing", each.slug, error=_sentence(each))
        self._with(self._end)
        if indexing.pending(self.library):  # what was withdrawn, or what a run that was killed had just taken in
            indexing.sync(self.library)
        yield Ended(self.name, dict(self.counts), gone, self.stopped, continued, self.notes)

    def _with(self, work: Callable[[Session, Harvest], T]) -> T:
        """`work` in one transaction."""
        with self.library.database.writing() as session:
            return work(session, find(session, self.name))

    def _begin(self, session: Session, harvest: Harvest) -> bool:
        """Begin a run, or go on with one that was cut off; returns whether it was."""
        harvest.sentence = ""
        if harvest.stage:
            return True
        harvest.runs += 1
        harvest.stage, harvest.began_at = "listing", now()
        harvest.cursor = {"since": harvest.since} if harvest.since and not self.again else {}
        items.try_again(session, harvest)
        return False

    def _list(self) -> None:
        """Read the list to its end and keep it. What cannot be read stops the run."""
        place, cursor, known = self._with(_where)
        reader = Reader(self.visitor, Validators() if self.again else known)
        try:
            for batch in reader.batches(place, cursor):
                for at in range(0, len(batch.items), _AT_ONCE):
                    self._with(partial(self._keep, batch.items[at : at + _AT_ONCE]))
                self._with(partial(_go_on, batch.after))
        except NotModified:
            self._with(partial(self._listed, None))
        except (TryLater, TooSlow) as problem:  # the next run goes on with it
            self.stopped = str(problem)
        except AnyProblem as problem:  # the next run begins anew
            self.stopped = str(problem)
            self._with(_forget)
        else:
            self._with(partial(self._listed, reader.validators))

    def _keep(self, listed: tuple[Item, ...], session: Session, harvest: Harvest) -> None:
        items.put(session, harvest, listed, again=self.again)

    def _listed(self, validators: Validators | None, session: Session, harvest: Harvest) -> None:
        """The list was read to its end; without `validators` it was as it was."""
        if validators is None:
            items.all_as_they_were(session, harvest)
        else:
            if items.is_whole(harvest):
                items.after_a_whole_list(session, harvest)
            harvest.etag, harvest.last_modified = validators.etag, validators.last_modified
            harvest.since = str(harvest.cursor.get("began", "")) if harvest.kind == OAI else ""
        harvest.stage, harvest.cursor = "taking", {}

    def _take(self) -> Iterator[Outcome]:
        after = 0
        while not self.stopped:
            chunk = self._with(partial(self._chunk, after))
            if not chunk:
                return
            after = chunk[-1].item
            taken = intake.take_in(self.library, self._ask(chunk), jobs=self.jobs, fetch=self.fetcher)
            for outcome in taken:
                settled = self._settled(self.asked.popleft(), outcome)
                if settled is not None:
                    yield settled

    def _chunk(self, after: int, session: Session, harvest: Harvest) -> list[Asked]:
        rows = items.wanted(session, harvest, after, _TOGETHER)
        return list(asking.asked(session, harvest, rows, again=self.again))

    def _ask(self, chunk: list[Asked]) -> Iterator[Wanted]:
        for each in chunk:
            if self.fetcher.stopped and (not self.asked or self.asked[-1].last):
                self.stopped = self.fetcher.stopped
                return
            self.asked.append(each)
            yield each.wanted

    def _settled(self, each: Asked, outcome: Outcome) -> Outcome | None:
        """Write down how it ended, for the next run; None for what has gone, of which the end tells."""
        settled = self._with(partial(self._settle, each, outcome))
        if settled is not None:
            self.counts[settled.outcome] += 1
        return settled

    def _settle(self, each: Asked, outcome: Outcome, session: Session, harvest: Harvest) -> Outcome | None:
        row = session.get_one(HarvestItem, each.item)
        if outcome.outcome == "failed":
            return self._fail(row, outcome)
        if outcome.outcome == "skipped":
            row.state, row.sentence = items.LEFT, outcome.error or ""
            return outcome
        if outcome.slug:
            resource = catalogue.find(session, outcome.slug)
            # a run that was killed may have added it, and not have come to say so
            by_this_run = row.resource_id is None and resource.created_at >= (harvest.began_at or now())
            row.resource_id = resource.id
            options = from_json(harvest.options)
            new = each.first and (outcome.outcome == "added" or by_this_run)
            suggesting.suggest(session, resource, items.description(row), options, new=new)
        got = self.fetcher.validators.pop(each.wanted.location or "", None)
        if got is not None:
            row.etag, row.last_modified = got.etag, got.last_modified
        if each.last and row.id not in self.failed:
            items.find(row)
        return outcome

    def _fail(self, row: HarvestItem, outcome: Outcome) -> Outcome | None:
        """What to tell of what could not be had; None where it has gone."""
        self.failed.add(row.id)
        if row.resource_id is not None and (row.address in self.fetcher.gone or _is_no_file(row.address)):
            items.lose(row)
            return None
        if outcome.source in self.fetcher.disallowed:  # no failure: nothing that anybody could mend here
            row.state, row.sentence = items.LEFT, outcome.error or ""
            return replace(outcome, outcome="skipped")
        row.state, row.sentence = items.FAILED, outcome.error or ""
        return outcome

    def _gone(self, withdraw: bool, session: Session, harvest: Harvest) -> tuple[Gone, ...]:
        """What this run found gone, or withdrew: where the curator wants that, whatever has gone is withdrawn."""
        began, rows = harvest.began_at or now(), items.missing(session, harvest)
        here = [row for row in rows if row.resource is not None and row.resource.status != "withdrawn"]
        if withdraw and len(here) > max(_MANY, sum(items.counts(session, harvest).values()) // 2):
            self.notes = (f"{len(here)} are gone, so none was withdrawn: look at {harvest.address} first.",)
            withdraw = False
        told = [row for row in rows if (row.missing_since or began) >= began or (withdraw and row in here)]
        return tuple(self._withdrawn(session, row, withdraw and row in here) for row in told)

    def _withdrawn(self, session: Session, row: HarvestItem, withdraw: bool) -> Gone:
        if row.resource is None:
            return Gone(row.identifier, None)
        if withdraw:
            catalogue.withdraw_row(session, self.library, row.resource, "It is no longer at its source.")
        return Gone(row.identifier, row.resource.slug, withdraw)

    def _end(self, _session: Session, harvest: Harvest) -> None:
        harvest.sentence = self.stopped
        if not self.stopped:
            harvest.stage, harvest.cursor, harvest.ended_at = "", {}, now()


def _where(_session: Session, harvest: Harvest) -> tuple[Place, Cursor, Validators]:
    place = Place(harvest.kind, harvest.address, from_json(harvest.options))
    said: dict[str, Any] = {
        name: tuple(each) if isinstance(each, list) else each for name, each in harvest.cursor.items()
    }
    return place, Cursor(**said), Validators(harvest.etag, harvest.last_modified)


def _go_on(after: Cursor, _session: Session, harvest: Harvest) -> None:
    harvest.cursor = dataclasses.asdict(after)


def _forget(_session: Session, harvest: Harvest) -> None:
    harvest.stage, harvest.cursor = "", {}


def _is_no_file(address: str) -> bool:
    return bool(address) and not ingest.is_address(address) and not Path(address).exists()


def _sentence(each: Gone) -> str:
    if each.withdrawn:
        return f"{each.identifier} is no longer at its source, and was withdrawn."
    return f"{each.identifier} is no longer at its source."
