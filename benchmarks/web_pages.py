"""The main text of web pages: ours beside BeautifulSoup alone and trafilatura as it comes, by the truth of people.

Scored as scrapinghub/article-extraction-benchmark does: runs of four words in common with the text that a person
marked; a page's hits, extras and misses each divided by their sum, so that a long page weighs no more than a short
one; then summed over pages.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import trafilatura
from bs4 import BeautifulSoup

from benchmarks.report import Report, Table
from ingest import IngestProblem
from ingest.extract import html

NAME = "web_pages"
_RUN = 4
"""Words in a run."""
_WORD = re.compile(r"\w+")
_RESAMPLES = 1000
_WORST = 5

Counts = tuple[float, float, float]
"""Of one page: shares of runs that were found rightly, found wrongly, and missed. They add up to 1."""


def run(data: Path, runs: int) -> Report:
    """F1 of the main text on ``data/web_pages``: each page gzipped, and ``truth.json``. `runs` is not used."""
    folder = data / "web_pages"
    if not (folder / "truth.json").is_file():
        return Report(NAME, skipped=f"there is no truth.json in {folder}.")
    truth = {
        name: said["articleBody"]
        for name, said in json.loads((folder / "truth.json").read_text(encoding="utf-8")).items()
    }
    pages = {name: gzip.decompress((folder / f"{name}.html.gz").read_bytes()) for name in truth}
    counts = {
        reader: {name: _counts(truth[name], read(page)) for name, page in pages.items()}
        for reader, read in _READERS.items()
    }
    return _report(counts)


def _ours(page: bytes) -> str:
    """All sections with their headings, but without the heading that is the title: the truth has no headlines."""
    with TemporaryDirectory(prefix="clearinghouse-bench-") as folder:
        path = Path(folder) / "page.html"
        path.write_bytes(page)
        try:
            found = html.extract(path, path.name)
        except IngestProblem:
            return ""
    lines: list[str] = []
    for each in found.pages:
        if each.heading.casefold() != found.title.casefold():
            lines.append(each.heading)
        lines.append(each.text)
    return "\n".join(lines)


def _plain_trafilatura(page: bytes) -> str:
    return trafilatura.extract(page) or ""


def _trafilatura_without_comments(page: bytes) -> str:
    return trafilatura.extract(page, include_comments=False) or ""


def _paragraphs(page: bytes) -> str:
    return "\n".join(each.get_text() for each in BeautifulSoup(page, "lxml").find_all("p"))


_READERS: Mapping[str, Callable[[bytes], str]] = {
    "ours": _ours,
    "trafilatura": _plain_trafilatura,
    "trafilatura, no comments": _trafilatura_without_comments,
    "BeautifulSoup, paragraphs": _paragraphs,
}


def _counts(true: str, found: str) -> Counts:
    wanted, had = _runs_of(true), _runs_of(found)
    counts = ((wanted & had).total(), (had - wanted).total(), (wanted - had).total())
    total = sum(counts)
    right, extra, missed = (count / total if total else 0.0 for count in counts)
    return right, extra, missed


def _runs_of(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    runs = (tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1)))
    return Counter(run for run in runs if run)


def _scores(counts: Sequence[Counts]) -> tuple[float, float, float]:
    """F1, precision and recall."""
    right, extra, missed = (sum(column) for column in zip(*counts, strict=True))
    precision, recall = right / (right + extra or 1), right / (right + missed or 1)
    return 2 * precision * recall / (precision + recall or 1), precision, recall


def _margin(counts: Sequence[Counts]) -> float:
    """Half of the width in which F1 lies 95 times of 100, by drawing as many pages again and again."""
    draw = random.Random(0)
    found = sorted(_scores(draw.choices(counts, k=len(counts)))[0] for _ in range(_RESAMPLES))
    return (found[int(_RESAMPLES * 0.975)] - found[int(_RESAMPLES * 0.025)]) / 2


def _report(counts: Mapping[str, Mapping[str, Counts]]) -> Report:
    scores = {reader: _scores(list(pages.values())) for reader, pages in counts.items()}
    rows = tuple(
        (reader, *(f"{score:.3f}" for score in scores[reader]), f"{_margin(list(counts[reader].values())):.3f}")
        for reader in scores
    )
    pages = len(counts["ours"])
    table = Table(f"Main text of {pages} web pages", ("reader", "F1", "precision", "recall", "F1 ±"), rows)
    worst = sorted(counts["ours"].items(), key=lambda page: page[1][0])[:_WORST]
    furthest = Table(
        "Where ours is furthest from the truth",
        ("page", "right", "too much", "missed"),
        tuple((name[:12], *(f"{share:.0%}" for share in found)) for name, found in worst),
    )
    figures = {
        reader: dict(zip(("f1", "precision", "recall"), found, strict=True)) for reader, found in scores.items()
    }
    return Report(NAME, (table, furthest), figures=figures)
