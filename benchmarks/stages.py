"""Where the time of `add` goes: the same work in a process of its own, with a clock at each stage."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import children
from benchmarks.clock import Clock
from benchmarks.report import Table
from clearinghouse.acquisition import intake, wanted
from clearinghouse.acquisition.wanted import Wanted
from clearinghouse.holdings.record import Record
from clearinghouse.indexing.following import Follower
from clearinghouse.library import open_library
from clearinghouse.settings import Settings

_WORD = Record(kind="research-paper", audiences=("staff",))


def table(sets: Mapping[str, Path]) -> Table:
    """Seconds and share of each stage for each of `sets`, once."""
    rows = []
    for label, folder in sets.items():
        # of its own, so that it has one thread, as the command has: only such a process is copied to index beside
        ran = children.run((sys.executable, "-m", "benchmarks.stages", str(folder)))
        spent: dict[str, float] = json.loads(ran.out)
        whole = sum(seconds for name, seconds in spent.items() if not name.startswith("("))
        cells = [
            f"{seconds:.2f}" if name.startswith("(") else f"{seconds:.2f} ({seconds / whole:.0%})"
            for name, seconds in spent.items()
        ]
        rows.append((label, *cells))
    return Table(
        "Where the seconds of `add --jobs 2` go",
        ("files", *spent),
        tuple(rows),
        (
            "Start: Python, its libraries, a new library. Waiting: for text, while documents are read in two",
            "processes beside. Index: what is left of it once all rows are written, for a third process writes it",
            "meanwhile. In brackets the processor seconds of these three. Originals are copied meanwhile: what is",
            "left of that counts to the rows.",
        ),
    )


def _spent(folder: Path) -> dict[str, float]:
    clock = Clock()
    with TemporaryDirectory(prefix="clearinghouse-bench-") as name:
        started = time.perf_counter()
        children.library(Path(name) / "start", "list")
        start = time.perf_counter() - started
        library = open_library(Settings(home=Path(name) / "home", curator="benchmark"))
        template = Wanted(shown="", record=_WORD)
        before = _beside()
        with ExitStack() as clocks:
            clocks.enter_context(clock.on(Follower, "finish", "index"))
            clocks.enter_context(clock.on(Future, "result", "waiting"))
            started = time.perf_counter()
            for _outcome in intake.take_in(library, wanted.walk([str(folder)], template), jobs=2):
                pass
            whole = time.perf_counter() - started
        library.close()
    waiting, index = clock.spent["waiting"], clock.spent["index"]
    return {
        "start": start,
        "waiting": waiting,
        "rows": whole - waiting - index,
        "index": index,
        "(beside, CPU)": _beside() - before,
    }


def _beside() -> float:
    """Processor seconds of all processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    print(json.dumps(_spent(Path(sys.argv[1]))))
