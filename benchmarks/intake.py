"""From a folder of documents to searchable: the whole `add` command against Xapian's and Recoll's, by turns."""

from __future__ import annotations

import difflib
import gzip
import json
import re
import shutil
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import children, corpus, stages
from benchmarks.report import Report, Table, mebibytes

NAME = "intake"
MANY = "intake_many"
_ALIKE = 0.9
"""How much of a title must be as the paper's own for it to be right."""
_WORD = "software"
"""What is searched for at the end, so that nothing counts that cannot be found."""
_SETS = ("pdf_papers", "web_pages")
OURS = "clearinghouse add --jobs 2"
_FAST = f"{OURS}, tantivy"
_MANY = 1_000
"""Plain texts that are there besides in the larger set. Copies would be near duplicates, which wait as drafts."""


@dataclass(frozen=True, slots=True)
class Added:
    """One program's run over one folder."""

    seconds: float
    peak: int = 0
    """Most bytes resident at one moment in it and all that it started."""
    found: tuple[dict[str, object], ...] = ()
    """What `add` said of each document."""


Program = Callable[[Path, Path, int], Added]
"""Given a folder that is not there yet, the documents, and how many they are."""


def run(data: Path, runs: int) -> Report:
    """Take ``pdf_papers`` and ``web_pages`` in, alone and together, `runs` times with each program by turns."""
    return _measured(NAME, data, runs, many=False)


def run_many(data: Path, runs: int) -> Report:
    """The same for both together and `_MANY` plain texts: what a start costs counts less."""
    return _measured(MANY, data, runs, many=True)


def _measured(name: str, data: Path, runs: int, *, many: bool) -> Report:
    if not (data / _SETS[0]).is_dir():
        return Report(name, skipped=f"there is no {_SETS[0]} in {data}.")
    programs = dict(_programs())
    tables: list[Table] = []
    figures: dict[str, object] = {}
    with TemporaryDirectory(prefix="clearinghouse-bench-") as place:
        work = Path(place)
        sets = dict(_sets(data, work, many=many))
        for label, folder in sets.items():
            files = sorted(folder.iterdir())
            times = _by_turns(programs, work / "made", folder, len(files), runs)
            tables.append(_table(label, len(files), _pages(times[OURS][0]), times, data))
            figures[label] = {program: [each.seconds for each in added] for program, added in times.items()}
        tables.append(stages.table(sets))
    return Report(name, tuple(tables), figures=figures)


def _programs() -> Iterator[tuple[str, Program]]:
    yield OURS, _add
    yield _FAST, _add_fast
    if program := shutil.which("omindex"):
        yield "omindex", lambda made, folder, files: _omindex(program, made, folder)
    if other := shutil.which("recollindex"):
        yield "recollindex", lambda made, folder, files: _recoll(other, made, folder)


def _sets(data: Path, work: Path, *, many: bool) -> Iterator[tuple[str, Path]]:
    """Label to a folder of its documents, without any other file."""
    papers, pages, both = (work / name for name in (*_SETS, "both"))
    for folder in (papers, pages, both):
        folder.mkdir()
    for paper in sorted((data / _SETS[0]).glob("*.pdf")):
        shutil.copy(paper, papers)
    for packed in sorted((data / _SETS[1]).glob("*.html.gz")):
        (pages / packed.stem).write_bytes(gzip.decompress(packed.read_bytes()))
    for file in (*papers.iterdir(), *pages.iterdir()):
        shutil.copy(file, both)
    if many:
        texts = {text.body: text.title for text in corpus.texts(data, _MANY)}  # none twice
        for number, (body, title) in enumerate(texts.items()):
            (both / f"text-{number}.txt").write_text(f"{title}\n\n{body}\n", "utf-8")
        yield f"both, and {len(texts):,} plain texts", both
        return
    yield _SETS[0], papers
    if any(pages.iterdir()):
        yield _SETS[1], pages
        yield "both", both


