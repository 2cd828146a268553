"""Use case: see what a run of a harvest would do. Its list is read, and nothing else; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from clearinghouse.acquisition import visits
from clearinghouse.acquisition.harvesting import items
from clearinghouse.acquisition.harvesting.listings import Place, Reader
from clearinghouse.acquisition.harvesting.options import from_json
from clearinghouse.acquisition.harvesting.running import Ended
from clearinghouse.acquisition.harvesting.sources import find
from clearinghouse.acquisition.wanted import Outcome
from clearinghouse.errors import AnyProblem
from clearinghouse.library import Library
from ingest import Validators
from ingest.harvest import Batch, Cursor
from ingest.polite import Visitor


def run(library: Library, name: str, *, visitor: Visitor | None = None) -> Iterator[Outcome | Ended]:
    """An outcome for each thing that is ``new``, ``changed``, ``missing`` or ``failed``, at last an `Ended`.

    Raises `NotFound`.
    """
    with library.database.reading() as session:
        harvest = find(session, name)
        place = Place(harvest.kind, harvest.address, from_json(harvest.options))
        since = harvest.since
    counts: Counter[str] = Counter()
    stopped = ""
    try:
        reader = Reader(visitor or visits.visitor(library.settings), Validators())
        for batch in reader.batches(place, Cursor(since=since)):
            for outcome in _outcomes(library, name, batch):
                counts[outcome.outcome] += 1
                yield outcome
    except AnyProblem as problem:
        stopped = str(problem)
    yield Ended(name, dict(counts), sentence=stopped)


def _outcomes(library: Library, name: str, batch: Batch) -> list[Outcome]:
    with library.database.reading() as session:
        harvest = find(session, name)
        options = from_json(harvest.options)
        listed = [each for each in batch.items if options.wants(each.address or each.identifier)]
        keys = [items.key_of(each.identifier) for each in listed]
        here = items.known(session, harvest, keys)
        found = []
        for key, item in zip(keys, listed, strict=True):
            what = items.what_of(here.get(key), item)
            if what:
                title = item.described.title if item.described else None
                found.append(Outcome(item.identifier, what, title=title, error=item.problem or None))
        return found
