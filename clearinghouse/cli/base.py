"""What every command shares: the open library, texts in and out, JSON, progress and tables."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, TypeVar

import click

from clearinghouse import settings
from clearinghouse.errors import FAILED, AnyProblem, Invalid

if TYPE_CHECKING:
    from clearinghouse.library import Library

T = TypeVar("T")

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else on stdout.")


@contextmanager
def opened() -> Iterator[Library]:
    """The library that the settings name, open for the block."""
    from clearinghouse.library import open_library  # the slowest to load: `add` begins its readers before

    library = open_library(settings.from_environment())
    try:
        yield library
    finally:
        library.close()


def index_follows(library: Library) -> None:
    """Bring the index up to date; where that must wait, say so: the change itself is made."""
    from clearinghouse import indexing

    try:
        indexing.sync(library)
    except AnyProblem as problem:
        note(f"Saved. The search index will follow: {problem} (`clearinghouse index sync`)")


def each_by_itself(
    names: Iterable[str], act: Callable[[str], None], fail: Callable[[str, Exception], None]
) -> bool:
    """Whether `act` went well with each of `names`, done once each: one that fails stops none of the others.

    `fail` tells of it. Whoever asks ends with `end_failed` where something did.
    """
    well = True
    for name in dict.fromkeys(names):
        try:
            act(name)
        except AnyProblem as problem:
            well = False
            fail(name, problem)
    return well


def say_failed(problem: Exception, said: Mapping[str, Any], *, as_json: bool) -> None:
    """Tell of one thing that failed; `said`: what JSON says of it beside the error."""
    if as_json:
        print_json({**said, "error": str(problem)}, one_line=True)
    else:
        note(f"Error: {problem}")


def end_failed() -> NoReturn:
    """End the command as one that did not do all it was asked for."""
    click.get_current_context().exit(FAILED)


def read_text(file: Path, most: int) -> str:
    """What a file that a curator edits says. Raises `Invalid` where it is no text, or larger than `most` bytes."""
    if not file.is_file():
        raise Invalid(f"There is no file {file}; check the name and the folder.")
    if file.stat().st_size > most:
        raise Invalid(
            f"{file} is larger than {most / 1e6:.0f} MB, so it is not the file you mean; nothing was changed."
        )
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Invalid(
            f"{file} is not UTF-8 text; save it as UTF-8 and try again. Nothing was changed."
        ) from problem


def write_text(file: Path, text: str) -> None:
    """Write what a curator may then edit. Raises `Invalid` where the file is there and says something else."""
    if file.exists() and file.read_text(encoding="utf-8", errors="replace") != text:
        raise Invalid(
            f"{file} is there already and says something else, perhaps what you wrote into it; it was left alone. "
            "Name another file, or remove that one."
        )
    file.write_text(text, encoding="utf-8")


def example(*lines: str) -> str:
    """The end of a command's help."""
    return "\b\nExample" + ("s" if len(lines) > 1 else "") + ":\n" + "\n".join(f"  {line}" for line in lines)


def print_json(value: Any, *, one_line: bool = False) -> None:
    """`value` (dataclasses, dates and tuples allowed) as JSON on stdout."""
    click.echo(json.dumps(value, default=_plain, ensure_ascii=False, indent=None if one_line else 2))


def say(line: str) -> None:
    """A line on stdout; above the progress bar, where there is one (`click.echo` would write into it)."""
    _write(sys.stdout, line)


def note(sentence: str) -> None:
    """A sentence for the person at the terminal, on stderr; above the progress bar, where there is one."""
    _write(sys.stderr, sentence)


def _write(stream: TextIO, line: str) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(line.encode(encoding, "replace").decode(encoding) + "\n")  # a file name may hold any bytes
    stream.flush()


@contextmanager
def bar(total: int | None, label: str) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr where that is a terminal; it is told how much is done."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console  # slow to load, and seen by nobody but a person at a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    # What goes to the same terminal is taken in, and shown above the bar; what goes to a file goes there.
    with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as progress:
        task = progress.add_task(label, total=total)
        yield lambda done: progress.update(task, completed=done)


def watched(things: Iterable[T], total: int | None, label: str) -> Iterator[T]:
    """`things`, with a progress bar."""
    with bar(total, label) as progress:
        for done, thing in enumerate(things, start=1):
            yield thing
            progress(done)


def table(rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as they need be, the last one free."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1] if rows else []
    for row in rows:
        fixed = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        click.echo(f"{fixed}  {row[-1]}".rstrip() if widths else row[-1])


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)
