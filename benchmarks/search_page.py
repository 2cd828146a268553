"""The results page over HTTP, as a visitor asks for it, in a library of growing size."""

from __future__ import annotations

import http.client
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks import children, corpus, fts5, inside
from benchmarks.corpus import Text
from benchmarks.report import Report, Table, milliseconds
from clearinghouse import vocabulary
from clearinghouse.library import open_library
from clearinghouse.settings import Settings

NAME = "search_page"
SIZES = (1_000, 5_000, 20_000)
_QUESTIONS = 200
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Measured:
    """One size of library."""

    resources: int
    fill: float
    rebuild: float
    first: float
    """The first page after the server's start, which opens the index."""
    pages: list[float]
    long: list[float]
    """The same for questions of 10 to 15 words."""
    pinned: bool
    peer: list[float]
    parts: dict[str, float]


def run(data: Path, runs: int) -> Report:
    """Measure each of `SIZES`. The questions are asked once each: `runs` is of no account here."""
    if not corpus.texts(data, 1):
        return Report(NAME, skipped=f"there is no medquad/ or counselchat/ in {data / 'judged'}.")
    measured = [_at_size(corpus.texts(data, size)) for size in SIZES]
    tables = (_over_http(measured), _against_peer(measured), _inside(measured))
    return Report(NAME, tables=tables, figures={str(each.resources): _figures(each) for each in measured})


def _at_size(texts: Sequence[Text]) -> Measured:
    questions = corpus.questions(corpus.frequent_words(texts), _QUESTIONS)
    addresses = addresses_of(questions)
    with TemporaryDirectory(prefix="clearinghouse-bench-") as name:
        home = Path(name) / "home"
        library = open_library(Settings(home=home))
        started = time.perf_counter()
        corpus.fill(library, texts)
        filled = time.perf_counter() - started
        rebuilt = children.library(home, "index", "rebuild").seconds
        with served(home) as (port, pinned, _), children.on_core(1):
            first, *pages = asked(port, [addresses[-1], *addresses])
            long = asked(port, addresses_of(corpus.long_questions(texts, _QUESTIONS)))
        with children.on_core(0):
            peer = fts5.measure(Path(name), texts, questions)
            parts = inside.parts(library, addresses)
        library.close()
    each = peer.each[0] if peer else []
    return Measured(len(texts), filled, rebuilt, first, pages, long, pinned, each, parts)


def addresses_of(questions: Sequence[str]) -> list[str]:
    """Every second question comes with an audience chosen, as from one of the four doors."""
    doors = list(vocabulary.AUDIENCES)
    asked = [
        {"q": question, **({"audience": doors[at // 2 % len(doors)]} if at % 2 else {})}
        for at, question in enumerate(questions)
    ]
    return [f"/search?{urlencode(each)}" for each in asked]


class Served(NamedTuple):
    """A server that is running."""

    port: int
    pinned: bool
    """Whether it could be kept on one core."""
    process: int
    """Its number."""


@contextmanager
def served(home: Path, index: str = "") -> Iterator[Served]:
    """A real server on one core, with the engine `index` names."""
    with children.on_core(0) as pinned:
        server = subprocess.Popen(
            (*children.COMMAND, "serve", "--port", "0"),
            env=children.environment(home, index),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
    with server:
        try:
            said = server.stdout.readline() if server.stdout else ""
            port = re.search(r"http://127\.0\.0\.1:(\d+)", said)
            if port is None:
                raise children.CommandFailed(f"The server did not say where it is: {said!r}")
            yield Served(int(port[1]), pinned, server.pid)
        finally:
            server.terminate()


def asked(port: int, addresses: Sequence[str]) -> list[float]:
    """Seconds until the whole page was here, for each address in turn, on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    times = []
    for address in addresses:
        started = time.perf_counter()
        connection.request("GET", address)
        response = connection.getresponse()
        page = response.read()
        times.append(time.perf_counter() - started)
        if response.status != http.client.OK or b"</html>" not in page:
            raise children.CommandFailed(f"{address} was answered with {response.status}.")
    connection.close()
    return times


def p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1]


def _over_http(measured: Sequence[Measured]) -> Table:
    smallest = measured[0]
    core = "on one core, the client on another" if smallest.pinned else "not kept on one core (Linux only)"
    return Table(
        f"Results page over HTTP, {_QUESTIONS} questions of one to three common words, server {core}",
        (
            "resources",
            "p50 ms",
            "p95 ms",
            "long p50 ms",
            "long p95 ms",
            "p50 growth",
            "p95 growth",
            "first ms",
            "fill s",
            "rebuild s",
        ),
        tuple(
            (
                f"{each.resources:,}",
                milliseconds(median(each.pages)),
                milliseconds(p95(each.pages)),
                milliseconds(median(each.long)),
                milliseconds(p95(each.long)),
                f"x{median(each.pages) / median(smallest.pages):.2f}",
                f"x{p95(each.pages) / p95(smallest.pages):.2f}",
                milliseconds(each.first),
                f"{each.fill:.1f}",
                f"{each.rebuild:.1f}",
            )
            for each in measured
        ),
        (
            "long: questions of 10 to 15 words in a row from the texts.",
            "Every second question has an audience chosen. The first page opens the index; it stands apart.",
        ),
    )


def _against_peer(measured: Sequence[Measured]) -> Table:
    if not all(each.peer for each in measured):
        return Table("SQLite FTS5", ("",), (), ("This SQLite has no FTS5; no ratio.",))
    return Table(
        "Beside it SQLite FTS5 on the same texts and words: ten best by bm25, no filter, count, snippet or page",
        ("resources", "FTS5 p50 ms", "FTS5 p95 ms", "engine mean ms", "engine / FTS5 mean", "page p95 / FTS5 p95"),
        tuple(
            (
                f"{each.resources:,}",
                milliseconds(median(each.peer)),
                milliseconds(p95(each.peer)),
                milliseconds(each.parts["engine"]),
                f"{each.parts['engine'] / (sum(each.peer) / len(each.peer)):.2f}",
                f"{p95(each.pages) / p95(each.peer):.2f}",
            )
            for each in measured
        ),
    )


def _inside(measured: Sequence[Measured]) -> Table:
    return Table(
        "Where the time goes: mean ms a page, made in this process",
        ("resources", *inside.PARTS, "sum"),
        tuple(
            (
                f"{each.resources:,}",
                *(milliseconds(each.parts[name]) for name in inside.PARTS),
                milliseconds(sum(each.parts.values())),
            )
            for each in measured
        ),
        (
            "engine: matching, ranking, counts, best pages. rows: the database. snippets: cutting and marking.",
            "template: Jinja. rest: Flask, the address, headers.",
        ),
    )


def _figures(each: Measured) -> dict[str, object]:
    return {
        "p50": median(each.pages),
        "p95": p95(each.pages),
        "long_p50": median(each.long),
        "long_p95": p95(each.long),
        "first": each.first,
        "rebuild": each.rebuild,
        "fts5_p50": median(each.peer) if each.peer else None,
        "fts5_p95": p95(each.peer) if each.peer else None,
        "parts": each.parts,
    }
