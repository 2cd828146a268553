"""What a benchmark hands back, and how it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import click


@dataclass(frozen=True, slots=True)
class Table:
    """Figures under a heading. Every cell is text as it is to be read, its unit in the column's name."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What one benchmark found, or the sentence that says why it was skipped."""

    name: str
    tables: tuple[Table, ...] = ()
    skipped: str = ""
    figures: dict[str, object] = field(default_factory=dict)
    """The same for a program: names to numbers, seconds and bytes unless the name says otherwise."""


def show(report: Report) -> None:
    """Print `report` on stdout."""
    click.echo(f"\n== {report.name} ==")
    if report.skipped:
        click.echo(f"Skipped: {report.skipped}")
    for table in report.tables:
        click.echo(f"\n{table.title}")
        _show_rows((table.columns, *table.rows))
        for note in table.notes:
            click.echo(f"  {note}")


def _show_rows(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        click.echo("  " + "  ".join(cells))


def milliseconds(seconds: float) -> str:
    """Seconds as milliseconds with three figures that count."""
    return f"{seconds * 1000:.3g}" if seconds < 1 else f"{seconds * 1000:.0f}"


def mebibytes(count: int) -> str:
    """Bytes as whole MiB."""
    return f"{count / 2**20:.0f}"
