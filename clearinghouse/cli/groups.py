"""Groups of commands: headings in their help, the nearest name where one is mistyped, and errors as sentences."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click

from clearinghouse import vocabulary
from clearinghouse.errors import FAILED, WRONG_USAGE, AnyProblem, exit_code

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