def _by_turns(
    programs: Mapping[str, Program], made: Path, folder: Path, files: int, runs: int
) -> dict[str, list[Added]]:
    times: dict[str, list[Added]] = {program: [] for program in programs}
    for _ in range(runs):
        for program, add in programs.items():
            times[program].append(add(made, folder, files))
            shutil.rmtree(made)
    return times


def _add(home: Path, folder: Path, files: int, index: str = "") -> Added:
    options = ("--audience", "staff", "--kind", "research-paper", "--jobs", "2", "--json")
    ran = children.library(home, "add", str(folder), *options, watch_memory=True, index=index)
    found = json.loads(children.library(home, "search", _WORD, "--json", index=index).out)
    outcomes = tuple(json.loads(line) for line in ran.out.splitlines())
    if not found["total"] or len(outcomes) != files:
        raise children.CommandFailed(f"“{_WORD}” was not found after add, or not every file has an outcome.")
    return Added(ran.seconds, ran.tree_peak, outcomes)


def _add_fast(home: Path, folder: Path, files: int) -> Added:
    return _add(home, folder, files, "tantivy://")


def _omindex(program: str, database: Path, folder: Path) -> Added:
    ran = children.run((program, "--verbose", "--db", str(database), "--url", "/", str(folder)), watch_memory=True)
    if not re.search(r"\badded\b", ran.out):
        raise children.CommandFailed("omindex added nothing; it needs pdftotext (poppler-utils).")
    return Added(ran.seconds, ran.tree_peak)


def _recoll(program: str, made: Path, folder: Path) -> Added:
    made.mkdir()
    (made / "recoll.conf").write_text(f"topdirs = {folder}\ncachedir = {made}\n", "utf-8")
    ran = children.run((program, "-c", str(made)), watch_memory=True)
    query = shutil.which("recollq")
    if query:
        said = children.run((query, "-c", str(made), "-n", "1", _WORD)).out
        if not re.search(r"[1-9]\d* results", said):
            raise children.CommandFailed(f"“{_WORD}” was not found by recollq: recollindex indexed nothing.")
    return Added(ran.seconds, ran.tree_peak)


def _pages(added: Added) -> int:
    return sum(int(str(each.get("pages") or 0)) for each in added.found)


def _table(label: str, files: int, pages: int, times: Mapping[str, Sequence[Added]], data: Path) -> Table:
    best = {program: min(each.seconds for each in added) for program, added in times.items()}
    peers = [program for program in ("omindex", "recollindex") if program in best]
    rows = []
    for program, added in times.items():
        seconds = best[program]
        rows.append(
            (
                program,
                f"{seconds:.2f}",
                f"{statistics.median(each.seconds for each in added):.2f}",
                f"{files / seconds:.1f}",
                f"{pages / seconds:.1f}",
                mebibytes(max(each.peak for each in added)),
                *(f"{best[peer] / seconds:.2f}" for peer in peers),
            )
        )
    right = _right(times[OURS][0], data / _SETS[0] / "truth.jsonl") if label == _SETS[0] else None
    return Table(
        f"{label}: {files} files, {pages:,} pages and sections; {len(times[OURS])} runs each by turns",
        ("program", "best s", "median s", "files/s", "pages/s", "all MiB", *(f"x {peer}" for peer in peers)),
        tuple(rows),
        (
            *([f"Titles right: {right[0]} of {right[1]} ({right[0] / right[1]:.0%})."] if right else []),
            *([] if len(peers) == 2 else ["Missing: omindex (Debian: xapian-omega, poppler-utils) or recollcmd."]),
        ),
    )


def _right(added: Added, truth: Path) -> tuple[int, int] | None:
    """How many titles are right, of how many known."""
    if not truth.is_file():
        return None
    titles = {Path(str(each["source"])).name: str(each["title"]) for each in added.found}
    known = {each["file"]: each["title"] for each in map(json.loads, truth.read_text().splitlines())}
    judged = [(titles[file], title) for file, title in known.items() if file in titles]
    return (sum(_alike(*pair) >= _ALIKE for pair in judged), len(judged)) if judged else None


def _alike(one: str, other: str) -> float:
    first, second = (" ".join(re.findall(r"\w+", each.casefold())) for each in (one, other))
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()
