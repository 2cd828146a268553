"""Peak memory of `add` and of `index rebuild` as the library grows: it should stay flat."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import children, corpus
from benchmarks.children import Ran
from benchmarks.corpus import Text
from benchmarks.report import Report, Table, mebibytes
from clearinghouse.library import open_library
from clearinghouse.settings import Settings

NAME = "memory"
ADD_TO = (0, 2_000, 10_000)
REBUILD_AT = (2_000, 10_000, 20_000)
_FILES = 100


def run(data: Path, runs: int) -> Report:
    """Add the same hundred small files to libraries of `ADD_TO`, and rebuild those of `REBUILD_AT`, once each."""
    texts = corpus.texts(data, max(*ADD_TO, *REBUILD_AT) + _FILES)
    if not texts:
        return Report(NAME, skipped=f"there is no medquad/ or counselchat/ in {data / 'judged'}.")
    if not Path("/proc/self/status").is_file():
        return Report(NAME, skipped="what memory a process holds is read from /proc, which is not here.")
    added: dict[int, Ran] = {}
    rebuilt: dict[int, Ran] = {}
    for size in sorted({*ADD_TO, *REBUILD_AT}):
        _at_size(texts[:size], texts[-_FILES:], added, rebuilt)
    tables = (
        _table(f"`add` of {_FILES} small files to a library of", added),
        _table("`index rebuild` of a library of", rebuilt),
    )
    figures: dict[str, object] = {
        name: {
            str(size): {"peak": ran.peak, "own_peak": ran.own_peak, "tree_peak": ran.tree_peak}
            for size, ran in of.items()
        }
        for name, of in (("add", added), ("rebuild", rebuilt))
    }
    return Report(NAME, tables, figures=figures)


def _at_size(texts: Sequence[Text], new: Sequence[Text], added: dict[int, Ran], rebuilt: dict[int, Ran]) -> None:
    size = len(texts)
    with TemporaryDirectory(prefix="clearinghouse-bench-") as name:
        home, folder = Path(name) / "home", Path(name) / "new"
        library = open_library(Settings(home=home))
        corpus.fill(library, texts)
        library.close()
        ran = children.library(home, "index", "rebuild", watch_memory=True)
        if size in REBUILD_AT:
            rebuilt[size] = ran
        if size in ADD_TO:
            folder.mkdir()
            for number, text in enumerate(new):
                (folder / f"text-{number}.md").write_text(f"# {text.title}\n\n{text.body}\n", encoding="utf-8")
            options = ("--audience", "carers", "--kind", "fact-sheet")
            added[size] = children.library(home, "add", str(folder), *options, watch_memory=True)


def _table(title: str, measured: dict[int, Ran]) -> Table:
    first = next(iter(measured.values()))
    return Table(
        title,
        ("resources", "peak MiB", "growth", "without mapped files MiB", "growth", "with its readers MiB", "s"),
        tuple(
            (
                f"{size:,}",
                mebibytes(ran.peak),
                f"x{ran.peak / first.peak:.2f}",
                mebibytes(ran.own_peak),
                f"x{ran.own_peak / first.own_peak:.2f}",
                mebibytes(ran.tree_peak),
                f"{ran.seconds:.1f}",
            )
            for size, ran in measured.items()
        ),
    )
