"""A long `add` that is killed again and again: whatever is lost, or there twice, at the end."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks import children
from benchmarks.report import Report, Table

NAME = "killed"
FILES = 10_000
KILLS = 20
_EARLIEST, _LATEST = 0.3, 25.0
"""Seconds after its start at which a run is killed."""


def run(data: Path, runs: int) -> Report:
    """Add `FILES` small files in a run that is killed `KILLS` times at random moments, then once to the end."""
    random = Random(20)
    with TemporaryDirectory(prefix="clearinghouse-bench-") as name:
        home, folder = Path(name) / "home", Path(name) / "documents"
        _write(folder, random)
        started = time.monotonic()
        kept = []
        for _ in range(KILLS):
            _killed_after(random.uniform(_EARLIEST, _LATEST), home, folder)
            kept.append(_resources(home))
        last = children.library(home, *_add(folder))
        seconds = time.monotonic() - started
        outcomes = Counter(json.loads(line)["outcome"] for line in last.out.splitlines())
        titles = Counter(each["title"] for each in json.loads(children.library(home, "list", "--json").out))
        check = children.run((*children.COMMAND, "index", "check"), children.environment(home))
        found = json.loads(children.library(home, "search", "mutual", "--json").out)["total"]
    twice = sum(count - 1 for count in titles.values())
    if len(titles) != FILES or twice or found != FILES:
        raise children.CommandFailed(f"{len(titles)} of {FILES} resources, {twice} twice, {found} in the index.")
    table = Table(
        f"`add` of {FILES:,} small files, killed {KILLS} times at random moments",
        ("resources", "twice", "found by a search", "index check", "all runs s", "last run s"),
        (
            (
                f"{len(titles):,}",
                str(twice),
                f"{found:,}",
                check.out.strip() or "well",
                f"{seconds:.0f}",
                f"{last.seconds:.0f}",
            ),
        ),
        (
            f"Resources after each kill: {', '.join(map(str, kept))}.",
            f"The last run: {', '.join(f'{count} {name}' for name, count in outcomes.items())}.",
        ),
    )
    return Report(NAME, (table,), figures={"resources": len(titles), "after_each_kill": kept, "seconds": seconds})


def _write(folder: Path, random: Random) -> None:
    words = ("hope", "group", "listening", "recovery", "respect", "safety", "choice", "story", "voice", "change")
    for number in range(FILES):
        place = folder / f"{number // 500:02}"
        place.mkdir(parents=True, exist_ok=True)
        said = " ".join(random.choices(words, k=60))
        (place / f"{number}.md").write_text(f"# Guide number {number}\n\nMutual support: {said}.\n", "utf-8")


def _add(folder: Path) -> tuple[str, ...]:
    return ("add", str(folder), "--audience", "staff", "--kind", "guideline", "--jobs", "2", "--json")


def _killed_after(seconds: float, home: Path, folder: Path) -> None:
    with subprocess.Popen(
        (*children.COMMAND, *_add(folder)),
        env=children.environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _resources(home: Path) -> int:
    try:
        listed = children.library(home, "list", "--json")
    except children.CommandFailed:  # killed before there was a library to list
        return 0
    return len(json.loads(listed.out))
