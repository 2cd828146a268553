"""Documents that break readers: what each ends as, at what cost, and what `pdftotext` makes of the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import children
from benchmarks.report import Report, Table, mebibytes
from ingest import Extracted, Extractor, IngestProblem, Limits, read_file

NAME = "hard"
_FOLDERS = ("pdf_hard", "office")
_SECONDS = 30
_MEMORY = 1 << 30
_LARGEST = 1 << 30
_SLOWEST = 3
_WANTED = 0.85


@dataclass(frozen=True, slots=True)
class Ended:
    """How one file ended."""

    file: Path
    outcome: str
    """``text``, ``no text``, or the name of the error."""
    says: str
    seconds: float
    peak: int
    """Most bytes resident at one moment in one process that read it."""
    peer: bool | None
    """Whether pdftotext reads any text in it; None where it was not asked."""


def run(data: Path, runs: int) -> Report:
    """Read every file of ``pdf_hard`` and ``office`` once."""
    files = [file for folder in _FOLDERS for file in sorted((data / folder).glob("*")) if file.is_file()]
    if not files:
        return Report(NAME, skipped=f"there is no pdf_hard/ or office/ in {data}.")
    program = shutil.which("pdftotext")
    limits = Limits(seconds=_SECONDS, memory=_MEMORY, ocr_seconds=_SECONDS)
    with Extractor(limits=limits) as extractor, _Watch() as watch:
        ended = [_end(file, extractor, watch, program) for file in files]
    tables = [
        _outcomes(folder, [each for each in ended if each.file.parent.name == folder]) for folder in _FOLDERS
    ]
    return Report(NAME, (*tables, *_beside(ended)), figures=_figures(ended))


def _end(file: Path, extractor: Extractor, watch: _Watch, program: str | None) -> Ended:
    watch.begin()
    seconds = 0.0
    try:
        source = read_file(file, max_bytes=_LARGEST)
        ((_, outcome, seconds),) = extractor.readings([source])
    except IngestProblem as problem:
        outcome = problem
    peer = _reads(program, file) if program and file.suffix == ".pdf" else None
    if isinstance(outcome, Extracted):
        kind = "text" if any(page.text.strip() for page in outcome.pages) else "no text"
        return Ended(file, kind, " ".join(outcome.warnings), seconds, watch.peak, peer)
    return Ended(file, type(outcome).__name__, str(outcome), seconds, watch.peak, peer)


def _reads(program: str, file: Path) -> bool:
    """Whether pdftotext finds a letter or more within the same time."""
    try:
        ran = subprocess.run(
            [program, "-q", str(file), "-"],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return False
    return bool(ran.stdout.decode("utf-8", "replace").strip())


def _outcomes(folder: str, ended: Sequence[Ended]) -> Table:
    counts = Counter(each.outcome for each in ended)
    rows = []
    for outcome, count in counts.most_common():
        those = [each for each in ended if each.outcome == outcome]
        seconds, peak = max(each.seconds for each in those), max(each.peak for each in those)
        rows.append((outcome, str(count), f"{seconds:.2f}", mebibytes(peak)))
    slow = sorted(ended, key=lambda each: -each.seconds)[:_SLOWEST]
    return Table(
        f"{folder}: {len(ended)} files",
        ("ended as", "files", "worst s", "worst MiB"),
        tuple(rows),
        (
            f"Slowest: {', '.join(f'{each.file.name} {each.seconds:.2f} s' for each in slow)}.",
            "; ".join(
                (
                    f"Longer than {_SECONDS} s: {sum(each.seconds > _SECONDS + 1 for each in ended)}",
                    f"a reader over {mebibytes(_MEMORY)} MiB: {sum(each.peak > _MEMORY for each in ended)}",
                    f"a reader that failed: {sum('made its reader fail' in each.says for each in ended)}.",
                )
            ),
        ),
    )


def _beside(ended: Sequence[Ended]) -> tuple[Table, ...]:
    readable = [each for each in ended if each.peer]
    if not readable:
        return ()
    ours = [each for each in readable if each.outcome == "text"]
    missed = [each for each in readable if each.outcome != "text"]
    more = sum(each.outcome == "text" and each.peer is False for each in ended)
    return (
        Table(
            "PDFs that pdftotext finds text in",
            ("files", "read here", "share", "wanted", "read here only"),
            (
                (
                    str(len(readable)),
                    str(len(ours)),
                    f"{len(ours) / len(readable):.1%}",
                    f"{_WANTED:.0%}",
                    str(more),
                ),
            ),
            tuple(f"Missed: {each.file.name}: {each.outcome}. {each.says[:100]}" for each in missed),
        ),
    )


def _figures(ended: Sequence[Ended]) -> dict[str, object]:
    return {
        str(Path(each.file.parent.name, each.file.name)): {
            "outcome": each.outcome,
            "seconds": each.seconds,
            "peak": each.peak,
            "pdftotext": each.peer,
        }
        for each in ended
    }


class _Watch(threading.Thread):
    """Looks at what each process below this one holds, again and again."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._done = threading.Event()

    def __enter__(self) -> _Watch:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()

    def begin(self) -> None:
        """Count anew."""
        self.peak = 0

    def run(self) -> None:
        own = os.getpid()
        while not self._done.wait(0.02):
            held = (children.memory(each, "VmRSS") for each in children.tree(own) if each != own)
            self.peak = max(self.peak, *held, 0)
