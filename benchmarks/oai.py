"""A whole harvest by OAI-PMH: records a second, which should not fall on the way; the server's memory, flat."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote
from urllib.request import urlopen

from lxml import etree  # type: ignore[import-untyped]

from benchmarks import children, corpus
from benchmarks.report import Report, Table, mebibytes
from benchmarks.search_page import served
from clearinghouse.library import open_library
from clearinghouse.settings import Settings

NAME = "oai"
SIZE = 20_000
FORMATS = ("oai_dc", "mods")
_QUARTERS = 4
_OAI = "{http://www.openarchives.org/OAI/2.0/}"


@dataclass(frozen=True, slots=True)
class Quarter:
    """A part of a harvest."""

    records: int
    seconds: float
    memory: int
    """Bytes the server held at its end."""


def run(data: Path, runs: int) -> Report:
    """Harvest a library of `SIZE` over HTTP in each format, once each, after a first short harvest to warm up."""
    texts = corpus.texts(data, SIZE)
    if not texts:
        return Report(NAME, skipped=f"there is no medquad/ or counselchat/ in {data / 'judged'}.")
    with TemporaryDirectory(prefix="clearinghouse-bench-") as name:
        home = Path(name) / "home"
        library = open_library(Settings(home=home))
        corpus.fill(library, texts)
        library.close()
        with served(home) as server, children.on_core(1):
            address = f"http://127.0.0.1:{server.port}/oai"
            for prefix in FORMATS:
                next(_pages(address, prefix))
            measured = {prefix: _harvest(address, prefix, server.process) for prefix in FORMATS}
    figures: dict[str, object] = {
        prefix: {
            "records": sum(each.records for each in quarters),
            "seconds": sum(each.seconds for each in quarters),
            "memory_of_quarters": [each.memory for each in quarters],
        }
        for prefix, quarters in measured.items()
    }
    return Report(NAME, tuple(_table(prefix, quarters) for prefix, quarters in measured.items()), figures=figures)


def _harvest(address: str, prefix: str, process: int) -> list[Quarter]:
    quarters: list[Quarter] = []
    records, started = 0, time.perf_counter()
    for given, size in _pages(address, prefix):
        records += given
        done = sum(each.records for each in quarters) + records
        if done >= size * (len(quarters) + 1) // _QUARTERS:
            quarters.append(Quarter(records, time.perf_counter() - started, children.held(process)))
            records, started = 0, time.perf_counter()
    return quarters


def _pages(address: str, prefix: str) -> Iterator[tuple[int, int]]:
    """(records, records in all) of each answer of a whole list."""
    asked = f"metadataPrefix={prefix}"
    while asked:
        with urlopen(f"{address}?verb=ListRecords&{asked}") as response:
            root = etree.fromstring(response.read())
        token = root.find(f".//{_OAI}resumptionToken")
        records = len(root.findall(f".//{_OAI}record"))
        yield records, int(token.get("completeListSize")) if token is not None else records
        asked = f"resumptionToken={quote(token.text)}" if token is not None and token.text else ""


def _table(prefix: str, quarters: list[Quarter]) -> Table:
    first = quarters[0]
    records, seconds = sum(each.records for each in quarters), sum(each.seconds for each in quarters)
    rows = [
        (
            f"quarter {number}",
            f"{each.records:,}",
            f"{each.seconds:.1f}",
            f"{each.records / each.seconds:,.0f}",
            f"x{(each.records / each.seconds) / (first.records / first.seconds):.2f}",
            mebibytes(each.memory),
            f"x{each.memory / first.memory:.2f}" if first.memory else "",
        )
        for number, each in enumerate(quarters, start=1)
    ]
    rows.append(("all", f"{records:,}", f"{seconds:.1f}", f"{records / seconds:,.0f}", "", "", ""))
    columns = ("", "records", "s", "records/s", "to the first", "server's MiB", "growth")
    return Table(f"a whole harvest as {prefix}, one core, fetched and parsed", columns, tuple(rows))
