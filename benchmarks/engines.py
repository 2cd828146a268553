"""Which engine: Whoosh and tantivy as visitors meet them, beside Xapian Omega's page and SQLite FTS5.

All on the same texts, in one run, by turns of a few questions each, so that a busy machine is busy for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from benchmarks import children, corpus, fts5, inside, omega
from benchmarks.corpus import Text
from benchmarks.report import Report, Table, mebibytes, milliseconds
from benchmarks.search_page import asked, p95, served
from clearinghouse.library import open_library
from clearinghouse.settings import Settings

NAME = "engines"
_SET = "medquad"
_ENGINES = ("whoosh", "tantivy")
_QUESTIONS = 200
_TURN = 20
"""Questions one program is asked before it is the other's turn."""
SORTS = ("common words", "natural questions")


@dataclass(slots=True)
class Measured:
    """What one program took: seconds, bytes, seconds of each page by sort of question."""

    index: float
    size: int
    pages: dict[str, list[float]] = field(default_factory=lambda: {sort: [] for sort in SORTS})
    parts: dict[str, float] = field(default_factory=dict)


def run(data: Path, runs: int) -> Report:
    """Measure on ``data/judged/medquad``, whatever there is of the peers. `runs` is of no account here."""
    texts, natural = corpus.judged(data, _SET)
    if not texts:
        return Report(NAME, skipped=f"there is no {_SET}/ in {data / 'judged'}.")
    common = corpus.questions(corpus.frequent_words(texts), _QUESTIONS)
    with TemporaryDirectory(prefix="clearinghouse-bench-") as name, ExitStack() as servers:
        work = Path(name)
        measured, ask = _prepared(work, texts, servers)
        for sort, questions in zip(SORTS, (common, natural), strict=True):
            _by_turns(measured, ask, sort, questions)
        _look_inside(work, measured, common)
        peer = fts5.measure(work, texts, common, natural)
    if peer:
        measured["SQLite FTS5 (rows only)"] = Measured(
            peer.index, peer.size, dict(zip(SORTS, peer.each, strict=True))
        )
    return Report(NAME, (_table(len(texts), measured), _inside(measured)), figures=_figures(measured))


_Ask = Callable[[Sequence[str]], list[float]]


def _prepared(
    work: Path, texts: Sequence[Text], servers: ExitStack
) -> tuple[dict[str, Measured], dict[str, _Ask]]:
    """Every program with its index made and its page served; how to ask each."""
    measured: dict[str, Measured] = {}
    ask: dict[str, _Ask] = {}
    for engine in _ENGINES:
        home, url = work / engine, f"{engine}://"
        library = open_library(Settings(home=home))
        corpus.fill(library, texts)
        library.close()
        seconds = children.library(home, "index", "rebuild", index=url).seconds
        measured[engine] = Measured(seconds, _size(home / "index"))
        port = servers.enter_context(served(home, url)).port
        ask[engine] = partial(_ask_us, port)
    if omega.is_installed():
        (work / "omega").mkdir()
        indexed = omega.index(work / "omega", texts)
        measured["Xapian Omega"] = Measured(indexed.seconds, indexed.size)
        port = servers.enter_context(omega.served(indexed))
        ask["Xapian Omega"] = partial(_ask_omega, port)
    for first in ask.values():
        first(["hope", "health care"])  # opens the index
    return measured, ask


def _ask_us(port: int, questions: Sequence[str]) -> list[float]:
    return asked(port, [f"/search?{urlencode({'q': each})}" for each in questions])


def _ask_omega(port: int, questions: Sequence[str]) -> list[float]:
    return asked(port, omega.addresses(questions))


def _by_turns(measured: dict[str, Measured], ask: dict[str, _Ask], sort: str, questions: Sequence[str]) -> None:
    with children.on_core(1):
        for start in range(0, len(questions), _TURN):
            for name, each in ask.items():
                measured[name].pages[sort] += each(questions[start : start + _TURN])


def _look_inside(work: Path, measured: dict[str, Measured], questions: Sequence[str]) -> None:
    with children.on_core(0):
        for engine in _ENGINES:
            library = open_library(Settings(home=work / engine, index=f"{engine}://"))
            addresses = [f"/search?{urlencode({'q': each})}" for each in questions]
            measured[engine].parts = inside.parts(library, addresses)
            library.close()


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _table(texts: int, measured: dict[str, Measured]) -> Table:
    columns = ("program", "index s", "index MiB")
    for sort in SORTS:
        columns += (f"{sort} p50 ms", "p95 ms")
    return Table(
        f"Whole results page over HTTP on {texts:,} documents, server on one core, the client on another",
        columns,
        tuple((name, *_cells(each)) for name, each in measured.items()),
        (
            "Ours: filters with counts, ten results, up to thirty snippets, from rows of the database.",
            "Omega: its own page of ten, a process for each request. FTS5: ten ids and titles, no page, no HTTP.",
            f"Index: ours from rows with `index rebuild`; omindex from HTML files. Turns of {_TURN} questions.",
        ),
    )


def _cells(each: Measured) -> Iterator[str]:
    yield f"{each.index:.1f}"
    yield mebibytes(each.size)
    for sort in SORTS:
        yield milliseconds(median(each.pages[sort]))
        yield milliseconds(p95(each.pages[sort]))


def _inside(measured: dict[str, Measured]) -> Table:
    ours = {name: each.parts for name, each in measured.items() if each.parts}
    return Table(
        "Where the time of a page with common words goes: mean ms, made in this process",
        ("engine", *inside.PARTS, "sum"),
        tuple(
            (name, *(milliseconds(parts[part]) for part in inside.PARTS), milliseconds(sum(parts.values())))
            for name, parts in ours.items()
        ),
    )


def _figures(measured: dict[str, Measured]) -> dict[str, object]:
    return {
        name: {
            "index": each.index,
            "size": each.size,
            "parts": each.parts,
            **{f"{sort} p50": median(times) for sort, times in each.pages.items()},
            **{f"{sort} p95": p95(times) for sort, times in each.pages.items()},
        }
        for name, each in measured.items()
    }
