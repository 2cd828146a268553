"""The whole library out and in: records a second, and peak memory as the library grows, which should stay flat."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import children, corpus
from benchmarks.children import Ran
from benchmarks.report import Report, Table, mebibytes
from clearinghouse.library import open_library
from clearinghouse.settings import Settings

NAME = "export"
SIZES = (5_000, 20_000)


def run(data: Path, runs: int) -> Report:
    """Export libraries of `SIZES` and import each into an empty one, once each."""
    texts = corpus.texts(data, max(SIZES))
    if not texts:
        return Report(NAME, skipped=f"there is no medquad/ or counselchat/ in {data / 'judged'}.")
    measured: dict[tuple[str, int], Ran] = {}
    with TemporaryDirectory(prefix="clearinghouse-bench-") as name:
        for size in SIZES:
            home, out = Path(name) / f"home-{size}", Path(name) / f"out-{size}"
            library = open_library(Settings(home=home))
            corpus.fill(library, texts[:size])
            library.close()
            measured["export", size] = children.library(home, "export", str(out), watch_memory=True)
            new = Path(name) / f"new-{size}"
            measured["import", size] = children.library(new, "import", str(out), watch_memory=True)
    figures: dict[str, object] = {
        f"{what} {size}": {"seconds": ran.seconds, "peak": ran.peak, "own_peak": ran.own_peak}
        for (what, size), ran in measured.items()
    }
    return Report(NAME, (_table(measured),), figures=figures)


def _table(measured: dict[tuple[str, int], Ran]) -> Table:
    return Table(
        "the whole library out, and into an empty one (import verifies, rebuilds the index and compares digests)",
        ("", "resources", "s", "records/s", "peak MiB", "growth"),
        tuple(
            (
                what,
                f"{size:,}",
                f"{ran.seconds:.1f}",
                f"{size / ran.seconds:,.0f}",
                mebibytes(ran.peak),
                f"x{ran.peak / measured[what, SIZES[0]].peak:.2f}",
            )
            for (what, size), ran in measured.items()
        ),
    )
