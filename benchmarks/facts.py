"""What is read of papers' titles, authors, years and DOIs, with the PDF's own metadata and without it.

Without: the same files without their information dictionary and XMP packet, under names that say nothing.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pypdf import PdfReader, PdfWriter

from benchmarks.report import Report, Table
from ingest import Extracted, Extractor, read_file

NAME = "facts"
ALIKE = 0.9
"""How much of a title must be as the paper's own for it to be right."""
_MOST_BYTES = 1_000_000_000


def _letters(name: str) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", plain.casefold()))


def _person(name: str) -> str:
    """First given name and family name: lists leave out middle names that the paper prints."""
    words = _letters(name).split()
    return f"{words[0]} {words[-1]}" if words else ""


_MANNERS: dict[str, Callable[[str], str]] = {"same person": _person, "same letters": _letters}


@dataclass(slots=True)
class Score:
    """How many of each fact were right."""

    papers: int = 0
    titles: int = 0
    years: int = 0
    dois: int = 0
    abstracts: int = 0
    """Not judged: how many papers were given one."""
    keywords: int = 0
    """Not judged either."""
    people: dict[str, list[int]] = field(default_factory=lambda: {manner: [0, 0, 0] for manner in _MANNERS})
    """Authors found and right, found and wrong, missed: by first and family name, and by every letter."""
    told_by: dict[str, int] = field(default_factory=dict)
    """Where titles were found."""


def run(data: Path, runs: int) -> Report:
    """Read ``data/pdf_papers`` both ways; ``truth.jsonl`` has a line a paper. `runs` is of no account here."""
    truth = data / "pdf_papers" / "truth.jsonl"
    if not truth.is_file():
        return Report(NAME, skipped=f"there is no {truth}.")
    papers = [json.loads(line) for line in truth.read_text("utf-8").splitlines()]
    papers = [paper for paper in papers if (truth.parent / paper["file"]).is_file()]
    with TemporaryDirectory(prefix="clearinghouse-bench-") as name:
        files = [truth.parent / paper["file"] for paper in papers]
        bare = [_without_metadata(file, Path(name) / f"{at:04}.pdf") for at, file in enumerate(files)]
        scores = {"used": _scored(papers, files), "ignored": _scored(papers, bare)}
    return _report(scores)


def alike(one: str, other: str) -> float:
    """How much two titles are the same, from 0 to 1, whatever their case and punctuation."""
    first, second = (" ".join(re.findall(r"\w+", each.casefold())) for each in (one, other))
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()


def _without_metadata(paper: Path, to: Path) -> Path:
    writer = PdfWriter(clone_from=PdfReader(paper))
    writer.metadata = None
    writer.root_object.pop("/Metadata", None)
    writer.write(to)
    # the packet itself stays in the file, for whoever looks for one
    to.write_bytes(to.read_bytes().replace(b"<x:xmpmeta", b"<x:no-more"))
    return to


def _scored(papers: list[dict[str, Any]], files: Iterable[Path]) -> Score:
    score = Score()
    with Extractor(jobs=2) as extractor:
        sources = [read_file(file, max_bytes=_MOST_BYTES) for file in files]
        for paper, (_, found) in zip(papers, extractor.run(sources), strict=True):
            _count(score, paper, found if isinstance(found, Extracted) else Extracted(()))
    return score


def _count(score: Score, paper: dict[str, Any], found: Extracted) -> None:
    score.papers += 1
    score.titles += alike(found.title, paper["title"]) >= ALIKE
    score.years += found.year == paper["year"]
    score.dois += found.identifiers.get("doi", "") == paper["doi"].lower()
    score.abstracts += bool(found.summary)
    score.keywords += bool(found.keywords)
    where = found.told_by.get("title", "nowhere")
    score.told_by[where] = score.told_by.get(where, 0) + 1
    for manner, key in _MANNERS.items():
        known, said = {key(name) for name in paper["authors"]}, {key(name) for name in found.authors}
        for at, count in enumerate((len(known & said), len(said - known), len(known - said))):
            score.people[manner][at] += count


def _f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


def _report(scores: dict[str, Score]) -> Report:
    rows = tuple(_rows(scores))
    sources = "; ".join(
        f"metadata {manner}: {', '.join(f'{count} by {where}' for where, count in score.told_by.items())}"
        for manner, score in scores.items()
    )
    papers = scores["used"].papers
    table = Table(
        f"{papers} papers, the PDF's own metadata used and ignored",
        ("fact", "used", "ignored", "wanted"),
        rows,
        (
            f"Titles told, {sources}.",
            "Authors: F1 over all names. Abstract and keywords: given at all, not judged.",
        ),
    )
    figures = {
        f"{manner} {name}": value for manner, score in scores.items() for name, value in _figures(score).items()
    }
    return Report(NAME, (table,), figures=figures)


def _rows(scores: dict[str, Score]) -> Iterator[tuple[str, ...]]:
    used, ignored = (_figures(scores[manner]) for manner in ("used", "ignored"))
    wanted = {
        f"title {ALIKE:.0%} alike": "95% and 80%",
        "authors F1, same person": "0.90 and 0.60",
        "DOI": "98%",
        "year": "90%",
    }
    for name, value in used.items():
        shown = [f"{each:.3f}" if "F1" in name else f"{each:.1%}" for each in (value, ignored[name])]
        yield name, *shown, wanted.get(name, "-")


def _figures(score: Score) -> dict[str, float]:
    """Name to share (0 to 1) or F1."""
    of = max(1, score.papers)
    return {
        f"title {ALIKE:.0%} alike": score.titles / of,
        **{f"authors F1, {manner}": _f1(*counts) for manner, counts in score.people.items()},
        "DOI": score.dois / of,
        "year": score.years / of,
        "abstract": score.abstracts / of,
        "keywords": score.keywords / of,
    }
