"""What every command shares: sections in the help, plain errors, JSON, progress, and the open library."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click
from click.shell_completion import CompletionItem

from clearinghouse import settings, vocabulary
from clearinghouse.errors import FAILED, WRONG_USAGE, AnyProblem, Invalid, Unknown, exit_code

if TYPE_CHECKING:
    from clearinghouse.library import Library

T = TypeVar("T")

#: Longer than the first sentence of any help.
_SENTENCE = 300
_TYPED = "clearinghouse.typed"


class Commands(click.Group):
    """A group whose help gives whole first sentences, and that names the nearest to a command it does not have."""

    def help_lines(self, ctx: click.Context, names: Iterable[str]) -> list[tuple[str, str]]:
        """Name and first sentence of each command."""
        found = ((name, self.get_command(ctx, name)) for name in names)
        return [(name, command.get_short_help_str(limit=_SENTENCE)) for name, command in found if command]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest name for a command that does not exist."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and self.get_command(ctx, name) is None:
            known = self.list_commands(ctx)
            near = vocabulary.did_you_mean(name, known)
            here = f" Known: {', '.join(known)}." if ctx.parent else ""  # the program has too many to name
            ctx.fail(f"There is no command “{name}”.{near}{here}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl(self.help_lines(ctx, self.list_commands(ctx)))


def group(**attributes: Any) -> Callable[[Callable[..., Any]], Commands]:
    """`click.group` for a group of commands below one of the program's."""
    return click.group(cls=Commands, **attributes)


class Sections(Commands):
    """A group whose help has headings, whose commands load when needed, and whose errors are sentences."""

    def __init__(
        self,
        *args: Any,
        commands_by_section: Mapping[str, Mapping[str, tuple[str, str]]],
        load: Callable[[str, str], click.Command],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sections = commands_by_section
        """Heading to name to the module that holds the command, and the first sentence of its help."""
        self.load = load

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the help."""
        return [name for commands in self.sections.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, loaded now."""
        module = next((names[cmd_name][0] for names in self.sections.values() if cmd_name in names), None)
        return self.load(module, cmd_name) if module else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One list of commands under each heading; none of them is loaded for it."""
        for section, commands in self.sections.items():
            with formatter.section(section):
                formatter.write_dl([(name, sentence) for name, (_, sentence) in commands.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, and remember what was typed."""
        ctx.meta[_TYPED] = list(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a problem ends as one sentence and its exit code, never as a traceback."""
        try:
            return super().invoke(ctx)
        except click.UsageError as wrong:
            if advice := _on_quotes(ctx.meta[_TYPED]):
                raise click.UsageError(f"{wrong.message.rstrip('.')}. {advice}", wrong.ctx) from wrong
            raise
        except AnyProblem as problem:
            click.echo(f"Error: {problem} {_on_quotes(ctx.meta[_TYPED])}".rstrip(), err=True)
            ctx.exit(exit_code(problem))
        except BrokenPipeError:  # the reader of our output (`head`) has gone
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except OSError as problem:  # a full disk or a lost permission where nobody looked for it
            place = f" ({problem.filename})" if problem.filename else ""
            click.echo(
                f"Error: The system says: {problem.strerror or problem}{place}. Mend that and try again.", err=True
            )
            ctx.exit(FAILED)
        except UnicodeError:
            click.echo("Error: Something given is not UTF-8 text; type it again, or rename the file.", err=True)
            ctx.exit(WRONG_USAGE)


def _on_quotes(typed: Iterable[str]) -> str:
    """Advice where words that were typed belong together by quotation marks that are none to a shell."""
    if any(word.startswith(("“", "‘")) and word[-1] not in "”’" for word in typed):
        return "Curly quotation marks hold no words together here: type \" or ' instead."
    return ""


class Word(click.ParamType[str]):
    """A word of a controlled list; a wrong one is answered with the nearest and with all of them."""

    def __init__(self, list_name: str) -> None:
        self.name = list_name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word as the list spells it."""
        try:
            return vocabulary.require(self.name, value)
        except Unknown as problem:
            several = [word.strip() for word in value.split(",") if word.strip()]
            if len(several) > 1 and isinstance(param, click.Option) and param.multiple:
                apart = " ".join(f"{param.opts[0]} {word}" for word in several)
                self.fail(f"“{value}” is more than one; give the option once for each: {apart}", param, ctx)
            self.fail(str(problem), param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The words of the list that begin so."""
        words = vocabulary.words(self.name)
        return [CompletionItem(word, help=label) for word, label in words.items() if word.startswith(incomplete)]


AUDIENCE, KIND, FORM, STATUS, SPEAKS, JURISDICTION = map(
    Word, ("audience", "kind", "form", "status", "speaks", "jurisdiction")
)


class OrNothing(click.ParamType[Any]):
    """What `of` takes, or an empty word: nothing."""

    def __init__(self, of: click.ParamType[Any]) -> None:
        self.of = of
        self.name = of.name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """What `of` makes of it; the empty text where there is nothing."""
        return "" if isinstance(value, str) and not value.strip() else self.of.convert(value, param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """As `of` does."""
        return self.of.shell_complete(ctx, param, incomplete)


class Day(click.ParamType[date]):
    """``2026-11-22``."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is no day; write it like 2026-11-22.", param, ctx)


class Years(click.ParamType[tuple[int | None, int | None]]):
    """``2015``, ``2010..2020``, ``2010..`` or ``..2020``."""

    name = "years"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int | None, int | None]:
        """First and last year, None where open."""
        if isinstance(value, tuple):
            return value
        first, dots, last = str(value).partition("..")
        if not dots:
            last = first
        if any(each and not (each.isascii() and each.isdigit()) for each in (first, last)) or not (first or last):
            self.fail(f"“{value}” is no year or span of years; write 2015 or 2010..2020.", param, ctx)
        return (int(first) if first else None, int(last) if last else None)


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
