"""From a folder of PDFs to searchable: the whole `add` command against `omindex`, by turns on the same files."""

from __future__ import annotations

import json
import re
import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import children
from benchmarks.facts import ALIKE, alike
from benchmarks.report import Report, Table

NAME = "intake"
_WORD = "software"
"""What is searched for at the end, so that nothing counts that cannot be found."""


def run(data: Path, runs: int) -> Report:
    """Add ``data/pdf_papers`` to a fresh library, and to a fresh Xapian database, `runs` times each."""
    papers = sorted((data / "pdf_papers").glob("*.pdf"))
    if not papers:
        return Report(NAME, skipped=f"there is no PDF in {data / 'pdf_papers'}.")
    peer = shutil.which("omindex")
    ours: list[float] = []
    theirs: list[float] = []
    titles: dict[str, str] = {}
    with TemporaryDirectory(prefix="clearinghouse-bench-") as name:
        work = Path(name)
        folder = work / "papers"
        folder.mkdir()
        for paper in papers:
            shutil.copy(paper, folder)
        for turn in range(runs):
            seconds, titles = _add(work / f"home{turn}", folder)
            ours.append(seconds)
            if peer:
                theirs.append(_omindex(peer, work / f"xapian{turn}", folder, len(papers)))
    return _report(len(papers), ours, theirs, _right(titles, data / "pdf_papers" / "truth.jsonl"))


def _add(home: Path, folder: Path) -> tuple[float, dict[str, str]]:
    """Seconds that `add` took, and file name to the title it found."""
    options = ("--audience", "staff", "--kind", "research-paper", "--jobs", "2", "--json")
    ran = children.library(home, "add", str(folder), *options)
    found = json.loads(children.library(home, "search", _WORD, "--json").out)
    if not found["total"]:
        raise children.CommandFailed(f"“{_WORD}” was not found after add: nothing was made searchable.")
    outcomes = [json.loads(line) for line in ran.out.splitlines()]
    return ran.seconds, {Path(each["source"]).name: each["title"] for each in outcomes}


def _omindex(program: str, database: Path, folder: Path, files: int) -> float:
    ran = children.run((program, "--verbose", "--db", str(database), "--url", "/", str(folder)))
    added = len(re.findall(r"\badded\b", ran.out))
    if added != files:
        raise children.CommandFailed(
            f"omindex added {added} of {files} files; it needs pdftotext (poppler-utils)."
        )
    return ran.seconds


def _right(titles: dict[str, str], truth: Path) -> tuple[int, int] | None:
    """How many titles are right, of how many known."""
    if not truth.is_file():
        return None
    known = {each["file"]: each["title"] for each in map(json.loads, truth.read_text().splitlines())}
    judged = [(titles[file], title) for file, title in known.items() if file in titles]
    return sum(alike(*pair) >= ALIKE for pair in judged), len(judged)


def _report(files: int, ours: list[float], theirs: list[float], right: tuple[int, int] | None) -> Report:
    table = Table(
        f"{files} PDF papers, from files to searchable, {len(ours)} runs each by turns",
        ("program", "best s", "median s", "files/s", "ratio of best", "ratio of median"),
        tuple(_rows(files, ours, theirs)),
        (
            *([] if theirs else ["omindex is not installed (Debian: xapian-omega, poppler-utils); no ratio."]),
            *(
                [f"Titles right: {right[0]} of {right[1]} ({right[0] / right[1]:.0%})."]
                if right and right[1]
                else []
            ),
        ),
    )
    figures = {"files": files, "add": ours, "omindex": theirs, "titles_right": right}
    return Report(NAME, (table,), figures=figures)


def _rows(files: int, ours: list[float], theirs: list[float]) -> Iterator[tuple[str, ...]]:
    for program, times in (("clearinghouse add --jobs 2", ours), ("omindex", theirs)):
        if times:
            best, middle = min(times), statistics.median(times)
            ratios = [
                f"{mine / peer:.2f}" if theirs else "-"
                for mine, peer in ((best, min(theirs or [1])), (middle, statistics.median(theirs or [1])))
            ]
            yield program, f"{best:.2f}", f"{middle:.2f}", f"{files / best:.1f}", *ratios
