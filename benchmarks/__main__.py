"""``python -m benchmarks FOLDER [--only NAME] [--json FILE]``."""

from __future__ import annotations

import dataclasses
import json
import os
import platform
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from benchmarks import (
    engines,
    export,
    facts,
    hard,
    intake,
    killed,
    memory,
    oai,
    relevance,
    search_page,
    suggestions,
    web_pages,
)
from benchmarks.children import CommandFailed
from benchmarks.report import Report, show

#: Name to the benchmark, given the folder of documents and how often what is timed is run.
_ALL: Mapping[str, Callable[[Path, int], Report]] = {
    intake.NAME: intake.run,
    intake.MANY: intake.run_many,
    search_page.NAME: search_page.run,
    memory.NAME: memory.run,
    engines.NAME: engines.run,
    export.NAME: export.run,
    oai.NAME: oai.run,
    relevance.NAME: relevance.run,
    web_pages.NAME: web_pages.run,
    suggestions.NAME: suggestions.run,
    facts.NAME: facts.run,
    hard.NAME: hard.run,
    killed.NAME: killed.run,
}
_LONG = {intake.MANY, killed.NAME}
"""Run only where asked for by name."""


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--only", multiple=True, type=click.Choice(list(_ALL)), help="Run this one; may be repeated.")
@click.option(
    "--runs", type=click.IntRange(1), default=3, show_default=True, help="Runs of what is timed as a whole."
)
@click.option("--json", "to", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures here too.")
def main(folder: Path, only: tuple[str, ...], runs: int, to: Path | None) -> None:
    """Measure the library on the documents in FOLDER: pdf_papers/, web_pages/, pdf_hard/, office/ and judged/.

    Exits with 1 where a benchmark could not be run to its end.
    """
    reports = []
    for name in only or [name for name in _ALL if name not in _LONG]:
        try:
            report = _ALL[name](folder, runs)
        except CommandFailed as problem:
            click.echo(f"{name}: {problem}", err=True)
            raise SystemExit(1) from problem
        show(report)
        reports.append(report)
    if to:
        to.write_text(json.dumps(_for_programs(reports), indent=2) + "\n", encoding="utf-8")


def _for_programs(reports: list[Report]) -> dict[str, object]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "reports": [dataclasses.asdict(report) for report in reports],
    }


if __name__ == "__main__":
    main()
